"""Connecting SendGrid: what its answers mean, and what is set up for a person."""

from __future__ import annotations

import pytest

from campaigns.delivery.account import EUROPE, GLOBAL, keep_account, read_account, read_webhook_keys
from campaigns.delivery.connecting import (
    Right,
    SenderState,
    connect,
    judged,
    look_at_sender,
    rights_of,
    sending_of,
    set_up_webhook,
    with_return_path,
)
from campaigns.errors import CampaignsError, DeliveryError
from tests.support.fake_sendgrid import API_KEY
from tests.support.provider import desk

OURS = "shop@arevik.example"


def code_of(act):
    with pytest.raises(CampaignsError) as refused:
        act()
    assert API_KEY not in f"{refused.value}{refused.value.facts}"
    return refused.value.code


@pytest.fixture
def asked(sqlite_shop, sendgrid):
    """A shop without a key whose SendGrid is the fake."""
    object.__setattr__(sqlite_shop.settings, "sendgrid_host", sendgrid.address)
    object.__setattr__(sqlite_shop.settings, "public_url", "https://letters.arevik.example")
    sendgrid.scopes = ["mail.send", *desk.ALL]
    return sqlite_shop


def test_a_key_is_tried_before_it_is_kept(asked, sendgrid, now):
    def enter(key):
        return connect(asked, key, sendgrid.address, actor="anna", now=now)

    assert code_of(lambda: enter("SG.wrong")) == "sendgrid.key"
    sendgrid.scopes = ["stats.read"]
    assert code_of(lambda: enter(API_KEY)) == "sendgrid.scope"
    sendgrid.scopes_fault = "503"
    assert code_of(lambda: enter(API_KEY)) == "sendgrid.unreachable"
    assert read_account(asked).api_key == ""

    sendgrid.scopes, sendgrid.scopes_fault = ["mail.send", *desk.ALL], ""
    scopes = enter(f" {API_KEY}\n")
    assert rights_of(scopes) == {Right.SENDERS, Right.WEBHOOKS}
    assert read_account(asked).api_key == API_KEY

    object.__setattr__(asked.settings, "sendgrid_api_key", "SG.env")
    assert code_of(lambda: enter(API_KEY)) == "connect.fixed"


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        ({GLOBAL: "sendgrid.region", EUROPE: None}, EUROPE),
        ({GLOBAL: "sendgrid.key", EUROPE: None}, EUROPE),
        ({GLOBAL: "sendgrid.key", EUROPE: "sendgrid.key"}, None),
        ({GLOBAL: "sendgrid.unreachable", EUROPE: None}, None),
    ],
)
def test_a_key_of_the_other_region_is_found_there(sqlite_shop, now, monkeypatch, answers, kept):
    def scopes_of(account, **_more):
        if answers[account.host]:
            raise DeliveryError(answers[account.host])
        return frozenset({"mail.send"})

    monkeypatch.setattr("campaigns.delivery.connecting.scopes_of", scopes_of)

    def enter():
        connect(sqlite_shop, "SG.key", GLOBAL, actor="anna", now=now)

    if kept:
        enter()
        assert read_account(sqlite_shop).host == kept
    else:
        assert code_of(enter) == answers[GLOBAL]


def a_domain(name="arevik.example", *, valid=True):
    dns = {
        "mail_cname": {
            "valid": valid,
            "type": "cname",
            "host": f"em1.{name}",
            "data": "u1.wl.sendgrid.net",
        },
        "dkim1": {
            "valid": valid,
            "type": "cname",
            "host": f"s1._domainkey.{name}",
            "data": "s1.domainkey.u1.wl.sendgrid.net",
        },
    }
    return {"id": 1, "domain": name, "valid": valid, "dns": dns}


@pytest.mark.parametrize(
    ("domains", "senders", "state"),
    [
        ([a_domain()], [], SenderState.DOMAIN),
        ([a_domain("example")], [], SenderState.DOMAIN),
        ([a_domain("vik.example")], [], SenderState.MISSING),
        ([a_domain(valid=False)], [], SenderState.WAITING),
        ([a_domain(valid=False)], [{"from_email": OURS, "verified": True}], SenderState.ADDRESS),
        ([], [{"from_email": "Shop@Arevik.example", "verified": True}], SenderState.ADDRESS),
        ([], [{"from_email": OURS, "verified": False}], SenderState.WAITING),
        ([], [{"from_email": "other@arevik.example", "verified": True}], SenderState.MISSING),
        ([{"domain": None, "dns": []}, {}], [{}], SenderState.MISSING),
    ],
)
def test_the_sender_is_judged_by_what_sendgrid_knows(domains, senders, state):
    assert judged(OURS, domains, senders).state is state


def test_the_sender_is_looked_up_and_missing_records_and_rights_are_told(asked, sendgrid, now):
    keep_account(asked, API_KEY, sendgrid.address, actor="anna", now=now)
    account = read_account(asked)
    sendgrid.domains = [a_domain(valid=False)]

    waiting = look_at_sender(account, OURS)
    assert waiting.state is SenderState.WAITING
    assert ("em1.arevik.example", "CNAME", "u1.wl.sendgrid.net") in waiting.records

    sendgrid.domains = [a_domain()]
    assert look_at_sender(account, OURS).return_path == "em1.arevik.example"
    sending = sending_of(asked)
    assert (sending.domain, sending.by_sendgrid) == ("arevik.example", True)
    assert with_return_path(asked, sending).return_path == "em1.arevik.example"
    assert with_return_path(asked, sending_of(asked, "other.example")).return_path is None
    sendgrid.scopes = ["mail.send", desk.DOMAINS]
    assert look_at_sender(account, OURS).state is SenderState.DOMAIN
    sendgrid.scopes = ["mail.send"]
    assert code_of(lambda: look_at_sender(account, OURS)) == "sendgrid.forbidden"


def test_the_webhook_is_set_up_once_and_others_are_left_alone(asked, sendgrid, now):
    assert code_of(lambda: set_up_webhook(asked, actor="anna", now=now)) == "sendgrid.missing"
    keep_account(asked, API_KEY, sendgrid.address, actor="anna", now=now)
    other = {"id": "theirs", "url": "https://till.example/hook", "enabled": True}
    sendgrid.webhooks = [dict(other)]

    url = set_up_webhook(asked, actor="anna", now=now)

    assert url == "https://letters.arevik.example/hooks/sendgrid"
    assert sendgrid.webhooks[0] == other
    [ours] = sendgrid.webhooks[1:]
    assert all(ours[name] is True for name in desk.EVENTS)
    assert read_webhook_keys(asked) == (sendgrid.public_key,)

    ours["processed"] = False
    ours["enabled"] = False
    set_up_webhook(asked, actor="anna", now=now)
    assert len(sendgrid.webhooks) == 2
    assert (ours["processed"], ours["enabled"]) == (True, True)
    assert len(read_webhook_keys(asked)) == 1


def test_a_key_without_the_right_a_full_account_and_a_local_address_are_told(asked, sendgrid, now):
    keep_account(asked, API_KEY, sendgrid.address, actor="anna", now=now)

    def set_up():
        set_up_webhook(asked, actor="anna", now=now)

    object.__setattr__(asked.settings, "public_url", "")
    assert code_of(set_up) == "sendgrid.refused"
    object.__setattr__(asked.settings, "public_url", "https://letters.arevik.example")
    sendgrid.webhooks = [{"id": f"h{i}", "url": f"https://{i}.example"} for i in range(5)]
    assert code_of(set_up) == "sendgrid.refused"
    sendgrid.scopes = ["mail.send"]
    assert code_of(set_up) == "sendgrid.forbidden"
    assert read_webhook_keys(asked) == ()

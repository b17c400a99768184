"""Send to me: the bulk way to one's own mailbox, and nobody is approved without it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
import sqlalchemy as sa

from campaigns.clock import utcnow
from campaigns.delivery import campaigns
from campaigns.delivery.account import read_account
from campaigns.delivery.heard import events
from campaigns.delivery.run import Clock
from campaigns.delivery.transports import Fate
from campaigns.delivery.trial import PER_ADDRESS, PER_DAY, try_campaign, try_letter
from campaigns.errors import CampaignsError, NotAllowedError
from campaigns.letters import library
from campaigns.model.language import Language
from campaigns.store.options import Brand, save_brand
from campaigns.store.suppressions import SuppressionReason, suppress
from campaigns.store.tables import message, trial
from tests.delivery.conftest import use_sendgrid
from tests.support.sending import BRAND, LETTER, people

ME = "anna@arevik.example"


def planned(shop, now, transport="sendgrid", count=3):
    people(shop, now, count)
    campaigns.create(
        shop, "Spring", segment="everyone", letter=LETTER, transport=transport, actor="a", now=now
    )
    campaigns.plan(shop, "Spring", actor="a", now=now)


def approve(shop, now):
    campaigns.approve(
        shop, "Spring", actor="a", now=now, probe=lambda _url: True, account=lambda *_asked: None
    )


def rows(shop):
    with shop.database.read() as connection:
        return connection.execute(sa.select(trial).order_by(trial.c.id)).all()


def code_of(act):
    with pytest.raises(CampaignsError) as refused:
        act()
    return refused.value.code


def test_a_campaign_is_approved_once_its_account_took_a_letter_to_ourselves(
    sendgrid_shop, sendgrid, now
):
    planned(sendgrid_shop, now)
    assert code_of(lambda: approve(sendgrid_shop, now)) == "campaign.trial"

    found = try_campaign(
        sendgrid_shop, "Spring", to=ME, language=Language.KA, is_own=True, actor="anna"
    )

    [body] = sendgrid.bodies
    [person] = body["personalizations"]
    assert body["tracking_settings"]["open_tracking"]["enable"] is True  # as the campaign's own
    assert found.substitutions == len(person["substitutions"]) >= 2
    [letter] = sendgrid.messages
    assert (letter["to"], letter["name"]) == (ME, "ნინო ბერიძე")
    assert "ნინო" in letter["text"]
    assert letter["custom_args"]["x_m"] == found.token
    with sendgrid_shop.database.read() as connection:
        customers = set(connection.execute(sa.select(message.c.token)).scalars())
    assert not any(token in str(letter) for token in customers)
    [row] = rows(sendgrid_shop)
    assert (row.outcome, row.token, row.key) == (
        "accepted",
        found.token,
        letter["custom_args"]["x_k"],
    )
    assert row.provider_id
    assert ME not in str(row)
    assert sendgrid.problems == []
    approve(sendgrid_shop, now)


@pytest.mark.slow
@pytest.mark.parametrize("change", ["key", "host", "sender"])
def test_a_change_of_key_host_or_sender_asks_for_a_new_trial(sendgrid_shop, sendgrid, now, change):
    planned(sendgrid_shop, now)
    try_campaign(sendgrid_shop, "Spring", to=BRAND.reply_to, actor="anna")
    if change == "sender":
        brand = replace(BRAND, from_address="new@arevik.example")
        with sendgrid_shop.database.begin() as connection:
            save_brand(connection, brand, actor="a", now=now)
    elif change == "host":
        host = sendgrid.address.replace("127.0.0.1", "localhost")
        object.__setattr__(sendgrid_shop.settings, "sendgrid_host", host)
    else:
        object.__setattr__(sendgrid_shop.settings, "sendgrid_api_key", "SG.second-key")

    assert code_of(lambda: approve(sendgrid_shop, now)) == "campaign.trial"


@pytest.mark.slow
def test_an_approved_campaign_does_not_begin_or_go_on_by_another_account(
    sendgrid_shop, sendgrid, now
):
    def act(verb):
        verb(sendgrid_shop, "Spring", actor="anna", now=now)

    def use(key):
        object.__setattr__(sendgrid_shop.settings, "sendgrid_api_key", key)

    planned(sendgrid_shop, now)
    try_campaign(sendgrid_shop, "Spring", to=BRAND.reply_to, actor="anna")
    key = sendgrid_shop.settings.sendgrid_api_key
    approve(sendgrid_shop, now)

    use("SG.another")
    assert code_of(lambda: act(campaigns.send)) == "campaign.trial"
    use(key)
    act(campaigns.send)
    act(campaigns.pause)
    use("SG.another")
    assert code_of(lambda: act(campaigns.resume)) == "campaign.trial"
    use(key)
    act(campaigns.resume)


def test_a_trial_that_was_refused_or_never_answered_opens_nothing(sqlite_shop, sendgrid, now):
    use_sendgrid(sqlite_shop, sendgrid.address)
    planned(sqlite_shop, now)
    sendgrid.faults = ["400:0", "accept-then-drop", "401"]

    fates = [
        try_campaign(sqlite_shop, "Spring", to=ME, is_own=True, actor="anna").verdict
        for _fault in range(3)
    ]

    assert [one.fate for one in fates] == [Fate.REFUSED, Fate.UNKNOWN, Fate.AGAIN]
    assert all(one.error for one in fates)
    assert [row.outcome for row in rows(sqlite_shop)] == ["refused", "unknown", "again"]
    assert code_of(lambda: approve(sqlite_shop, now)) == "campaign.trial"

    reports = [sendgrid.event(one, "processed") for one in sendgrid.messages]  # it was taken
    events.keep_body(sqlite_shop, "sendgrid", json.dumps(reports).encode(), now=now)
    events.ingest(sqlite_shop, now=now)
    assert [row.heard_at for row in rows(sqlite_shop)] == [None, now, None]
    approve(sqlite_shop, now)


def test_an_intent_is_written_before_the_call(sqlite_shop, now, monkeypatch):
    planned(sqlite_shop, now, "outbox")

    class Dying:
        def send(self, *_args, **_more):
            raise KeyboardInterrupt

        def close(self):
            """Nothing is open."""

    monkeypatch.setattr("campaigns.delivery.trial.open_transport", lambda *_args: Dying())
    with pytest.raises(KeyboardInterrupt):
        try_campaign(sqlite_shop, "Spring", to=ME, is_own=True, actor="anna")

    [row] = rows(sqlite_shop)
    assert (row.outcome, row.account) == (None, "outbox")


@pytest.mark.parametrize("language", list(Language))
def test_the_outbox_shows_a_letter_of_the_library_with_an_invented_reader(
    sqlite_shop, now, language
):
    found = try_letter(
        sqlite_shop, "we_miss_you", to=ME, language=language, transport="outbox", is_own=True,
        actor="anna",
    )  # fmt: skip

    [path] = sqlite_shop.outbox.rglob("*.eml")
    mail = message_from_bytes(path.read_bytes(), policy=default)
    assert found.verdict.fate is Fate.ACCEPTED
    assert mail["To"].addresses[0].addr_spec == ME
    assert mail["Subject"] == found.subject
    assert found.token in mail["List-Unsubscribe"]
    assert mail["List-Unsubscribe"].startswith(f"<{sqlite_shop.settings.base_url}/u/")


@pytest.mark.slow
@pytest.mark.parametrize("name", library.shipped())
def test_every_shipped_letter_can_be_tried(sqlite_shop, name):
    with sqlite_shop.database.read() as connection:
        languages = list(library.load(connection, name).texts)
    for language in languages:
        found = try_letter(
            sqlite_shop, name, to=f"{name}-{language}@arevik.example", language=language,
            transport="outbox", is_own=True, actor="anna",
        )  # fmt: skip
        assert found.verdict.fate is Fate.ACCEPTED
        assert found.substitutions >= 1


def test_a_trial_goes_only_to_ones_own_address_that_wants_letters(sqlite_shop, now):
    def to(address, *, own=True, language=Language.HY):
        return code_of(lambda: try_letter(
            sqlite_shop, LETTER, to=address, language=language, transport="outbox", is_own=own,
            actor="anna",
        ))  # fmt: skip

    with sqlite_shop.database.begin() as connection:
        suppress(
            connection, ME, reason=SuppressionReason.COMPLAINED, source="x", actor="x", now=now
        )
    assert to("no address") == "trial.address"
    assert to("stranger@example.com", own=False) == "trial.not_own"
    assert to(ME.upper()) == "trial.suppressed"
    assert rows(sqlite_shop) == []
    with sqlite_shop.database.begin() as connection:
        save_brand(connection, Brand(), actor="a", now=now)
    assert to("me@example.com") == "trial.brand"


def test_ten_a_day_and_address_are_enough_to_polish_and_too_few_to_write_to_customers(
    sqlite_shop, now
):
    moment = [now]
    clock = Clock(utcnow=lambda: moment[0])

    def send(address="me@arevik.example"):
        return try_letter(
            sqlite_shop, LETTER, to=address, language=Language.EN, transport="outbox",
            is_own=True, actor="anna", clock=clock,
        )  # fmt: skip

    for _time in range(PER_ADDRESS):
        send()
    assert code_of(send) == "trial.limit"
    moment[0] = now + timedelta(hours=25)
    send()
    with sqlite_shop.database.begin() as connection:
        connection.execute(trial.update().values(at=moment[0], address_hash="somebody"))
        for number in range(PER_DAY - PER_ADDRESS - 1):
            row = {"token": f"t{number}", "transport": "outbox", "account": "x", "letter": "x",
                   "language": "en", "key": "k", "address_hash": f"h{number}", "at": moment[0],
                   "actor": "a"}  # fmt: skip
            connection.execute(trial.insert().values(row))
    assert code_of(send) == "trial.limit"


def test_without_an_account_a_trial_says_so(sqlite_shop):
    def send(transport):
        try_letter(sqlite_shop, LETTER, to=BRAND.reply_to, language=Language.HY,
                   transport=transport, actor="anna")  # fmt: skip

    assert code_of(lambda: send("sendgrid")) == "sendgrid.missing"
    assert code_of(lambda: send("smtp")) == "campaign.transport_settings"
    assert read_account(sqlite_shop).api_key == ""


def test_a_language_that_the_letter_lacks_is_told(sqlite_shop, now):
    with sqlite_shop.database.begin() as connection:
        texts = library.load(connection, LETTER).texts
        library.save(connection, "only-hy", {Language.HY: texts[Language.HY]}, actor="a", now=now)

    with pytest.raises(CampaignsError, match=r"only-hy: it has no text") as refused:
        try_letter(sqlite_shop, "only-hy", to=BRAND.reply_to, language=Language.KA,
                   transport="outbox", actor="a")  # fmt: skip
    assert not isinstance(refused.value, NotAllowedError)
    assert utcnow() > now

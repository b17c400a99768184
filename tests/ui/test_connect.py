"""Connecting SendGrid on the page: a key, a webhook, a letter to oneself, a report of it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from campaigns.clock import utcnow
from campaigns.delivery.account import read_account, read_webhook_keys
from campaigns.delivery.deliverability import Answer
from campaigns.store.tables import trial
from tests.support import fake_sendgrid
from tests.support.provider import desk

pytestmark = pytest.mark.slow


@pytest.fixture
def sendgrid(monkeypatch):
    with fake_sendgrid.running() as (account, address):
        account.scopes = ["mail.send", *desk.ALL]
        monkeypatch.setenv("CAMPAIGNS_SENDGRID_HOST", address)
        monkeypatch.setenv("CAMPAIGNS_PUBLIC_URL", "https://letters.nur.example")
        monkeypatch.setattr("campaigns.delivery.reach.answers", lambda *_asked, **_more: True)
        yield account


def shown(page):
    kinds = (page.error, page.success, page.warning, page.markdown, page.caption, page.code)
    return "\n".join(str(one.value) for kind in kinds for one in kind)


def enter(page, key):
    page.text_input(key="connect-key").input(key)
    page.get_by_key("FormSubmitter:connect-Check the key and keep it").click().run()


def test_a_marketer_connects_sendgrid_and_sends_a_letter_to_themselves(shop, sendgrid, open_page):
    page = open_page("connect")
    enter(page, "SG.wrong")
    assert "SendGrid does not know this key" in page.error[0].value
    enter(page, fake_sendgrid.API_KEY)
    assert not page.error
    assert fake_sendgrid.API_KEY not in shown(page)
    assert "does not know nur" in shown(page).replace("\\", "")

    page.get_by_key("connect-hook").click().run()
    assert [one["url"] for one in sendgrid.webhooks] == [
        "https://letters.nur.example/hooks/sendgrid"
    ]
    assert read_webhook_keys(shop) == (sendgrid.public_key,)

    page.get_by_key("connect-trial-to").input("me@nur.example").run()
    page.get_by_key("connect-trial-send").click().run()
    assert "confirm that this address is yours" in page.error[0].value
    page.checkbox(key="connect-trial-own").check().run()
    page.get_by_key("connect-trial-send").click().run()
    assert [one["to"] for one in sendgrid.messages] == ["me@nur.example"]
    assert "Look into your mailbox" in shown(page)
    assert ":green[:material/check_circle:] A letter to yourself" in [
        one.value for one in page.header
    ]
    assert "Waiting for SendGrid" in shown(page)

    with shop.database.begin() as connection:
        connection.execute(sa.update(trial).values(heard_at=utcnow()))
    page.run()
    assert "SendGrid is connected" in shown(page)
    assert "SendGrid has reported on it" in shown(page)

    page.get_by_key("connect-forget").click().run()
    assert read_account(shop).api_key == ""


@pytest.mark.parametrize("language", ["hy", "ka"])
def test_both_pages_speak_the_reader_s_language(shop, sendgrid, open_page, language):
    assert shop
    for name in ("connect", "deliverability"):
        page = open_page(name, language)
        assert not page.exception
        assert not page.error
        assert "SendGrid is" not in shown(page)


def test_a_key_of_the_environment_cannot_be_changed(shop, sendgrid, open_page, monkeypatch):
    monkeypatch.setenv("CAMPAIGNS_SENDGRID_API_KEY", fake_sendgrid.API_KEY)
    sendgrid.scopes = ["mail.send"]
    page = open_page("connect")

    assert "set by whoever runs the program" in shown(page)
    assert "please look yourself" in "\n".join(one.value for one in page.info)
    assert "connect-forget" not in [one.key for one in page.button]
    assert "connect-hook" not in [one.key for one in page.button]
    assert shop


def test_the_domain_is_looked_at_and_no_network_is_said_to_be_none(shop, open_page, monkeypatch):
    monkeypatch.setattr(
        "campaigns.delivery.deliverability.names.asker",
        lambda *_servers: lambda _name, _kind: Answer(failure="timeout"),
    )
    page = open_page("deliverability")
    [look] = [one for one in page.button if one.label == "Look now"]
    look.click().run()

    assert "no connection to name servers" in page.info[0].value
    assert not page.error
    assert len(page.table) == 1
    assert shop


def test_a_planned_campaign_sends_its_letter_to_the_marketer_first(busy_shop, open_page):
    page = open_page("campaigns")
    box = page.selectbox[0]
    box.select(next(one for one in box.options if one.startswith("March"))).run()
    page.get_by_key("trial-March-send").click().run()

    [path] = busy_shop.outbox.rglob("*.eml")
    assert "Written into the folder" in shown(page)
    assert b"hello@nur.example" in path.read_bytes()
    assert path.parent.name in ("hy", "en")

"""Before approval SendGrid is asked whether our key may send."""

from __future__ import annotations

import http.server
import logging
import threading
from contextlib import contextmanager

import pytest

from campaigns.delivery import campaigns
from campaigns.delivery.account import Account
from campaigns.delivery.transports.sendgrid_account import require_right_to_send
from campaigns.errors import NotAllowedError
from tests.support.fake_sendgrid import API_KEY
from tests.support.sending import LETTER, an_accepted_trial, people


def refusal(address, key=API_KEY):
    """The code with which a key is refused."""
    with pytest.raises(NotAllowedError) as refused:
        require_right_to_send(Account(key, address), "Spring", timeout_s=0.3)
    assert "SG." not in f"{refused.value} {refused.value.facts}"
    return refused.value.code


@contextmanager
def a_server(reply):
    """A server that writes ``reply`` to whatever it is asked, and keeps what that was."""
    seen = []

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(dict(self.headers))
            self.wfile.write(reply)

        def log_message(self, *_args):
            """Say nothing."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("key", ["SG.wrong", "SG.one\nSG.two", "SG.ключ"])
def test_a_wrong_key_is_told_as_such_and_never_shown(sendgrid, key):
    assert refusal(sendgrid.address, key) == "campaign.sendgrid_key"


def test_a_key_without_the_right_to_send_is_told_as_such(sendgrid):
    sendgrid.scopes = ["mail.batch.create", "stats.read"]

    assert refusal(sendgrid.address) == "campaign.sendgrid_scope"


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["hang", "drop", "302", "429", "500", "503"])
def test_no_answer_of_sendgrid_is_told_as_such(sendgrid, fault):
    sendgrid.scopes_fault = fault

    assert refusal(sendgrid.address) == "campaign.sendgrid_unreachable"


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(b"HTTP/1.0 200 OK\r\n\r\n<html>", id="no-json"),
        pytest.param(b"HTTP/1.0 200 OK\r\nContent-Length: 99\r\n\r\n{}", id="cut-off"),
        pytest.param(b"SMTP\r\n\r\n", id="another-protocol"),
    ],
)
def test_something_else_at_the_address_is_told_as_such(reply):
    with a_server(reply) as (address, _seen):
        assert refusal(address) == "campaign.sendgrid_unreachable"


def test_nothing_at_the_address_is_told_as_such():
    assert refusal("http://127.0.0.1:9") == "campaign.sendgrid_unreachable"


def test_the_key_follows_no_redirect():
    with a_server(b'HTTP/1.0 200 OK\r\n\r\n{"scopes": ["mail.send"]}') as (elsewhere, seen):
        reply = f"HTTP/1.0 302 Found\r\nLocation: {elsewhere}/v3/scopes\r\n\r\n".encode()
        with a_server(reply) as (address, first):
            assert refusal(address) == "campaign.sendgrid_unreachable"

    assert [one["Authorization"] for one in first] == [f"Bearer {API_KEY}"]
    assert seen == []


def test_the_key_is_in_no_log(sendgrid, caplog):
    caplog.set_level(logging.DEBUG)

    refusal(sendgrid.address, "SG.wrong")
    sendgrid.scopes_fault = "500"
    refusal(sendgrid.address)

    assert "SG." not in caplog.text


def planned(shop, now, transport):
    people(shop, now, 1)
    campaigns.create(
        shop, "Spring", segment="everyone", letter=LETTER, transport=transport, actor="a", now=now
    )
    campaigns.plan(shop, "Spring", actor="a", now=now)


def state(shop):
    with shop.database.read() as connection:
        return campaigns.status(connection, "Spring").state


def test_a_campaign_by_sendgrid_is_approved_only_with_the_right_to_send(
    sendgrid_shop, sendgrid, now
):
    planned(sendgrid_shop, now, "sendgrid")
    sendgrid.scopes = []

    with pytest.raises(NotAllowedError) as refused:
        campaigns.approve(sendgrid_shop, "Spring", actor="a", now=now, probe=lambda _url: True)
    assert refused.value.code == "campaign.sendgrid_scope"
    assert state(sendgrid_shop) == "planned"

    sendgrid.scopes = ["mail.send"]
    an_accepted_trial(sendgrid_shop, now)
    campaigns.approve(sendgrid_shop, "Spring", actor="a", now=now, probe=lambda _url: True)
    assert state(sendgrid_shop) == "approved"


def test_a_campaign_into_the_outbox_asks_nobody(sqlite_shop, now):
    def asked_anyway(_settings, name):
        raise AssertionError(name)

    planned(sqlite_shop, now, "outbox")
    campaigns.approve(sqlite_shop, "Spring", actor="a", now=now, account=asked_anyway)

    assert state(sqlite_shop) == "approved"

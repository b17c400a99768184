"""SMTP against a real server on this machine: one answer for each addressee."""

from __future__ import annotations

import email
import socket
from email import policy

import polars as pl
import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from campaigns.delivery.dispatch import send_campaign
from campaigns.delivery.ledger import PATIENCE
from campaigns.delivery.transports import Addressee, Fate, Request
from campaigns.delivery.transports.reply_address import letter_id
from campaigns.delivery.transports.smtp import SmtpTransport
from campaigns.delivery.transports.smtp_pool import Pool
from campaigns.model.language import Language
from campaigns.store.tables import batch, message
from tests.support.ports import free_port
from tests.support.sending import BRAND, a_running_campaign, people, people_of, states


class Handler:
    """Answers as each test wants it: address → reply to RCPT, or to the letter's text."""

    def __init__(self) -> None:
        self.rcpt: dict[str, str] = {}
        self.data: dict[str, str] = {}
        self.mail = "250 OK"
        self.letters: list[tuple[list[str], bytes]] = []
        self.connections = 0

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses):  # noqa: N802
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_MAIL(self, _server, _session, envelope, address, options):  # noqa: N802
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.mail

    async def handle_RCPT(self, _server, _session, envelope, address, options):  # noqa: N802
        if reply := self.rcpt.get(address):
            return reply
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, _server, session, envelope):  # noqa: N802
        (address,) = envelope.rcpt_tos
        self.letters.append((envelope.rcpt_tos, envelope.content))
        reply = self.data.get(address, "250 OK")
        if reply == "hang up":
            session.smtp_server_transport.abort()
            return "250 OK"
        return reply


class _Server(SMTP):
    def connection_made(self, transport):
        super().connection_made(transport)
        self.session.smtp_server_transport = transport


class _Controller(Controller):
    def factory(self):
        return _Server(self.handler, **self.SMTP_kwargs)


@pytest.fixture
def handler():
    return Handler()


@pytest.fixture
def url(handler):
    controller = _Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


def a_request(count=3, *, text="Hello ~0^!\r\n.dot\r\n"):
    readers = [
        Addressee(i, f"token{i}", f"p{i}@example.am", f"Անի {i}", f"https://s.example/u/{i}")
        for i in range(count)
    ]
    tags = pl.DataFrame({"~0^": [f"name {i}" for i in range(count)]})
    return Request(1, "Spring", Language.EN, "Hi ~0^", "<p>~0^</p>", text, people_of(readers), tags)


@pytest.fixture
def send(url, now):
    transports = []

    def ask(request, *, address=url, time_left_s=60.0):
        transport = SmtpTransport(Pool(address, 1), BRAND)
        transports.append(transport)
        return transport.send(request, "key", now=now, time_left_s=time_left_s)

    yield ask
    for transport in transports:
        transport.close()


def fates(outcome):
    return [str(verdict.fate) for verdict in outcome.verdicts]


def test_each_addressee_gets_a_letter_of_their_own_over_one_connection(send, handler):
    outcome = send(a_request())

    assert fates(outcome) == ["accepted"] * 3
    assert handler.connections == 1
    mails = [
        email.message_from_bytes(content, policy=policy.default) for _, content in handler.letters
    ]
    assert [mail["Subject"] for mail in mails] == ["Hi name 0", "Hi name 1", "Hi name 2"]
    assert [to for to, _ in handler.letters] == [[f"p{i}@example.am"] for i in range(3)]
    assert mails[0]["List-Unsubscribe"] == "<https://s.example/u/0>"
    assert mails[0]["Message-ID"] == f"<{letter_id('/u/0')}@arevik.example>"
    assert "\n.dot\n" in mails[0].get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_a_refused_addressee_keeps_nobody_else_from_their_letter(send, handler):
    handler.rcpt = {"p1@example.am": "550 no <p1@example.am> here"}

    outcome = send(a_request())

    assert fates(outcome) == ["accepted", "refused", "accepted"]
    assert outcome.verdicts[1].error["facts"]["reason"] == "550 no <…@…> here"


def test_a_mailbox_that_says_not_now_is_asked_again_alone(send, handler):
    handler.rcpt = {"p1@example.am": "451 greylisted"}

    outcome = send(a_request())

    assert fates(outcome) == ["accepted", "again", "accepted"]
    assert outcome.verdicts[1].error["code"] == "transport.deferred"
    assert not outcome.later


def test_a_letter_refused_after_its_text_is_refused(send, handler):
    handler.data = {"p0@example.am": "554 spam"}

    assert fates(send(a_request())) == ["refused", "accepted", "accepted"]


def test_a_connection_that_breaks_after_the_text_leaves_one_unknown(send, handler):
    handler.data = {"p1@example.am": "hang up"}

    outcome = send(a_request())

    assert fates(outcome) == ["accepted", "unknown", "accepted"]
    assert handler.connections == 2


def test_a_server_that_closes_before_the_text_loses_nobody(send, handler):
    handler.rcpt = {"p1@example.am": "421 shutting down"}

    outcome = send(a_request())

    assert fates(outcome) == ["accepted", "again", "again"]
    assert outcome.later
    assert outcome.error["code"] == "transport.unreachable"


def test_a_sender_that_is_refused_pauses_the_campaign(send, handler):
    handler.mail = "553 not your domain"

    outcome = send(a_request())

    assert outcome.halt
    assert fates(outcome) == ["again"] * 3
    assert outcome.error["facts"]["reason"] == "not your domain"


def test_a_server_that_is_not_there_is_asked_again_later(send):
    outcome = send(a_request(), address=f"smtp://127.0.0.1:{free_port()}")

    assert outcome.later
    assert fates(outcome) == ["again"] * 3


def test_when_time_runs_out_the_rest_is_not_begun(send, handler):
    outcome = send(a_request(), time_left_s=0.0)

    assert fates(outcome) == ["again"] * 3
    assert handler.letters == []
    assert (outcome.later, outcome.halt) == (False, False)


def test_a_wrong_password_pauses_the_campaign_and_is_not_shown(handler, now):
    def never(*_args):
        return AuthResult(success=False, handled=False)

    controller = Controller(
        handler, hostname="127.0.0.1", port=free_port(), authenticator=never,
        auth_require_tls=False,
    )  # fmt: skip
    controller.start()
    transport = SmtpTransport(Pool(f"smtp://ani:hunter2@127.0.0.1:{controller.port}", 1), BRAND)
    try:
        outcome = transport.send(a_request(), "key", now=now, time_left_s=60.0)
    finally:
        transport.close()
        controller.stop()

    assert outcome.halt
    assert "hunter2" not in repr(outcome)
    assert "hunter2" not in repr(transport)


def test_a_server_that_never_greets_is_given_up(now, monkeypatch):
    monkeypatch.setattr("campaigns.delivery.transports.smtp_pool.TIMEOUT_S", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        transport = SmtpTransport(Pool(f"smtp://127.0.0.1:{silent.getsockname()[1]}", 1), BRAND)

        outcome = transport.send(a_request(1), "key", now=now, time_left_s=60.0)

    assert [verdict.fate for verdict in outcome.verdicts] == [Fate.AGAIN]
    assert outcome.later


@pytest.mark.slow
def test_a_mailbox_that_never_takes_anything_has_failed_in_the_end(sqlite_shop, url, handler, now):
    object.__setattr__(sqlite_shop.settings, "smtp_url", url)
    object.__setattr__(sqlite_shop.settings, "public_url", "https://shop.example")
    people(sqlite_shop, now, 2, languages=("hy",))
    campaign_id = a_running_campaign(sqlite_shop, now, transport="smtp")
    with sqlite_shop.database.read() as connection:
        address = connection.execute(sa.select(message.c.address).limit(1)).scalar_one()
    handler.rcpt = {address: "451 greylisted"}

    seen = []
    for _ in range(PATIENCE + 2):
        send_campaign(sqlite_shop, campaign_id, owner="w")
        seen.append(states(sqlite_shop))
        with sqlite_shop.database.begin() as connection:
            connection.execute(batch.update().values(not_before=None))

    assert seen[0] == {"accepted": 1, "pending": 1}
    assert seen[PATIENCE - 1] == {"accepted": 1, "pending": 1}
    assert seen[PATIENCE] == {"accepted": 1, "failed": 1}
    assert len(handler.letters) == 1

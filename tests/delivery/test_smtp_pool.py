"""Connections to a mail server: kept, shared, given up, and what a broken one means."""

from __future__ import annotations

import ssl
import threading

import pytest
import trustme
from aiosmtpd.controller import Controller

from campaigns.delivery.transports.reply_address import letter_id
from campaigns.delivery.transports.smtp import SmtpTransport
from campaigns.delivery.transports.smtp_pool import IDLE_S, Pool
from tests.delivery.test_smtp import BRAND, Handler, a_request, fates
from tests.support.mail_servers import HANG_UP, Postbox, smtp_server
from tests.support.ports import free_port


@pytest.fixture
def box():
    return Postbox()


@pytest.fixture
def url(box):
    with smtp_server(box) as address:
        yield address


class Time:
    """Seconds that pass when a test says so."""

    def __init__(self):
        self.s = 0.0

    def __call__(self):
        return self.s


@pytest.fixture
def a_transport():
    """Return a function that makes a transport, and its clock."""
    made = []

    def make(url):
        time = Time()
        made.append(SmtpTransport(Pool(url, 1, time), BRAND, monotonic_s=time))
        return made[-1], time

    yield make
    for transport in made:
        transport.close()


def ask(transport, now, count=3):
    return transport.send(a_request(count), "key", now=now, time_left_s=60.0)


def test_a_server_that_reports_is_told_which_letter_and_asked_for_failures_only(
    a_transport, url, box, now
):
    transport, _ = a_transport(url)
    assert fates(ask(transport, now, 1)) == ["accepted"]
    transport.close()

    assert box.commands[1:] == [
        f"mail FROM:<shop@arevik.example> RET=HDRS ENVID={letter_id('/u/0')}",
        "rcpt TO:<p0@example.am> NOTIFY=FAILURE", "DATA", "quit",
    ]  # fmt: skip


def test_a_server_that_does_not_report_is_not_asked_to(a_transport, url, box, now):
    box.extensions = ()
    transport, _ = a_transport(url)

    assert fates(ask(transport, now, 1)) == ["accepted"]
    assert "ENVID" not in "".join(box.commands)


def test_a_connection_carries_so_many_letters_and_is_then_made_anew(
    a_transport, url, box, now, monkeypatch
):
    monkeypatch.setattr("campaigns.delivery.transports.smtp_pool.MAILS", 3)
    transport, _ = a_transport(url)

    assert fates(ask(transport, now, 7)) == ["accepted"] * 7
    assert (box.connections, len(box.letters)) == (3, 7)


def test_what_a_refused_letter_left_is_cleared_before_the_next(a_transport, url, box, now):
    box.replies["RCPT"] = lambda said, _n: "550 no" if "p0@" in said else None
    transport, _ = a_transport(url)

    assert fates(ask(transport, now, 2)) == ["refused", "accepted"]
    assert [one.split(" ")[0] for one in box.commands[1:6]] == [
        "mail",
        "rcpt",
        "rset",
        "mail",
        "rcpt",
    ]


@pytest.mark.parametrize("reply", [HANG_UP, "421 idle too long"])
def test_a_kept_connection_that_died_meanwhile_is_made_anew_and_nobody_waits(
    a_transport, url, box, now, reply
):
    transport, time = a_transport(url)
    assert fates(ask(transport, now, 1)) == ["accepted"]
    box.replies["MAIL"] = box.replies["RSET"] = lambda _said, number: reply if number == 1 else None

    time.s += IDLE_S / 2
    found = ask(transport, now, 1)

    assert (fates(found), found.later, box.connections) == (["accepted"], False, 2)


def test_an_idle_connection_is_asked_whether_it_still_stands(a_transport, url, box, now):
    transport, time = a_transport(url)
    ask(transport, now, 1)
    time.s += IDLE_S + 1

    assert fates(ask(transport, now, 1)) == ["accepted"]
    assert "rset" in box.commands
    assert box.connections == 1


@pytest.mark.slow
def test_a_connection_that_breaks_amid_the_text_has_sent_nothing(a_transport, url, box, now):
    box.cut_after = 20
    transport, _ = a_transport(url)
    request = a_request(1, text="x" * 5_000_000)

    found = transport.send(request, "key", now=now, time_left_s=60.0)

    assert (fates(found), found.later, box.letters) == (["again"], True, [])


@pytest.mark.parametrize(
    ("reply", "fate", "code"),
    [
        (HANG_UP, "unknown", "transport.no_answer"),
        ("what?", "unknown", "transport.no_answer"),
        ("421 closing", "again", "transport.deferred"),
        ("451 try later", "again", "transport.deferred"),
        ("552 too large", "refused", "transport.refused"),
        ("554 no", "refused", "transport.refused"),
    ],
)
def test_the_answer_to_the_last_dot_decides(a_transport, url, box, now, reply, fate, code):
    box.replies["."] = lambda _said, _n: reply if len(box.letters) == 1 else None
    transport, _ = a_transport(url)

    found = ask(transport, now, 2)

    assert fates(found) == [fate, "accepted"]
    assert found.verdicts[0].error["code"] == code


@pytest.mark.parametrize(
    ("reply", "later", "halt", "first"),
    [
        ("452 disk full", True, False, "again"),
        ("552 too large", False, False, "refused"),
        ("530 log in first", False, True, "again"),
    ],
)
def test_an_answer_to_the_sender_says_whom_it_is_about(
    a_transport, url, box, now, reply, later, halt, first
):
    box.replies["MAIL"] = lambda said, _n: reply if letter_id("/u/0") in said else None
    transport, _ = a_transport(url)

    found = ask(transport, now, 2)

    assert (found.later, found.halt, fates(found)[0]) == (later, halt, first)


def test_a_server_that_serves_nobody_pauses_the_campaign(a_transport, url, box, now):
    box.replies["connect"] = lambda _said, _n: "554 closing to you"
    transport, _ = a_transport(url)

    assert ask(transport, now).halt


def test_lanes_share_what_connections_the_server_allows(url, box, now):
    """The second connection is refused with 421 while the first one works: both lanes finish."""
    working, refused = threading.Event(), threading.Event()

    def greet(_said, number):
        if number == 1:
            return None
        refused.set()
        return "421 too many connections"

    def hold(_said, _number):
        working.set()
        refused.wait(10)

    box.replies |= {"connect": greet, "MAIL": hold}
    pool = Pool(url, 4)
    transport = SmtpTransport(pool, BRAND)
    found = []
    lanes = [
        threading.Thread(target=lambda: found.append(fates(ask(transport, now, 2)))) for _ in "ab"
    ]
    lanes[0].start()
    assert working.wait(10)
    lanes[1].start()
    for lane in lanes:
        lane.join(20)
    transport.close()

    assert found == [["accepted"] * 2] * 2
    assert (pool.limit, pool.open) == (1, 0)


def test_without_a_free_connection_the_rest_waits_for_later(url, now):
    transport = SmtpTransport(Pool(url, 1), BRAND)
    link = transport.pool.take(1.0)
    try:
        found = transport.send(a_request(1), "key", now=now, time_left_s=0.05)
    finally:
        transport.pool.drop(link)

    assert (fates(found), found.later) == (["again"], True)


@pytest.fixture
def authority():
    return trustme.CA()


@pytest.fixture
def tls_server(authority):
    """Yield a function that runs a server with a certificate for ``localhost``."""
    certificate = authority.issue_cert("localhost")
    running = []

    def run(handler):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        port = free_port()
        controller = Controller(
            handler, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True
        )
        controller.start()
        running.append(controller)
        return f"smtp://localhost:{port}"

    yield run
    for controller in running:
        controller.stop()


@pytest.mark.slow
def test_a_letter_leaves_encrypted_to_a_server_whose_certificate_is_right(
    a_transport, tls_server, authority, now, tmp_path, monkeypatch
):
    trusted = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(trusted)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    handler = Handler()
    transport, _ = a_transport(tls_server(handler))

    assert fates(ask(transport, now, 2)) == ["accepted"] * 2
    transport.close()


@pytest.mark.slow
def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(a_transport, tls_server, now):
    handler = Handler()
    transport, _ = a_transport(tls_server(handler))

    found = ask(transport, now, 2)

    assert (found.halt, handler.letters) == (True, [])
    assert "certificate" in found.error["facts"]["reason"]

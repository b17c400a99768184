"""A mailbox read over a real connection: nothing twice, nothing lost, nothing deleted."""

from __future__ import annotations

import threading
import tracemalloc
from itertools import chain, repeat

import pytest
import sqlalchemy as sa

from campaigns.delivery import wary_imap
from campaigns.delivery.inbox import mailbox, replies
from campaigns.errors import DeliveryError
from campaigns.jobs import periodic
from campaigns.store.tables import reply, webhook_body
from tests.delivery.mails import an_answer
from tests.support.mail_servers import Mailbox, imap_server


@pytest.fixture
def box():
    return Mailbox({3: an_answer("first"), 7: an_answer("second")})


@pytest.fixture
def shop(sqlite_workspace, box):
    """A shop whose answers come to a mailbox."""
    with imap_server(box) as address:
        use(sqlite_workspace, f"imap://shop:{box.password}@{address}/INBOX")
        yield sqlite_workspace


def use(workspace, url):
    object.__setattr__(workspace.settings, "mailbox_url", url)


def texts(shop, now):
    replies.ingest(shop, now=now)
    with shop.database.read() as connection:
        return list(connection.execute(sa.select(reply.c.text).order_by(reply.c.id)).scalars())


def test_what_is_new_is_fetched_once_and_marked_as_seen(shop, box, now):
    assert mailbox.fetch(shop, now=now) == 2
    assert mailbox.fetch(shop, now=now) == 0
    box.mails[9] = an_answer("third")
    assert mailbox.fetch(shop, now=now) == 1

    assert texts(shop, now) == ["first", "second", "third"]
    assert box.seen == {3, 7, 9}
    assert sorted(box.mails) == [3, 7, 9]
    assert not [one for one in box.commands if "EXPUNGE" in one or "Deleted" in one]


def test_a_connection_that_breaks_goes_on_where_it_was(shop, box, now):
    box.break_at = 7
    with pytest.raises(DeliveryError, match="mailbox"):
        mailbox.fetch(shop, now=now)

    assert mailbox.fetch(shop, now=now) == 1
    assert texts(shop, now) == ["first", "second"]


def test_a_mailbox_that_numbers_its_mails_anew_is_read_anew_and_counts_once(shop, box, now):
    mailbox.fetch(shop, now=now)
    box.uid_validity, box.mails = 2, {1: an_answer("first"), 2: an_answer("new")}

    assert mailbox.fetch(shop, now=now) == 2
    assert texts(shop, now) == ["first", "second", "new"]


def test_a_mail_beyond_the_limit_is_fetched_as_far_as_it_goes(shop, box, now, monkeypatch):
    monkeypatch.setattr("campaigns.delivery.inbox.mailbox.MAIL_BYTES", 500)
    box.mails = {1: an_answer("long " * 1000)}

    mailbox.fetch(shop, now=now)

    with shop.database.read() as connection:
        assert len(connection.execute(sa.select(webhook_body.c.body)).scalar_one()) == 500


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("imap://shop:wrong@{host}/INBOX", "mailbox.refused"),
        ("imap://shop:secret@127.0.0.1:1/INBOX", "mailbox.unreachable"),
        ("imap://shop:secret@mail.example/INBOX", "mailbox.refused"),
    ],
)
def test_what_is_wrong_is_said_without_the_password(shop, now, url, code):
    host = shop.settings.mailbox_url.rpartition("@")[2].partition("/")[0]
    use(shop, url.format(host=host))

    with pytest.raises(DeliveryError) as caught:
        mailbox.fetch(shop, now=now)

    assert caught.value.code == code
    assert "secret" not in str(caught.value)
    assert "wrong" not in str(caught.value)


LIES = {
    "a literal": chain([b"* 1 FETCH (BODY[] {9999999999}\r\n"], repeat(b"x" * 65536)),
    "a size": [b"* 1 FETCH (BODY[] {" + b"9" * 5000 + b"}\r\n"],
    "lines": repeat(b"* 1 EXISTS\r\n" * 5000),
    "a line": chain([b"* SEARCH"], repeat(b" 1" * 30_000)),
}


@pytest.mark.parametrize("lie", sorted(LIES))
def test_a_server_that_lies_costs_little(shop, box, now, monkeypatch, lie):
    monkeypatch.setattr(wary_imap, "ANSWER_BYTES", 500_000)
    box.lies = LIES[lie]
    tracemalloc.start()

    with pytest.raises(DeliveryError, match="mailbox"):
        mailbox.fetch(shop, now=now)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_server_that_never_ends_is_cut(shop, box, now, monkeypatch):
    monkeypatch.setattr(wary_imap, "TURN_S", 0.1)
    release = threading.Event()
    box.lies = ((release.wait(20) and b"") or b"" for _ in range(1))
    try:
        with pytest.raises(DeliveryError, match="mailbox"):
            mailbox.fetch(shop, now=now)
    finally:
        release.set()


def test_only_a_shop_with_a_mailbox_looks_at_one(shop):
    assert periodic.FETCH_MAIL in periodic.every_of(shop.settings)
    use(shop, "")
    assert periodic.FETCH_MAIL not in periodic.every_of(shop.settings)

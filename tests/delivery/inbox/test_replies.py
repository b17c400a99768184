"""What comes back by mail: joined to reader and letter, counted once, obeyed where it must be."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from campaigns.delivery.dispatch import send_campaign
from campaigns.delivery.heard import events
from campaigns.delivery.inbox import dsn, replies, reply_rows
from campaigns.delivery.inbox.inbound_form import kept
from campaigns.delivery.inbox.replies import FILE, INBOUND, MAILBOX, ReplyKind
from campaigns.delivery.transports.reply_address import LEAVE, REPLY, letter_id, own_address
from campaigns.store.tables import (
    contact,
    event,
    former_key,
    message,
    reply,
    suppression,
    webhook_body,
)
from tests.delivery import mails
from tests.delivery.mails import ID, LINK, an_answer
from tests.support.factory import a_batch, a_campaign, a_consent, a_contact, a_message
from tests.support.sending import a_running_campaign, people

DOMAIN = "replies.arevik.example"


@pytest.fixture
def letters(shop, now):
    """Three people who got a letter: their messages, in order."""
    with shop.database.begin() as connection:
        campaign_id = a_campaign(connection, now=now, name="Spring")
        batch_id = a_batch(connection, campaign_id)
        for _ in range(3):
            contact_id = a_contact(connection, now=now)
            consent_id = a_consent(connection, contact_id, now=now)
            a_message(
                connection, campaign_id=campaign_id, contact_id=contact_id, batch_id=batch_id,
                consent_id=consent_id, accepted_at=now,
            )  # fmt: skip
        return connection.execute(sa.select(message).order_by(message.c.id)).all()


@pytest.fixture
def come_in(shop, now):
    """Return a function that takes a mail in, and what it tells, as the worker does."""

    def take(mail, source=MAILBOX):
        replies.keep_mail(shop, source, mail, now=now)
        found = replies.ingest(shop, now=now)
        return found, events.ingest(shop, now=now)

    return take


def rows(shop, table=reply):
    with shop.database.read() as connection:
        return connection.execute(sa.select(table).order_by(table.c.id)).all()


def address(shop, letter, kind=REPLY):
    return own_address(kind, link(shop, letter), DOMAIN)


def link(shop, letter):
    return f"https://s.example/u/{shop.signer.sign('unsubscribe', letter.token)}"


def of(shop, mail, letter):
    """A sample that came back, about a letter."""
    left = link(shop, letter)
    return mail.replace(ID.encode(), letter_id(left).encode()).replace(
        LINK.encode(), left.rpartition("/")[2].encode()
    )


def test_an_answer_to_a_letters_own_address_is_its_readers_whoever_sends_it(shop, letters, come_in):
    mail = an_answer("Thanks!", to=address(shop, letters[1]), sender="Somebody <other@x.example>")

    found, _ = come_in(mail)

    (row,) = rows(shop)
    assert (found.new, found.joined) == (1, 1)
    assert (row.message_id, row.contact_id) == (letters[1].id, letters[1].contact_id)
    assert (row.kind, row.text, row.address_key) == ("person", "Thanks!", "other@x.example")


def test_an_answer_is_joined_by_the_letter_that_it_cites(shop, letters, come_in):
    cited = f"References: <a@b.example>\nIn-Reply-To: <{letter_id(link(shop, letters[2]))}@arevik.example>"

    come_in(an_answer("Thanks!", sender="x@x.example", more=cited))

    assert rows(shop)[0].message_id == letters[2].id


def test_an_answer_from_a_known_address_is_joined_to_the_last_letter(shop, letters, come_in):
    come_in(an_answer("Thanks!", sender=f"<{letters[0].address.upper()}>"))

    assert (rows(shop)[0].contact_id, rows(shop)[0].message_id) == (
        letters[0].contact_id, letters[0].id,
    )  # fmt: skip


def test_what_nobody_known_wrote_is_kept_all_the_same(shop, letters, come_in):
    forged = "r-" + "A" * 20 + "~" + "B" * 27

    found, _ = come_in(an_answer("Hi", to=f"{forged}@{DOMAIN}", sender="new@x.example"))

    assert (found.new, found.joined) == (1, 0)
    assert (rows(shop)[0].contact_id, rows(shop)[0].text) == (None, "Hi")


def test_an_answer_counts_once_whichever_way_it_comes(shop, letters, come_in, now):
    mail = an_answer("Thanks!", message_id="one")

    found = [come_in(mail, source)[0].new for source in (MAILBOX, FILE, MAILBOX)]

    assert found == [1, 0, 0]
    assert all(row.body == b"" for row in rows(shop, webhook_body))


def test_an_address_that_is_none_gets_no_more_mail(shop, letters, come_in):
    come_in(of(shop, mails.postfix(), letters[0]))
    _, again = come_in(of(shop, mails.postfix(), letters[0]))

    (row,) = rows(shop)
    (told,) = rows(shop, event)
    (listed,) = _all(shop, suppression)
    assert (row.kind, row.message_id) == ("bounce", letters[0].id)
    assert (told.kind, told.provider, told.message_id) == ("bounced", dsn.PROVIDER, letters[0].id)
    assert listed.reason == "bounced"
    assert again.new == 0
    assert _delivery(shop, letters[0]) == "bounced"


def test_a_letter_that_is_only_late_or_unwanted_costs_nobody_their_address(shop, letters, come_in):
    come_in(of(shop, mails.EXIM_DELAY, letters[0]))
    come_in(of(shop, mails.GMAIL, letters[1]))

    assert [one.kind for one in rows(shop, event)] == ["deferred", "blocked"]
    assert _all(shop, suppression) == []


def test_a_report_without_a_letter_of_ours_is_believed_of_nobody(shop, letters, come_in):
    """Anybody may write a report: the addresses in it prove nothing."""
    forged = mails.postfix().replace(b"ani@example.am", letters[0].address.encode())

    come_in(forged)

    assert rows(shop)[0].kind == "bounce"
    assert (rows(shop, event), _all(shop, suppression)) == ([], [])


@pytest.mark.parametrize("report", [mails.postfix(), mails.QMAIL, mails.YANDEX, mails.feedback()])
@pytest.mark.parametrize("brief", [True, False])
def test_whoever_has_only_a_counted_link_can_report_nothing(shop, letters, come_in, report, brief):
    """People pass counted links on; the token in them ends nobody's letters."""
    [clicked] = shop.signer.sign_all_briefly("click", [letters[0].token])
    forged = clicked if brief else shop.signer.sign("click", letters[0].token)
    text = report.replace(ID.encode(), forged.encode()).replace(LINK.encode(), forged.encode())
    to = f"To: r-{forged}@{DOMAIN}\r\nReferences: <{forged}@x.example>\r\nX-To:".encode()

    come_in(text.replace(b"To:", to, 1))

    assert (rows(shop, event), _all(shop, suppression)) == ([], [])


def test_an_answer_to_the_address_of_a_bulk_letter_finds_its_reader(shop, letters, come_in):
    """SendGrid fills in the token of counted links, which is signed briefly."""
    [clicked] = shop.signer.sign_all_briefly("click", [letters[1].token])

    come_in(an_answer("Thanks!", to=f"r-{clicked}@{DOMAIN}", sender="x@x.example"))

    assert rows(shop)[0].message_id == letters[1].id


def test_a_complaint_ends_all_mail_and_the_consent(shop, letters, come_in):
    come_in(of(shop, mails.feedback(), letters[0]))

    assert rows(shop)[0].kind == "complaint"
    assert [one.reason for one in _all(shop, suppression)] == ["complained"]


def test_a_mail_to_the_address_to_leave_by_is_obeyed_at_once(shop, letters, come_in):
    come_in(an_answer("", to=address(shop, letters[0], LEAVE), sender="x@y.example", subject=""))

    assert rows(shop)[0].kind == "unsubscribe"
    assert [one.reason for one in _all(shop, suppression)] == ["unsubscribed"]


def test_words_that_ask_to_leave_are_only_shown(shop, letters, come_in):
    come_in(an_answer("отпишите меня", to=address(shop, letters[0])))

    assert rows(shop)[0].kind == "unsubscribe"
    assert _all(shop, suppression) == []


def test_a_mail_that_says_nothing_is_set_aside_and_keeps_none_waiting(
    shop, letters, come_in, caplog
):
    found, _ = come_in(b"\x00\xff")
    come_in(an_answer("Private words"))

    assert (found.unreadable, len(rows(shop))) == (1, 1)
    assert "Private words" not in caplog.text
    with shop.database.read() as connection:
        assert not events.bodies_waiting(connection)


def test_a_conversation_is_told_in_the_order_of_time(shop, letters, come_in, now):
    come_in(an_answer("Thanks!", to=address(shop, letters[0])))

    with shop.database.read() as connection:
        turns = reply_rows.thread(connection, letters[0].contact_id)
        (found,) = reply_rows.find_replies(connection, campaign_name="Spring", unread=True)
        names = reply_rows.answered_campaigns(connection)
        unread = reply_rows.count_unread(connection)
    assert [(turn.campaign, turn.kind, turn.text) for turn in sorted(turns, key=lambda t: bool(t.kind))] == [
        ("Spring", None, ""), ("Spring", ReplyKind.PERSON, "Thanks!"),
    ]  # fmt: skip
    assert (names, unread, found.is_unread) == (["Spring"], 1, True)

    reply_rows.mark_seen(shop, [found.reply_id], now=now)
    with shop.database.read() as connection:
        assert reply_rows.count_unread(connection) == 0


def form(fields, boundary="xYzZY"):
    """What SendGrid posts: (name, more of its headers, bytes)."""
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode()
        + content + b"\r\n"
        for name, more, content in fields
    ]  # fmt: skip
    return kept(f"multipart/form-data; boundary={boundary}", b"".join(parts) + b"--xYzZY--\r\n")


def test_a_whole_mail_that_sendgrid_brings_is_read(shop, letters, come_in):
    whole = an_answer("Շնորհակալություն", sender="a@x.example")
    envelope = f'{{"to":["{address(shop, letters[0])}"],"from":"a@x.example"}}'.encode()

    come_in(form([("email", "", whole), ("envelope", "", envelope)]), INBOUND)

    assert (rows(shop)[0].text, rows(shop)[0].message_id) == ("Շնորհակալություն", letters[0].id)


def test_a_mail_in_pieces_is_read_each_in_its_alphabet(shop, letters, come_in):
    fields = [
        ("headers", "", b"Message-ID: <1@x.example>\r\nDate: Mon, 02 Mar 2026 15:30:00 +0400"),
        ("from", "", "Անի <ani@x.example>".encode()),
        ("subject", "", "Ответ".encode("koi8-r")),
        ("to", "", address(shop, letters[0]).encode()),
        ("text", "", "Спасибо".encode("cp1251")),
        ("charsets", "", b'{"from":"UTF-8","subject":"koi8-r","text":"windows-1251"}'),
        ("attachment1", '; filename="a.pdf"\r\nContent-Type: application/pdf', b"%PDF-1.4"),
    ]

    come_in(form(fields), INBOUND)
    come_in(form(fields, "xYzZY"), INBOUND)

    (row,) = rows(shop)
    assert (row.name, row.subject, row.text, row.message_id) == (
        "Անի",
        "Ответ",
        "Спасибо",
        letters[0].id,
    )
    assert row.attachments == [{"name": "a.pdf", "kind": "application/pdf", "bytes": 8}]


@pytest.mark.slow
def test_letters_in_the_outbox_carry_the_addresses_of_their_own(sqlite_shop, now):
    object.__setattr__(sqlite_shop.settings, "reply_domain", DOMAIN)
    people(sqlite_shop, now, 1, languages=("hy",))
    send_campaign(sqlite_shop, a_running_campaign(sqlite_shop, now), owner="w")

    (sent,) = sqlite_shop.outbox.rglob("*.eml")
    mail = sent.read_text().replace("\n ", " ")
    (letter,) = rows(sqlite_shop, message)
    assert f"Reply-To: {address(sqlite_shop, letter)}" in mail
    assert f"<mailto:{address(sqlite_shop, letter, LEAVE)}>" in mail
    local = re.search(r"Reply-To: (\S+)@", mail)[1]
    assert len(local) <= 64


def _all(shop, table):
    with shop.database.read() as connection:
        return connection.execute(sa.select(table)).all()


def _delivery(shop, letter):
    query = sa.select(message.c.delivery).where(message.c.id == letter.id)
    with shop.database.read() as connection:
        return connection.execute(query).scalar_one()


def test_an_address_that_changed_still_finds_its_owner(sqlite_shop, now):
    people(sqlite_shop, now, 1)
    with sqlite_shop.database.begin() as connection:
        person = connection.execute(sa.select(contact.c.id)).scalar_one()
        connection.execute(
            former_key.insert().values(kind="address_key", key="old@x.example", contact_id=person)
        )
    replies.keep_mail(sqlite_shop, FILE, an_answer("Hi", sender="Old@x.example"), now=now)

    assert replies.ingest(sqlite_shop, now=now).joined == 1

"""The page of replies: read, answered, obeyed, and never taken for markup."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
import sqlalchemy as sa

from campaigns.delivery.heard import events
from campaigns.delivery.inbox import replies, reply_rows
from campaigns.delivery.transports.reply_address import REPLY, own_address
from campaigns.store.tables import suppression
from campaigns.ui.reply_card import mail_to
from tests.delivery.mails import an_answer
from tests.support.factory import a_recipient
from tests.ui.conftest import EVIL

pytestmark = pytest.mark.slow


@pytest.fixture
def answered(sqlite_workspace, now):
    """A shop with two answers, the second of somebody who wants to leave, and a machine's."""
    known = a_recipient(sqlite_workspace, now=now, given_name=EVIL, city="Երևան")
    signed = sqlite_workspace.signer.sign("unsubscribe", known.token)
    to = own_address(REPLY, f"/{signed}", "replies.x.example")
    for mail in (
        an_answer(f"Thanks {EVIL}", to=to, subject=f"Re: {EVIL}"),
        an_answer("unsubscribe", to=to),
        an_answer("I am away", sender="m@x.example", more="Auto-Submitted: auto-replied"),
    ):
        replies.keep_mail(sqlite_workspace, replies.FILE, mail, now=now)
    replies.ingest(sqlite_workspace, now=now)
    events.ingest(sqlite_workspace, now=now)
    return sqlite_workspace


def unread(workspace):
    with workspace.database.read() as connection:
        return reply_rows.count_unread(connection)


def test_answers_are_read_and_marked_as_read(answered, open_page):
    page = open_page("replies")

    assert f"Thanks {EVIL}" in [one.value for one in page.text]
    assert not [one.value for one in page.markdown if "![x]" in one.value]
    assert [one.value for one in page.metric] == ["2", "2"]

    next(one for one in page.button if one.label == "Mark as read").click().run()

    assert unread(answered) == 1
    page.checkbox(key="replies-unread").check().run()
    assert sum(one.label == "Mark as read" for one in page.button) == 1


def test_who_asks_to_leave_gets_no_more_letters_when_the_marketer_says_so(answered, open_page):
    page = open_page("replies")
    with answered.database.read() as connection:
        assert connection.execute(sa.select(suppression)).all() == []

    next(one for one in page.button if one.label == "Send them no more letters").click().run()

    with answered.database.read() as connection:
        rows = connection.execute(sa.select(suppression)).all()
    assert {row.reason for row in rows} == {"unsubscribed"}
    assert "Gets no more letters." in [one.value for one in page.caption]


@pytest.mark.parametrize("language", ["hy", "ka", "en"])
def test_a_shop_without_answers_is_told_where_they_go(open_page, language):
    page = open_page("replies", language)

    assert not page.exception
    assert "docs/operations.md" in page.info[0].value


def test_a_mail_back_quotes_subject_and_words(answered):
    with answered.database.read() as connection:
        found = reply_rows.find_replies(connection, kinds=[reply_rows.ReplyKind.PERSON])[0]

    link = mail_to(found)

    assert link.startswith("mailto:ani@example.am?subject=Re%3A%20")
    assert unquote(link).endswith(f"&body=\n\n> Thanks {EVIL}")
    assert "\n" not in link

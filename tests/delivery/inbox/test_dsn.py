"""Returned mail and complaints: what is said of which letter, and what it means."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.delivery.inbox.dsn import is_returned, reports
from campaigns.delivery.inbox.mail_parts import read
from campaigns.model.states import EventKind
from tests.delivery import mails
from tests.delivery.mails import ID, LINK, postfix

QUOTA = "452 4.2.2 Mailbox full"


@pytest.mark.parametrize(
    ("mail", "kind", "status"),
    [
        pytest.param(postfix(), "bounced", "5.1.1", id="postfix"),
        pytest.param(postfix("delayed", "4.4.1", "connect to mx: timed out"), "deferred", "4.4.1",
                     id="postfix-delayed"),
        pytest.param(postfix("failed", "4.4.1", "connect to mx: timed out"), "blocked", "4.4.1",
                     id="postfix-gave-up"),
        pytest.param(postfix("failed", "5.7.1", "554 5.7.1 Blocked by reputation"), "blocked",
                     "5.7.1", id="policy"),
        pytest.param(postfix("failed", "5.0.0", "550 5.1.1 no such user"), "bounced", "5.1.1",
                     id="the-diagnosis-is-exacter"),
        pytest.param(postfix("failed", "5.0.0", "550 message looks like spam"), "blocked", "5.0.0",
                     id="spam"),
        pytest.param(postfix("failed", "5.0.0", "550 rejected"), "bounced", "5.0.0", id="unclear"),
        pytest.param(postfix("relayed", "2.0.0", "250 ok"), "delivered", "2.0.0", id="relayed"),
        pytest.param(mails.EXCHANGE, "bounced", "5.1.10", id="exchange"),
        pytest.param(mails.GMAIL, "blocked", "5.2.2", id="gmail-full"),
        pytest.param(mails.QMAIL, "bounced", "5.1.1", id="qmail"),
        pytest.param(mails.MAIL_RU, "blocked", "", id="mail.ru-spam"),
        pytest.param(mails.YANDEX, "bounced", "", id="yandex"),
        pytest.param(mails.EXIM_DELAY, "deferred", "4.7.1", id="exim-delay"),
        pytest.param(mails.feedback(), "complained", "", id="complaint"),
        pytest.param(mails.feedback("opt-out"), "unsubscribed", "", id="opt-out"),
    ],
)  # fmt: skip
def test_a_report_says_what_became_of_which_letter(mail, kind, status):
    (found,) = reports(read(mail))

    assert (found.kind, found.status) == (EventKind(kind), status)
    assert found.ids[:1] in ((ID,), (LINK,))
    assert "ani@" not in found.said


def test_that_a_letter_is_no_spam_is_no_complaint():
    assert reports(read(mails.feedback("not-spam"))) == []


@pytest.mark.parametrize(
    "mail",
    [
        mails.an_answer("Thanks, when do you open?"),
        mails.an_answer("Your parcel was undeliverable", subject="Undelivered"),
        mails.an_answer("550 5.1.1 user unknown: what does it mean?"),
    ],
)
def test_what_people_write_of_returned_mail_is_no_returned_mail(mail):
    assert not is_returned(read(mail))
    assert reports(read(mail)) == []


@settings(max_examples=40)
@given(cut=st.integers(0, len(mails.EXCHANGE)))
def test_a_report_that_was_cut_anywhere_is_read_as_far_as_it_goes(cut):
    for one in reports(read(mails.EXCHANGE[:cut])):
        assert one.kind in set(EventKind)


@pytest.mark.slow
@settings(max_examples=40)
@given(data=st.binary(max_size=400), place=st.integers(0, len(mails.QMAIL)))
def test_bytes_that_are_no_mail_raise_nothing(data, place):
    for blob in (data, mails.QMAIL[:place] + data + mails.QMAIL[place:], postfix()[:place] + data):
        assert {one.kind for one in reports(read(blob))} <= set(EventKind)

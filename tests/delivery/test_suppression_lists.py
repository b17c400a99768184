"""SendGrid's lists and ours tell each other who must not be written to."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from campaigns.delivery import suppression_lists
from campaigns.delivery.unsubscribe import RECIPIENT
from campaigns.errors import DeliveryError, NotAllowedError
from campaigns.model.permission import Purpose
from campaigns.store.consents import Proof, add_consent
from campaigns.store.suppressions import SuppressionReason, suppress
from campaigns.store.tables import consent, suppression
from tests.support.factory import a_consent, a_contact


def entries(now, *addresses):
    return [{"email": one, "created": int(now.timestamp())} for one in addresses]


def pull(shop, now):
    return suppression_lists.pull(shop, actor="anna", now=now)


def reasons(shop):
    with shop.database.read() as connection:
        return sorted(connection.execute(sa.select(suppression.c.reason)).scalars())


@pytest.mark.slow
def test_what_sendgrid_suppresses_is_suppressed_here_once(sendgrid_shop, sendgrid, now):
    sendgrid.lists = {
        "bounces": entries(now, *(f"gone{i}@example.am" for i in range(1203))),
        "spam_reports": entries(now, "Angry@Example.am"),
        "blocks": entries(now, "full@example.am"),
    }

    first, again = pull(sendgrid_shop, now), pull(sendgrid_shop, now + timedelta(hours=1))

    assert first == {"bounces": 1203, "invalid_emails": 0, "spam_reports": 1, "unsubscribes": 0}
    assert set(again.values()) == {0}
    assert reasons(sendgrid_shop) == ["bounced"] * 1203 + ["complained"]


def test_who_left_there_has_left_here_with_their_consent(sendgrid_shop, sendgrid, now):
    with sendgrid_shop.database.begin() as connection:
        person = a_contact(connection, now=now, address="ani@example.am")
        a_consent(connection, person, now=now - timedelta(days=9), purpose=Purpose.OFFERS)
    sendgrid.lists = {"unsubscribes": entries(now, "ani@example.am")}

    assert pull(sendgrid_shop, now)["unsubscribes"] == 1

    with sendgrid_shop.database.read() as connection:
        newest = sa.select(consent.c.given, consent.c.source).order_by(consent.c.id.desc())
        assert tuple(connection.execute(newest).first()) == (False, "sendgrid")


def test_who_came_back_since_is_taken_off_the_list_there(sendgrid_shop, sendgrid, now):
    sendgrid.lists = {"unsubscribes": entries(now - timedelta(days=1), "ani@example.am")}
    with sendgrid_shop.database.begin() as connection:
        person = a_contact(connection, now=now, address="ani@example.am")
        proof = Proof("preferences-1", "hy", "web", now, "preferences", "message 1")
        add_consent(connection, person, Purpose.OFFERS, given=True, proof=proof, actor=RECIPIENT,
                    now=now)  # fmt: skip

    assert pull(sendgrid_shop, now)["unsubscribes"] == 0

    assert (reasons(sendgrid_shop), sendgrid.lists["unsubscribes"]) == ([], [])


def test_no_sheet_brings_back_who_left_there(sendgrid_shop, sendgrid, now):
    sendgrid.lists = {"unsubscribes": entries(now - timedelta(days=1), "ani@example.am")}
    with sendgrid_shop.database.begin() as connection:
        person = a_contact(connection, now=now, address="ani@example.am")
        a_consent(connection, person, now=now, purpose=Purpose.OFFERS)

    assert pull(sendgrid_shop, now)["unsubscribes"] == 1

    assert reasons(sendgrid_shop) == ["unsubscribed"]
    assert len(sendgrid.lists["unsubscribes"]) == 1


def test_ours_are_handed_over_without_what_sendgrid_told_us(sendgrid_shop, sendgrid, now):
    told = {
        "ani@example.am": SuppressionReason.UNSUBSCRIBED,
        "aram@example.am": SuppressionReason.BOUNCED,
        "erased@example.am": SuppressionReason.OPERATOR,
    }
    with sendgrid_shop.database.begin() as connection:
        for address, reason in told.items():
            suppress(connection, address, reason=reason, source="test", actor="anna", now=now)
        for address in ("ani@example.am", "aram@example.am", "eva@example.am"):
            a_contact(connection, now=now, address=address)

    assert suppression_lists.push(sendgrid_shop) == 1

    assert [one["email"] for one in sendgrid.lists["unsubscribes"]] == ["ani@example.am"]


def test_without_an_account_nothing_is_asked(sqlite_shop, now):
    with pytest.raises(NotAllowedError):
        pull(sqlite_shop, now)


def test_a_key_that_may_not_read_lists_leaves_the_next_pull_as_it_was(sendgrid_shop, now):
    object.__setattr__(sendgrid_shop.settings, "sendgrid_api_key", "SG.another")

    with pytest.raises(DeliveryError):
        pull(sendgrid_shop, now)

    with sendgrid_shop.database.read() as connection:
        assert suppression_lists._last_pull(connection) is None

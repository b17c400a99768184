"""Safe mode: a request in doubt is taken back, so that nobody gets two letters and nobody none."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
import sqlalchemy as sa

from campaigns.clock import utcnow
from campaigns.delivery import campaigns, options
from campaigns.delivery.dispatch import send_campaign
from campaigns.delivery.unsettled import doubt, recall
from campaigns.store.tables import attempt
from tests.delivery.unsettled.test_doubt import age, tell
from tests.support.provider.scheduling import AT_ONCE, arrived
from tests.support.sending import a_running_campaign, an_approved_campaign, people, states

pytestmark = pytest.mark.slow


def a_safe_campaign(shop, now, count=4):
    people(shop, now, count, languages=("hy",))
    campaign_id = an_approved_campaign(shop, now, transport="sendgrid")
    options.change(shop, "Spring", safe=True, actor="anna", now=now)
    campaigns.send(shop, "Spring", actor="anna", now=utcnow())
    return campaign_id


def outcomes(shop):
    with shop.database.read() as connection:
        return list(connection.scalars(sa.select(attempt.c.outcome).order_by(attempt.c.id)))


@pytest.mark.parametrize("fault", ["accept-then-drop", "drop-after-body", "500"])
def test_a_request_in_doubt_is_recalled_and_its_letters_are_sent_once(
    sendgrid_shop, sendgrid, now, fault
):
    campaign_id = a_safe_campaign(sendgrid_shop, now)
    sendgrid.faults = [fault]
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    assert states(sendgrid_shop) == {"unknown": 4}

    doubt.settle_unknown(sendgrid_shop, now=utcnow())
    assert states(sendgrid_shop) == {"pending": 4}
    send_campaign(sendgrid_shop, campaign_id, owner="w")

    assert states(sendgrid_shop) == {"accepted": 4}
    assert outcomes(sendgrid_shop) == ["recalled", "accepted"]
    assert set(arrived(sendgrid.bodies, sendgrid.schedule).values()) == {1}
    assert len(arrived(sendgrid.bodies, sendgrid.schedule)) == 4


def test_that_a_recalled_letter_was_queued_proves_nothing(sendgrid_shop, sendgrid, now):
    campaign_id = a_safe_campaign(sendgrid_shop, now)
    sendgrid.faults = ["accept-then-drop"]
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    first = list(sendgrid.messages)
    doubt.settle_unknown(sendgrid_shop, now=utcnow())

    for one in first:
        tell(sendgrid_shop, sendgrid, one, "processed")

    assert states(sendgrid_shop) == {"pending": 4}


def test_a_cancellation_that_took_too_long_is_not_believed(sendgrid_shop, sendgrid, now):
    """SendGrid keeps it and tells of it, and the letters leave all the same."""
    campaign_id = a_safe_campaign(sendgrid_shop, now)
    sendgrid.faults = ["accept-then-drop"]
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    slow = itertools.count(0, 120)  # seconds from one look at the clock to the next

    recall.turn(sendgrid_shop, now=utcnow(), monotonic_s=lambda: next(slow))

    left = arrived(sendgrid.bodies, sendgrid.schedule)
    assert (states(sendgrid_shop), left.total()) in (
        ({"unknown": 4}, 4),
        ({"pending": 4}, 0),
    )


def test_what_the_list_does_not_show_yet_is_looked_for_again(
    sendgrid_shop, sendgrid, now, monkeypatch
):
    campaign_id = a_safe_campaign(sendgrid_shop, now)
    sendgrid.faults = ["accept-then-drop"]
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    with monkeypatch.context() as late:
        late.setattr(recall, "_is_cancelled", lambda _account, _number: False)
        recall.turn(sendgrid_shop, now=utcnow())
    for one in sendgrid.messages:
        tell(sendgrid_shop, sendgrid, one, "processed")
    assert states(sendgrid_shop) == {"unknown": 4}

    recall.turn(sendgrid_shop, now=utcnow())

    assert states(sendgrid_shop) == {"pending": 4}


def test_what_cannot_be_asked_about_for_long_is_left_to_a_person(sendgrid_shop, sendgrid, now):
    campaign_id = a_safe_campaign(sendgrid_shop, now)
    sendgrid.faults = ["accept-then-drop"]
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    sendgrid.schedule.refuses = "403"
    doubt.settle_unknown(sendgrid_shop, now=utcnow())
    soon = campaigns.settle(
        sendgrid_shop, "Spring", decision="assume_sent", actor="anna", now=utcnow()
    )
    shift(sendgrid_shop, timedelta(hours=2))

    later = campaigns.settle(
        sendgrid_shop, "Spring", decision="assume_sent", actor="anna", now=utcnow()
    )

    assert (outcomes(sendgrid_shop), soon, later) == (["recalling"], 0, 4)


def test_what_was_heard_of_is_not_recalled(sendgrid_shop, sendgrid, now):
    campaign_id = a_safe_campaign(sendgrid_shop, now)
    sendgrid.faults = ["accept-then-drop"]
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    tell(sendgrid_shop, sendgrid, sendgrid.messages[0], "processed")

    doubt.settle_unknown(sendgrid_shop, now=utcnow())

    assert states(sendgrid_shop) == {"accepted": 1, "unknown": 3}
    assert not sendgrid.schedule.cancelled


def test_what_leaves_too_soon_is_held(sendgrid_shop, sendgrid, now):
    campaign_id = a_safe_campaign(sendgrid_shop, now)
    sendgrid.faults = ["accept-then-drop"]
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    shift(sendgrid_shop, timedelta(minutes=5))

    doubt.settle_unknown(sendgrid_shop, now=utcnow())

    assert states(sendgrid_shop) == {"unknown": 4}
    assert not sendgrid.schedule.cancelled


def shift(shop, by):
    """Let all attempts have been made earlier."""
    age(shop, by=by)
    with shop.database.begin() as connection:
        for row in connection.execute(sa.select(attempt)).all():
            connection.execute(
                attempt.update().where(attempt.c.id == row.id).values(send_at=row.send_at - by)
            )


def test_a_worker_that_dies_over_a_recall_is_followed_by_another(sendgrid_shop, sendgrid, now):
    """The cancellation is known there, and not here: it is looked at before it is asked again."""
    campaign_id = a_safe_campaign(sendgrid_shop, now)
    sendgrid.faults = ["accept-then-drop"]
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    with sendgrid_shop.database.begin() as connection:
        connection.execute(attempt.update().values(outcome="recalling"))
        number = connection.execute(sa.select(attempt.c.recall_id)).scalar_one()
    sendgrid.schedule.cancelled[number] = 0.0
    for one in sendgrid.messages:
        tell(sendgrid_shop, sendgrid, one, "processed")

    doubt.settle_unknown(sendgrid_shop, now=utcnow())

    assert states(sendgrid_shop) == {"pending": 4}
    assert sendgrid.schedule.asked["cancel"] == 0


def test_a_recall_that_comes_to_nothing_lets_events_count_again(sendgrid_shop, sendgrid, now):
    campaign_id = a_safe_campaign(sendgrid_shop, now)
    sendgrid.faults = ["accept-then-drop"]
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    with sendgrid_shop.database.begin() as connection:
        connection.execute(attempt.update().values(outcome="recalling"))
    shift(sendgrid_shop, timedelta(minutes=7))
    tell(sendgrid_shop, sendgrid, sendgrid.messages[0], "processed")
    assert states(sendgrid_shop) == {"unknown": 4}

    doubt.settle_unknown(sendgrid_shop, now=utcnow())

    assert states(sendgrid_shop) == {"accepted": 1, "unknown": 3}
    assert outcomes(sendgrid_shop) == ["unknown"]


def test_cancelling_takes_back_what_has_not_left_as_far_as_room_goes(sendgrid_shop, sendgrid, now):
    object.__setattr__(sendgrid_shop.settings, "batch_size", 1)
    campaign_id = a_safe_campaign(sendgrid_shop, now, count=AT_ONCE + 2)
    send_campaign(sendgrid_shop, campaign_id, owner="w", stop=lambda: sendgrid.requests > AT_ONCE)
    campaigns.cancel(sendgrid_shop, "Spring", actor="anna", now=utcnow())

    doubt.settle_unknown(sendgrid_shop, now=utcnow())
    doubt.settle_unknown(sendgrid_shop, now=utcnow())

    assert states(sendgrid_shop) == {"accepted": 1, "cancelled": AT_ONCE + 1}
    assert arrived(sendgrid.bodies, sendgrid.schedule).total() == 1


def test_a_recall_is_forgotten_only_after_its_letters_time(sendgrid_shop, sendgrid, now):
    campaign_id = a_safe_campaign(sendgrid_shop, now)
    sendgrid.faults = ["accept-then-drop"]
    send_campaign(sendgrid_shop, campaign_id, owner="w")
    doubt.settle_unknown(sendgrid_shop, now=utcnow())
    assert len(sendgrid.schedule.cancelled) == 1
    shift(sendgrid_shop, timedelta(minutes=20) + recall.KEPT)

    doubt.settle_unknown(sendgrid_shop, now=utcnow())

    assert not sendgrid.schedule.cancelled
    assert outcomes(sendgrid_shop) == ["forgotten"]
    with sendgrid_shop.database.read() as connection:
        assert not doubt.is_due(connection, utcnow())


@pytest.mark.parametrize(("status", "state"), [("403", "paused"), ("500", "running")])
def test_without_a_number_nothing_is_asked(sendgrid_shop, sendgrid, now, status, state):
    campaign_id = a_safe_campaign(sendgrid_shop, now)
    sendgrid.schedule.refuses = status

    send_campaign(sendgrid_shop, campaign_id, owner="w")

    assert states(sendgrid_shop) == {"pending": 4}
    assert (sendgrid.requests, outcomes(sendgrid_shop)) == (0, [])
    with sendgrid_shop.database.read() as connection:
        assert campaigns.status(connection, "Spring").state == state


def test_only_a_safe_campaign_asks_for_numbers(sendgrid_shop, sendgrid, now):
    people(sendgrid_shop, now, 2, languages=("hy",))
    campaign_id = a_running_campaign(sendgrid_shop, now, transport="sendgrid")

    send_campaign(sendgrid_shop, campaign_id, owner="w")

    assert not sendgrid.schedule.numbers
    assert "send_at" not in sendgrid.bodies[0]

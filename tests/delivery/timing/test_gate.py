"""Nothing leaves while its readers sleep, nor after it was forgotten for half a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from campaigns.delivery import batches, campaigns, course, ledger
from campaigns.delivery.dispatch import Clock, send_campaign
from campaigns.delivery.status import status
from campaigns.delivery.unsettled import settling
from campaigns.model.options import Schedule
from campaigns.model.priority import Priority
from campaigns.model.states import MessageState
from campaigns.store.tables import attempt, batch, campaign, contact, left_out
from tests.delivery.conftest import use_sendgrid
from tests.support.sending import a_running_campaign, people, states

NIGHT = datetime(2026, 3, 2, 18, tzinfo=UTC)  # 22:00 in Yerevan, 19:00 in Berlin, a Monday
MORNING = datetime(2026, 3, 3, 5, tzinfo=UTC)  # 9:00 in Yerevan, 6:00 in Berlin


@pytest.fixture
def real_shop(sqlite_shop, sendgrid):
    """A shop whose letters reach people. The clock of PostgreSQL cannot be set."""
    use_sendgrid(sqlite_shop, sendgrid.address)
    return sqlite_shop


def _send(workspace, campaign_id, now):
    clock = replace(Clock(), utcnow=lambda: now)
    return send_campaign(workspace, campaign_id, owner="w", clock=clock).accepted


def _status(workspace):
    with workspace.database.read() as connection:
        return status(connection, "Spring")


def _a_campaign(workspace, now, *phones, **schedule):
    """A running campaign through SendGrid, in manners as they are by default."""
    for contact_id, phone in zip(people(workspace, now, len(phones)), phones, strict=True):
        with workspace.database.begin() as connection:
            connection.execute(
                contact.update().where(contact.c.id == contact_id).values(phone=phone)
            )
    return a_running_campaign(workspace, now, transport="sendgrid", schedule=Schedule(**schedule))


def test_at_night_everything_waits_for_nine_o_clock(real_shop):
    campaign_id = _a_campaign(real_shop, NIGHT, "+37491234561", "+37491234562")

    at_night = _send(real_shop, campaign_id, NIGHT)
    waiting = _status(real_shop)
    early = _send(real_shop, campaign_id, MORNING - timedelta(seconds=1))
    accepted = _send(real_shop, campaign_id, MORNING)

    assert (at_night, early, accepted) == (0, 0, 2)
    assert (waiting.state, waiting.leaves_from) == ("running", MORNING)
    assert _status(real_shop).state == "done"


def test_what_is_due_at_closing_time_waits_and_what_is_open_elsewhere_leaves(real_shop):
    day = NIGHT.replace(hour=12)
    campaign_id = _a_campaign(real_shop, day, "+37491234561", "+4915112345678")
    with real_shop.database.read() as connection:
        due = set(connection.execute(sa.select(batch.c.not_before)).scalars())

    accepted = _send(real_shop, campaign_id, NIGHT)  # the worker was slow

    assert due == {day}
    assert accepted == 1
    assert _status(real_shop).leaves_from == MORNING


def test_a_provider_that_asks_to_wait_brings_nothing_forward(real_shop):
    campaign_id = _a_campaign(real_shop, NIGHT, "+37491234561", "+4915112345678", closes=19)
    _send(real_shop, campaign_id, NIGHT)  # it is 22:00 and 19:00: both wait for the morning

    with real_shop.database.begin() as connection:
        course.postpone(connection, campaign_id, 60.0, now=NIGHT)

    with real_shop.database.read() as connection:
        due = set(connection.execute(sa.select(batch.c.not_before)).scalars())
    assert due == {MORNING, MORNING + timedelta(hours=3)}


def test_the_refused_are_not_tried_again_at_night(real_shop, sendgrid):
    day = NIGHT.replace(hour=12)
    campaign_id = _a_campaign(real_shop, day, "+37491234561")
    sendgrid.faults = ["400:0"]
    _send(real_shop, campaign_id, day)

    campaigns.retry(real_shop, "Spring", actor="ani", now=NIGHT)
    at_night = _send(real_shop, campaign_id, NIGHT)

    assert (at_night, _send(real_shop, campaign_id, MORNING)) == (0, 1)


def test_the_outbox_wakes_nobody(sqlite_shop):
    people(sqlite_shop, NIGHT, 2)
    campaign_id = a_running_campaign(sqlite_shop, NIGHT, schedule=Schedule())

    assert _send(sqlite_shop, campaign_id, NIGHT) == 2


def test_an_apology_leaves_on_sunday_and_an_offer_on_monday(real_shop):
    sunday = datetime(2026, 3, 15, 12, tzinfo=UTC)
    campaign_id = _a_campaign(real_shop, sunday, "+37491234561", weekdays="12345")

    offer = _send(real_shop, campaign_id, sunday)
    with real_shop.database.begin() as connection:
        connection.execute(campaign.update().values(rank=int(Priority.SERVICE)))
        connection.execute(batch.update().values(not_before=None))

    assert (offer, _send(real_shop, campaign_id, sunday)) == (0, 1)


def test_after_the_deadline_nobody_is_written_to_and_it_is_said_why(real_shop):
    day = NIGHT.replace(hour=12)
    campaign_id = _a_campaign(real_shop, day, "+37491234561", deadline="2026-03-02T18:00")

    accepted = _send(real_shop, campaign_id, day.replace(hour=15))

    with real_shop.database.read() as connection:
        reasons = list(connection.execute(sa.select(left_out.c.reason)).scalars())
    assert (accepted, reasons, states(real_shop)) == (0, ["quiet_hours"], {"cancelled": 1})
    assert _status(real_shop).state == "done"


@pytest.mark.parametrize(("hours", "accepted", "state"), [(12, 1, "done"), (13, 0, "paused")])
def test_what_was_forgotten_for_half_a_day_asks_first(real_shop, hours, accepted, state):
    midnight = NIGHT.replace(hour=21)
    campaign_id = _a_campaign(real_shop, midnight, "+37491234561", opens=0, closes=0)

    sent = _send(real_shop, campaign_id, midnight + timedelta(hours=hours))

    assert (sent, _status(real_shop).state) == (accepted, state)
    if not accepted:
        told = {"code": "campaign.stale", "facts": {"at": "2026-03-03 01:00"}}
        assert _status(real_shop).error == told


def test_what_a_power_cut_left_asks_like_the_rest(real_shop):
    """It had been taken up, and nothing of it was asked: the first to be taken up on Monday."""
    midnight = NIGHT.replace(hour=21)
    campaign_id = _a_campaign(
        real_shop, midnight, "+37491234561", "+4915112345678", opens=0, closes=0
    )
    with real_shop.database.begin() as connection:
        assert batches.claim(connection, campaign_id, "dead", now=midnight, lease_s=60)
    later = midnight + timedelta(hours=48)
    ledger.sweep(real_shop, later)

    assert (_send(real_shop, campaign_id, later), _status(real_shop).state) == (0, "paused")


def test_what_is_decided_late_asks_first(real_shop):
    """A doubt of Friday that is settled on Monday must not send Friday's lunch offer."""
    midnight = NIGHT.replace(hour=21)
    campaign_id = _a_campaign(real_shop, midnight, "+37491234561", opens=0, closes=0)
    _send(real_shop, campaign_id, midnight)
    later = midnight + timedelta(hours=48)
    with real_shop.database.begin() as connection:
        settling.requeue(connection, campaign_id, MessageState.ACCEPTED, batch_size=10)
        course.reopen(connection, campaign_id, now=later)

    assert (_send(real_shop, campaign_id, later), _status(real_shop).state) == (0, "paused")


def test_a_letter_that_can_be_taken_back_leaves_before_its_readers_sleep(real_shop):
    """SendGrid has it for a quarter of an hour before it leaves."""
    closing = NIGHT.replace(hour=16)  # 20:00 in Yerevan
    campaign_id = _a_campaign(real_shop, NIGHT.replace(hour=12), "+37491234561")
    with real_shop.database.begin() as connection:
        options = connection.execute(sa.select(campaign.c.options)).scalar_one()
        connection.execute(campaign.update().values(options={**options, "safe": True}))

    assert _send(real_shop, campaign_id, closing - timedelta(minutes=5)) == 0
    assert _status(real_shop).leaves_from == MORNING


def test_one_that_asked_leaves_when_a_person_says_so(real_shop):
    midnight = NIGHT.replace(hour=21)
    campaign_id = _a_campaign(real_shop, midnight, "+37491234561", opens=0, closes=0)
    later = midnight + timedelta(hours=30)
    _send(real_shop, campaign_id, later)

    campaigns.resume(real_shop, "Spring", actor="ani", now=later)

    assert _send(real_shop, campaign_id, later) == 1


def test_a_long_campaign_that_is_being_sent_asks_nothing(real_shop):
    midnight = NIGHT.replace(hour=21)
    campaign_id = _a_campaign(
        real_shop, midnight, "+37491234561", "+4915112345678", opens=0, closes=0
    )
    later = midnight + timedelta(hours=30)
    with real_shop.database.begin() as connection:
        first = connection.execute(sa.select(sa.func.min(batch.c.id))).scalar_one()
        connection.execute(attempt.insert().values(
            batch_id=first, number=99, key="k", owner="w", request_hash="h", recipients=1,
            intent_at=later - timedelta(minutes=5), outcome="accepted",
        ))  # fmt: skip

    assert _send(real_shop, campaign_id, later) == 2

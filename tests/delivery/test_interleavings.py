"""What two transactions do at the same moment: on PostgreSQL, with two real connections."""

from __future__ import annotations

import json
import threading
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from campaigns.clock import monotonic_s, sleep_s, utcnow
from campaigns.delivery import batches, caps, course, ledger
from campaigns.delivery.batches import lock
from campaigns.delivery.dispatch import Clock, open_run
from campaigns.delivery.heard import events
from campaigns.delivery.lane import Lane
from campaigns.delivery.moves import move
from campaigns.delivery.timing import ramp, schedule
from campaigns.delivery.transports import Outcome
from campaigns.delivery.unsettled import settling
from campaigns.model.states import CampaignState, MessageState
from campaigns.sheets.storing.rows import lock_intake
from campaigns.store.tables import batch, campaign, message
from tests.delivery.conftest import use_sendgrid
from tests.support.sending import (
    a_running_campaign,
    a_shop,
    an_approved_campaign,
    batch_states,
    people,
    states,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def postgres_shop(postgres_workspace, now):
    a_shop(postgres_workspace, now)
    return postgres_workspace


def wait_until(connection, query):
    """Ask ``query`` again until it finds something."""
    until = monotonic_s() + 30
    while monotonic_s() < until:
        if connection.execute(sa.text(query)).first():
            return
        connection.rollback()  # within a transaction the server tells what it told at first
        sleep_s(0.02)
    pytest.fail("nobody waits")


WAITING = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


def test_events_of_a_batch_and_its_next_intent_do_not_wait_for_each_other(postgres_shop, now):
    people(postgres_shop, now, 2)
    campaign_id = a_running_campaign(postgres_shop, now)
    with postgres_shop.database.begin() as connection:
        first = connection.execute(sa.select(message).order_by(message.c.id)).first()
        connection.execute(message.update().where(message.c.id == first.id).values(state="unknown"))
    told = {"event": "processed", "x_m": first.token, "sg_event_id": "1", "timestamp": 1772452800}
    events.keep_body(postgres_shop, "sendgrid", json.dumps([told]).encode(), now=now)

    with postgres_shop.database.begin() as sender:
        lock(sender, first.batch_id)  # as an intent does
        hearing = threading.Thread(target=events.ingest, args=(postgres_shop,), kwargs={"now": now})
        hearing.start()
        with postgres_shop.database.read() as watcher:
            wait_until(watcher, WAITING)
        caps.rivals_at_intent(sender, campaign_id, now)
    hearing.join()

    assert states(postgres_shop) == {"accepted": 1, "pending": 1}


def test_letters_leave_while_an_upload_is_stored(postgres_shop, now):
    people(postgres_shop, now, 1)
    campaign_id = a_running_campaign(postgres_shop, now)
    other = a_running_campaign(postgres_shop, now, name="Beside it")

    with postgres_shop.database.begin() as storing, postgres_shop.database.begin() as sender:
        lock_intake(storing)
        sender.execute(sa.text("SET LOCAL lock_timeout = '2s'"))
        rivals = caps.rivals_at_intent(sender, campaign_id, now)

    assert rivals.all == (other,)


def test_a_sweep_waits_for_no_batch_that_somebody_holds(postgres_shop, now):
    people(postgres_shop, now, 2)
    campaign_id = a_running_campaign(postgres_shop, now)
    with postgres_shop.database.begin() as connection:
        mine = batches.claim(connection, campaign_id, "dead", now=now, lease_s=-1)

    with postgres_shop.database.begin() as other:
        lock(other, mine.batch_id)
        assert ledger.sweep(postgres_shop, now).given_back == 0
    assert ledger.sweep(postgres_shop, now).given_back == 1


def test_a_lane_that_is_told_to_wait_holds_one_batch_only(postgres_shop, sendgrid, now):
    """Events lock several, in the order of their ids."""
    use_sendgrid(postgres_shop, sendgrid.address)
    people(postgres_shop, now, 2)
    campaign_id = a_running_campaign(postgres_shop, now, transport="sendgrid")
    with postgres_shop.database.begin() as connection:
        mine = batches.claim(connection, campaign_id, "w", now=now, lease_s=60)
        others = sa.select(batch.c.id).where(batch.c.id != mine.batch_id)
        other = connection.execute(others).scalar_one()
    run = open_run(postgres_shop, campaign_id, "w", lambda: False, Clock(), lambda _point: None)
    run.held_by = Outcome((), later=True, retry_after_s=60.0)

    with postgres_shop.database.begin() as hearing:
        lock(hearing, other)
        giving = threading.Thread(target=Lane(run, None)._give_back, args=(mine, 0.0), daemon=True)
        giving.start()
        giving.join(10)
        assert not giving.is_alive()
        given = lock(hearing, mine.batch_id)

    assert (given.state, given.not_before > utcnow()) == ("ready", True)


def test_a_ramp_that_is_set_anew_lets_no_batch_pass_uncounted(postgres_shop, now):
    ramp.save_ramp(postgres_shop, first=10, growth=1.5, actor="anna", now=now)
    left = []

    def count():
        with postgres_shop.database.begin() as connection:
            left.append(ramp.left_today(connection, "sendgrid", besides=0, now=now))

    with postgres_shop.database.begin() as connection:
        within = SimpleNamespace(begin=lambda: nullcontext(connection))
        shop = SimpleNamespace(database=within)  # of a transaction that lasts
        ramp.save_ramp(shop, first=20, growth=1.5, actor="anna", now=now)
        counting = threading.Thread(target=count)
        counting.start()
        with postgres_shop.database.read() as watcher:
            wait_until(watcher, WAITING)
    counting.join()

    assert left == [20]


def test_a_person_and_the_clock_begin_a_campaign_without_waiting_for_each_other(postgres_shop, now):
    people(postgres_shop, now, 1)
    an_approved_campaign(postgres_shop, now)
    with postgres_shop.database.begin() as connection:
        connection.execute(campaign.update().values(state="scheduled", starts_at=now))

    with postgres_shop.database.begin() as person:
        caps.announce(person)
        beginning = threading.Thread(
            target=schedule.begin_due, args=(postgres_shop,), kwargs={"now": now}
        )
        beginning.start()
        with postgres_shop.database.read() as watcher:
            wait_until(watcher, WAITING)
        move(person, "Spring", CampaignState.RUNNING)
    beginning.join()

    with postgres_shop.database.read() as connection:
        assert connection.execute(sa.select(campaign.c.state)).scalar_one() == "running"


def test_a_campaign_is_not_called_done_while_somebody_is_let_wait_again(postgres_shop, now):
    people(postgres_shop, now, 1)
    campaign_id = a_running_campaign(postgres_shop, now)
    with postgres_shop.database.begin() as connection:
        connection.execute(message.update().values(state="unknown"))
        connection.execute(batch.update().values(state="unknown"))

    def finish():
        with postgres_shop.database.begin() as connection:
            course.finish(connection, now=now)

    with postgres_shop.database.begin() as connection:
        settling.requeue(connection, campaign_id, MessageState.UNKNOWN, batch_size=10)
        course.reopen(connection, campaign_id, now=now)
        finishing = threading.Thread(target=finish)
        finishing.start()
        with postgres_shop.database.read() as watcher:
            wait_until(watcher, WAITING)
    finishing.join()

    assert batch_states(postgres_shop)["ready"] == 1
    with postgres_shop.database.read() as connection:
        assert connection.execute(sa.select(campaign.c.state)).scalar_one() == "running"

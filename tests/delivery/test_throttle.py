"""The pace of an account: how turns follow one another, and what a provider then sees."""

from __future__ import annotations

import threading
from bisect import bisect_left
from datetime import timedelta
from itertools import accumulate

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from campaigns.clock import utcnow
from campaigns.delivery.dispatch import send_campaign
from campaigns.delivery.throttle import Pace, pace_of, take_turn
from campaigns.store.tables import bucket
from tests.delivery.test_crash import worker
from tests.support.sending import a_running_campaign, people, states

LIMIT = 100
READERS = 200
PROCESSES = 3


def turn(shop, pace, recipients, now, patience_s=1e9):
    with shop.database.begin() as connection:
        return take_turn(connection, pace, recipients, now=now, patience_s=patience_s)


def rows(shop):
    with shop.database.read() as connection:
        return connection.execute(sa.select(bucket)).all()


def test_turns_come_one_after_another_in_the_order_asked_for(sqlite_shop, now):
    pace = Pace("a", recipients_per_s=100, requests_per_s=0)

    found = [turn(sqlite_shop, pace, n, now) for n in (10, 500, 1)]

    assert found == [(True, 0.1), (True, 5.1), (True, 5.11)]  # nobody overtakes the large one


def test_nothing_is_saved_up_while_nobody_sends(sqlite_shop, now):
    pace = Pace("a", recipients_per_s=10, requests_per_s=0)
    turn(sqlite_shop, pace, 1, now)

    later = now + timedelta(hours=1)
    found = [turn(sqlite_shop, pace, 10, later) for _ in range(2)]

    assert found == [(True, 1.0), (True, 2.0)]


def test_a_turn_that_is_far_off_is_not_taken(sqlite_shop, now):
    pace = Pace("a", recipients_per_s=10, requests_per_s=0)
    turn(sqlite_shop, pace, 100, now)

    assert turn(sqlite_shop, pace, 1, now, patience_s=9) == (False, 10.0)
    assert turn(sqlite_shop, pace, 1, now, patience_s=10) == (True, 10.1)


def test_accounts_do_not_wait_for_one_another(sqlite_shop, now):
    for account in "ab":
        pace = Pace(account, recipients_per_s=10, requests_per_s=0)
        assert turn(sqlite_shop, pace, 10, now) == (True, 1.0)


@given(st.integers(1, 100_000), st.integers(0, 500), st.integers(1, 1000))
def test_a_request_is_small_enough_for_the_pace_and_large_enough_for_the_calls(
    recipients_per_s, requests_per_s, given_window
):
    pace = Pace("a", recipients_per_s, requests_per_s)
    window = pace.window(given_window)

    assert 1 <= window <= given_window
    if not requests_per_s:
        assert window <= max(1, recipients_per_s / 20)
    elif window < given_window:
        assert window * requests_per_s >= recipients_per_s
    assert pace.lasts_s(window) >= window / recipients_per_s


def test_without_a_limit_no_row_is_touched(sendgrid_shop, sendgrid, now):
    people(sendgrid_shop, now, 3, languages=("hy",))
    send_campaign(sendgrid_shop, a_running_campaign(sendgrid_shop, now, transport="sendgrid"),
                  owner="w")  # fmt: skip

    assert sendgrid.requests == 1
    assert rows(sendgrid_shop) == []


def test_a_lane_that_waits_for_its_turn_stops_when_asked_to(sendgrid_shop, sendgrid, now):
    object.__setattr__(sendgrid_shop.settings, "requests_per_s", 1)
    people(sendgrid_shop, now, 3, languages=("hy",))
    campaign_id = a_running_campaign(sendgrid_shop, now, transport="sendgrid")
    asked = threading.Event()

    def stop():
        if rows(sendgrid_shop):
            asked.set()
        return asked.is_set()

    send_campaign(sendgrid_shop, campaign_id, owner="w", stop=stop)

    assert sendgrid.requests == 0
    assert states(sendgrid_shop) == {"pending": 3}


def test_a_campaign_whose_turn_is_far_off_waits_as_a_whole(sendgrid_shop, sendgrid, now):
    object.__setattr__(sendgrid_shop.settings, "requests_per_s", 1)
    people(sendgrid_shop, now, 3, languages=("hy",))
    campaign_id = a_running_campaign(sendgrid_shop, now, transport="sendgrid")
    pace = pace_of(sendgrid_shop, "sendgrid")
    with sendgrid_shop.database.begin() as connection:
        far = utcnow() + timedelta(minutes=50)
        connection.execute(bucket.insert().values(account=pace.account, promised_until=far))

    send_campaign(sendgrid_shop, campaign_id, owner="w")

    assert sendgrid.requests == 0
    assert states(sendgrid_shop) == {"pending": 3}


def test_a_promise_of_a_clock_that_was_wrong_holds_nobody_up(sqlite_shop, now):
    pace = Pace("a", recipients_per_s=10, requests_per_s=0)
    turn(sqlite_shop, pace, 10, now + timedelta(days=365))

    assert turn(sqlite_shop, pace, 10, now) == (True, 1.0)


def test_lanes_that_are_never_idle_reach_the_pace_and_no_second_exceeds_it(sqlite_shop, now):
    pace = Pace("a", recipients_per_s=1000, requests_per_s=0)
    call_s = 0.2
    free = [0.0] * 12  # when each lane can ask again
    arrivals = []
    while len(arrivals) < 60:
        at = min(free)
        _, wait_s = turn(sqlite_shop, pace, pace.window(1000), now + timedelta(seconds=at))
        free[free.index(at)] = at + wait_s + call_s
        arrivals.append((at + wait_s, pace.window(1000)))

    seconds = by_second(arrivals)
    assert max(seconds) <= 1.1 * 1000
    assert min(seconds) >= 0.85 * 1000


@pytest.mark.slow
def test_three_processes_together_keep_the_pace(sendgrid_shop, sendgrid, now):
    people(sendgrid_shop, now, READERS, languages=("hy",))
    object.__setattr__(sendgrid_shop.settings, "batch_size", 50)
    object.__setattr__(sendgrid_shop.settings, "recipients_per_s", LIMIT)
    object.__setattr__(sendgrid_shop.settings, "calls", 4)
    campaign_id = a_running_campaign(sendgrid_shop, now, transport="sendgrid")

    each = [worker(sendgrid_shop, campaign_id) for _ in range(PROCESSES)]
    assert [one.wait() for one in each] == [0] * PROCESSES

    assert states(sendgrid_shop) == {"accepted": READERS}
    assert set(sendgrid.received().values()) == {1}
    seconds = sorted(by_second(sendgrid.arrivals))
    assert seconds[len(seconds) * 9 // 10] <= 1.1 * LIMIT
    assert seconds[-1] <= 1.5 * LIMIT  # a machine that stood still for a moment catches up


def by_second(arrivals):
    """How many recipients came in the second from each request on, of (seconds, recipients)."""
    times = [at for at, _ in arrivals]
    sums = [0, *accumulate(count for _, count in arrivals)]
    return [
        sums[bisect_left(times, at + 1)] - sums[place]
        for place, at in enumerate(times)
        if at + 1 <= times[-1]
    ]

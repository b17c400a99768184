from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.delivery.timing.windows import (
    days_of_rank,
    departure,
    is_holiday,
    open_hours,
    opening,
)
from campaigns.language.time_zones import country_of_zone
from campaigns.model.options import Schedule
from campaigns.model.priority import Priority

ZONES = ("Asia/Yerevan", "Asia/Tbilisi", "Europe/Berlin", "America/New_York", "Asia/Kolkata")
hours = st.integers(0, 24)
START = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 500 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
schedules = st.builds(
    Schedule, opens=st.integers(0, 23), closes=hours, holidays=st.booleans(),
    weekdays=st.sets(st.sampled_from("1234567"), min_size=1).map(lambda days: "".join(sorted(days))),
)  # fmt: skip


def _is_open(moment, zone, schedule):
    """The rule in other words: by the reader's own watch and calendar."""
    here = moment.astimezone(ZoneInfo(zone))
    rests = not schedule.holidays and is_holiday(here.date(), country_of_zone(zone))
    return (
        here.hour in open_hours(schedule)
        and str(here.isoweekday()) in schedule.weekdays
        and not rests
    )


@settings(max_examples=60)
@given(moments, st.sampled_from(ZONES), schedules)
def test_a_window_opens_at_the_first_moment_that_the_readers_watch_allows(now, zone, schedule):
    at = opening(now, zone, schedule)

    assert at is not None
    assert at >= now
    assert _is_open(at, zone, schedule)
    assert opening(at, zone, schedule) == at
    step = max((at - now) / 40, timedelta(minutes=7))
    assert not any(
        _is_open(now + step * n, zone, schedule) for n in range(41) if now + step * n < at
    )


@given(moments, st.sampled_from(ZONES), schedules, st.integers(0, 23))
def test_a_best_hour_is_kept_where_the_window_has_it(now, zone, schedule, hour):
    at = opening(now, zone, schedule, hour=hour)

    assert at is not None
    assert at >= opening(now, zone, schedule)
    kept = at.astimezone(ZoneInfo(zone)).hour == hour
    assert kept or hour not in open_hours(schedule) or _lacks(at, zone, hour)


def _lacks(at, zone, hour):
    """A clock that is put forward skips an hour of that day."""
    day = at.astimezone(ZoneInfo(zone)).replace(hour=hour, minute=30)
    return day.astimezone(UTC).astimezone(ZoneInfo(zone)).hour != hour


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-28T21:00", "2026-03-29T07:00"),  # the clocks go forward: 9:00 is an hour earlier
        ("2026-10-24T21:00", "2026-10-25T08:00"),  # and back
    ],
)
def test_berlin_opens_at_nine_on_both_sides_of_summer(now, expected):
    at = opening(datetime.fromisoformat(now).replace(tzinfo=UTC), "Europe/Berlin", Schedule())

    assert at == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_the_holidays_of_both_countries_are_known():
    year = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]

    assert sum(is_holiday(day, "AM") for day in year) == 13
    assert sum(is_holiday(day, "GE") for day in year) == 18
    assert not any(is_holiday(day, "XX") for day in year)


def test_a_letter_of_service_leaves_on_a_holiday_but_not_at_night():
    night = datetime(2026, 4, 12, 1, tzinfo=UTC)  # Easter Sunday, 5:00 in Tbilisi
    schedule = Schedule(weekdays="12345")

    offer = opening(night, "Asia/Tbilisi", days_of_rank(schedule, Priority.PROMOTION))
    apology = opening(night, "Asia/Tbilisi", days_of_rank(schedule, Priority.SERVICE))

    assert offer == datetime(2026, 4, 14, 5, tzinfo=UTC)
    assert apology == datetime(2026, 4, 12, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("deadline", "leaves"), [("2026-03-03T09:00", True), ("2026-03-03T08:59", False)]
)
def test_nothing_leaves_after_the_deadline(deadline, leaves):
    night = datetime(2026, 3, 2, 18, tzinfo=UTC)

    at = opening(night, "Asia/Yerevan", Schedule(deadline=deadline))

    assert (at is not None) == leaves


def test_no_day_at_all_is_no_window():
    assert opening(datetime(2026, 3, 2, tzinfo=UTC), "Asia/Yerevan", Schedule(weekdays="")) is None


def test_every_reader_gets_it_at_their_own_ten_o_clock(now):
    schedule = Schedule(at="2026-12-01T10:00")

    leaves = {zone: departure(now, zone, schedule) for zone in ZONES}

    assert {at.astimezone(ZoneInfo(zone)).isoformat()[:16] for zone, at in leaves.items()} == {
        "2026-12-01T10:00"
    }
    assert min(leaves.values()) == datetime(2026, 12, 1, 4, 30, tzinfo=UTC)

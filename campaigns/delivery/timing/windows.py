"""When a letter may leave: the hours, days and holidays of its reader, in the reader's local time.

No law of Armenia or Georgia that we know of sets hours for e-mail, so these are manners, not
permission: by default letters leave from 9 to 20 and not on public holidays. A letter about what
the reader bought or asked for (``Priority.SERVICE``) minds the hours only: an apology does not wait
for Monday, and does not wake anybody up.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

from campaigns.language.time_zones import country_of_zone
from campaigns.model.options import Schedule
from campaigns.model.priority import Priority

FARTHEST_DAYS = 400
"""No window opens at all when none does in so many days."""
EVERY_DAY = "1234567"


def opening(
    now: datetime, zone: str, schedule: Schedule, *, hour: int | None = None
) -> datetime | None:
    """Return the first moment from ``now`` on at which letters may leave for a zone, in UTC.

    None: no window opens before the deadline. ``hour``: only in this local hour, where the window
    has it.

    >>> night = datetime(2026, 3, 2, 18, tzinfo=UTC)  # a Monday; 22:00 in Yerevan and Tbilisi
    >>> str(opening(night, "Asia/Yerevan", Schedule()))
    '2026-03-03 05:00:00+00:00'

    On 3 March Georgia celebrates Mother's Day:

    >>> str(opening(night, "Asia/Tbilisi", Schedule()))
    '2026-03-04 05:00:00+00:00'
    """
    place = ZoneInfo(zone)
    until = local(schedule.deadline, zone) if schedule.deadline else None
    first = now.astimezone(place).date()
    for ahead in range(FARTHEST_DAYS):
        day = first + timedelta(days=ahead)
        if not _is_working(day, zone, schedule):
            continue
        for opens, closes in _hours(schedule, hour):
            at = max(now, _utc(day, opens, place))
            if at < _utc(day, closes, place):
                return at if until is None or at <= until else None
    return None


def departure(
    now: datetime, zone: str, schedule: Schedule, *, hour: int | None = None
) -> datetime | None:
    """Return when a letter leaves for a zone: at its day and time, or in the first window after it."""
    begins = max(now, local(schedule.at, zone)) if schedule.at else now
    return opening(begins, zone, schedule, hour=hour)


def local(written: str, zone: str) -> datetime:
    """Return a local day and time (``2026-12-01T10:00``) of a zone, in UTC.

    >>> str(local("2026-12-01T10:00", "Asia/Tbilisi"))
    '2026-12-01 06:00:00+00:00'
    """
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def days_of_rank(schedule: Schedule, rank: int) -> Schedule:
    """Return the schedule that binds a letter of a rank: one of service leaves on every day."""
    if rank != Priority.SERVICE:
        return schedule
    return replace(schedule, weekdays=EVERY_DAY, holidays=True)


def open_hours(schedule: Schedule) -> list[int]:
    """Return the local hours in which letters leave.

    >>> open_hours(Schedule(opens=20, closes=2))
    [0, 1, 20, 21, 22, 23]
    """
    return [hour for opens, closes in _hours(schedule) for hour in range(opens, closes)]


@functools.cache
def is_holiday(day: date, country: str) -> bool:
    """Say whether a country rests on ``day``; one whose holidays nobody told us works on."""
    return day in _calendar(country, day.year)


@functools.cache
def _calendar(country: str, year: int) -> frozenset[date]:
    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()


def _is_working(day: date, zone: str, schedule: Schedule) -> bool:
    if str(day.isoweekday()) not in schedule.weekdays:
        return False
    country = country_of_zone(zone)
    return schedule.holidays or country is None or not is_holiday(day, country)


def _hours(schedule: Schedule, hour: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield the open spans of a day; one that closes before it opens reaches over midnight."""
    opens, closes = schedule.opens, schedule.closes
    spans = [(opens, closes)] if opens < closes else [(0, closes), (opens, 24)]
    if hour is not None and any(begins <= hour < ends for begins, ends in spans):
        spans = [(hour, hour + 1)]
    yield from ((begins, ends) for begins, ends in spans if begins < ends)


def _utc(day: date, hour: int, place: ZoneInfo) -> datetime:
    """Return an hour of a local day in UTC; 24 is the midnight that ends it."""
    day += timedelta(days=hour // 24)
    return datetime.combine(day, time(hour % 24), place).astimezone(UTC)

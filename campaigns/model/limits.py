"""How often a customer hears from the shop, and who never does (practice 34).

A window is so many local days, the present one included: a weekly letter that leaves a minute
earlier than the last time is a weekly letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

MOST_DAYS = 90
MOST_LETTERS = 99
MOST_CAPS = 5
_CAP = re.compile(r"([1-9]\d?)/([1-9]\d?)")


@dataclass(frozen=True, slots=True, order=True)
class Cap:
    """At most so many letters in so many days."""

    days: int
    letters: int


USUAL = (Cap(1, 1), Cap(7, 2), Cap(30, 6))
"""One letter a day, as two are read by nobody. Two a week leave room for news beside an answer to
what the customer did; six a month, as that pace wears off when it is kept for long."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the shop allows itself. ``holdout``: per cent of customers who get no campaign at all."""

    caps: tuple[Cap, ...] = USUAL
    holdout: int = 0


def read_cap(text: str) -> Cap | None:
    """Return a cap as people write it, None where it is not one.

    >>> read_cap("2/7"), read_cap("2/700")
    (Cap(days=7, letters=2), None)
    """
    found = _CAP.fullmatch(text.strip())
    if found is None or int(found[2]) > MOST_DAYS:
        return None
    return Cap(days=int(found[2]), letters=int(found[1]))


def is_sound(caps: Sequence[Cap]) -> bool:
    """Say whether caps can be kept: a few, each of its own number of days, none of nothing."""
    each = [0 < cap.days <= MOST_DAYS and 0 < cap.letters <= MOST_LETTERS for cap in caps]
    return len(caps) <= MOST_CAPS and all(each) and len({cap.days for cap in caps}) == len(caps)


def day_begins(moment: datetime, zone: str, *, later: int = 0) -> datetime:
    """Return when the local day of ``moment`` begins, or the one so many days ``later``, in UTC.

    >>> str(day_begins(datetime(2026, 3, 2, 21, tzinfo=UTC), "Asia/Yerevan"))
    '2026-03-02 20:00:00+00:00'
    """
    place = ZoneInfo(zone)
    day = moment.astimezone(place).date() + timedelta(days=later)
    return datetime.combine(day, time(), place).astimezone(UTC)


def window_begins(moment: datetime, zone: str, days: int) -> datetime:
    """Return when the window of ``days`` begins in which ``moment`` lies on the last day, in UTC."""
    return day_begins(moment, zone, later=1 - days)

"""Warming up a new sending domain: so many letters on the first day, more on each day after.

Mailbox providers distrust a domain that nobody knew yesterday and that writes to thousands today;
Google's guidelines for senders ask to begin low and to raise the number slowly. 200 a day, half as
many more each day, is what practitioners advise a sender of a few thousand a day. It is off unless
the shop turns it on, since most shops write from a domain that has long been in use.

The share is counted from the attempts of the shop's own day, together with what workers hold at
this moment, in the transaction that claims a batch and under a lock: any number of workers keep it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from campaigns.delivery.timing.leaving import reaches_people
from campaigns.delivery.transports import Fate
from campaigns.delivery.transports.choice import OUTBOX
from campaigns.errors import InputError
from campaigns.model.options import options_of
from campaigns.model.states import BatchState
from campaigns.store.database import utc_of_database
from campaigns.store.journal import record
from campaigns.store.options import read_brand
from campaigns.store.tables import attempt, batch, campaign, setting
from campaigns.store.workspace import Workspace

SETTING = "ramp"
FIRST, GROWTH = 200, 1.5
"""What the interface proposes."""
WARM = 100_000
"""A domain that may send so many a day is warm: nothing is counted any more."""
MAX_GROWTH = 3.0


@dataclass(frozen=True, slots=True)
class Ramp:
    """How many letters may leave on the first day (0: no limit) and by what they grow each day."""

    first: int = 0
    growth: float = GROWTH
    day: str = ""
    """The newest of the shop's days on which anything left."""
    days: int = 0
    """Such days before that one."""

    @property
    def limit(self) -> int:
        """How many may leave on ``day``.

        >>> [Ramp(200, 1.5, days=days).limit for days in (0, 1, 2, 10, 1000)]
        [200, 300, 450, 11533, 100000]
        """
        return int(min(WARM, self.first * self.growth ** min(self.days, 60)))

    def on(self, day: date) -> Ramp:
        """Return the ramp as it is on a day: a day without letters warms nothing up."""
        if self.day == day.isoformat():
            return self
        return replace(self, day=day.isoformat(), days=self.days + 1 if self.day else 0)


@dataclass(frozen=True, slots=True)
class Today:
    """Today's share of a transport, and how much of it is used."""

    limit: int
    used: int


def read_ramp(connection: sa.Connection, *, lock: bool = False) -> Ramp:
    """Return the shop's ramp; ``lock``: nobody else may count by it until this transaction ends."""
    query = sa.select(setting.c.value).where(setting.c.name == SETTING)
    saved = connection.execute(query.with_for_update() if lock else query).scalar_one_or_none()
    return Ramp(**(saved or {}))


def save_ramp(
    workspace: Workspace, *, first: int, growth: float, actor: str, now: datetime
) -> Ramp:
    """Turn the ramp on (it begins anew) or, with ``first`` 0, off.

    Raises:
        InputError: a negative limit, or a growth that is none or too fast.
    """
    if first < 0:
        raise InputError("settings.value", name="first", got=first, expected="0, 200, …")
    if not 1 < growth <= MAX_GROWTH:
        raise InputError(
            "settings.value", name="growth", got=growth, expected=f"1.1 – {MAX_GROWTH}"
        )
    ramp = Ramp(first, growth)
    with workspace.database.begin() as connection:
        _write(connection, ramp, updated_at=now, updated_by=actor)
        record(connection, actor=actor, verb="ramp.save", subject=f"setting:{SETTING}", now=now,
               first=first, growth=growth)  # fmt: skip
    return ramp


def _write(connection: sa.Connection, ramp: Ramp, **by: object) -> None:
    """Write the ramp in its row, which stays: whoever waits for its lock would else find none."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    values = {"value": asdict(ramp), **by}
    connection.execute(
        insert(setting)
        .values(name=SETTING, **values)
        .on_conflict_do_update(index_elements=["name"], set_=values)
    )


def left_today(
    connection: sa.Connection, transport: str, *, besides: int, now: datetime
) -> int | None:
    """Return how many letters may still leave today by a transport; None: as many as there are.

    ``besides``: the batch that asks, whose letters are not counted as held.
    """
    before = read_ramp(connection, lock=True)
    if not before.first:
        return None
    ramp = before.on(_day(connection, now))
    if ramp.limit >= WARM:
        return None
    if ramp != before:
        connection.execute(
            setting.update().where(setting.c.name == SETTING).values(value=asdict(ramp))
        )
    return ramp.limit - _used(connection, transport, besides, now)


def today(connection: sa.Connection, transport: str, *, now: datetime) -> Today | None:
    """Return today's share of a transport, or None where nothing limits it."""
    moment = utc_of_database(connection, now)
    ramp = read_ramp(connection)
    limit = ramp.on(_day(connection, moment)).limit
    if not ramp.first or limit >= WARM or transport == OUTBOX:
        return None
    return Today(limit, _used(connection, transport, None, moment))


def tomorrow(connection: sa.Connection, now: datetime) -> datetime:
    """Return when the shop's next day begins."""
    return _midnight(connection, _day(connection, now) + timedelta(days=1))


def _day(connection: sa.Connection, now: datetime) -> date:
    return now.astimezone(ZoneInfo(read_brand(connection).local_zone)).date()


def _midnight(connection: sa.Connection, day: date) -> datetime:
    zone = ZoneInfo(read_brand(connection).local_zone)
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _used(connection: sa.Connection, transport: str, besides: int | None, now: datetime) -> int:
    """What was asked for today and not refused, and what workers are about to ask for."""
    begins = _midnight(connection, _day(connection, now))
    return sum(
        row.letters
        for query in (_asked(transport, begins), _held(transport, besides))
        for row in connection.execute(query)
        if reaches_people(transport, options_of(row.options))
    )


def _asked(transport: str, begins: datetime) -> sa.Select[tuple[int, int]]:
    """What is still being asked for is held, so it is counted there."""
    return (
        sa.select(campaign.c.id, campaign.c.options, sa.func.sum(attempt.c.recipients).label("letters"))
        .select_from(attempt)
        .join(batch, batch.c.id == attempt.c.batch_id)
        .join(campaign, campaign.c.id == batch.c.campaign_id)
        .where(
            attempt.c.intent_at >= begins, campaign.c.transport == transport,
            attempt.c.outcome.not_in((Fate.AGAIN, Fate.REFUSED)),
        )
        .group_by(campaign.c.id)
    )  # fmt: skip


def _held(transport: str, besides: int | None) -> sa.Select[tuple[int, int]]:
    waiting = batch.c.size - batch.c.accepted - batch.c.failed - batch.c.unknown
    return (
        sa.select(campaign.c.id, campaign.c.options, sa.func.sum(waiting).label("letters"))
        .join(campaign, campaign.c.id == batch.c.campaign_id)
        .where(
            batch.c.state.in_((BatchState.CLAIMED, BatchState.IN_FLIGHT)),
            campaign.c.transport == transport, batch.c.id.is_distinct_from(besides),
        )
        .group_by(campaign.c.id)
    )  # fmt: skip

"""When each batch of a campaign leaves: put off, set-wise, to a moment that suits its readers.

A batch holds readers of one time zone and, where letters leave at the best hour, of one hour. So
what is decided for a zone and an hour holds for a batch as a whole, however many there are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.delivery.batches import leave, recount, resting_state
from campaigns.delivery.timing import windows
from campaigns.delivery.transports import problem
from campaigns.delivery.transports.choice import OUTBOX
from campaigns.model.options import CampaignOptions, Schedule, options_of
from campaigns.model.permission import Denial
from campaigns.model.states import BatchState, MessageState
from campaigns.store.database import utc_of_database
from campaigns.store.options import read_brand
from campaigns.store.tables import batch, left_out, message

ALL_DAY = 0


@dataclass(frozen=True, slots=True)
class Departure:
    """When the letters to one zone leave; ``hour`` where they leave at their best one."""

    zone: str
    hour: int | None
    at: datetime
    letters: int


def reaches_people(transport: str, options: CampaignOptions) -> bool:
    """Say whether what is sent may come to anybody: not from the outbox, not from a sandbox."""
    return transport != OUTBOX and not options.sandbox


def binding(row: sa.Row[Any]) -> Schedule:
    """Return the schedule that a campaign is held to.

    What reaches nobody wakes nobody: it leaves at its day and time, and at any hour.
    """
    options = options_of(row.options)
    if reaches_people(row.transport, options):
        return windows.days_of_rank(options.schedule, row.rank)
    return replace(
        options.schedule, opens=ALL_DAY, closes=ALL_DAY, weekdays=windows.EVERY_DAY, holidays=True
    )


def arrange(connection: sa.Connection, row: sa.Row[Any], *, now: datetime) -> datetime | None:
    """Let each waiting batch of a campaign leave when its schedule says; return the first moment.

    Whoever cannot be written to before the deadline is left out. None: nobody is left.
    """
    schedule = binding(row)
    return _put(connection, row, schedule, lambda zone, hour: windows.departure(
        now, zone, schedule, hour=hour
    ), again=True)  # fmt: skip


def put_off(
    connection: sa.Connection, row: sa.Row[Any], begins: datetime, *, zone: str | None = None
) -> None:
    """Let batches (of one zone, or all) wait for their next window from ``begins`` on.

    What waits for a later moment already keeps it.
    """
    schedule = binding(row)
    _put(connection, row, schedule, lambda place, hour: windows.opening(
        begins, place, schedule, hour=hour
    ), only=zone)  # fmt: skip


def touch(connection: sa.Connection, campaign_id: int, *, now: datetime) -> None:
    """Say that a person wants what is due to leave now, however long it has been waiting."""
    moment = utc_of_database(connection, now)
    connection.execute(
        batch.update()
        .where(batch.c.id.in_(_ready(connection, campaign_id, moment)))
        .values(not_before=moment)
    )


def departures(connection: sa.Connection, row: sa.Row[Any]) -> list[Departure]:
    """Return what of a campaign waits for a moment to come, the earliest first."""
    at = sa.func.min(batch.c.not_before)
    query = (
        sa.select(
            batch.c.zone, batch.c.hour, at.label("at"), sa.func.sum(batch.c.size).label("letters")
        )
        .where(
            batch.c.campaign_id == row.id, batch.c.state == BatchState.READY,
            batch.c.not_before.is_not(None),
        )
        .group_by(batch.c.zone, batch.c.hour)
        .order_by(at, batch.c.zone)
    )  # fmt: skip
    shop = read_brand(connection).local_zone
    return [
        Departure(one.zone or shop, one.hour, one.at, one.letters)
        for one in connection.execute(query)
    ]


def _put(
    connection: sa.Connection,
    row: sa.Row[Any],
    schedule: Schedule,
    when: Callable[[str, int | None], datetime | None],
    *,
    only: str | None = None,
    again: bool = False,
) -> datetime | None:
    """Write ``when`` (of zone and hour) into the batches that wait; return the earliest."""
    shop = read_brand(connection).local_zone
    moments = []
    for zone, hour in _groups(connection, row.id, only):
        at = when(zone or shop, hour if schedule.best_hour else None)
        ids = _ready(connection, row.id, None if again or at is None else at, zone, hour)
        if at is None:
            _leave_out(connection, row.id, ids)
        else:
            connection.execute(batch.update().where(batch.c.id.in_(ids)).values(not_before=at))
            moments.append(at)
    return min(moments, default=None)


def _groups(
    connection: sa.Connection, campaign_id: int, only: str | None
) -> list[tuple[str, int | None]]:
    query = (
        sa.select(batch.c.zone, batch.c.hour)
        .where(batch.c.campaign_id == campaign_id, batch.c.state == BatchState.READY)
        .distinct()
    )
    if only is not None:
        query = query.where(batch.c.zone == only)
    found = [(row.zone, row.hour) for row in connection.execute(query)]
    return sorted(found, key=str)


def _ready(
    connection: sa.Connection,
    campaign_id: int,
    before: datetime | None,
    *group: str | int | None,
) -> list[int]:
    """Lock and return the waiting batches (of a zone and hour) that are due by ``before``.

    One that somebody else holds is passed over: they decide about it themselves.
    """
    query = (
        sa.select(batch.c.id)
        .where(batch.c.campaign_id == campaign_id, batch.c.state == BatchState.READY)
        .order_by(batch.c.id)
        .with_for_update(skip_locked=True)
    )
    if before is not None:
        query = query.where(sa.or_(batch.c.not_before.is_(None), batch.c.not_before < before))
    if group:
        zone, hour = group
        query = query.where(batch.c.zone == zone, batch.c.hour.is_not_distinct_from(hour))
    return list(connection.execute(query).scalars())


def _leave_out(connection: sa.Connection, campaign_id: int, batch_ids: list[int]) -> None:
    """Leave out whoever waits in these batches: no hour is left in which they may be written to."""
    waiting = (message.c.batch_id.in_(batch_ids), message.c.state == MessageState.PENDING)
    reason = Denial.QUIET_HOURS
    connection.execute(
        left_out.insert().from_select(
            ["campaign_id", "contact_id", "reason"],
            sa.select(
                sa.literal(campaign_id), message.c.contact_id, sa.literal(str(reason), sa.Text)
            ).where(*waiting),
        )
    )
    connection.execute(
        message.update().where(*waiting).values(
            state=MessageState.CANCELLED, error=problem("message.denied", reason=reason)
        )
    )  # fmt: skip
    for batch_id in batch_ids:
        leave(connection, batch_id, resting_state(recount(connection, batch_id)))

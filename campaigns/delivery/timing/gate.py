"""The gate that each batch passes when a worker takes it up.

A batch that is due may not leave all the same: its readers sleep by now, the day's share of a new
sending domain is used up, or nobody looked at it for so long that a person had better be asked.
It then waits again, with all others of which the same is true, so that the gate is asked a few
times and not once a batch.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.delivery import batches, course
from campaigns.delivery.batches import Claim, held
from campaigns.delivery.timing import leaving, ramp, stale, windows
from campaigns.delivery.unsettled import recall
from campaigns.model.options import options_of
from campaigns.model.states import BatchState
from campaigns.store.database import utc_of_database
from campaigns.store.options import read_brand
from campaigns.store.tables import batch, campaign


def claim(
    connection: sa.Connection, campaign_id: int, owner: str, *, now: datetime, lease_s: float
) -> Claim | None:
    """Take the next batch that is due and may leave, or None (as ``batches.claim`` does)."""
    while mine := batches.claim(connection, campaign_id, owner, now=now, lease_s=lease_s):
        if may_leave(connection, mine, now=now, lease_s=lease_s):
            return mine
    return None


def may_leave(connection: sa.Connection, mine: Claim, *, now: datetime, lease_s: float) -> bool:
    """Say whether a batch that was just claimed may leave; one that may not is given back."""
    row = _about(connection, mine)
    options = options_of(row.options)
    if not leaving.reaches_people(row.transport, options):
        return True
    moment = utc_of_database(connection, now)
    if since := stale.forgotten_since(connection, row.id, mine.due_since, now=moment):
        _put_back(connection, mine)
        course.halt(connection, row.id, stale.question(connection, since), now=now)
        return False
    zone = row.zone or read_brand(connection).local_zone
    leaves_at = recall.leaves_at(moment, lease_s) if options.safe else moment
    if windows.opening(leaves_at, zone, leaving.binding(row)) != leaves_at:
        _put_back(connection, mine)
        leaving.put_off(connection, row, leaves_at, zone=row.zone)
        return False
    return _has_share(connection, mine, row, moment)


def _has_share(connection: sa.Connection, mine: Claim, row: sa.Row[Any], moment: datetime) -> bool:
    """Say whether today's share has room for a batch; of a larger one the rest waits for tomorrow."""
    left = ramp.left_today(connection, row.transport, besides=mine.batch_id, now=moment)
    waiting = row.size - row.accepted - row.failed - row.unknown
    if left is None or waiting <= left:
        return True
    if left > 0:
        batches.split(connection, mine.batch_id, keep=left)
    else:
        _put_back(connection, mine)
    leaving.put_off(connection, row, ramp.tomorrow(connection, moment))
    return left > 0


def _about(connection: sa.Connection, mine: Claim) -> sa.Row[Any]:
    """Return the campaign of a batch, with what its row says of zone and figures."""
    figures = (batch.c.size, batch.c.accepted, batch.c.failed, batch.c.unknown)
    query: sa.Select[Any] = (
        sa.select(
            campaign.c.id, campaign.c.transport, campaign.c.options, campaign.c.rank, batch.c.zone,
            *figures,
        )
        .join(campaign, campaign.c.id == batch.c.campaign_id)
        .where(batch.c.id == mine.batch_id)
    )  # fmt: skip
    return connection.execute(query).one()


def _put_back(connection: sa.Connection, mine: Claim) -> None:
    connection.execute(
        batch.update()
        .where(*held(mine, BatchState.CLAIMED))
        .values(state=BatchState.READY, owner=None, lease_until=None)
    )

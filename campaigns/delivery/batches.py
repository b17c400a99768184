"""A batch and the right to send it: claimed for the time of a lease, counted from its messages.

Any number of workers share a campaign. Each takes the next batch that is due; what a batch's row
says of accepted, failed and unknown is always recounted from its messages, so that a page that
shows progress reads a few rows and not a million.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.model.states import BatchState, CampaignState, MessageState
from campaigns.store import bulk
from campaigns.store.database import utc_of_database
from campaigns.store.tables import batch, campaign, message

WAITING: bulk.Schema = {
    "message_id": pl.Int64, "contact_id": pl.Int64, "token": pl.String, "address": pl.String,
    "error": pl.String,
}  # fmt: skip

SHARED = ("language", "text", "design", "zone", "hour", "resent")
"""Columns that are the same for all messages of a batch, wherever they are moved to."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right of one owner to send one batch, for the time of a lease."""

    batch_id: int
    campaign_id: int
    language: str
    text: int
    design: str
    owner: str
    attempt: int
    due_since: datetime | None = None
    """When the batch could first have been taken up, where anybody said so."""


def claim(
    connection: sa.Connection, campaign_id: int, owner: str, *, now: datetime, lease_s: float
) -> Claim | None:
    """Take the next batch that is due, or None. Any number of workers may ask at once."""
    moment = utc_of_database(connection, now)
    found = connection.execute(
        sa.select(*(batch.c[name] for name in ("id", *SHARED[:3], "attempt", "not_before")))
        .join(campaign, campaign.c.id == batch.c.campaign_id)
        .where(batch.c.campaign_id == campaign_id, *_due(moment))
        .order_by(batch.c.id)
        .limit(1)
        .with_for_update(of=batch, skip_locked=True)
    ).first()
    if found is None:
        return None
    mine = Claim(
        found.id, campaign_id, found.language, found.text, found.design, owner, found.attempt + 1,
        found.not_before,
    )  # fmt: skip
    connection.execute(
        batch.update()
        .where(batch.c.id == found.id, batch.c.state == BatchState.READY)
        .values(
            state=BatchState.CLAIMED, owner=owner, attempt=mine.attempt,
            lease_until=moment + timedelta(seconds=lease_s),
            not_before=sa.func.coalesce(  # a claim that is lost leaves it due since then
                batch.c.not_before, sa.literal(moment, batch.c.not_before.type)
            ),
        )
    )  # fmt: skip
    return mine


def due_campaigns(connection: sa.Connection, *, now: datetime) -> list[int]:
    """Return the running campaigns that have a batch to be sent now, the most urgent first.

    By priority (practice 45: service before offers), then by the date of approval.
    """
    order = (campaign.c.rank, campaign.c.approved_at, campaign.c.id)
    query = sa.select(campaign.c.id).where(_is_due(connection, now)).order_by(*order)
    return list(connection.execute(query).scalars())


def is_outranked(connection: sa.Connection, rank: int, *, now: datetime) -> bool:
    """Say whether a campaign of a higher priority than ``rank`` has a batch to be sent now."""
    query = sa.select(campaign.c.id).where(campaign.c.rank < rank, _is_due(connection, now))
    return connection.execute(query.limit(1)).first() is not None


def _is_due(connection: sa.Connection, now: datetime) -> sa.ColumnElement[bool]:
    due = _due(utc_of_database(connection, now))
    return sa.exists().where(batch.c.campaign_id == campaign.c.id, *due)


def waiting(connection: sa.Connection, batch_id: int) -> pl.DataFrame:
    """Return the messages of a batch that are still to be sent, oldest first."""
    query = (
        sa.select(
            message.c.id, message.c.contact_id, message.c.token, message.c.address,
            sa.cast(message.c.error, sa.Text),
        )
        .where(message.c.batch_id == batch_id, message.c.state == MessageState.PENDING)
        .order_by(message.c.id)
    )  # fmt: skip
    deferrals = pl.col("error").str.json_path_match("$.deferrals").cast(pl.Int64).fill_null(0)
    return bulk.fetch_columns(connection, query, WAITING).with_columns(deferrals.alias("deferrals"))


def give_back(
    connection: sa.Connection, mine: Claim, *, now: datetime, wait_s: float = 0.0
) -> None:
    """End a claim; what of the batch is still to be sent waits for ``wait_s``."""
    row = lock(connection, mine.batch_id)
    if (row.state, row.owner, row.attempt) != (BatchState.CLAIMED, mine.owner, mine.attempt):
        return
    leave(connection, row.id, resting_state(recount(connection, row.id)))
    until = utc_of_database(connection, now) + timedelta(seconds=wait_s)
    connection.execute(batch.update().where(batch.c.id == row.id).values(not_before=until))


def lock(connection: sa.Connection, batch_id: int) -> sa.Row[Any]:
    """Return a batch that nobody else may change until this transaction ends."""
    return connection.execute(
        sa.select(batch).where(batch.c.id == batch_id).with_for_update()
    ).one()


def recount(connection: sa.Connection, batch_id: int) -> Counter[str]:
    """Bring a batch's figures to what its messages say. The batch must be locked."""
    states = connection.execute(
        sa.select(message.c.state, sa.func.count())
        .where(message.c.batch_id == batch_id)
        .group_by(message.c.state)
    )
    counts: Counter[str] = Counter(dict(iter(states)))
    connection.execute(
        batch.update()
        .where(batch.c.id == batch_id)
        .values(
            size=counts.total() - counts[MessageState.CANCELLED],
            accepted=counts[MessageState.ACCEPTED], failed=counts[MessageState.FAILED],
            unknown=counts[MessageState.UNKNOWN],
        )
    )  # fmt: skip
    return counts


def add_accepted(connection: sa.Connection, row: sa.Row[Any], count: int) -> Counter[str]:
    """Bring a locked batch's figures up to date when ``count`` in flight became accepted.

    What ``recount`` would find, without a look at each message: nobody else is in flight in it.
    """
    accepted = row.accepted + count
    connection.execute(batch.update().where(batch.c.id == row.id).values(accepted=accepted))
    return Counter({
        MessageState.ACCEPTED: accepted, MessageState.FAILED: row.failed,
        MessageState.UNKNOWN: row.unknown,
        MessageState.PENDING: row.size - accepted - row.failed - row.unknown,
    })  # fmt: skip


def rest(connection: sa.Connection, row: sa.Row[Any], counts: Counter[str]) -> None:
    """Let a batch's state follow its messages, unless a worker has it."""
    if row.state not in (BatchState.CLAIMED, BatchState.IN_FLIGHT):
        leave(connection, row.id, resting_state(counts))


def resting_state(counts: Mapping[str, int]) -> BatchState:
    """Return the state of a batch that no worker has, from the states of its messages.

    >>> resting_state({"accepted": 498, "unknown": 2})
    <BatchState.UNKNOWN: 'unknown'>
    """
    for state, then in (
        (MessageState.PENDING, BatchState.READY),
        (MessageState.UNKNOWN, BatchState.UNKNOWN),
        (MessageState.ACCEPTED, BatchState.ACCEPTED),
        (MessageState.FAILED, BatchState.FAILED),
    ):
        if counts.get(state):
            return then
    return BatchState.CANCELLED


def leave(connection: sa.Connection, batch_id: int, state: BatchState) -> None:
    """Let a batch rest in ``state``, held by no worker."""
    connection.execute(
        batch.update()
        .where(batch.c.id == batch_id)
        .values(state=state, owner=None, lease_until=None)
    )


def new_batch(
    connection: sa.Connection, campaign_id: int, shared: Mapping[str, Any], size: int
) -> int:
    """Insert a batch that waits, with the columns that its messages share; return its id."""
    row = {**shared, "campaign_id": campaign_id, "size": size, "state": BatchState.READY}
    found: int = connection.execute(batch.insert().values(row).returning(batch.c.id)).scalar_one()
    return found


def split(connection: sa.Connection, batch_id: int, *, keep: int) -> None:
    """Let all but the first ``keep`` of those who wait in a batch wait in a new one."""
    row = lock(connection, batch_id)
    others = (
        sa.select(message.c.id)
        .where(message.c.batch_id == batch_id, message.c.state == MessageState.PENDING)
        .order_by(message.c.id)
        .offset(keep)
        .limit(row.size)  # SQLite knows no offset without a limit
    )
    shared = {name: row._mapping[name] for name in SHARED}  # noqa: SLF001 - its public name
    rest_id = new_batch(connection, row.campaign_id, shared, row.size - keep)
    ids = list(connection.execute(others).scalars())
    connection.execute(message.update().where(message.c.id.in_(ids)).values(batch_id=rest_id))
    recount(connection, rest_id)
    recount(connection, batch_id)


def _due(moment: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        campaign.c.state == CampaignState.RUNNING,
        batch.c.state == BatchState.READY,
        sa.or_(batch.c.not_before.is_(None), batch.c.not_before <= moment),
    )


def held(mine: Claim, state: BatchState) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the condition that a batch is in ``state`` under this very claim."""
    return (
        batch.c.id == mine.batch_id,
        batch.c.state == state,
        batch.c.owner == mine.owner,
        batch.c.attempt == mine.attempt,
    )

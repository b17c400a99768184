"""What becomes of messages after their request: settled by events or a person, or sent again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from campaigns.delivery.batches import SHARED, lock, new_batch, recount, rest
from campaigns.model.states import MessageState
from campaigns.store.tables import attempt, batch, message

RECALLING = "recalling"
"""Outcome of an attempt that the provider is being asked to forget (``delivery.heard.evidence.Recall``)."""
RECALLED_BY = timedelta(hours=1)
"""A recall of which the provider told nothing so long after its letters' time may never end."""


def settle(
    connection: sa.Connection,
    changes: Mapping[int, Mapping[str, Any]],
    *,
    was: MessageState | None = None,
) -> None:
    """Write what became known of messages (id → columns), with their batches' figures.

    ``was``: only of those that are still in this state. Without it, the caller holds the batches.
    """
    touched = connection.execute(
        sa.select(message.c.batch_id).where(message.c.id.in_(changes)).distinct()
    ).scalars()
    rows = [lock(connection, batch_id) for batch_id in sorted(touched)]
    still = sa.true() if was is None else message.c.state == was
    for change, message_ids in _alike(changes):
        connection.execute(
            message.update().where(message.c.id.in_(message_ids), still).values(change)
        )
    for row in rows:
        rest(connection, row, recount(connection, row.id))


def requeue(
    connection: sa.Connection,
    campaign_id: int,
    state: MessageState,
    *which: sa.ColumnElement[bool],
    batch_size: int,
    resent: bool = False,
) -> int:
    """Let messages in ``state`` wait again, in new batches; return how many they are.

    ``which``: only of those. ``resent``: nobody knows whether they were sent already, and their
    batches remember it.
    """
    rows = connection.execute(
        sa.select(message.c.id, message.c.batch_id, *(batch.c[name] for name in SHARED))
        .join(batch, batch.c.id == message.c.batch_id)
        .where(message.c.campaign_id == campaign_id, is_in(state), *which)
        .order_by(message.c.language, message.c.id)
    ).all()
    left = [lock(connection, batch_id) for batch_id in sorted({row.batch_id for row in rows})]
    alike: dict[tuple[Any, ...], list[int]] = {}
    for one in rows:
        alike.setdefault(tuple(one[2:]), []).append(one.id)
    moved = 0
    for values, ids in alike.items():
        shared = dict(zip(SHARED, values, strict=True))
        shared["resent"] += resent
        for start in range(0, len(ids), batch_size):
            part = ids[start : start + batch_size]
            moved += _rebatch(connection, campaign_id, shared, part, state)
    for row in left:
        rest(connection, row, recount(connection, row.id))
    return moved


def _rebatch(
    connection: sa.Connection,
    campaign_id: int,
    shared: Mapping[str, Any],
    message_ids: list[int],
    state: MessageState,
) -> int:
    batch_id = new_batch(connection, campaign_id, shared, len(message_ids))
    moved = connection.execute(
        message.update()
        .where(message.c.id.in_(message_ids), message.c.state == state)
        .values(
            batch_id=batch_id, state=MessageState.PENDING, attempt_id=None, error=None,
            delivery=None,
        )
    ).rowcount  # fmt: skip
    rest(connection, lock(connection, batch_id), recount(connection, batch_id))
    return moved


def assume_sent(connection: sa.Connection, campaign_id: int, *, now: datetime) -> int:
    """Call the unknown messages of a campaign accepted; return how many they were.

    Those that the provider is just being asked to forget will wait again by themselves, unless it
    did not say so until long after they left.
    """
    recalling = sa.exists().where(
        attempt.c.id == message.c.attempt_id, attempt.c.outcome == RECALLING,
        attempt.c.send_at > now - RECALLED_BY,
    )  # fmt: skip
    unknown = (message.c.campaign_id == campaign_id, is_in(MessageState.UNKNOWN), ~recalling)
    touched = connection.execute(sa.select(message.c.batch_id).where(*unknown).distinct())
    rows = [lock(connection, batch_id) for batch_id in sorted(touched.scalars())]
    settled = connection.execute(
        message.update().where(*unknown).values(state=MessageState.ACCEPTED, accepted_at=now)
    ).rowcount
    for row in rows:
        rest(connection, row, recount(connection, row.id))
    return settled


def is_in(state: MessageState) -> sa.ColumnElement[bool]:
    """Return the condition that a message is in ``state``: in the statement's own words, as the index of what is unsettled needs it."""
    return message.c.state == sa.bindparam(None, str(state), literal_execute=True)


def _alike(
    changes: Mapping[int, Mapping[str, Any]],
) -> list[tuple[Mapping[str, Any], list[int]]]:
    """Group messages by what is to be written of them, so that it is written at once."""
    groups: dict[str, tuple[Mapping[str, Any], list[int]]] = {}
    for message_id, change in changes.items():
        groups.setdefault(repr(change), (change, []))[1].append(message_id)
    return list(groups.values())

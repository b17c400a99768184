"""What an event of the provider proves of the message that it is about. No row is written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.delivery.heard.evidence import MIXED, QUEUED, TAKEN, VOID
from campaigns.delivery.heard.sendgrid_events import ProviderEvent
from campaigns.delivery.transports import Fate, problem
from campaigns.model.states import EventKind, MessageState
from campaigns.store import bulk
from campaigns.store.tables import attempt

ACCEPTED = MessageState.ACCEPTED
OPEN = frozenset({MessageState.PENDING, MessageState.IN_FLIGHT, MessageState.UNKNOWN})
SETTLED_SIMPLY = OPEN | {ACCEPTED}
"""States in which what an event of the message's own attempt proves can be said at once."""


def attempts_in_doubt(
    connection: sa.Connection, fresh: Sequence[ProviderEvent]
) -> dict[str, sa.Row[Any]]:
    """Return the attempts among those of the events whose outcome was in doubt, by key."""
    keys = sorted({one.attempt_key for one in fresh if one.attempt_key})
    if not keys:
        return {}
    among = bulk.among(connection, [attempt.c.key], pl.DataFrame({"key": keys}))
    query: sa.Select[Any] = sa.select(attempt.c.key, attempt.c.outcome).where(
        among, attempt.c.outcome.in_({Fate.UNKNOWN, MIXED, *VOID})
    )
    return {row.key: row for row in connection.execute(query).all()}


def of_several(
    fresh: Iterable[ProviderEvent], rows: Mapping[str, sa.Row[Any]], changes: Mapping[int, Any]
) -> set[int]:
    """Return the messages of which more than one attempt tells, or may tell."""
    about = [(one, rows[one.event_id]) for one in fresh if one.event_id in rows]
    failed = {number for number, then in changes.items() if then["state"] == MessageState.FAILED}
    return failed | {
        row.id
        for one, row in about
        if one.attempt_key not in (None, row.attempt_key) or row.state not in SETTLED_SIMPLY
    }


def changes_of(
    fresh: Iterable[ProviderEvent],
    rows: Mapping[str, sa.Row[Any]],
    attempts: Mapping[str, sa.Row[Any]],
) -> dict[int, dict[str, Any]]:
    """Return what the events make of messages: id → columns."""
    states: dict[int, str] = {row.id: row.state for row in rows.values()}
    changes: dict[int, dict[str, Any]] = {}
    for one in fresh:
        row = rows.get(one.event_id)
        found = attempts.get(one.attempt_key or "")
        if row is None or (found and found.outcome in VOID and one.kind in QUEUED):
            continue
        current = one.attempt_key in (None, row.attempt_key)
        then = settled_state(states[row.id], one.kind, doubtful=found is not None, current=current)
        if then:
            states[row.id] = then
            changes[row.id] = _columns(then, one)
    return changes


def settled_state(
    state: str, kind: EventKind, *, doubtful: bool, current: bool
) -> MessageState | None:
    """Return the state that an event proves for a message in ``state``, or None for the same.

    Args:
        state: of the message.
        kind: what is reported.
        doubtful: of an attempt whose outcome nobody knew. A drop settles a message that waits only
            then: any other is an echo of what was asked before it was made to wait again.
        current: of the message's newest attempt. What an older one proves is weighed with all that
            is known of it (``delivery.heard.evidence``).
    """
    waits = state == MessageState.PENDING
    if kind in TAKEN and state in OPEN:
        return ACCEPTED if current and not waits else None
    if kind is EventKind.DROPPED and state in OPEN | {ACCEPTED}:
        return MessageState.FAILED if (doubtful if waits else current) else None
    return None


def _columns(then: MessageState, one: ProviderEvent) -> dict[str, Any]:
    if then is ACCEPTED:
        return {"state": then, "accepted_at": one.at, "error": None}
    return {"state": then, "error": problem("transport.refused", reason=one.reason)}

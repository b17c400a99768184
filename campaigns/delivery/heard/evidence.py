"""What is known of a message that may have left more than once.

A message names one attempt: the newest, or the one that proved to have been taken. Of the others the
provider's events tell, each with the key of its attempt. A message was taken when some attempt was
taken and not dropped afterwards, whatever became of the others: so a letter whose second attempt was
refused is never sent a third time because the first one had arrived all along.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from campaigns.delivery.unsettled import settling
from campaigns.model.states import EventKind, MessageState
from campaigns.store.tables import attempt, event, left_out, message

TAKEN = frozenset(EventKind) - {EventKind.DROPPED, EventKind.UNKNOWN}
"""Kinds that prove that the provider took the message."""
QUEUED = frozenset({EventKind.PROCESSED, EventKind.DROPPED})
"""Kinds that are told of a letter before it leaves, and so of one that is then recalled, too."""
OURS = "campaigns"
"""Provider of the events that we write ourselves."""
IDS_A_QUERY = 500


class Recall(StrEnum):
    """Outcomes of an attempt that the provider was asked to forget (``delivery.unsettled.recall``)."""

    RECALLING = settling.RECALLING
    RECALLED = "recalled"
    FORGOTTEN = "forgotten"
    """Its letters' time has passed, and the provider no longer keeps the recall."""


VOID = frozenset(Recall)
MIXED = "mixed"
"""Outcome of an attempt whose addressees met with different fates."""


def alive(heard: Mapping[str, AbstractSet[EventKind]], void: Collection[str] = ()) -> list[str]:
    """Return the keys of the attempts that stand as taken, in the order of ``heard``.

    >>> alive({"a": {EventKind.PROCESSED, EventKind.DROPPED}, "b": {EventKind.DELIVERED}})
    ['b']
    """
    told = {
        key: kinds - QUEUED if key in void else frozenset(kinds) for key, kinds in heard.items()
    }
    return [key for key, kinds in told.items() if kinds & TAKEN and EventKind.DROPPED not in kinds]


def weigh(connection: sa.Connection, message_ids: Collection[int]) -> int:
    """Call accepted those of some messages that an attempt proves taken; return how many.

    Their batches must be locked, or the caller must have written these messages already.
    """
    wanted = sorted(message_ids)
    parts = [wanted[start : start + IDS_A_QUERY] for start in range(0, len(wanted), IDS_A_QUERY)]
    changes: dict[int, dict[str, Any]] = {}
    for part in parts:
        changes |= _proved(connection, part)
    if changes:
        _undo_leaving_out(connection, changes)
        settling.settle(connection, changes)
    return len(changes)


def _proved(connection: sa.Connection, message_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    open_ones = connection.execute(
        sa.select(message.c.id, attempt.c.key)
        .outerjoin(attempt, attempt.c.id == message.c.attempt_id)
        .where(message.c.id.in_(message_ids), message.c.state != MessageState.ACCEPTED)
    )
    current = {row.id: row.key for row in open_ones}
    heard, since = _heard(connection, current)
    keys = {key for told in heard.values() for key in told}
    rows = connection.execute(
        sa.select(attempt.c.id, attempt.c.key, attempt.c.outcome).where(attempt.c.key.in_(keys))
    ).all()
    ids = {row.key: row.id for row in rows}
    void = {row.key for row in rows if row.outcome in VOID}
    return {
        message_id: {
            "state": MessageState.ACCEPTED, "error": None, "attempt_id": ids.get(standing[0]),
            "accepted_at": since[message_id, standing[0]],
        }
        for message_id, told in heard.items()
        if (standing := alive(told, void))
    }  # fmt: skip


def _heard(
    connection: sa.Connection, current: Mapping[int, str | None]
) -> tuple[dict[int, dict[str, set[EventKind]]], dict[tuple[int, str], datetime]]:
    """Return what was told: message → key → kinds; and when the first of it was.

    What names no attempt is about the one that the message names.
    """
    heard: dict[int, dict[str, set[EventKind]]] = defaultdict(lambda: defaultdict(set))
    since: dict[tuple[int, str], datetime] = {}
    query = (
        sa.select(event.c.message_id, event.c.kind, event.c.at, event.c.raw["x_k"].as_string())
        .where(event.c.message_id.in_(current))
        .order_by(event.c.at, event.c.id)
    )
    for message_id, kind, at, named in connection.execute(query):
        key = named or current[message_id]
        if key:
            heard[message_id][key].add(EventKind(kind))
            since.setdefault((message_id, key), at)
    return heard, since


def _undo_leaving_out(connection: sa.Connection, message_ids: Collection[int]) -> None:
    """Who was left out of a second attempt is not, when the first one had arrived."""
    these = sa.exists().where(
        message.c.id.in_(message_ids), message.c.campaign_id == left_out.c.campaign_id,
        message.c.contact_id == left_out.c.contact_id,
    )  # fmt: skip
    connection.execute(left_out.delete().where(these))


def tell(
    connection: sa.Connection, key: str, messages: Mapping[int, str], *, now: datetime
) -> None:
    """Keep that the provider's answer to attempt ``key`` took ``messages`` (id → token).

    For an answer that comes when its messages have moved on: they name another attempt by then.
    """
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(
        insert(event).on_conflict_do_nothing(),
        [
            {
                "provider": OURS, "provider_event_id": f"{key}:{token}", "message_id": message_id,
                "kind": EventKind.PROCESSED, "at": now, "received_at": now, "raw": {"x_k": key},
            }
            for message_id, token in messages.items()
        ],
    )  # fmt: skip

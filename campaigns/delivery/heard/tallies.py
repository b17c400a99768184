"""What was heard of each message, one bit each, and for how many messages of a campaign.

``message.heard`` holds the bits. A campaign's tally is changed by the bits that a transaction sets
or takes away, inside that transaction: an event that comes twice sets nothing, so figures are exact
and nobody ever counts a million rows for a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from campaigns.delivery.heard.readers import Machine
from campaigns.model.states import EventKind
from campaigns.store.tables import message, tally

OPENED_APPLE = "opened_apple"
OPENED_SCANNER = "opened_scanner"
CLICKED_SCANNER = "clicked_scanner"
BOUNCE = "bounce_"
"""Begins the reasons of bounces."""
_CLASSES = {
    "Invalid Address": "invalid",
    "Mailbox Unavailable": "mailbox",
    "Technical": "technical",
    "Content": "content",
    "Reputation": "reputation",
    "Frequency or Volume Too High": "frequency",
    "": "other",
}
"""SendGrid's ``bounce_classification`` → ours."""
WHATS = (
    "processed", "dropped", "deferred", "delivered", "bounced", "blocked",
    "opened", OPENED_APPLE, OPENED_SCANNER, "clicked", CLICKED_SCANNER,
    "complained", "unsubscribed", *(BOUNCE + one for one in _CLASSES.values()),
)  # fmt: skip
"""Everything that is counted, in the order of the bits: never to be changed, only added to."""
BITS = {what: 1 << place for place, what in enumerate(WHATS)}
ENGAGED = sum(BITS[what] for what in WHATS if what.startswith(("opened", "clicked")))
"""Bits of opens and clicks."""

Tally = Counter[tuple[int, str]]
"""(campaign, what) → messages."""


def bits_of(kind: EventKind, machine: Machine | None, classification: str) -> int:
    """Return the bits that one event sets.

    Args:
        kind: of the event.
        machine: that opened or clicked; None for a person.
        classification: why it bounced, in SendGrid's word.
    """
    if kind is EventKind.OPENED and machine:
        return BITS[OPENED_APPLE if machine is Machine.APPLE else OPENED_SCANNER]
    if kind is EventKind.CLICKED and machine:
        return BITS[CLICKED_SCANNER]
    if kind in (EventKind.BOUNCED, EventKind.BLOCKED):
        return BITS[kind] | BITS[BOUNCE + _CLASSES.get(classification, "other")]
    return BITS.get(kind, 0)


def differences(moves: Mapping[tuple[int, int, int], int]) -> Tally:
    """Return what changes when messages' bits do.

    Args:
        moves: (campaign, bits before, bits after) → how many messages.

    >>> dict(differences({(7, BITS["opened"], BITS["opened_apple"]): 2}))
    {(7, 'opened'): -2, (7, 'opened_apple'): 2}
    """
    changes: Tally = Counter()
    for (campaign_id, before, after), count in moves.items():
        for what, bit in BITS.items():
            if (before ^ after) & bit:
                changes[campaign_id, what] += count if after & bit else -count
    return changes


def add(connection: sa.Connection, changes: Mapping[tuple[int, str], int]) -> None:
    """Change the tallies of campaigns, always in one order, as others may do so, too."""
    told = [
        {"campaign_id": campaign_id, "what": what, "messages": count}
        for (campaign_id, what), count in sorted(changes.items())
        if count
    ]
    if told:
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        query: Any = insert(tally)
        more = {"messages": tally.c.messages + query.excluded.messages}
        query = query.on_conflict_do_update(index_elements=["campaign_id", "what"], set_=more)
        connection.execute(query, told)


def hear(connection: sa.Connection, row: sa.Row[Any], kind: EventKind, *, now: datetime) -> None:
    """Count one thing heard of the message ``row``, which nobody else may change meanwhile."""
    after = row.heard | bits_of(kind, None, "")
    connection.execute(
        message.update()
        .where(message.c.id == row.id)
        .values(heard=after, heard_at=now, delivery=kind)
    )
    add(connection, differences({(row.campaign_id, row.heard, after): 1}))


def read(connection: sa.Connection, campaign_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """Return the tallies of campaigns, in the order of ``WHATS``; what was never heard is left out."""
    found: dict[int, dict[str, int]] = {campaign_id: {} for campaign_id in campaign_ids}
    query = sa.select(tally).where(tally.c.campaign_id.in_(found), tally.c.messages > 0)
    rows = sorted(connection.execute(query), key=lambda row: WHATS.index(row.what))
    for row in rows:
        found[row.campaign_id][row.what] = row.messages
    return found

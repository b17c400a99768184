"""Addresses that take nothing in: letter after letter is turned away, and none arrives.

One refusal says nothing against an address (a full mailbox, a rule of the reader's server), and
SendGrid does not suppress it. ``LETTERS`` campaigns in a row over ``DAYS`` days of which none
arrived say enough: writing on harms the sender's name and reaches nobody. Mailchimp ends after
seven soft bounces of a reader without activity, fifteen with (its help on soft bounces); five over
two weeks is the stricter end of what is usual.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

import polars as pl
import sqlalchemy as sa

from campaigns.delivery.heard import tallies
from campaigns.store import bulk
from campaigns.store.suppressions import SuppressionReason, suppress
from campaigns.store.tables import message

LETTERS = 5
DAYS = timedelta(days=14)
_TURNED_AWAY = tallies.BITS["blocked"]
_ARRIVED = tallies.BITS["delivered"] | tallies.ENGAGED


def is_unreachable(letters: Sequence[tuple[datetime, int]]) -> bool:
    """Say whether the newest letters to an address prove that none arrives.

    Args:
        letters: when each was taken by the provider and what was heard of it
            (``message.heard``), the newest first.
    """
    last = letters[:LETTERS]
    if len(last) < LETTERS or last[0][0] - last[-1][0] < DAYS:
        return False
    return all(heard & _TURNED_AWAY and not heard & _ARRIVED for _, heard in last)


def give_up(connection: sa.Connection, turned_away: Mapping[int, datetime], *, actor: str) -> int:
    """Suppress those readers' addresses that are unreachable by now; return how many are new.

    Args:
        connection: with what was heard written to it.
        turned_away: contact → when the newest refusal of theirs came in.
        actor: who says so.
    """
    if not turned_away:
        return 0
    ids = pl.DataFrame({"contact_id": list(turned_away)}, schema={"contact_id": pl.Int64})
    query = (
        sa.select(
            message.c.contact_id, message.c.address_key, message.c.accepted_at, message.c.heard
        )
        .where(
            bulk.among(connection, [message.c.contact_id], ids), message.c.accepted_at.is_not(None)
        )
        .order_by(message.c.contact_id, message.c.address_key, message.c.accepted_at.desc())
    )
    ended = 0
    for (contact_id, key), rows in groupby(connection.execute(query), key=lambda row: row[:2]):
        if is_unreachable([(row.accepted_at, row.heard) for row in rows]):
            ended += suppress(
                connection, key, reason=SuppressionReason.UNREACHABLE, source=actor, actor=actor,
                now=turned_away[contact_id],
            )  # fmt: skip
    return ended

"""Why letters of a campaign were refused, and which of them may be tried again.

What is refused for good is not offered: the address is suppressed, or its mailbox does not exist.
To try it again would do the sender's name harm, and bring nobody a letter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import polars as pl
import sqlalchemy as sa

from campaigns.delivery.unsettled.settling import is_in
from campaigns.model.states import MessageState
from campaigns.store import bulk
from campaigns.store.suppressions import suppressed_among
from campaigns.store.tables import message

FAILED: bulk.Schema = {
    "message_id": pl.Int64, "key": pl.String, "error": pl.String,
}  # fmt: skip
_NO_SUCH_MAILBOX = re.compile(r"\b5\.1\.(0|1|2|3|6|10)\b")
"""RFC 3463: the address itself is bad. 5.1.7 and 5.1.8 are about the sender's."""
_UNTOLD = {"code": "transport.refused", "facts": {"reason": "?"}}


@dataclass(frozen=True, slots=True)
class Refusal:
    """What several refused letters have in common."""

    error: Mapping[str, Any]
    """Code and facts of ``campaigns.errors``."""
    messages: int
    for_good: bool


def refusals(connection: sa.Connection, campaign_id: int) -> list[Refusal]:
    """Return why letters were refused: what may be tried again first, then by how many."""
    failed = _failed(connection, campaign_id)
    counts = failed.group_by("error", "for_good").len("messages").iter_rows()
    merged: dict[tuple[str, bool], int] = defaultdict(int)
    for error, for_good, messages in counts:
        merged[_told(error), for_good] += messages
    found = [
        Refusal(orjson.loads(error), messages, for_good)
        for (error, for_good), messages in merged.items()
    ]
    return sorted(found, key=lambda one: (one.for_good, -one.messages))


def retryable(connection: sa.Connection, campaign_id: int) -> pl.DataFrame:
    """Return the messages that may be tried again, as a frame of their ids."""
    failed = _failed(connection, campaign_id)
    return failed.filter(~pl.col("for_good")).select("message_id")


def _failed(connection: sa.Connection, campaign_id: int) -> pl.DataFrame:
    query = sa.select(
        message.c.id, message.c.address_key,
        sa.cast(message.c.error, sa.Text),
    ).where(message.c.campaign_id == campaign_id, is_in(MessageState.FAILED))  # fmt: skip
    found = bulk.fetch_columns(connection, query, FAILED)
    suppressed = suppressed_among(connection, found["key"])
    gone = found["error"].fill_null("").str.contains(_NO_SUCH_MAILBOX.pattern)
    return found.with_columns(for_good=found["key"].is_in(list(suppressed)) | gone)


def _told(error: str | None) -> str:
    """Return an error without what differs from one letter to the next."""
    told = orjson.loads(error) if error else None
    kept = {name: told[name] for name in ("code", "facts")} if told else _UNTOLD
    return orjson.dumps(kept, option=orjson.OPT_SORT_KEYS).decode()

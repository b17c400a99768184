"""Orders and conversations that came before their customer, and whose they are now.

They keep the keys under which they were told. Whoever has these keys owns them, so a sheet of
contacts may give them an owner, or another one.
"""

from __future__ import annotations

from datetime import datetime

import polars as pl
import sqlalchemy as sa

from campaigns.sheets.storing.before import keep_before
from campaigns.store import bulk, rollups, snapshots
from campaigns.store.owners import WHO, owners
from campaigns.store.tables import conversation
from campaigns.store.workspace import Workspace

_TOLD = {"id": pl.Int64, **dict.fromkeys(WHO, pl.String)}


def owned_orders(workspace: Workspace, connection: sa.Connection) -> pl.DataFrame:
    """Return the keys of orders that came before their customer, with the ``owner`` they have."""
    lines = snapshots.stored_lines(workspace, connection)
    strangers = lines.filter(pl.col("contact_id").is_null()).select(WHO).unique().collect()
    found = owners(connection, strangers)
    return strangers.join(found, on=WHO, how="left", nulls_equal=True) if found.height else (
        strangers.with_columns(owner=pl.lit(None, pl.Int64))
    )  # fmt: skip


def sum_up_moved(
    workspace: Workspace, connection: sa.Connection, before: pl.DataFrame, now: pl.DataFrame
) -> None:
    """Sum up again what contacts bought whose orders had another owner ``before``."""
    pairs = before.join(now, on=WHO, how="inner", nulls_equal=True, suffix=" now")
    moved = pairs.filter(pl.col("owner").ne_missing(pl.col("owner now")))
    ids = pl.concat([moved["owner"], moved["owner now"]]).drop_nulls().unique()
    rollups.recompute(workspace, connection, ids)


def claim_conversations(
    workspace: Workspace, connection: sa.Connection, upload_id: int, now: datetime
) -> None:
    """Give the conversations of strangers to the contacts who have arrived."""
    query = sa.select(conversation.c.id, *(conversation.c[name] for name in WHO))
    told = bulk.fetch(connection, query.where(conversation.c.contact_id.is_(None)), _TOLD)
    if told.is_empty():
        return
    found = owners(connection, told.select(WHO).unique())
    claimed = told.join(found, on=WHO, nulls_equal=True).select("id", contact_id="owner")
    keep_before(workspace, connection, conversation, claimed["id"], upload_id, now)
    bulk.update(connection, conversation, claimed)

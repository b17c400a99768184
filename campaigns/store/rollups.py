"""What the orders of a contact add up to, kept in SQL so that a segment needs no scan."""

from __future__ import annotations

from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.store.options import read_brand
from campaigns.store.snapshots import orders_in
from campaigns.store.tables import rollup
from campaigns.store.workspace import Workspace

CANCELLED = "cancelled"
CHUNK = 5_000


def recompute(workspace: Workspace, connection: sa.Connection, contact_ids: list[int]) -> int:
    """Rebuild the rollups of these contacts from their orders; return how many have any.

    Cancelled and returned orders count nowhere. Lines with a negative amount lower the revenue but
    are no order of their own. All lines are in the shop's one currency.
    """
    if not contact_ids:
        return 0
    wanted = pl.LazyFrame({"contact_id": contact_ids}, schema={"contact_id": pl.Int64}).unique()
    lines = orders_in(workspace, connection).join(wanted, on="contact_id", how="semi").collect()
    sums = sums_of(lines)
    for start in range(0, len(contact_ids), CHUNK):
        chunk = contact_ids[start : start + CHUNK]
        connection.execute(rollup.delete().where(rollup.c.contact_id.in_(chunk)))
    currency = read_brand(connection).currency
    rows: list[dict[str, Any]] = [{**row, "currency": currency} for row in sums.to_dicts()]
    if rows:
        connection.execute(rollup.insert(), rows)
    return len(rows)


def sums_of(lines: pl.DataFrame) -> pl.DataFrame:
    """Return one row a contact: orders, revenue, first and last order, gap in days, last product."""
    counted = lines.lazy().filter(pl.col("status").ne_missing(CANCELLED))
    sums = counted.group_by("contact_id").agg(
        pl.col("order_id").filter(pl.col("amount_minor") >= 0).n_unique().alias("orders"),
        pl.col("amount_minor").sum().alias("revenue_minor"),
        pl.col("ordered_at").min().alias("first_order_at"),
        pl.col("ordered_at").max().alias("last_order_at"),
        pl.col("ordered_at").dt.date().unique().sort().diff().dt.total_days().median()
        .alias("median_gap_days"),
        pl.col("product").filter(pl.col("product").is_not_null())
        .sort_by(pl.col("ordered_at").filter(pl.col("product").is_not_null())).last()
        .alias("last_product"),
    )  # fmt: skip
    return sums.sort("contact_id").collect()

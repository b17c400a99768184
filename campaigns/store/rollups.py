"""What the orders of a contact add up to, kept in SQL so that a segment needs no scan.

* ``cancelled`` lines count nowhere: they are no order, no revenue and no visit.
* Lines with a negative amount (``returned``) lower the revenue and are no order of their own.
* All amounts are in the shop's one currency.
"""

from __future__ import annotations

import polars as pl
import sqlalchemy as sa

from campaigns.store import bulk
from campaigns.store.options import read_brand
from campaigns.store.snapshots import orders_in
from campaigns.store.tables import rollup
from campaigns.store.workspace import Workspace

CANCELLED = "cancelled"
RETURNED = "returned"
_SUMMED = ("contact_id", "order_id", "ordered_at", "amount_minor", "product", "status")


def recompute(
    workspace: Workspace, connection: sa.Connection, contact_ids: list[int] | pl.Series
) -> int:
    """Rebuild the rollups of these contacts from their orders; return how many have any."""
    wanted = pl.DataFrame({"contact_id": pl.Series(contact_ids, dtype=pl.Int64)}).unique()
    if wanted.is_empty():
        return 0
    lines = orders_in(workspace, connection).select(_SUMMED)
    mine = lines.join(wanted.lazy(), on="contact_id", how="semi").collect(engine="streaming")
    sums = sums_of(mine)
    known = bulk.fetch(connection, sa.select(rollup.c.contact_id), {"contact_id": pl.Int64})
    bulk.delete(connection, rollup, known.join(wanted, on="contact_id", how="semi"))
    bulk.insert(connection, rollup, sums, currency=read_brand(connection).currency)
    return sums.height


def sums_of(lines: pl.DataFrame) -> pl.DataFrame:
    """Return one row a contact: orders, revenue, first and last order, gap in days, last product.

    Args:
        lines: order lines with contact_id, order_id, ordered_at, amount_minor, product and status.
    """
    counted = lines.filter(pl.col("status").ne_missing(CANCELLED))
    sums = counted.group_by("contact_id").agg(
        pl.col("amount_minor").sum().alias("revenue_minor"),
        pl.col("ordered_at").min().alias("first_order_at"),
        pl.col("ordered_at").max().alias("last_order_at"),
    )
    told = [_orders(counted), _gaps(counted), _last_products(counted)]
    for each in told:
        sums = sums.join(each, on="contact_id", how="left")
    ordered = sums.with_columns(pl.col("orders").fill_null(0).cast(pl.Int64)).sort("contact_id")
    return ordered.select(
        "contact_id", "orders", "revenue_minor", "first_order_at", "last_order_at",
        "median_gap_days", "last_product",
    )  # fmt: skip


def _orders(counted: pl.DataFrame) -> pl.DataFrame:
    sold = counted.lazy().filter(pl.col("amount_minor") >= 0)
    # Unique pairs of numbers are found three times as fast as distinct texts of each group.
    pairs = sold.select("contact_id", order=pl.col("order_id").hash()).unique()
    return pairs.group_by("contact_id").agg(orders=pl.len()).collect()


def _gaps(counted: pl.DataFrame) -> pl.DataFrame:
    """Median of the days between one day with an order and the next."""
    day = pl.col("ordered_at").dt.date().cast(pl.Int32).alias("day")
    days = counted.lazy().select("contact_id", day).unique().sort("contact_id", "day")
    same = pl.col("contact_id") == pl.col("contact_id").shift(1)
    gaps = days.with_columns(pl.when(same).then(pl.col("day").diff()).alias("gap"))
    return gaps.group_by("contact_id").agg(median_gap_days=pl.col("gap").median()).collect()


def _last_products(counted: pl.DataFrame) -> pl.DataFrame:
    """The product of the newest line that names one; of several at that moment always the same."""
    named = counted.lazy().filter(pl.col("product").is_not_null())
    newest = pl.col("ordered_at") == pl.col("ordered_at").max().over("contact_id")
    lines = named.select("contact_id", "ordered_at", "product").filter(newest)
    return lines.group_by("contact_id").agg(last_product=pl.col("product").max()).collect()

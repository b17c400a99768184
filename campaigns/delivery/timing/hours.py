"""The hour at which each customer reads (practice 50).

Counted are hours in which a person opened, clicked or bought. One who did so seldom tells little,
so their hours are shrunk to everybody's: (n · p_personal + 20 · p_audience) / (n + 20), and with
fewer than five of them everybody's alone count (methods: send time). Nobody's at all: ten o'clock,
or the open hour next to it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import polars as pl
import sqlalchemy as sa

from campaigns.model.states import EventKind
from campaigns.store import bulk
from campaigns.store.tables import event, message

WEIGHT = 20
"""Observations that everybody's habits count as."""
ENOUGH = 5
"""Observations of one customer below which they tell nothing."""
MEMORY = timedelta(days=365)
DEFAULT_HOUR = 10
SEEN: bulk.Schema = {"contact_id": pl.Int64, "second": pl.Int64}
READ = (EventKind.OPENED, EventKind.CLICKED)


def history(
    connection: sa.Connection,
    people: pl.DataFrame,
    orders: Callable[[], pl.LazyFrame] | None,
    *,
    now: datetime,
) -> pl.DataFrame:
    """Return ``contact_id``, local ``hour`` and ``count`` of what people (contact_id, zone) did."""
    since = now - MEMORY
    seen = bulk.fetch_columns(connection, _reads(connection, since), SEEN)
    local = seen.join(people.select("contact_id", "zone"), on="contact_id").with_columns(
        pl.from_epoch("second").dt.replace_time_zone("UTC").alias("at")
    )
    parts = [_of_orders(orders(), people, since)] if orders else []
    for (zone,), rows in local.group_by("zone", maintain_order=True):
        hour = rows["at"].dt.convert_time_zone(str(zone)).dt.hour().cast(pl.Int64)
        parts.append(rows.select("contact_id", hour=hour))
    known = pl.concat([pl.DataFrame(schema={"contact_id": pl.Int64, "hour": pl.Int64}), *parts])
    return known.group_by("contact_id", "hour").agg(pl.len().cast(pl.Int64).alias("count"))


def best_hours(people: pl.DataFrame, history: pl.DataFrame, allowed: pl.DataFrame) -> pl.DataFrame:
    """Return ``contact_id`` and the best ``hour``, null where none is allowed.

    Args:
        people: contact_id and zone.
        history: contact_id, hour and count.
        allowed: each zone with each of its hours to choose from.

    >>> people = pl.DataFrame({"contact_id": [1, 2], "zone": ["UTC", "UTC"]})
    >>> did = pl.DataFrame({"contact_id": [1, 2], "hour": [18, 12], "count": [6, 4]})
    >>> hours = pl.DataFrame({"zone": ["UTC"] * 2, "hour": [12, 18]})
    >>> best_hours(people, did, hours)["hour"].to_list()
    [18, 18]
    """
    total = history["count"].sum()
    everybody = history.group_by("hour").agg((pl.col("count").sum() / max(total, 1)).alias("share"))
    shares = allowed.join(everybody, on="hour", how="left").with_columns(
        pl.col("share").fill_null(0.0)
    )
    usual = _first(shares, by="zone", score="share", near=DEFAULT_HOUR)
    several = history.with_columns(pl.col("count").sum().over("contact_id").alias("n")).filter(
        pl.col("n") >= ENOUGH
    )
    # An hour at which a customer never did anything scores best where everybody's is the best.
    own = several.join(people, on="contact_id").join(shares, on=["zone", "hour"])
    theirs = pl.concat([
        own.select("contact_id", "hour", "count", "share"),
        several.select("contact_id").unique().join(people, on="contact_id")
        .join(usual, on="zone").select("contact_id", "hour", pl.lit(0, pl.Int64).alias("count"), "share"),
    ])  # fmt: skip
    # n + 20 is the same for all hours of a customer.
    scored = theirs.with_columns(score=pl.col("count") + WEIGHT * pl.col("share"))
    personal = _first(scored, by="contact_id", score="score", near=None)
    return (
        people.join(usual.select("zone", usual="hour"), on="zone", how="left")
        .join(personal.select("contact_id", "hour"), on="contact_id", how="left")
        .select("contact_id", pl.coalesce("hour", "usual").alias("hour"))
    )


def _first(rows: pl.DataFrame, *, by: str, score: str, near: int | None) -> pl.DataFrame:
    """Return the row of the best score of each ``by``; of equal ones the hour next to ``near``."""
    far = (pl.col("hour") - near).abs() if near is not None else pl.col("hour")
    ordered = rows.sort(score, far, "hour", descending=[True, False, False])
    return ordered.unique(by, keep="first", maintain_order=True)


def _reads(connection: sa.Connection, since: datetime) -> sa.Select[tuple[int, int]]:
    if connection.dialect.name == "postgresql":
        second = sa.cast(sa.func.extract("epoch", event.c.at), sa.BigInteger)
    else:
        second = sa.cast(sa.func.strftime("%s", event.c.at), sa.BigInteger)
    return (
        sa.select(message.c.contact_id, second)
        .select_from(event)
        .join(message, message.c.id == event.c.message_id)
        .where(event.c.kind.in_(READ), event.c.machine.is_(None), event.c.at >= since)
    )


def _of_orders(lines: pl.LazyFrame, people: pl.DataFrame, since: datetime) -> pl.DataFrame:
    """Return contact_id and hour of orders. Sheets write the shop's local time, and it is kept as
    written; midnight is a day without a time.
    """
    at = pl.col("ordered_at")
    once = (
        lines.filter(at >= since, at.dt.time() != pl.time(0))
        .select("contact_id", "order_id", "ordered_at")
        .unique()
        .select("contact_id", hour=at.dt.hour().cast(pl.Int64))
        .collect()
    )
    return once.join(people.select("contact_id"), on="contact_id", how="semi")

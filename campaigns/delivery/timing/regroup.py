"""Putting messages that wait into batches of one hour each, when the best hour is chosen late.

Usually planning does so. A marketer may decide for the best hour after the approval, too; who gets
which letter stays as it was approved, only the batches are cut anew.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.delivery.timing import hours, zones
from campaigns.delivery.timing.leaving import binding
from campaigns.model.states import BatchState
from campaigns.store import bulk
from campaigns.store.options import read_brand
from campaigns.store.tables import attempt, batch, message

GROUP = ("language", "text", "design", "zone", "hour")
WAITING: bulk.Schema = {
    "id": pl.Int64, "contact_id": pl.Int64, "language": pl.String, "text": pl.Int64,
    "design": pl.String, "zone": pl.String,
}  # fmt: skip


def by_hour(
    connection: sa.Connection,
    row: sa.Row[Any],
    *,
    batch_size: int,
    now: datetime,
    orders: zones.Orders,
) -> None:
    """Cut the batches of a campaign by the hour that suits each reader best.

    Only those are cut of which nothing was ever asked; the others keep their hour.
    """
    untouched = _untouched(connection, row.id)
    if not untouched:
        return
    waiting = bulk.fetch_columns(connection, _messages(untouched), WAITING)
    shop = read_brand(connection).local_zone
    people = waiting.select("contact_id", zone=pl.col("zone").replace("", shop))
    may = zones.departures(people["zone"].unique(), binding(row), now)
    best = hours.best_hours(people, hours.history(connection, people, orders, now=now), may)
    told = waiting.join(best, on="contact_id", how="left", maintain_order="left")
    part = (pl.int_range(pl.len()).over(GROUP) // batch_size).alias("part")
    cut = told.with_columns(part)
    parts = cut.group_by(*GROUP, "part", maintain_order=True).len("size")
    parts = parts.with_columns(bulk.new_ids(connection, batch, parts.height).alias("batch_id"))
    bulk.insert(
        connection, batch, parts.select(*GROUP, "size", id="batch_id"), campaign_id=row.id,
        state=BatchState.READY,
    )  # fmt: skip
    moved = cut.join(parts, on=[*GROUP, "part"], nulls_equal=True, maintain_order="left")
    bulk.update(connection, message, moved.select("id", "batch_id"))
    connection.execute(sa.delete(batch).where(batch.c.id.in_(untouched)))


def _untouched(connection: sa.Connection, campaign_id: int) -> list[int]:
    """Return the batches without an hour of which no request was ever made."""
    asked = sa.exists().where(attempt.c.batch_id == batch.c.id)
    query = (
        sa.select(batch.c.id)
        .where(
            batch.c.campaign_id == campaign_id, batch.c.state == BatchState.READY,
            batch.c.hour.is_(None), batch.c.accepted + batch.c.failed + batch.c.unknown == 0,
            ~asked,
        )
        .order_by(batch.c.id)
        .with_for_update()
    )  # fmt: skip
    return list(connection.execute(query).scalars())


def _messages(batch_ids: list[int]) -> sa.Select[Any]:
    return (
        sa.select(
            message.c.id, message.c.contact_id, message.c.language, message.c.text,
            message.c.design, batch.c.zone,
        )
        .join(batch, batch.c.id == message.c.batch_id)
        .where(batch.c.id.in_(batch_ids))
        .order_by(message.c.id)
    )  # fmt: skip

"""Rows that are known by a key: those that are new, and those that say something new."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.sheets.cleaning.row_frame import CleanRows
from campaigns.sheets.storing.before import keep_before, keep_created, keep_repeated
from campaigns.sheets.storing.changes import Changes
from campaigns.store import bulk
from campaigns.store.tables import Utc
from campaigns.store.workspace import Workspace

ATTRIBUTES = "attributes"
MANY_KEYS = 20_000
"""From here on all rows are read at once."""
_MOMENT = pl.Datetime("us", "UTC")
_WRITTEN = "%Y-%m-%d %H:%M:%S%.f"


@dataclass(frozen=True, slots=True)
class News:
    """What a sheet tells beside what is stored."""

    new: pl.DataFrame
    changed: pl.DataFrame
    """Stored rows as they are to be, with ``id``."""
    same: pl.Series
    """The ids of the stored rows of which nothing new is told."""


def known(
    connection: sa.Connection, table: sa.Table, names: list[str], keys: pl.Series
) -> pl.DataFrame:
    """Return ``id`` and columns of the rows of ``table`` that have one of the keys; JSON is text."""
    moments = [name for name in names if isinstance(table.c[name].type, Utc)]
    others = [table.c.id, *(table.c[name] for name in names if name not in moments)]
    columns, schema = bulk.as_stored(connection, others)
    of_database = connection.dialect.name == "postgresql"
    kinds = {**schema, **dict.fromkeys(moments, _MOMENT if of_database else pl.String)}
    query = sa.select(*columns, *(table.c[name] for name in moments))
    if len(keys) <= MANY_KEYS:
        wanted = keys.unique().alias("key").to_frame()
        query = query.where(bulk.among(connection, [table.c.key], wanted))
    found = bulk.fetch(connection, query, kinds)
    return found.with_columns(
        pl.col(name).str.to_datetime(_WRITTEN, time_unit="us", time_zone="UTC")
        for name in moments
        if not of_database
    )


def newest(rows: pl.DataFrame) -> pl.DataFrame:
    """Return one row a key, in the order of their first: the newest of what rows say of it."""
    if not rows["key"].is_duplicated().any():
        return rows
    others = [name for name in rows.columns if name not in ("key", ATTRIBUTES)]
    merged = rows.group_by("key", maintain_order=True).agg(
        *(pl.col(name).drop_nulls().last() for name in others), pl.col(ATTRIBUTES).drop_nulls()
    )
    joined = [_joined(texts) for texts in merged[ATTRIBUTES].to_list()]
    return merged.with_columns(pl.Series(ATTRIBUTES, joined, dtype=pl.String)).select(rows.columns)


def news(new: pl.DataFrame, told: pl.DataFrame, stored: pl.DataFrame) -> News:
    """Return ``new`` rows with what ``told`` adds to the stored ones, as in :func:`changed`."""
    again = changed(told, stored)
    mine = stored.join(told, on="key", how="semi").join(again, on="id", how="anti")
    return News(new, again, mine["id"])


def changed(told: pl.DataFrame, stored: pl.DataFrame) -> pl.DataFrame:
    """Return the stored rows to which ``told`` adds something, as they are to be, with ``id``.

    Args:
        told: one row a key; null means: nothing is said about it.
        stored: what :func:`known` returned, with columns of the same names and kinds.
    """
    names = [name for name in told.columns if name != "key"]
    both = stored.join(told, on="key", suffix=" told", maintain_order="left")
    pairs = both.select(ATTRIBUTES, f"{ATTRIBUTES} told").iter_rows()
    attributes = [_added(old, new) for old, new in pairs]
    fresh = both.with_columns(
        *(pl.coalesce(f"{name} told", name).alias(f"{name} told") for name in names),
    ).with_columns(pl.Series(f"{ATTRIBUTES} told", attributes, dtype=pl.String))
    other = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name} told")) for name in names)
    return fresh.filter(other).select(
        "id", "key", *(pl.col(f"{name} told").alias(name) for name in names)
    )


def write(
    workspace: Workspace,
    connection: sa.Connection,
    table: sa.Table,
    news: News,
    *,
    upload_id: int,
    now: datetime,
    created: dict[str, Any],
    updated: dict[str, Any],
) -> None:
    """Insert what is new and update what is changed, so that an undo can take it back."""
    new, again = news.new, news.changed
    ids = bulk.new_ids(connection, table, new.height)
    filled = new.with_columns(ids.alias("id"), pl.col(ATTRIBUTES).fill_null("{}"))
    bulk.insert(connection, table, filled, **created)
    keep_created(workspace, connection, table, ids, upload_id, now)
    keep_before(workspace, connection, table, again["id"], upload_id, now)
    bulk.update(connection, table, again.drop("key"), **updated)
    keep_repeated(workspace, connection, table, news.same, upload_id, now)


def _joined(texts: list[str]) -> str | None:
    """One JSON object of several; what a later one says of a heading wins."""
    if len(texts) < 2:
        return texts[0] if texts else None
    found: dict[str, Any] = {}
    for text in texts:
        found |= json.loads(text)
    return json.dumps(found, ensure_ascii=False)


def _added(old: str, new: str | None) -> str:
    """The old object with what the new one says; the old text when that is nothing new."""
    before = json.loads(old)
    after = before | json.loads(new or "{}")
    return old if after == before else json.dumps(after, ensure_ascii=False)


def changes_of(clean: CleanRows, new: pl.DataFrame, again: pl.DataFrame) -> Changes:
    """Return what the rows of a sheet come to, counted."""
    return Changes(
        new=new.height,
        changed=again.height,
        unchanged=clean.frame.height - new.height - again.height,
        refused=len(clean.refused),
        reasons=dict(Counter(each.reason for each in clean.refused)),
        notes=clean.notes,
    )

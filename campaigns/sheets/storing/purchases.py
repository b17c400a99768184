"""Order lines into the store: which are new, which say something new of a known line, whose they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.model.language import Language
from campaigns.sheets.cleaning.purchases import purchases
from campaigns.sheets.storing.outcome import Outcome
from campaigns.sheets.understanding.fields import Mapping
from campaigns.sheets.understanding.recognise import ROW, Table
from campaigns.store import rates, rollups, snapshots
from campaigns.store.options import Brand
from campaigns.store.owners import WHO, owners
from campaigns.store.workspace import Workspace

_NEWS = ("paid", "paid in", "discount_minor", "quantity", "status")
"""What two lines of the same key must share to be the same news: what was paid, not what it was
worth at the rate of the day it was taken in."""


def store_purchases(
    workspace: Workspace,
    connection: sa.Connection,
    sheet: Table,
    mapping: Mapping,
    found: sa.Row[Any],
    brand: Brand,
    now: datetime,
) -> Outcome:
    """Write the order lines of a sheet that are new or say something new, and sum up again."""
    known_rates = rates.known_rates(connection, brand.currency)
    language = Language(brand.default_language)
    clean = purchases(sheet, mapping, brand.currency, known_rates, language)
    lines = _with_owners(connection, clean.lines).with_columns(
        pl.lit(found.id, pl.Int64).alias("upload_id"),
        pl.col(ROW).cast(pl.Int64).alias("row_number"),
    )
    stored = snapshots.stored_lines(workspace, connection)
    new, changed = _news(lines, stored)
    for kind, part in ((snapshots.NEW, new), (snapshots.CHANGED, changed)):
        if part.height:
            snapshots.commit(workspace, connection, part, kind=kind, upload_id=found.id, now=now)
    touched = pl.concat([new["contact_id"], changed["contact_id"]]).drop_nulls().unique()
    rollups.recompute(workspace, connection, touched)
    merged = clean.repeated + lines.height - new.height
    return Outcome(new.height, merged, clean.refused, clean.notes)


def _with_owners(connection: sa.Connection, lines: pl.DataFrame) -> pl.DataFrame:
    found = owners(connection, lines.select(WHO).unique())
    used = [name for name in WHO if lines[name].null_count() < lines.height]
    if found.is_empty() or not used:
        return lines.with_columns(contact_id=pl.lit(None, pl.Int64))
    told = found.select(*used, contact_id="owner")
    return lines.join(told, on=used, how="left", nulls_equal=True, maintain_order="left")


def _news(lines: pl.DataFrame, stored: pl.LazyFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the lines that are new, and those whose key is known but which say something else."""
    if stored.select(pl.len()).collect().item() == 0:
        return lines, lines.clear()
    key = list(snapshots.KEY)
    told = _under_known_keys(lines, stored)
    known = (
        _comparable(stored)
        .join(told.lazy().select(key), on=key, how="semi", nulls_equal=True)
        .select(*key, *_NEWS)
        .collect()
    )
    new = told.join(known, on=key, how="anti", nulls_equal=True, maintain_order="left")
    again = told.join(known, on=key, how="semi", nulls_equal=True, maintain_order="left")
    said = _comparable(again.lazy()).collect()
    changed = said.join(known, on=[*key, *_NEWS], how="anti", nulls_equal=True)
    return new, changed.select(lines.columns)


def _comparable(lines: pl.LazyFrame) -> pl.LazyFrame:
    return lines.with_columns(
        pl.coalesce("paid_minor", "amount_minor").alias("paid"),
        pl.coalesce("paid_currency", "currency").alias("paid in"),
    )


def _under_known_keys(lines: pl.DataFrame, stored: pl.LazyFrame) -> pl.DataFrame:
    """Return the lines, those that are stored under another key of their contact under that one:
    told by the address in one sheet, by the customer number in the next, an order stays one.
    """
    key, twin = list(snapshots.KEY), list(snapshots.TWIN)
    strangers = (
        lines.lazy().select(key).join(stored.select(key), on=key, how="anti", nulls_equal=True)
    )
    fresh = lines.lazy().join(strangers, on=key, how="semi", nulls_equal=True)
    mine = fresh.filter(pl.col("contact_id").is_not_null()).select(twin)
    elsewhere = stored.join(mine, on=twin, how="semi", nulls_equal=True)
    known = (
        elsewhere.select(*twin, *(pl.col(name).alias(f"known {name}") for name in WHO))
        .unique(twin, keep="last", maintain_order=True)
        .collect()
    )
    if known.is_empty():
        return lines
    joined = lines.join(
        known.with_columns(pl.lit(value=True).alias("is known")), on=twin, how="left",
        nulls_equal=True, maintain_order="left",
    )  # fmt: skip
    return joined.with_columns(
        pl.when("is known").then(f"known {name}").otherwise(name).alias(name) for name in WHO
    ).select(lines.columns)

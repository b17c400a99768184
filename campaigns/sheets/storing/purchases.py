"""Order lines into the store: which are new, which say something new of a known line, whose they are."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.sheets.cleaning.purchases import Purchases
from campaigns.sheets.storing.changes import Changes
from campaigns.sheets.storing.outcome import Outcome
from campaigns.sheets.understanding.recognise import ROW
from campaigns.store import rollups, snapshots
from campaigns.store.owners import WHO, owners
from campaigns.store.workspace import Workspace

UNKNOWN_CUSTOMER = "customer_unknown"
"""A note: whose the row is will show when a sheet tells of the customer."""
_NEWS = ("paid", "paid in", "discount_minor", "quantity", "status")
"""What two lines of the same key must share to be the same news: what was paid, not what it was
worth at the rate of the day it was taken in."""


def store_purchases(
    workspace: Workspace,
    connection: sa.Connection,
    clean: Purchases,
    found: sa.Row[Any],
    *,
    now: datetime,
) -> Outcome:
    """Write the order lines of a sheet that are new or say something new, and sum up again."""
    new, changed, repeated = _news(workspace, connection, clean)
    for kind, part in ((snapshots.NEW, new), (snapshots.CHANGED, changed)):
        if part.height:
            told = part.with_columns(upload_id=pl.lit(found.id, pl.Int64))
            snapshots.commit(workspace, connection, told, kind=kind, upload_id=found.id, now=now)
    if repeated.len():
        snapshots.commit_file(
            workspace, connection, repeated.to_frame("upload_id"), kind=snapshots.REPEATED,
            upload_id=found.id, now=now,
        )  # fmt: skip
    touched = pl.concat([new["contact_id"], changed["contact_id"]]).drop_nulls().unique()
    rollups.recompute(workspace, connection, touched)
    merged = clean.repeated + clean.lines.height - new.height
    changes = _changes(clean, new, changed)
    return Outcome(new.height, merged, clean.refused, changes.notes, changes)


def rehearse_purchases(
    connection: sa.Connection, workspace: Workspace, clean: Purchases
) -> Changes:
    """Return what storing the sheet would change."""
    new, changed, _ = _news(workspace, connection, clean)
    return _changes(clean, new, changed)


def repeated_uploads(
    workspace: Workspace, connection: sa.Connection, upload_id: int
) -> frozenset[int]:
    """Return the uploads that had brought the order lines which this one told of again."""
    paths = snapshots.files_of(workspace, connection, upload_id, snapshots.REPEATED)
    files = [pl.read_parquet(path)["upload_id"] for path in paths]
    return frozenset(number for file in files for number in file)


def take_back_purchases(workspace: Workspace, connection: sa.Connection, upload_id: int) -> None:
    """Withdraw the order lines of an upload and sum up again; lines that they replaced count again."""
    mine = snapshots.lines_of(workspace, connection, upload_id)
    owned = _with_owners(connection, mine.drop("contact_id")).select("contact_id")
    touched = pl.concat([mine.select("contact_id"), owned])["contact_id"].drop_nulls().unique()
    snapshots.withdraw(connection, upload_id, (snapshots.NEW, snapshots.CHANGED))
    rollups.recompute(workspace, connection, touched)


def _changes(clean: Purchases, new: pl.DataFrame, changed: pl.DataFrame) -> Changes:
    strangers = new["contact_id"].null_count()
    notes = {**clean.notes, **({UNKNOWN_CUSTOMER: strangers} if strangers else {})}
    unchanged = clean.repeated + clean.lines.height - new.height - changed.height
    return Changes(
        new=new.height, changed=changed.height, unchanged=unchanged, refused=len(clean.refused),
        reasons=dict(Counter(each.reason for each in clean.refused)), notes=notes,
    )  # fmt: skip


def _with_owners(connection: sa.Connection, lines: pl.DataFrame) -> pl.DataFrame:
    used = [name for name in WHO if lines[name].null_count() < lines.height]
    if not used:
        return lines.with_columns(contact_id=pl.lit(None, pl.Int64))
    nothing = [pl.lit(None, pl.String).alias(name) for name in WHO if name not in used]
    told = lines.select(used).unique().with_columns(nothing).select(WHO)
    found = owners(connection, told).select(*used, contact_id="owner")
    if found.is_empty():
        return lines.with_columns(contact_id=pl.lit(None, pl.Int64))
    keys = lines.select(used)  # joined alone: the other columns need not be copied
    owned = keys.join(found, on=used, how="left", nulls_equal=True, maintain_order="left")
    return lines.with_columns(owned["contact_id"])


def _news(
    workspace: Workspace, connection: sa.Connection, clean: Purchases
) -> tuple[pl.DataFrame, pl.DataFrame, pl.Series]:
    """Return the lines that are new, those whose key is known but which say something else, and the
    uploads that had brought what these and the rest repeat.
    """
    lines = _with_owners(connection, clean.lines).rename({ROW: "row_number"})
    stored = snapshots.stored_lines(workspace, connection)
    if stored.select(pl.len()).collect().item() == 0:
        return lines, lines.clear(), pl.Series(dtype=pl.Int64)
    key = list(snapshots.KEY)
    told = _under_known_keys(lines, stored)
    known = (
        _comparable(stored)
        .join(told.lazy().select(key), on=key, how="semi", nulls_equal=True)
        .select(*key, *_NEWS, "upload_id")
        .collect()
    )
    new = told.join(known, on=key, how="anti", nulls_equal=True, maintain_order="left")
    again = told.join(known, on=key, how="semi", nulls_equal=True, maintain_order="left")
    said = _comparable(again.lazy()).collect()
    changed = said.join(known, on=[*key, *_NEWS], how="anti", nulls_equal=True)
    return new, changed.select(lines.columns), known["upload_id"].drop_nulls().unique()


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

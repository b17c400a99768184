"""Addresses that a sheet says must not be written to, and how the sheet is taken back.

What a person says (unsubscribes, complains, bounces) outranks what a sheet says: it takes the
row over (``store.suppressions.suppress``), and taking the sheet back leaves it. An address that
another sheet names as well stays on the list, under that sheet.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.sheets.cleaning.row_frame import CleanRows
from campaigns.sheets.storing.changes import Changes
from campaigns.sheets.storing.outcome import Outcome
from campaigns.sheets.storing.upsert import changes_of
from campaigns.store import bulk
from campaigns.store.journal import record
from campaigns.store.snapshots import COMMITTED, commit_file, withdraw
from campaigns.store.suppressions import FROM_SHEET
from campaigns.store.tables import snapshot, suppression
from campaigns.store.workspace import Workspace

TOLD = "suppressed"
"""Kind of the file that keeps which addresses a sheet named, those on the list before included."""
_KEPT: dict[str, pl.DataType | type[pl.DataType]] = {
    "address_hash": pl.String, "reason": pl.String, "at": pl.Datetime("us", "UTC"),
}  # fmt: skip


def store_suppressions(
    workspace: Workspace,
    connection: sa.Connection,
    clean: CleanRows,
    found: sa.Row[Any],
    *,
    actor: str,
    now: datetime,
) -> Outcome:
    """Put the addresses of a sheet on the list; who is on it already stays as he is."""
    told, new = _news(connection, clean)
    dated = told.select(
        "address_hash", "reason", pl.col("at").cast(_KEPT["at"]).fill_null(found.received_at)
    )
    if told.height:
        commit_file(workspace, connection, dated, kind=TOLD, upload_id=found.id, now=now)
        record(connection, actor=actor, verb="suppress.import", subject=f"upload:{found.id}", now=now,
               addresses=new.height)  # fmt: skip
    mine = dated.join(new.select("address_hash"), on="address_hash", how="semi")
    bulk.insert(connection, suppression, mine, source=f"{FROM_SHEET}{found.id}", actor=actor)
    merged = clean.frame.height - new.height
    return Outcome(
        new.height, merged, clean.refused, clean.notes, changes_of(clean, new, new.clear())
    )


def rehearse_suppressions(connection: sa.Connection, clean: CleanRows) -> Changes:
    """Return what storing the sheet would change."""
    _, new = _news(connection, clean)
    return changes_of(clean, new, new.clear())


def take_back_suppressions(workspace: Workspace, connection: sa.Connection, upload_id: int) -> None:
    """Take off the list what stands there by this sheet's word alone."""
    source = suppression.c.source == f"{FROM_SHEET}{upload_id}"
    here = bulk.fetch(
        connection, sa.select(suppression.c.address_hash).where(source), {"address_hash": pl.String}
    )
    others = _told_by_others(workspace, connection, upload_id)
    stays = here.join(
        others.unique("address_hash", keep="first", maintain_order=True), on="address_hash"
    )
    bulk.update(connection, suppression, stays)
    bulk.delete(connection, suppression, here.join(stays, on="address_hash", how="anti"))
    withdraw(connection, upload_id, (TOLD,))


def _news(connection: sa.Connection, clean: CleanRows) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The addresses of the sheet, each once with its newest word, and those not on the list yet."""
    told = clean.frame.group_by("address_hash", maintain_order=True).agg(
        pl.col("reason").last(), pl.col("at").drop_nulls().last()
    )
    query = sa.select(suppression.c.address_hash)
    listed = bulk.fetch(connection, query, {"address_hash": pl.String})
    return told, told.join(listed, on="address_hash", how="anti", maintain_order="left")


def _told_by_others(
    workspace: Workspace, connection: sa.Connection, upload_id: int
) -> pl.DataFrame:
    files = connection.execute(
        sa.select(snapshot.c.path, snapshot.c.upload_id)
        .where(
            snapshot.c.kind == TOLD, snapshot.c.state == COMMITTED,
            snapshot.c.upload_id != upload_id,
        )
        .order_by(snapshot.c.id)
    )  # fmt: skip
    frames = [
        pl.read_parquet(workspace.files.path(file.path)).with_columns(
            source=pl.lit(f"{FROM_SHEET}{file.upload_id}")
        )
        for file in files
    ]
    return pl.concat([pl.DataFrame(schema={**_KEPT, "source": pl.String}), *frames])

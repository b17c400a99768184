"""The end of an upload: its refused rows, and what its own row says of it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.model.states import UploadState
from campaigns.sheets.storing.outcome import Outcome
from campaigns.sheets.storing.rows import move_upload
from campaigns.sheets.understanding.recognise import ROW, Table
from campaigns.store import bulk
from campaigns.store.journal import record
from campaigns.store.tables import refusal


def finish(
    connection: sa.Connection,
    sheet: Table,
    found: sa.Row[Any],
    outcome: Outcome,
    *,
    quality: list[dict[str, Any]],
    actor: str,
    now: datetime,
) -> None:
    """Keep the refused rows as they stood, and count what became of all."""
    refused = outcome.refusals()
    _keep_refused(connection, sheet, refused, found.id)
    reasons = dict(refused.group_by("reason").len().sort("reason").iter_rows())
    numbers = {
        "stored": outcome.stored, "merged": outcome.merged, "refused": refused.height,
    }  # fmt: skip
    move_upload(
        connection, found.id, (UploadState.DONE,), UploadState.DONE, rows=sheet.rows.height,
        reasons=reasons, quality=quality, notes={**outcome.notes, **sheet.remarks}, finished_at=now,
        changes=outcome.changes.counts() if outcome.changes else {}, **numbers,
    )  # fmt: skip
    record(connection, actor=actor, verb="upload.store", subject=f"upload:{found.id}", now=now,
           **numbers)  # fmt: skip


def _keep_refused(
    connection: sa.Connection, sheet: Table, refused: pl.DataFrame, upload_id: int
) -> None:
    if refused.is_empty():
        return
    cells = sheet.rows.filter(pl.col(ROW).is_in(refused[ROW].cast(pl.UInt32).implode()))
    written = pl.DataFrame(
        {ROW: cells[ROW], "cells": [_written(row) for row in cells.drop(ROW).to_dicts()]},
        {ROW: pl.Int64, "cells": pl.String},
    )
    kept = refused.join(written, on=ROW, maintain_order="left").select(
        pl.col(ROW).alias("row_number"), "reason", pl.col("field").alias("column"), "cells"
    )
    bulk.insert(connection, refusal, kept, upload_id=upload_id)


def _written(cells: dict[str, str | None]) -> str:
    filled = {name: text for name, text in cells.items() if text is not None}
    return json.dumps(filled, ensure_ascii=False)

"""The way of a sheet that was looked at: confirmed, stored. What each step left is a row.

    (a person looks at the preview and corrects the mapping) → confirm → store_upload

A bad row never stops the others: it is kept with its reason, and comes back in the error book.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

import sqlalchemy as sa

from campaigns.errors import CampaignsError, ConflictError, InputError, NotFoundError
from campaigns.language.labels import label
from campaigns.model.language import Language
from campaigns.model.progress import CLEANING, STORING, Progress, untold
from campaigns.model.states import UploadState
from campaigns.sheets.arrival import naming
from campaigns.sheets.reading.grid import Grid, Marks, Options
from campaigns.sheets.reading.staging import read_stage, stage_file
from campaigns.sheets.storing import rows
from campaigns.sheets.storing.outcome import Outcome, store_people
from campaigns.sheets.storing.purchases import store_purchases
from campaigns.sheets.understanding.fields import Mapping, SheetKind, check
from campaigns.sheets.understanding.recognise import ROW, Table, guess, table
from campaigns.sheets.writing import book
from campaigns.store.journal import record
from campaigns.store.options import read_brand
from campaigns.store.work import ask
from campaigns.store.workspace import Workspace

PREVIEW_ROWS = 10
LOOKED_AT_ROWS = 200


@dataclass(frozen=True, slots=True)
class Preview:
    """What a sheet seems to be, for a person to confirm or correct."""

    upload_id: int
    file_id: int | None
    file_name: str
    sheet: str
    kind: SheetKind
    headings: list[str]
    mapping: Mapping
    evidence: dict[str, str]
    """For each heading why it is taken for what it is: ``heading``, ``values``, ``none``, ``remembered``."""
    rows: list[dict[str, str]]
    row_count: int
    remembered: bool
    marks: Marks


@dataclass(frozen=True, slots=True)
class UploadReport:
    """What became of one sheet. ``rows == stored + merged + refused`` once it is done."""

    upload: int
    file: str
    sheet: str
    kind: str
    state: str
    rows: int
    stored: int
    merged: int
    refused: int
    reasons: dict[str, int]
    notes: dict[str, int]
    """What was taken in, but not as the sheet says: ``consent_not_restored``, ``consent_unclear``."""
    error: dict[str, Any] | None
    received_at: datetime
    file_id: int | None


def preview(workspace: Workspace, upload_id: int, *, kind: SheetKind | None = None) -> Preview:
    """Return what the sheet seems to be; guessed anew when a person says it is of another kind.

    Raises:
        NotFoundError: there is no such upload.
    """
    found = _found(workspace, upload_id)
    sheet = _table(workspace, found, limit=LOOKED_AT_ROWS)
    mapping, evidence = Mapping.from_json(found.mapping), found.mapping["evidence"]
    if kind is not None and kind is not mapping.kind:
        guessed = guess(sheet, kind)
        mapping, evidence = guessed.mapping, guessed.evidence
    headings = found.mapping["headings"]
    shown = sheet.rows.head(PREVIEW_ROWS).to_dicts()
    return Preview(
        upload_id, found.file_id, found.file_name, found.sheet, mapping.kind, headings, mapping, evidence,
        [{name: row.get(name) or "" for name in headings} for row in shown],
        found.mapping["row_count"], found.mapping["remembered"], sheet.marks,
    )  # fmt: skip


def confirm(
    workspace: Workspace, upload_id: int, mapping: Mapping, *, actor: str, now: datetime
) -> None:
    """Take the mapping as a person's word, remember it, and ask for the sheet to be stored.

    Raises:
        InputError: the mapping does not fit the sheet.
        ConflictError: the sheet is stored, or about to be.
    """
    found = _found(workspace, upload_id)
    checked = check(mapping, found.mapping["headings"])
    ignored = checked.kind is SheetKind.IGNORE
    then = UploadState.DONE if ignored else UploadState.QUEUED
    with workspace.database.begin() as connection:
        rows.lock_intake(connection)
        moved = rows.move_upload(
            connection, upload_id, (UploadState.RECEIVED, UploadState.FAILED), then,
            kind=checked.kind, mapping={**found.mapping, **checked.to_json()}, error=None,
        )  # fmt: skip
        if not moved:
            raise _conflict(found, UploadState.RECEIVED)
        rows.remember(connection, found.shape, checked, actor=actor, now=now)
        record(connection, actor=actor, verb="upload.confirm", subject=f"upload:{upload_id}", now=now,
               kind=checked.kind)  # fmt: skip
        if not ignored:
            ask(connection, "store_upload", f"upload:{upload_id}", actor=actor, now=now,
                upload_id=upload_id)  # fmt: skip


def store_upload(
    workspace: Workspace, upload_id: int, *, actor: str, now: datetime, progress: Progress = untold
) -> UploadReport:
    """Take in a confirmed sheet: everything of it in one transaction, or nothing.

    A second call finds it done and returns the report; a call after a crash begins anew.

    Raises:
        InputError: the file cannot be read any more; the upload is marked as failed.
        ConflictError: nobody has confirmed the sheet yet.
    """
    if not _start(workspace, upload_id):
        return _settled(workspace, upload_id)
    found = _found(workspace, upload_id)
    try:
        sheet = _table(workspace, found)
    except CampaignsError as error:
        _fail(workspace, upload_id, error, now)
        raise
    progress(0, sheet.rows.height, stage=CLEANING)
    with workspace.database.begin() as connection:
        _store(workspace, connection, sheet, (upload_id, actor, now))
    progress(sheet.rows.height, sheet.rows.height, stage=STORING)
    return report(workspace, upload_id)


def report(workspace: Workspace, upload_id: int) -> UploadReport:
    """Return what became of an upload.

    Raises:
        NotFoundError: there is no such upload.
    """
    return _report(_found(workspace, upload_id))


def recent(workspace: Workspace, limit: int = 20) -> list[UploadReport]:
    """Return the newest uploads, newest first."""
    with workspace.database.read() as connection:
        return [_report(found) for found in rows.recent_uploads(connection, limit)]


def error_book(workspace: Workspace, upload_ids: list[int], language: Language) -> bytes:
    """Return a workbook of the refused rows as they stood, each with its problem in words.

    Corrected there and uploaded again, it imports: headings and cells are the sheet's own.
    """
    sheets = []
    for upload_id in upload_ids:
        found = _found(workspace, upload_id)
        with workspace.database.read() as connection:
            refused = rows.refusals(connection, upload_id)
        headings = found.mapping["headings"]
        if not refused and len(upload_ids) > 1:
            continue
        name = found.sheet or PurePath(found.file_name).stem
        sheets.append(
            book.Sheet(name, headings, [_returned(row, found, language) for row in refused])
        )
    return book.write(sheets, problem=label("sheet.problem", language))


def _returned(row: sa.Row[Any], found: sa.Row[Any], language: Language) -> book.Returned:
    reason = label(f"refusal.{row.reason}", language)
    place = Mapping.from_json(found.mapping).heading(row.column) if row.column else None
    return book.Returned(row.cells, f"{place} — {reason}" if place else reason, place)


def _start(workspace: Workspace, upload_id: int) -> bool:
    with workspace.database.begin() as connection:
        return rows.move_upload(
            connection, upload_id, (UploadState.QUEUED, UploadState.STORING), UploadState.STORING
        )


def _settled(workspace: Workspace, upload_id: int) -> UploadReport:
    """The report of an upload that is done already, be it by another process a moment ago."""
    found = _found(workspace, upload_id)
    if found.state != UploadState.DONE:
        raise _conflict(found, UploadState.QUEUED)
    return _report(found)


def _store(
    workspace: Workspace,
    connection: sa.Connection,
    sheet: Table,
    work: tuple[int, str, datetime],
) -> None:
    upload_id, actor, now = work
    rows.lock_intake(connection)
    if not rows.move_upload(connection, upload_id, (UploadState.STORING,), UploadState.DONE):
        return  # another process has stored it meanwhile
    found = rows.find_upload(connection, upload_id)
    assert found is not None  # noqa: S101 - it was moved one line above
    mapping = Mapping.from_json(found.mapping)
    brand = read_brand(connection)
    if mapping.kind is SheetKind.CONTACTS:
        outcome = store_people(workspace, connection, sheet, mapping, found, brand, actor, now)
    else:
        outcome = store_purchases(workspace, connection, sheet, mapping, found, brand, now)
    _finish(connection, sheet, found, outcome, actor, now)


def _finish(
    connection: sa.Connection,
    sheet: Table,
    found: sa.Row[Any],
    outcome: Outcome,
    actor: str,
    now: datetime,
) -> None:
    numbers = [refused.row for refused in outcome.refused]
    cells = {
        row[ROW]: {name: text for name, text in row.items() if name != ROW and text is not None}
        for row in sheet.rows.filter(sheet.rows[ROW].is_in(numbers)).to_dicts()
    }
    rows.store_refusals(
        connection,
        [
            {"upload_id": found.id, "row_number": each.row, "column": each.field,
             "reason": each.reason, "cells": cells[each.row]}
            for each in outcome.refused
        ],
    )  # fmt: skip
    reasons = dict(Counter(each.reason for each in outcome.refused))
    rows.move_upload(
        connection, found.id, (UploadState.DONE,), UploadState.DONE, rows=sheet.rows.height,
        stored=outcome.stored, merged=outcome.merged, refused=len(outcome.refused),
        reasons=reasons, notes=outcome.notes, finished_at=now,
    )  # fmt: skip
    record(
        connection, actor=actor, verb="upload.store", subject=f"upload:{found.id}", now=now,
        stored=outcome.stored, merged=outcome.merged, refused=len(outcome.refused),
    )  # fmt: skip


def _fail(workspace: Workspace, upload_id: int, error: CampaignsError, now: datetime) -> None:
    with workspace.database.begin() as connection:
        rows.move_upload(
            connection, upload_id, (UploadState.STORING,), UploadState.FAILED, finished_at=now,
            error={"code": error.code, "facts": dict(error.facts)},
        )  # fmt: skip


def _found(workspace: Workspace, upload_id: int) -> sa.Row[Any]:
    with workspace.database.read() as connection:
        found = rows.find_upload(connection, upload_id)
    if found is None:
        raise NotFoundError("not_found", kind="upload", name=upload_id)
    return found


def _table(workspace: Workspace, found: sa.Row[Any], limit: int | None = None) -> Table:
    with naming(found.file_name):
        sheet = table(_grid(workspace, found, limit), found.mapping["heading_row"])
    if sheet is None:
        raise InputError("sheet.gone", file=found.file_name)
    return sheet


def _grid(workspace: Workspace, found: sa.Row[Any], limit: int | None) -> Grid:
    """The staged sheet; made anew from the file when the stage was thrown away."""
    if not workspace.files.path(found.path).exists():
        raise InputError("sheet.gone", file=found.file_name)
    if not workspace.files.path(found.stage).exists():
        with workspace.database.read() as connection:
            file = rows.find_file(connection, found.file_id)
        stage_file(workspace.files, found.path, Options(**file.options if file else {}))
    return read_stage(workspace.files, found.stage, limit=limit)


def _conflict(found: sa.Row[Any], expected: UploadState) -> ConflictError:
    return ConflictError(
        "conflict.state", kind="upload", name=found.id, got=found.state,
        expected=expected,
    )  # fmt: skip


def _report(found: sa.Row[Any]) -> UploadReport:
    return UploadReport(
        found.id, found.file_name, found.sheet, found.kind, found.state, found.rows, found.stored,
        found.merged, found.refused, found.reasons, found.notes, found.error,
        found.received_at, found.file_id,
    )  # fmt: skip

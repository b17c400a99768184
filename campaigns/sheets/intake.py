"""The way of a sheet that was looked at: confirmed, stored. What each step left is a row.

    (a person looks at the preview and corrects the mapping) → confirm → store_upload

A bad row never stops the others: it is kept with its reason, and comes back in the problem book.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.errors import CampaignsError, ConflictError
from campaigns.model.progress import CLEANING, STORING, Progress, untold
from campaigns.model.states import UploadState
from campaigns.sheets.reading.grid import Marks
from campaigns.sheets.reports import UploadReport, ask_own_book, report
from campaigns.sheets.staged import table_of, upload_row
from campaigns.sheets.storing import rows
from campaigns.sheets.storing.changes import Changes
from campaigns.sheets.storing.kinds import Prepared, Work, prepare
from campaigns.sheets.storing.upload_rows import finish
from campaigns.sheets.understanding.doubts import Doubt, doubts
from campaigns.sheets.understanding.fields import Mapping, SheetKind, check
from campaigns.sheets.understanding.recognise import Table, guess
from campaigns.store.journal import record
from campaigns.store.options import read_brand
from campaigns.store.work import ask
from campaigns.store.workspace import Workspace

STORE = "store_upload"
"""Kind of the job that stores a sheet."""
PREVIEW_ROWS = 10
LOOKED_AT_ROWS = 200
_CONFIRMABLE = (UploadState.RECEIVED, UploadState.FAILED, UploadState.UNDONE)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a sheet seems to be, for a person to confirm or correct."""

    upload_id: int
    file_id: int | None
    stage: str
    """Names what was read, and how: the same stage always holds the same cells."""
    file_name: str
    sheet: str
    kind: SheetKind
    headings: list[str]
    mapping: Mapping
    evidence: dict[str, dict[str, Any]]
    """For each heading why it is taken for what it is: ``Evidence`` as JSON."""
    rows: list[dict[str, str]]
    row_count: int
    remembered: bool
    marks: Marks
    places: tuple[int, ...]
    """Which column of the grid each heading is, as the marks count them."""
    remarks: dict[str, int]
    """``note.<code>`` of what was left out of the table or is worth knowing, and of how much."""


def job_key(upload_id: int) -> str:
    """Return the key of the job that stores a sheet."""
    return f"upload:{upload_id}"


def preview(workspace: Workspace, upload_id: int, *, kind: SheetKind | None = None) -> Preview:
    """Return what the sheet seems to be; guessed anew when a person says it is of another kind.

    Raises:
        NotFoundError: there is no such upload.
    """
    found = upload_row(workspace, upload_id)
    sheet = table_of(workspace, found, limit=LOOKED_AT_ROWS)
    mapping, evidence = Mapping.from_json(found.mapping), found.mapping["evidence"]
    if kind is not None and kind is not mapping.kind:
        guessed = guess(sheet, kind)
        mapping, evidence = guessed.mapping, guessed.evidence_to_json()
    headings = found.mapping["headings"]
    shown = sheet.rows.head(PREVIEW_ROWS).to_dicts()
    return Preview(
        upload_id, found.file_id, found.stage, found.file_name, found.sheet, mapping.kind, headings, mapping, evidence,
        [{name: row.get(name) or "" for name in headings} for row in shown],
        found.mapping["row_count"], found.mapping["remembered"], sheet.marks,
        sheet.places, found.mapping["remarks"],
    )  # fmt: skip


def doubts_about(workspace: Workspace, upload_id: int, mapping: Mapping) -> list[Doubt]:
    """Return the columns that read in two ways; all of their rows are looked at.

    Raises:
        NotFoundError: there is no such upload.
    """
    return doubts(table_of(workspace, upload_row(workspace, upload_id)).rows, mapping)


def confirm(
    workspace: Workspace, upload_id: int, mapping: Mapping, *, actor: str, now: datetime
) -> None:
    """Take the mapping as a person's word, remember it, and ask for the sheet to be stored.

    That a sheet was left out is not remembered: it says nothing of the next one of its kind.

    Raises:
        InputError: the mapping does not fit the sheet.
        ConflictError: the sheet is stored, or about to be.
    """
    found = upload_row(workspace, upload_id)
    checked = check(mapping, found.mapping["headings"])
    ignored = checked.kind is SheetKind.IGNORE
    confirmed = {"at": now.isoformat(), "by": actor}
    then = UploadState.DONE if ignored else UploadState.QUEUED
    with workspace.database.begin() as connection:
        rows.lock_intake(connection)
        moved = rows.move_upload(
            connection, upload_id, _CONFIRMABLE, then, kind=checked.kind,
            mapping={**found.mapping, **checked.to_json(), "confirmed": confirmed}, error=None,
        )  # fmt: skip
        if not moved:
            raise _conflict(found, UploadState.RECEIVED)
        record(connection, actor=actor, verb="upload.confirm", subject=f"upload:{upload_id}", now=now,
               kind=checked.kind)  # fmt: skip
        if not ignored:
            rows.remember(connection, found.shape, checked, actor=actor, now=now)
            ask(connection, STORE, job_key(upload_id), actor=actor, now=now, upload_id=upload_id)


def try_again(workspace: Workspace, upload_id: int, *, actor: str, now: datetime) -> None:
    """Ask anew for a confirmed sheet to be stored whose job broke down.

    Raises:
        ConflictError: it is not waiting to be stored.
    """
    found = upload_row(workspace, upload_id)
    if found.state not in (UploadState.QUEUED, UploadState.STORING):
        raise _conflict(found, UploadState.QUEUED)
    with workspace.database.begin() as connection:
        ask(connection, STORE, job_key(upload_id), actor=actor, now=now, upload_id=upload_id)


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
    found = upload_row(workspace, upload_id)
    try:
        sheet = table_of(workspace, found)
    except CampaignsError as error:
        _fail(workspace, upload_id, error, now)
        raise
    mapping = Mapping.from_json(found.mapping)
    work = replace(_work(workspace, found, sheet, mapping, actor=actor, now=now), progress=progress)
    progress(0, sheet.rows.height, stage=CLEANING)
    prepared = prepare(work)
    quality = prepared.quality()
    progress(0, sheet.rows.height, stage=STORING)
    with workspace.database.begin() as connection:
        _store(connection, work, prepared, quality)
    progress(sheet.rows.height, sheet.rows.height, stage=STORING)
    return report(workspace, upload_id)


def rehearse(
    workspace: Workspace,
    upload_id: int,
    mapping: Mapping,
    *,
    now: datetime,
    against: Workspace | None = None,
) -> Changes:
    """Return what storing a sheet with this mapping would change. Nothing is written or locked.

    Args:
        workspace: where the sheet was looked at.
        upload_id: the sheet.
        mapping: what its columns mean.
        now: the moment (UTC).
        against: the workspace that it is compared with, when that is another one.

    Raises:
        InputError: the mapping does not fit the sheet, or its file is gone.
        NotFoundError: there is no such upload.
    """
    found = upload_row(workspace, upload_id)
    checked = check(mapping, found.mapping["headings"])
    if checked.kind is SheetKind.IGNORE:
        return Changes()
    sheet = table_of(workspace, found)
    store = against or workspace
    prepared = prepare(_work(store, found, sheet, checked, actor=found.actor, now=now))
    with store.database.read() as connection:
        return prepared.rehearse(connection)


def _work(
    workspace: Workspace,
    found: sa.Row[Any],
    sheet: Table,
    mapping: Mapping,
    *,
    actor: str,
    now: datetime,
) -> Work:
    with workspace.database.read() as connection:
        brand = read_brand(connection)
    return Work(workspace, sheet, mapping, found, brand, actor, now)


def _start(workspace: Workspace, upload_id: int) -> bool:
    with workspace.database.begin() as connection:
        return rows.move_upload(
            connection, upload_id, (UploadState.QUEUED, UploadState.STORING), UploadState.STORING
        )


def _settled(workspace: Workspace, upload_id: int) -> UploadReport:
    """The report of an upload that is done already, be it by another process a moment ago."""
    found = upload_row(workspace, upload_id)
    if found.state != UploadState.DONE:
        raise _conflict(found, UploadState.QUEUED)
    return report(workspace, upload_id)


def _store(
    connection: sa.Connection, work: Work, prepared: Prepared, quality: list[dict[str, Any]]
) -> None:
    rows.lock_intake(connection)
    upload_id = work.upload.id
    if not rows.move_upload(connection, upload_id, (UploadState.STORING,), UploadState.DONE):
        return  # another process has stored it meanwhile
    outcome = prepared.store(connection)
    finish(connection, work.sheet, work.upload, outcome, quality=quality, actor=work.actor,
           now=work.now)  # fmt: skip
    ask_own_book(connection, work.upload, actor=work.actor, now=work.now)


def _fail(workspace: Workspace, upload_id: int, error: CampaignsError, now: datetime) -> None:
    with workspace.database.begin() as connection:
        rows.move_upload(
            connection, upload_id, (UploadState.STORING,), UploadState.FAILED, finished_at=now,
            error={"code": error.code, "facts": dict(error.facts)},
        )  # fmt: skip


def _conflict(found: sa.Row[Any], expected: UploadState) -> ConflictError:
    return ConflictError(
        "conflict.state", kind="upload", name=found.id, got=found.state,
        expected=expected,
    )  # fmt: skip

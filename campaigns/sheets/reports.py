"""What became of an upload, and what comes back of it: the counts, and the problem book.

The book is made by the worker, in the language of the person who gave the file, or on demand in
another one; the interface only hands it out.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from campaigns.language.labels import label
from campaigns.model.language import Language
from campaigns.model.states import UploadState
from campaigns.sheets.problems import needs_attention, problem_sheet
from campaigns.sheets.staged import upload_row
from campaigns.sheets.storing import report_rows, rows
from campaigns.sheets.understanding.fields import SheetKind
from campaigns.sheets.understanding.recognise import PROBLEM_KEYS
from campaigns.sheets.understanding.vocabulary import key
from campaigns.sheets.writing import problem_book
from campaigns.store.work import ask
from campaigns.store.workspace import Workspace

PROBLEM_BOOK = "problem_book"
"""Kind of the job that makes one."""
FOLDER = "problem_books"


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
    """Why rows were refused, the most frequent first; ``refusal.<code>`` among the labels names it."""
    notes: dict[str, int]
    """What was taken in, but not as the sheet says: ``consent_not_restored``, ``consent_unclear``."""
    error: dict[str, Any] | None
    received_at: datetime
    file_id: int | None
    quality: list[dict[str, Any]]
    """For each column what cleaning made of it."""
    changes: dict[str, Any]
    """What storing it changed."""
    reading: dict[str, Any]
    """How the file was read: ``encoding``, ``delimiter``, ``fonts``, ``hidden_rows``."""
    seconds: float | None
    """From a person's word until the rows were stored."""
    needs_attention: bool
    """There is, or soon will be, a problem book."""
    may_undo: bool

    @property
    def rows_per_second(self) -> float | None:
        return self.rows / self.seconds if self.seconds else None


def report(workspace: Workspace, upload_id: int) -> UploadReport:
    """Return what became of an upload.

    Raises:
        NotFoundError: there is no such upload.
    """
    found = upload_row(workspace, upload_id)
    with workspace.database.read() as connection:
        return _report(found, report_rows.seconds_taken(connection, [upload_id]))


def recent(workspace: Workspace, limit: int = 20) -> list[UploadReport]:
    """Return the newest uploads, newest first."""
    with workspace.database.read() as connection:
        found = rows.recent_uploads(connection, limit)
        taken = report_rows.seconds_taken(connection, [row.id for row in found])
    return [_report(row, taken) for row in found]


def ask_problem_book(
    workspace: Workspace, upload_id: int, language: Language, *, actor: str, now: datetime
) -> None:
    """Ask the worker for the problem book of an upload in a language.

    Raises:
        NotFoundError: there is no such upload.
    """
    upload_row(workspace, upload_id)
    with workspace.database.begin() as connection:
        _ask(connection, upload_id, language, actor, now)


def ask_own_book(
    connection: sa.Connection, found: sa.Row[Any], *, actor: str, now: datetime
) -> None:
    """Ask for the book of an upload in the language of its person, if there is anything in it.

    Args:
        connection: the one that stores the upload, which is done by now.
        found: the row of the upload.
        actor: who has it stored.
        now: the moment (UTC).
    """
    stored = rows.find_upload(connection, found.id)
    if stored is None or not needs_attention(stored.reasons, stored.notes):
        return
    file = rows.find_file(connection, found.file_id)
    language = Language(file.language) if file else Language.EN
    _ask(connection, found.id, language, actor, now)


def book_job(upload_id: int, language: Language) -> str:
    """Return the key of the job that makes a problem book."""
    return f"{PROBLEM_BOOK}:{upload_id}:{language}"


def problem_book_path(workspace: Workspace, upload_id: int, language: Language) -> Path | None:
    """Return where the problem book lies, or None while it has not been made."""
    path = workspace.files.path(_book_key(upload_id, language))
    return path if path.exists() else None


def make_problem_book(workspace: Workspace, upload_id: int, language: Language) -> Path:
    """Make the problem book of an upload, and return where it lies. Called by the worker.

    Raises:
        InputError: the file is gone.
        NotFoundError: there is no such upload.
    """
    book = problem_book_of(workspace, [upload_id], language)
    key, path = workspace.files.new_path(*_book_key(upload_id, language).split("/"))
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(book)
    part.replace(path)
    with workspace.database.begin() as connection:
        report_rows.set_problem_book(connection, upload_id, key)
    return path


def problem_book_of(workspace: Workspace, upload_ids: list[int], language: Language) -> bytes:
    """Return one workbook with the problems of several uploads, a sheet for each that has any."""
    sheets = (problem_sheet(workspace, upload_id, language) for upload_id in upload_ids)
    return problem_book.write(
        [sheet for sheet in sheets if sheet.problems or len(upload_ids) == 1],
        problem=label("sheet.problem", language),
        rest=label("sheet.more_problems", language),
        is_ours=lambda heading: key(heading) in PROBLEM_KEYS,
    )


def _ask(
    connection: sa.Connection, upload_id: int, language: Language, actor: str, now: datetime
) -> None:
    ask(connection, PROBLEM_BOOK, book_job(upload_id, language), actor=actor, now=now,
        upload_id=upload_id, language=language)  # fmt: skip


def _book_key(upload_id: int, language: Language) -> str:
    return f"{FOLDER}/{upload_id}-{language}.xlsx"


def _report(found: sa.Row[Any], taken: Mapping[int, float]) -> UploadReport:
    ranked = sorted(found.reasons.items(), key=lambda entry: -entry[1])
    done = found.state == UploadState.DONE
    return UploadReport(
        upload=found.id, file=found.file_name, sheet=found.sheet, kind=found.kind,
        state=found.state, rows=found.rows, stored=found.stored, merged=found.merged,
        refused=found.refused, reasons=dict(ranked), notes=found.notes, error=found.error,
        received_at=found.received_at, file_id=found.file_id, quality=found.quality or [],
        changes=found.changes, reading=found.mapping.get("reading", {}),
        seconds=taken.get(found.id), needs_attention=done and needs_attention(found.reasons, found.notes),
        may_undo=done and found.kind != SheetKind.IGNORE and found.stage is not None,
    )  # fmt: skip

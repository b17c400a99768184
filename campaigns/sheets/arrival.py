"""A file arrives: it is kept as it is, and the worker looks at what is in it.

    receive (a copy and a row, at once) → look (the worker reads each sheet once and stages it)

A person who sees that a text file was read in the wrong alphabet says so, and it is read again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any, BinaryIO

import sqlalchemy as sa

from campaigns.errors import CampaignsError, ConflictError, InputError, NotFoundError
from campaigns.model.language import Language
from campaigns.model.progress import READING, Progress, untold
from campaigns.model.states import FileState, UploadState
from campaigns.sheets.reading.files import HEAD_BYTES, check_length, is_book
from campaigns.sheets.reading.grid import Options
from campaigns.sheets.reading.sample import read_sample
from campaigns.sheets.reading.staging import read_stage, stage_file
from campaigns.sheets.storing import rows
from campaigns.sheets.understanding.guessing import understand
from campaigns.sheets.understanding.memory import shape
from campaigns.sheets.understanding.tables import Table, table
from campaigns.store.journal import record
from campaigns.store.work import ask
from campaigns.store.workspace import Workspace

FOLDER = "uploads"
LONGEST_FILE_NAME = 200
REMEMBERED = 200
"""Confirmed mappings, the newest, among which one like a new sheet is sought."""
LOOK = "look"
"""Kind of the job that looks at a file."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was given us, and how it was read."""

    id: int
    file: str
    state: str
    options: dict[str, str]
    facts: dict[str, Any]
    error: dict[str, Any] | None
    received_at: datetime


def job_key(file_id: int) -> str:
    """Return the key of the job that looks at a file."""
    return f"file:{file_id}"


def receive(
    workspace: Workspace,
    source: BinaryIO,
    file_name: str,
    *,
    actor: str,
    language: Language,
    now: datetime,
    options: Options = Options(),  # noqa: B008 - frozen
) -> int:
    """Keep a file, ask the worker to look at it, and return its id. Nothing is parsed here.

    Raises:
        InputError: it is empty, or larger than we take.
    """
    name = PurePath(file_name.replace("\\", "/")).name[:LONGEST_FILE_NAME] or "file"
    with naming(name):
        _check_length(source)
    key, digest = workspace.files.put(source, FOLDER, PurePath(name).suffix.lower()[:8])
    with workspace.database.begin() as connection:
        file_id = rows.add_file(
            connection, file_name=name, sha256=digest, path=key, state=FileState.ARRIVED,
            language=language, options=options.to_json(), facts={}, received_at=now, actor=actor,
        )  # fmt: skip
        ask(connection, LOOK, job_key(file_id), actor=actor, now=now, file_id=file_id)
        record(connection, actor=actor, verb="file.receive", subject=f"file:{file_id}", now=now,
               sha256=digest[:12])  # fmt: skip
    return file_id


def look(
    workspace: Workspace, file_id: int, *, now: datetime, progress: Progress = untold
) -> list[int]:
    """Read an arrived file, stage its sheets, and return an upload for each that holds data.

    A second call finds it read and returns the same uploads.

    Raises:
        InputError: the file is no table, is encrypted, empty or damaged; it is marked as failed.
        NotFoundError: there is no such file.
    """
    found = _found(workspace, file_id)
    if found.state != FileState.ARRIVED:
        return uploads_of(workspace, file_id)
    progress(0, 0, stage=READING)
    try:
        with naming(found.file_name):
            stages = stage_file(workspace.files, found.path, Options(**found.options))
            sheets = _sheets(workspace, found.path, stages)
    except CampaignsError as error:
        _fail(workspace, file_id, error, now)
        raise
    with workspace.database.begin() as connection:
        rows.lock_intake(connection)
        marks = sheets[0][1].marks
        facts = {
            "encoding": marks.encoding, "delimiter": marks.delimiter, "encodings": marks.encodings
        }  # fmt: skip
        if rows.move_file(connection, file_id, FileState.READ, facts=facts, finished_at=now):
            for stage, sheet in sheets:
                _add_upload(connection, found, stage, sheet, now)
    return uploads_of(workspace, file_id)


def read_again(
    workspace: Workspace, file_id: int, options: Options, *, actor: str, now: datetime
) -> None:
    """Have a file read in another way; what was made of it so far is thrown away.

    Raises:
        ConflictError: a sheet of it is stored, or about to be.
        NotFoundError: there is no such file.
    """
    with workspace.database.begin() as connection:
        rows.lock_intake(connection)
        if not rows.forget_sheets(connection, file_id):
            raise ConflictError(
                "conflict.state", kind="file", name=file_id, got=UploadState.DONE,
                expected=UploadState.RECEIVED,
            )  # fmt: skip
        rows.reopen_file(connection, file_id, options.to_json())
        ask(connection, LOOK, job_key(file_id), actor=actor, now=now, file_id=file_id)
        record(connection, actor=actor, verb="file.read_again", subject=f"file:{file_id}", now=now,
               **options.to_json())  # fmt: skip


def sample_line(workspace: Workspace, file_id: int, encoding: str) -> str:
    """Return a line of a text file as it reads in ``encoding``: one that shows its letters.

    Raises:
        NotFoundError: there is no such file.
    """
    return read_sample(workspace.files.path(_found(workspace, file_id).path), encoding)


def uploads_of(workspace: Workspace, file_id: int) -> list[int]:
    """Return the uploads that a file came to, in the order of its sheets."""
    with workspace.database.read() as connection:
        return rows.uploads_of(connection, file_id)


def recent_files(workspace: Workspace, limit: int = 20) -> list[SourceFile]:
    """Return the newest files, newest first."""
    with workspace.database.read() as connection:
        return [_file(found) for found in rows.recent_files(connection, limit)]


def source_file(workspace: Workspace, file_id: int) -> SourceFile:
    """Return a file as it stands.

    Raises:
        NotFoundError: there is no such file.
    """
    return _file(_found(workspace, file_id))


@contextmanager
def naming(file: str) -> Iterator[None]:
    """Say in every refusal which file it is about."""
    try:
        yield
    except InputError as error:
        raise InputError(error.code, **{"file": file, **error.facts}) from error


def _check_length(source: BinaryIO) -> None:
    head = source.read(HEAD_BYTES)
    length = source.seek(0, os.SEEK_END)
    source.seek(0)
    check_length(length, head)


def _sheets(workspace: Workspace, key: str, stages: list[str]) -> list[tuple[str, Table]]:
    grids = [(stage, read_stage(workspace.files, stage)) for stage in stages]
    found = [(stage, sheet) for stage, grid in grids if (sheet := table(grid))]
    if not found:
        raise InputError("sheet.empty")
    filled = [(stage, sheet) for stage, sheet in found if sheet.rows.height]
    if not filled:
        is_text = not is_book(workspace.files.path(key))
        lone_words = is_text and all(len(sheet.headings) == 1 for _, sheet in found)
        raise InputError("sheet.not_a_workbook" if lone_words else "sheet.no_rows")
    return filled


def _add_upload(
    connection: sa.Connection, file: sa.Row[Any], stage: str, sheet: Table, now: datetime
) -> None:
    exact = rows.remembered(connection, shape(sheet.headings))
    others = rows.confirmed_mappings(connection, REMEMBERED)
    guessed, is_known = understand(sheet, exact, others, name=file.file_name)
    facts = {
        # In the order of the sheet, which JSON of PostgreSQL would not keep.
        "headings": sheet.headings,
        "evidence": guessed.evidence_to_json(), "remembered": is_known,
        "place": sheet.place.to_json(), "remarks": dict(sheet.remarks),
        "heading_row": sheet.heading_row, "row_count": sheet.rows.height,
        "reading": _reading(sheet),
    }  # fmt: skip
    rows.add_upload(
        connection, file_id=file.id, file_name=file.file_name, sha256=file.sha256, path=file.path,
        stage=stage, sheet=sheet.sheet, kind=guessed.mapping.kind, state=UploadState.RECEIVED,
        shape=shape(sheet.headings), mapping={**guessed.mapping.to_json(), **facts}, reasons={},
        notes={}, received_at=now, actor=file.actor,
    )  # fmt: skip


def _reading(sheet: Table) -> dict[str, Any]:
    """How the sheet was read, for its report."""
    marks = sheet.marks
    fonts = {
        heading: marks.fonts[place]
        for heading, place in zip(sheet.headings, sheet.places, strict=True)
        if place in marks.fonts
    }
    return {
        "encoding": marks.encoding, "delimiter": marks.delimiter, "fonts": fonts,
        "hidden_rows": len(marks.hidden_rows),
    }  # fmt: skip


def _fail(workspace: Workspace, file_id: int, error: CampaignsError, now: datetime) -> None:
    problem = {"code": error.code, "facts": dict(error.facts)}
    with workspace.database.begin() as connection:
        rows.move_file(connection, file_id, FileState.FAILED, error=problem, finished_at=now)


def _found(workspace: Workspace, file_id: int) -> sa.Row[Any]:
    with workspace.database.read() as connection:
        found = rows.find_file(connection, file_id)
    if found is None:
        raise NotFoundError("not_found", kind="file", name=file_id)
    return found


def _file(found: sa.Row[Any]) -> SourceFile:
    return SourceFile(
        found.id,
        found.file_name,
        found.state,
        found.options,
        found.facts,
        found.error,
        found.received_at,
    )

"""An upload is taken back: afterwards the store is as if it had never been.

That is possible while nothing stands on it: no later sheet tells of the same customers, orders or
products, no letter went out to customers whom it brought, and nobody has answered since. The sheet
itself is kept; it may be confirmed and stored again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.errors import CampaignsError, ConflictError, NotAllowedError
from campaigns.model.states import UploadState
from campaigns.sheets.staged import upload_row
from campaigns.sheets.storing import rows, undo_rows
from campaigns.store.journal import record
from campaigns.store.work import ask
from campaigns.store.workspace import Workspace

UNDO = "undo_upload"
"""Kind of the job that takes an upload back."""


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What was taken back."""

    upload: int
    file: str
    sheet: str
    kind: str
    removed: int = 0
    """Contacts that are gone, as the upload had brought them."""
    restored: int = 0
    """Contacts that are as they were before it."""
    consents: int = 0
    """Consents that it had told of."""


def undo_key(upload_id: int) -> str:
    """Return the key of the job that takes an upload back."""
    return f"undo:{upload_id}"


def ask_undo(workspace: Workspace, upload_id: int, *, actor: str, now: datetime) -> None:
    """Ask the worker to take an upload back.

    Raises:
        ConflictError: it is not stored, or a later upload stands on it.
        NotAllowedError: letters or answers stand on it.
        NotFoundError: there is no such upload.
    """
    problem = may_undo(workspace, upload_id)
    if problem is not None:
        raise problem
    with workspace.database.begin() as connection:
        ask(connection, UNDO, undo_key(upload_id), actor=actor, now=now, upload_id=upload_id)


def may_undo(workspace: Workspace, upload_id: int) -> CampaignsError | None:
    """Return why an upload cannot be taken back, in words for a person; None when it can.

    Raises:
        NotFoundError: there is no such upload.
    """
    found = upload_row(workspace, upload_id)
    with workspace.database.read() as connection:
        return _obstacle(workspace, connection, found)


def undo(workspace: Workspace, upload_id: int, *, actor: str, now: datetime) -> UndoReport:
    """Take an upload back, all of it or nothing. A second call finds it done.

    Raises:
        ConflictError: it is not stored, or a later upload stands on it.
        NotAllowedError: letters or answers stand on it.
        NotFoundError: there is no such upload.
    """
    found = upload_row(workspace, upload_id)
    with workspace.database.begin() as connection:
        rows.lock_intake(connection)
        if rows.move_upload(connection, upload_id, (UploadState.UNDONE,), UploadState.UNDONE):
            return UndoReport(found.id, found.file_name, found.sheet, found.kind)
        found = rows.find_upload(connection, upload_id) or found
        problem = _obstacle(workspace, connection, found)
        if problem is not None:
            raise problem
        return _taken_back(workspace, connection, found, actor, now)


def _taken_back(
    workspace: Workspace, connection: sa.Connection, found: sa.Row[Any], actor: str, now: datetime
) -> UndoReport:
    mine = undo_rows.touched(workspace, connection, found.id)
    consents = undo_rows.take_back(workspace, connection, found)
    rows.move_upload(
        connection, found.id, (UploadState.DONE,), UploadState.UNDONE, undone_at=now,
        undone_by=actor,
    )  # fmt: skip
    counts = {
        "removed": mine.created.len(), "restored": mine.changed.len(), "consents": consents,
    }  # fmt: skip
    record(connection, actor=actor, verb="upload.undo", subject=f"upload:{found.id}", now=now,
           **counts)  # fmt: skip
    return UndoReport(found.id, found.file_name, found.sheet, found.kind, **counts)


def _obstacle(
    workspace: Workspace, connection: sa.Connection, found: sa.Row[Any]
) -> CampaignsError | None:
    if found.state != UploadState.DONE:
        return ConflictError("conflict.state", kind="upload", name=found.id, got=found.state,
                             expected=UploadState.DONE)  # fmt: skip
    if found.finished_at is None:  # a sheet that was left out: nothing of it is stored
        return None
    if found.stage is None:
        return NotAllowedError("undo.before", name=found.id)
    return _stands_on(workspace, connection, found)


def _stands_on(
    workspace: Workspace, connection: sa.Connection, found: sa.Row[Any]
) -> CampaignsError | None:
    """Say what came after an upload and would fall with it."""
    mine = undo_rows.touched(workspace, connection, found.id)
    later = undo_rows.standing_on(workspace, connection, found, mine)
    if later is not None:
        return ConflictError(
            "undo.later_upload", name=found.id, later=later.id, file=later.file_name
        )
    if letters := undo_rows.letters_to(connection, found.id, mine):
        return NotAllowedError("undo.letters", name=found.id, number=letters)
    if answers := undo_rows.answers_since(connection, mine, found.finished_at):
        return NotAllowedError("undo.answers", name=found.id, number=answers)
    return None

"""What a sheet would change, worked out by the worker and kept with the sheet until it is stored.

A rehearsal belongs to one mapping: whoever changes a column's meaning needs another.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.model.states import UploadState
from campaigns.sheets.intake import rehearse
from campaigns.sheets.staged import upload_row
from campaigns.sheets.storing import rows
from campaigns.sheets.storing.changes import Changes, Example
from campaigns.sheets.understanding.fields import Mapping
from campaigns.store.work import ask, find_job
from campaigns.store.workspace import Workspace

REHEARSE = "rehearse"
"""Kind of the job that works one out."""
_MAPPING = "mapping"


def rehearsal_key(upload_id: int) -> str:
    """Return the key of the job that rehearses a sheet."""
    return f"{REHEARSE}:{upload_id}"


def ask_rehearsal(
    workspace: Workspace, upload_id: int, mapping: Mapping, *, actor: str, now: datetime
) -> None:
    """Ask the worker what storing a sheet with this mapping would change."""
    with workspace.database.begin() as connection:
        ask(connection, REHEARSE, rehearsal_key(upload_id), actor=actor, now=now,
            upload_id=upload_id, mapping=mapping.to_json())  # fmt: skip


def keep_rehearsal(
    workspace: Workspace, upload_id: int, mapping: dict[str, Any], *, now: datetime
) -> None:
    """Work out what a sheet would change, and keep it with the sheet while it waits.

    Raises:
        InputError: the mapping does not fit the sheet, or its file is gone.
        NotFoundError: there is no such upload.
    """
    found = rehearse(workspace, upload_id, Mapping.from_json(mapping), now=now)
    with workspace.database.begin() as connection:
        rows.move_upload(
            connection, upload_id, (UploadState.RECEIVED,), UploadState.RECEIVED,
            changes={**asdict(found), _MAPPING: mapping},
        )  # fmt: skip


def rehearsed(workspace: Workspace, upload_id: int, mapping: Mapping) -> Changes | None:
    """Return what storing the sheet with this mapping would change, if that was worked out."""
    kept = dict(upload_row(workspace, upload_id).changes)
    if kept.pop(_MAPPING, None) != mapping.to_json():
        return None
    return Changes(**{**kept, "examples": [Example(**each) for each in kept["examples"]]})


def rehearsal_job(
    workspace: Workspace, upload_id: int, mapping: Mapping
) -> sa.Row[tuple[object, ...]] | None:
    """Return the job that works it out for this mapping, whatever came of it."""
    with workspace.database.read() as connection:
        job: Any = find_job(connection, rehearsal_key(upload_id))
    if job is None or job.args[_MAPPING] != mapping.to_json():
        return None
    found: sa.Row[tuple[object, ...]] = job
    return found

"""An upload's row, and the sheet that it stands for, as the worker staged it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import sqlalchemy as sa

from campaigns.errors import InputError, NotFoundError
from campaigns.sheets.arrival import naming
from campaigns.sheets.reading.grid import Grid, Options
from campaigns.sheets.reading.staging import read_stage, stage_file
from campaigns.sheets.storing import rows
from campaigns.sheets.understanding.fields import Mapping
from campaigns.sheets.understanding.tables import Place, Table, table
from campaigns.store.workspace import Workspace


def upload_row(workspace: Workspace, upload_id: int) -> sa.Row[Any]:
    """Return the row of an upload.

    Raises:
        NotFoundError: there is no such upload.
    """
    with workspace.database.read() as connection:
        found = rows.find_upload(connection, upload_id)
    if found is None:
        raise NotFoundError("not_found", kind="upload", name=upload_id)
    return found


def table_of(workspace: Workspace, found: sa.Row[Any], limit: int | None = None) -> Table:
    """Return the sheet of an upload below its headings, or its first ``limit`` rows.

    Raises:
        InputError: the file is gone, or is not what it was.
    """
    with naming(found.file_name):
        place = Place.from_json(found.mapping["place"])
        left = Mapping.from_json(found.mapping).option("", "hidden_rows") == "leave"
        sheet = table(_grid(workspace, found, limit), place, leave_hidden=left)
    if sheet is None:
        raise InputError("sheet.gone", file=found.file_name)
    return sheet


def _grid(workspace: Workspace, found: sa.Row[Any], limit: int | None) -> Grid:
    """The staged sheet; made anew from the file when the stage was thrown away or damaged."""
    if not workspace.files.path(found.path).exists():
        raise InputError("sheet.gone", file=found.file_name)
    with suppress(FileNotFoundError):
        return read_stage(workspace.files, found.stage, limit=limit)
    with workspace.database.read() as connection:
        file = rows.find_file(connection, found.file_id)
    stage_file(workspace.files, found.path, Options(**file.options if file else {}))
    return read_stage(workspace.files, found.stage, limit=limit)

"""The rows that intake reads and writes: all SQL of this stage."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.model.states import FileState, UploadState
from campaigns.sheets.understanding.fields import Mapping
from campaigns.store.locks import Lock, wait_for
from campaigns.store.tables import (
    refusal,
    sheet_mapping,
    source_file,
    upload,
)


def add_file(connection: sa.Connection, **values: object) -> int:
    """Write a file that arrived; return its id."""
    result = connection.execute(source_file.insert().values(**values).returning(source_file.c.id))
    file_id: int = result.scalar_one()
    return file_id


def find_file(connection: sa.Connection, file_id: int) -> sa.Row[Any] | None:
    """Return a file, if there is one of this id."""
    return connection.execute(sa.select(source_file).where(source_file.c.id == file_id)).first()


def recent_files(connection: sa.Connection, limit: int) -> list[sa.Row[Any]]:
    """Return the newest files, newest first."""
    query = sa.select(source_file).order_by(source_file.c.id.desc()).limit(limit)
    return list(connection.execute(query))


def move_file(connection: sa.Connection, file_id: int, then: FileState, **values: object) -> bool:
    """Say that an arrived file was looked at; False when somebody else has said so."""
    result = connection.execute(
        source_file.update()
        .where(source_file.c.id == file_id, source_file.c.state == FileState.ARRIVED)
        .values(state=then, **values)
    )
    return result.rowcount == 1


def reopen_file(connection: sa.Connection, file_id: int, options: dict[str, str]) -> None:
    """Let a file be looked at anew, in the way that a person says."""
    connection.execute(
        source_file.update()
        .where(source_file.c.id == file_id)
        .values(state=FileState.ARRIVED, options=options, error=None, finished_at=None)
    )


def uploads_of(connection: sa.Connection, file_id: int) -> list[int]:
    """Return the ids of a file's sheets, in their order."""
    query = sa.select(upload.c.id).where(upload.c.file_id == file_id).order_by(upload.c.id)
    return list(connection.execute(query).scalars())


def forget_sheets(connection: sa.Connection, file_id: int) -> bool:
    """Delete what was made of a file; False when something of it is confirmed already."""
    open_states = (UploadState.RECEIVED, UploadState.FAILED)
    theirs = upload.c.file_id == file_id
    taken = sa.select(sa.func.count()).where(theirs, upload.c.state.not_in(open_states))
    if connection.execute(taken).scalar_one():
        return False
    connection.execute(upload.delete().where(theirs))
    return True


def add_upload(connection: sa.Connection, **values: object) -> int:
    """Write one sheet of a file; return its id."""
    result = connection.execute(upload.insert().values(**values).returning(upload.c.id))
    upload_id: int = result.scalar_one()
    return upload_id


def find_upload(connection: sa.Connection, upload_id: int) -> sa.Row[Any] | None:
    """Return one sheet of a file, if there is such an upload."""
    return connection.execute(sa.select(upload).where(upload.c.id == upload_id)).first()


def recent_uploads(connection: sa.Connection, limit: int) -> list[sa.Row[Any]]:
    """Return the newest uploads, newest first."""
    return list(connection.execute(sa.select(upload).order_by(upload.c.id.desc()).limit(limit)))


def move_upload(
    connection: sa.Connection,
    upload_id: int,
    allowed: tuple[UploadState, ...],
    then: UploadState,
    **values: object,
) -> bool:
    """Change an upload's state if it is in one of ``allowed``; say whether it was."""
    result = connection.execute(
        upload.update()
        .where(upload.c.id == upload_id, upload.c.state.in_(allowed))
        .values(state=then, **values)
    )
    return result.rowcount == 1


def remembered(connection: sa.Connection, shape: str) -> Mapping | None:
    """Return the mapping that a person confirmed for sheets of this shape."""
    row = connection.execute(
        sa.select(sheet_mapping.c.kind, sheet_mapping.c.columns, sheet_mapping.c.options).where(
            sheet_mapping.c.shape == shape
        )
    ).first()
    return Mapping.from_json(dict(row._mapping)) if row else None  # noqa: SLF001 - its public way to a dict


def confirmed_mappings(connection: sa.Connection, limit: int) -> list[Mapping]:
    """Return the mappings that people confirmed, the newest first."""
    columns = (sheet_mapping.c.kind, sheet_mapping.c.columns, sheet_mapping.c.options)
    newest = (sheet_mapping.c.updated_at.desc(), sheet_mapping.c.shape)
    found = connection.execute(sa.select(*columns).order_by(*newest).limit(limit))
    return [Mapping.from_json(dict(row)) for row in found.mappings()]


def remember(
    connection: sa.Connection, shape: str, mapping: Mapping, *, actor: str, now: datetime
) -> None:
    """Keep a confirmed mapping for the next sheet of this shape."""
    connection.execute(sheet_mapping.delete().where(sheet_mapping.c.shape == shape))
    connection.execute(
        sheet_mapping.insert().values(
            shape=shape,
            kind=mapping.kind,
            columns=mapping.columns,
            options=mapping.options,
            updated_at=now,
            updated_by=actor,
        )
    )


def lock_intake(connection: sa.Connection) -> None:
    """Let one upload at a time be confirmed or stored: two that tell of the same new person, or
    have the same headings, would collide.
    """
    wait_for(connection, Lock.INTAKE)


def refusals(connection: sa.Connection, upload_id: int) -> list[sa.Row[Any]]:
    """Return the refused rows of an upload in the order of the sheet."""
    query = sa.select(refusal).where(refusal.c.upload_id == upload_id)
    return list(connection.execute(query.order_by(refusal.c.row_number, refusal.c.id)))

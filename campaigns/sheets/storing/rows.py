"""The rows that intake reads and writes: all SQL of this stage."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.model.permission import Purpose
from campaigns.model.states import FileState, UploadState
from campaigns.sheets.cleaning.people import Person
from campaigns.sheets.storing.merge import FIELDS, Answer, Contact, Merged
from campaigns.sheets.understanding.fields import Mapping
from campaigns.store.consents import Proof, add_consents
from campaigns.store.tables import (
    consent,
    contact,
    refusal,
    sheet_mapping,
    source_file,
    upload,
)

CHUNK = 5_000
INTAKE_LOCK = 720302
STORED = (*FIELDS, "language", "language_evidence", "attributes")
IMPORTED = "imported"
"""Wording version of a consent that a sheet tells of: the words themselves we have not seen."""


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

    SQLite has one writer anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({INTAKE_LOCK})"))


def contacts_about(connection: sa.Connection, rows: list[Person]) -> list[Contact]:
    """Return the stored contacts that any of the rows may be about, with their consents."""
    found: dict[int, sa.Row[Any]] = {}
    for column, name in (
        (contact.c.customer_id, "customer_id"),
        (contact.c.address_key, "address_key"),
    ):
        keys = sorted({key for row in rows if (key := getattr(row, name))})
        found |= {row.id: row for row in _matching(connection, column.in_, keys)}
    phones = sorted(
        {row.phone for row in rows if row.phone and not (row.customer_id or row.address)}
    )
    nameless = sa.and_(contact.c.customer_id.is_(None), contact.c.address_key.is_(None))
    found |= {
        row.id: row
        for row in _matching(
            connection, lambda part: sa.and_(nameless, contact.c.phone.in_(part)), phones
        )
    }
    standing = _standing(connection, sorted(found))
    return [
        Contact(row.id, {name: getattr(row, name) for name in STORED}, standing.get(row.id, {}))
        for _, row in sorted(found.items())
    ]


def store_contacts(connection: sa.Connection, merged: Merged, now: datetime) -> None:
    """Insert the new contacts (giving each its id) and update those that changed."""
    if merged.new:
        rows = [{**each.values, "created_at": now, "updated_at": now} for each in merged.new]
        ids = connection.scalars(
            contact.insert().returning(contact.c.id, sort_by_parameter_order=True), rows
        )
        for each, contact_id in zip(merged.new, ids, strict=True):
            each.id = contact_id
    changed = [
        {**each.values, "updated_at": now, "this": each.id} for each in merged.known if each.changed
    ]
    if changed:
        connection.execute(contact.update().where(contact.c.id == sa.bindparam("this")), changed)


def store_answers(
    connection: sa.Connection, answers: list[Answer], found: sa.Row[Any], actor: str, now: datetime
) -> None:
    """Write the consents that the sheet tells of, each with its row as evidence."""
    add_consents(
        connection,
        [(int(each.contact.id or 0), each.purpose, each.given, _proof(each, found)) for each in answers],
        actor=actor, now=now, upload_id=found.id,
    )  # fmt: skip


def store_refusals(connection: sa.Connection, rows: list[dict[str, Any]]) -> None:
    """Keep the refused rows as they stood."""
    if rows:
        connection.execute(refusal.insert(), rows)


def refusals(connection: sa.Connection, upload_id: int) -> list[sa.Row[Any]]:
    """Return the refused rows of an upload in the order of the sheet."""
    query = sa.select(refusal).where(refusal.c.upload_id == upload_id)
    return list(connection.execute(query.order_by(refusal.c.row_number, refusal.c.id)))


def _proof(answer: Answer, found: sa.Row[Any]) -> Proof:
    return Proof(
        wording_version=IMPORTED, language=answer.contact.values["language"], channel="spreadsheet",
        at=answer.at or found.received_at, source=answer.source or found.file_name,
        evidence=f"upload:{found.id} row:{answer.row}",
    )  # fmt: skip


def _standing(connection: sa.Connection, ids: list[int]) -> dict[int, dict[str, bool]]:
    found: dict[int, dict[str, bool]] = {}
    for start in range(0, len(ids), CHUNK):
        rows = connection.execute(
            sa.select(consent.c.contact_id, consent.c.purpose, consent.c.given)
            .where(consent.c.contact_id.in_(ids[start : start + CHUNK]))
            .order_by(consent.c.id)
        )
        for row in rows:
            found.setdefault(row.contact_id, {})[Purpose(row.purpose)] = row.given
    return found


def _matching(connection: sa.Connection, condition: Any, keys: list[str]) -> list[sa.Row[Any]]:
    columns = [contact.c.id, *(contact.c[name] for name in STORED)]
    return [
        row
        for start in range(0, len(keys), CHUNK)
        for row in connection.execute(
            sa.select(*columns).where(condition(keys[start : start + CHUNK]))
        )
    ]

"""What stands on an upload, and how everything of it is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.model.states import UploadState
from campaigns.sheets.storing import before, late
from campaigns.sheets.storing.purchases import repeated_uploads, take_back_purchases
from campaigns.sheets.storing.suppressions import take_back_suppressions
from campaigns.sheets.understanding.fields import SheetKind
from campaigns.store import bulk, snapshots
from campaigns.store.owners import WHO
from campaigns.store.tables import (
    consent,
    contact,
    conversation,
    former_key,
    left_out,
    message,
    product,
    refusal,
    reply,
    rollup,
    sheet_mapping,
    testimonial,
    upload,
)
from campaigns.store.workspace import Workspace

_ID = {"id": pl.Int64}
_KEPT = (product, conversation, former_key)
"""Tables of whose rows it is kept which upload made or changed them, besides contacts."""


@dataclass(frozen=True, slots=True)
class Touched:
    """The contacts that an upload has to do with, by id."""

    created: pl.Series
    changed: pl.Series
    """Those of whom something is known otherwise since, or who have answered in the sheet."""
    found_otherwise: pl.Series
    """Those who are there, or have the keys they have, by this upload."""


def touched(workspace: Workspace, connection: sa.Connection, upload_id: int) -> Touched:
    """Return the contacts whom an upload made, changed or heard."""
    created = before.created_rows(workspace, connection, contact, upload_id)["id"]
    was = before.changed_rows(workspace, connection, contact, upload_id)
    columns = [contact.c.id, *(contact.c[name] for name in WHO)]
    mine = bulk.among(connection, [contact.c.id], was.select("id"))
    schema = {"id": pl.Int64, **dict.fromkeys(WHO, pl.String)}
    now = bulk.fetch(connection, sa.select(*columns).where(mine), schema)
    renamed = now.join(was.select(*schema), on=list(schema), how="anti", nulls_equal=True)["id"]
    heard = bulk.fetch(
        connection, sa.select(consent.c.contact_id).where(consent.c.upload_id == upload_id), _ID
    )["id"]
    others = pl.concat([was["id"], heard]).unique()
    changed = others.filter(~others.is_in(created.implode()))
    return Touched(created, changed, pl.concat([created, renamed]))


def standing_on(
    workspace: Workspace, connection: sa.Connection, found: sa.Row[Any], mine: Touched
) -> sa.Row[Any] | None:
    """Return the newest upload that came after this one and tells of the same things."""
    later = sa.or_(
        upload.c.finished_at > found.finished_at,
        sa.and_(upload.c.finished_at == found.finished_at, upload.c.id > found.id),
    )
    query = sa.select(upload).where(later, upload.c.state == UploadState.DONE)
    newest_first = query.order_by(upload.c.finished_at.desc(), upload.c.id.desc())
    for other in connection.execute(newest_first).all():
        if _stands_on(workspace, connection, other, found, mine):
            return other
    return None


def letters_to(connection: sa.Connection, upload_id: int, mine: Touched) -> int:
    """Count the letters planned or sent to the upload's new contacts, or on its consents; those
    who were left out of a campaign count too, as the campaign tells of them.
    """
    stands = message.join(consent, consent.c.id == message.c.consent_id)
    on_consents = sa.select(message.c.contact_id).select_from(stands)
    found = [
        bulk.fetch(connection, on_consents.where(consent.c.upload_id == upload_id), _ID)["id"],
        _among(connection, message.c.contact_id, mine.created),
        _among(connection, left_out.c.contact_id, mine.created),
    ]
    return pl.concat(found).n_unique()


def answers_since(connection: sa.Connection, mine: Touched, since: datetime) -> int:
    """Count the contacts of the upload who have given an answer of their own since."""
    own = sa.and_(consent.c.upload_id.is_(None), consent.c.recorded_at >= since)
    people = pl.concat([mine.created, mine.changed])
    found = [
        _among(connection, consent.c.contact_id, people, own),
        _among(connection, testimonial.c.contact_id, people, testimonial.c.submitted_at >= since),
        _among(connection, reply.c.contact_id, people, reply.c.received_at >= since),
    ]
    return pl.concat(found).n_unique()


def take_back(workspace: Workspace, connection: sa.Connection, found: sa.Row[Any]) -> int:
    """Put everything back as it was before the upload; return how many consents went with it."""
    kind = SheetKind(found.kind)
    if kind in (SheetKind.ORDERS, SheetKind.ORDER_LINES):
        take_back_purchases(workspace, connection, found.id)
    if kind is SheetKind.SUPPRESSIONS:
        take_back_suppressions(workspace, connection, found.id)
    owned = late.owned_orders(workspace, connection)
    heard = connection.execute(consent.delete().where(consent.c.upload_id == found.id)).rowcount
    created = before.created_rows(workspace, connection, contact, found.id)
    bulk.delete(connection, rollup, created.select(contact_id="id"))
    before.restore(workspace, connection, found.id)
    snapshots.withdraw(connection, found.id)
    if owned.height:
        late.sum_up_moved(workspace, connection, owned, late.owned_orders(workspace, connection))
    connection.execute(refusal.delete().where(refusal.c.upload_id == found.id))
    _forget_mapping(connection, found)
    return heard


def _stands_on(
    workspace: Workspace,
    connection: sa.Connection,
    other: sa.Row[Any],
    found: sa.Row[Any],
    mine: Touched,
) -> bool:
    if found.id in repeated_uploads(workspace, connection, other.id):
        return True
    people = pl.concat([mine.created, mine.changed])
    if _told_of(workspace, connection, other.id).is_in(people.implode()).any():
        return True
    if _owners_in(workspace, connection, other.id).is_in(mine.found_otherwise.implode()).any():
        return True
    return any(_tells_of(workspace, connection, table, other.id, found.id) for table in _KEPT)


def _told_of(workspace: Workspace, connection: sa.Connection, upload_id: int) -> pl.Series:
    """The contacts whom a sheet of contacts or consents told of."""
    paths = snapshots.files_of(workspace, connection, upload_id, snapshots.SOURCE)
    files = [pl.read_parquet(path)["contact_id"] for path in paths]
    return pl.concat([pl.Series("contact_id", [], pl.Int64), *files])


def _owners_in(workspace: Workspace, connection: sa.Connection, upload_id: int) -> pl.Series:
    """The contacts whose orders or conversations an upload told of."""
    lines = snapshots.lines_of(workspace, connection, upload_id)["contact_id"]
    query = sa.select(conversation.c.contact_id).where(conversation.c.upload_id == upload_id)
    talks = bulk.fetch(connection, query.where(conversation.c.contact_id.is_not(None)), _ID)
    return pl.concat([lines.drop_nulls(), talks["id"]])


def _tells_of(
    workspace: Workspace, connection: sa.Connection, table: sa.Table, other: int, found: int
) -> bool:
    """Say whether a later upload tells of rows that an earlier one made or changed."""
    mine = _written(workspace, connection, table, found)
    told = before.repeated_rows(workspace, connection, table, other)
    theirs = pl.concat([_written(workspace, connection, table, other), told])
    return mine.join(theirs, on=mine.columns, how="semi").height > 0


def _written(
    workspace: Workspace, connection: sa.Connection, table: sa.Table, upload_id: int
) -> pl.DataFrame:
    changed = before.changed_rows(workspace, connection, table, upload_id)
    made = before.created_rows(workspace, connection, table, upload_id)
    return pl.concat([made, before.keys_frame(table, changed)])


def _among(
    connection: sa.Connection,
    column: sa.Column[Any],
    ids: pl.Series,
    *conditions: sa.ColumnElement[bool],
) -> pl.Series:
    if ids.is_empty():
        return pl.Series("id", [], pl.Int64)
    query = sa.select(column).where(bulk.among(connection, [column], ids.to_frame()), *conditions)
    return bulk.fetch(connection, query, _ID)["id"]


def _forget_mapping(connection: sa.Connection, found: sa.Row[Any]) -> None:
    """Remember for sheets of this shape what was confirmed before, if this one's is remembered."""
    confirmed = found.mapping.get("confirmed")
    mine = sa.select(sheet_mapping.c.updated_at).where(sheet_mapping.c.shape == found.shape)
    remembered = connection.execute(mine).scalar_one_or_none()
    if confirmed is None or remembered != datetime.fromisoformat(confirmed["at"]):
        return
    connection.execute(sheet_mapping.delete().where(sheet_mapping.c.shape == found.shape))
    query = sa.select(upload.c.mapping).where(
        upload.c.shape == found.shape, upload.c.id != found.id,
        upload.c.state.not_in((UploadState.RECEIVED, UploadState.UNDONE)),
    )  # fmt: skip
    others = [each for each in connection.scalars(query) if "confirmed" in each]
    if others:
        last = max(others, key=lambda each: datetime.fromisoformat(each["confirmed"]["at"]))
        connection.execute(
            sheet_mapping.insert().values(
                shape=found.shape, kind=last["kind"], columns=last["columns"],
                options=last["options"],
                updated_at=datetime.fromisoformat(last["confirmed"]["at"]),
                updated_by=last["confirmed"]["by"],
            )
        )  # fmt: skip

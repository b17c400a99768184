"""Rows as they stood before an upload changed them, and how they are put back.

What is kept are files (``store.snapshots``): ``before:<table>`` holds whole rows exactly as the
database keeps them, ``created:<table>`` the primary keys of the rows that the upload inserted, and
``repeated:<table>`` of those that it told of and left as they were. They count only while their
manifest row does, so they come and go with the transaction of the upload.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.store import bulk
from campaigns.store.snapshots import COMMITTED, WITHDRAWN, commit_file, files_of
from campaigns.store.tables import metadata, snapshot
from campaigns.store.workspace import Workspace

CHANGED = "before"
CREATED = "created"
REPEATED = "repeated"
_REFERRED_TO = {
    key.column.table for table in metadata.tables.values() for key in table.foreign_keys
}
Keys = pl.DataFrame | pl.Series | Sequence[Any]
"""Primary keys: a frame with a column for each part, or the values where it has one part."""


def keep_before(
    workspace: Workspace,
    connection: sa.Connection,
    table: sa.Table,
    ids: Keys,
    upload_id: int,
    now: datetime,
) -> None:
    """Keep the rows of ``table`` that an upload is about to change or delete, whole.

    Call it before the change and in its transaction, as often as need be; of a row that is kept
    twice, the first image is what it was before.
    """
    keys = keys_frame(table, ids)
    if keys.is_empty():
        return
    columns, schema = bulk.as_stored(connection, list(table.columns))
    mine = bulk.among(connection, list(table.primary_key), keys)
    rows = bulk.fetch(connection, sa.select(*columns).where(mine), schema)
    _keep(workspace, connection, rows, f"{CHANGED}:{table.name}", upload_id, now)


def keep_created(
    workspace: Workspace,
    connection: sa.Connection,
    table: sa.Table,
    ids: Keys,
    upload_id: int,
    now: datetime,
) -> None:
    """Keep which rows of ``table`` an upload has inserted."""
    keys = keys_frame(table, ids)
    _keep(workspace, connection, keys, f"{CREATED}:{table.name}", upload_id, now)


def keep_repeated(
    workspace: Workspace,
    connection: sa.Connection,
    table: sa.Table,
    ids: Keys,
    upload_id: int,
    now: datetime,
) -> None:
    """Keep of which rows of ``table`` an upload has told nothing new: they stay when it is there,
    even if what made them were taken back, so that may not be.
    """
    keys = keys_frame(table, ids)
    _keep(workspace, connection, keys, f"{REPEATED}:{table.name}", upload_id, now)


def restore(workspace: Workspace, connection: sa.Connection, upload_id: int) -> None:
    """Delete what an upload inserted, put back what it changed, and withdraw what was kept.

    Rows are deleted before those they refer to, and put back after them. Changed rows to which
    nothing refers are deleted too before they are put back: they may refer to inserted ones.
    """
    tables = metadata.sorted_tables
    for table in reversed(tables):
        gone = [created_rows(workspace, connection, table, upload_id)]
        if table not in _REFERRED_TO:
            changed = changed_rows(workspace, connection, table, upload_id)
            gone.append(changed.select(gone[0].columns))
        bulk.delete(connection, table, pl.concat(gone))
    for table in tables:
        changed = changed_rows(workspace, connection, table, upload_id)
        created = created_rows(workspace, connection, table, upload_id)
        _put_back(connection, table, changed.join(created, on=created.columns, how="anti"))
    kinds = sa.or_(*(snapshot.c.kind.startswith(f"{kind}:") for kind in (CHANGED, CREATED)))
    connection.execute(
        snapshot.update()
        .where(snapshot.c.upload_id == upload_id, snapshot.c.state == COMMITTED, kinds)
        .values(state=WITHDRAWN)
    )


def changed_rows(
    workspace: Workspace, connection: sa.Connection, table: sa.Table, upload_id: int
) -> pl.DataFrame:
    """Return the rows of ``table`` as they stood before the upload changed them."""
    _, schema = bulk.as_stored(connection, list(table.columns))
    rows = _kept(workspace, connection, f"{CHANGED}:{table.name}", upload_id, schema)
    keys = [column.name for column in table.primary_key]
    return rows.unique(keys, keep="first", maintain_order=True)


def created_rows(
    workspace: Workspace, connection: sa.Connection, table: sa.Table, upload_id: int
) -> pl.DataFrame:
    """Return the primary keys of the rows of ``table`` that the upload inserted."""
    schema = _key_schema(table)
    return _kept(workspace, connection, f"{CREATED}:{table.name}", upload_id, schema)


def repeated_rows(
    workspace: Workspace, connection: sa.Connection, table: sa.Table, upload_id: int
) -> pl.DataFrame:
    """Return the primary keys of the rows of ``table`` of which the upload told nothing new."""
    schema = _key_schema(table)
    return _kept(workspace, connection, f"{REPEATED}:{table.name}", upload_id, schema)


def keys_frame(table: sa.Table, ids: Keys) -> pl.DataFrame:
    """Return primary keys of ``table`` as a frame with a column for each part."""
    schema = _key_schema(table)
    if isinstance(ids, pl.DataFrame):
        return ids.select(pl.col(name).cast(kind) for name, kind in schema.items()).unique()
    [(name, kind)] = schema.items()
    return pl.DataFrame({name: pl.Series(ids, dtype=kind)}).unique(maintain_order=True)


def _key_schema(table: sa.Table) -> dict[str, bulk.Kind]:
    return {column.name: bulk.kind_of(column.type) for column in table.primary_key}


def _put_back(connection: sa.Connection, table: sa.Table, rows: pl.DataFrame) -> None:
    """Write rows over what became of them; two that swapped a unique value do not collide."""
    if rows.is_empty():
        return
    columns = list(table.primary_key)
    mine = bulk.among(connection, columns, keys_frame(table, rows))
    emptied = [column for column in _unique(table) if column.nullable]
    if emptied:
        connection.execute(table.update().where(mine).values(dict.fromkeys(emptied, sa.null())))
    kept = bulk.fetch(connection, sa.select(*columns).where(mine), _key_schema(table))
    bulk.update(connection, table, rows.join(kept, on=kept.columns, how="semi"))
    bulk.insert(connection, table, rows.join(kept, on=kept.columns, how="anti"))


def _unique(table: sa.Table) -> list[sa.Column[Any]]:
    rules = (each for each in table.constraints if isinstance(each, sa.UniqueConstraint))
    return [column for rule in rules for column in rule.columns]


def _keep(
    workspace: Workspace,
    connection: sa.Connection,
    rows: pl.DataFrame,
    kind: str,
    upload_id: int,
    now: datetime,
) -> None:
    if rows.height:
        commit_file(workspace, connection, rows, kind=kind, upload_id=upload_id, now=now)


def _kept(
    workspace: Workspace,
    connection: sa.Connection,
    kind: str,
    upload_id: int,
    schema: bulk.Schema,
) -> pl.DataFrame:
    paths = files_of(workspace, connection, upload_id, kind)
    files = [pl.read_parquet(path) for path in paths]
    return pl.concat([pl.DataFrame(schema=schema), *files])

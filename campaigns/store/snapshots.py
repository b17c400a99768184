"""Order lines in parquet files. A file counts only while its manifest row says ``committed``.

Two kinds of file: ``orders`` holds lines that were new when they came, ``orders_changed`` lines that
replace an older one of the same key (an order that was cancelled since, a corrected amount).
"""

from __future__ import annotations

import os
from datetime import datetime

import polars as pl
import sqlalchemy as sa

from campaigns.store.tables import contact, snapshot
from campaigns.store.workspace import Workspace

NEW = "orders"
CHANGED = "orders_changed"
SOURCE = "sources"
"""Which row of an upload told of which contact."""
BEFORE = "before"
"""Contacts as they were before an upload changed them, for its undo."""
COMMITTED = "committed"
WITHDRAWN = "withdrawn"
FOLDER = "snapshots"
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "contact_id": pl.Int64,
    "customer_id": pl.String,
    "address_key": pl.String,
    "order_id": pl.String,
    "ordered_at": pl.Datetime("us", "UTC"),
    "amount_minor": pl.Int64,
    "currency": pl.String,
    "product": pl.String,
    "quantity": pl.Float64,
    "status": pl.String,
    "line": pl.Int32,
    "upload_id": pl.Int64,
    "row_number": pl.Int64,
}
SOURCES: dict[str, pl.DataType | type[pl.DataType]] = {
    "contact_id": pl.Int64,
    "row_number": pl.Int64,
}
KEY = ("customer_id", "address_key", "order_id", "ordered_at", "product", "line")
"""What makes two lines the same. ``line`` tells apart several lines of an order that share the rest."""
CHUNK = 5_000
"""Keys asked of the database at once."""


def orders(workspace: Workspace) -> pl.LazyFrame:
    """Return every committed order line, with the contact it belongs to where one is known."""
    with workspace.database.read() as connection:
        return orders_in(workspace, connection)


def orders_in(workspace: Workspace, connection: sa.Connection) -> pl.LazyFrame:
    """Return the order lines as ``connection`` sees them, uncommitted ones of its own included."""
    lines = stored_lines(workspace, connection)
    owners = _late_owners(lines, connection)
    if owners is None:
        return _once(lines)
    joined = lines.join(
        owners, on=["customer_id", "address_key"], how="left", nulls_equal=True,
        maintain_order="left",
    )  # fmt: skip
    owned = joined.with_columns(pl.coalesce("contact_id", "owner").alias("contact_id"))
    return _once(owned.drop("owner"))


def stored_lines(workspace: Workspace, connection: sa.Connection) -> pl.LazyFrame:
    """Return the committed lines with the contact that was known when they came."""
    files = connection.execute(
        sa.select(snapshot.c.kind, snapshot.c.path)
        .where(snapshot.c.kind.in_((NEW, CHANGED)), snapshot.c.state == COMMITTED)
        .order_by(snapshot.c.id)
    ).all()
    frames = [pl.scan_parquet(workspace.files.path(file.path)) for file in files]
    if not frames:
        return pl.LazyFrame(schema=SCHEMA)
    lines = pl.concat(frames)
    if any(file.kind == CHANGED for file in files):
        return lines.unique(subset=list(KEY), keep="last", maintain_order=True)
    return lines


def commit(
    workspace: Workspace,
    connection: sa.Connection,
    lines: pl.DataFrame,
    *,
    kind: str,
    upload_id: int,
    now: datetime,
) -> None:
    """Write order lines to a new file; the transaction decides whether it counts."""
    commit_file(workspace, connection, _shaped(lines), kind=kind, upload_id=upload_id, now=now)


def commit_file(
    workspace: Workspace,
    connection: sa.Connection,
    frame: pl.DataFrame,
    *,
    kind: str,
    upload_id: int,
    now: datetime,
) -> None:
    """Write ``frame`` to a new file and its manifest row; the transaction decides whether it counts.

    Call it inside the transaction that holds the upload: the file's name is the upload's.
    """
    key, path = workspace.files.new_path(FOLDER, f"{kind}-{upload_id}.parquet")
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        frame.write_parquet(file, compression="zstd")
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    connection.execute(
        snapshot.insert().values(
            kind=kind, path=key, rows=frame.height, upload_id=upload_id, state=COMMITTED,
            created_at=now,
        )
    )  # fmt: skip


def withdraw(connection: sa.Connection, upload_id: int) -> int:
    """Make the files of an upload count no longer; return how many did."""
    result = connection.execute(
        snapshot.update()
        .where(snapshot.c.upload_id == upload_id, snapshot.c.state == COMMITTED)
        .values(state=WITHDRAWN)
    )
    return result.rowcount


def owners_of(
    connection: sa.Connection, customer_ids: list[str], address_keys: list[str]
) -> tuple[dict[str, int], dict[str, int]]:
    """Return the contacts of these customer ids, and of these address keys."""
    by_id = _ids(connection, contact.c.customer_id, customer_ids)
    return by_id, _ids(connection, contact.c.address_key, address_keys)


def _shaped(lines: pl.DataFrame) -> pl.DataFrame:
    return lines.select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def _once(lines: pl.LazyFrame) -> pl.LazyFrame:
    """Keep the newest of the lines that tell of one order of one contact under different keys: by
    the address in one sheet, by the customer number in the next.
    """
    told = ["contact_id", "order_id", "ordered_at", "product", "line"]
    theirs = lines.filter(pl.col("contact_id").is_not_null())
    strangers = lines.filter(pl.col("contact_id").is_null())
    return pl.concat([theirs.unique(told, keep="last", maintain_order=True), strangers])


def _late_owners(lines: pl.LazyFrame, connection: sa.Connection) -> pl.LazyFrame | None:
    """Return the contacts that arrived after their orders, by the keys of the orders."""
    strangers = (
        lines.filter(pl.col("contact_id").is_null())
        .select("customer_id", "address_key")
        .unique()
        .collect()
    )
    by_id, by_key = owners_of(
        connection,
        strangers["customer_id"].drop_nulls().unique().to_list(),
        strangers["address_key"].drop_nulls().unique().to_list(),
    )
    if not by_id and not by_key:
        return None
    known = [by_id.get(i) or by_key.get(k) for i, k in strangers.iter_rows()]
    return strangers.with_columns(pl.Series("owner", known, dtype=pl.Int64)).lazy()


def _ids(
    connection: sa.Connection, column: sa.ColumnElement[str | None], keys: list[str]
) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(keys), CHUNK):
        rows = connection.execute(
            sa.select(column, contact.c.id).where(column.in_(keys[start : start + CHUNK]))
        )
        found.update((str(row[0]), int(row[1])) for row in rows)
    return found

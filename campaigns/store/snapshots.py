"""Order lines in parquet files. A file counts only while its manifest row says ``committed``.

Two kinds of file: ``orders`` holds lines that were new when they came, ``orders_changed`` lines that
replace an older one of the same key (an order that was cancelled since, a corrected amount). While
that file counts, the older line does not; when it is withdrawn, the older line counts again.

What a line says: ``amount_minor`` is money of the shop's ``currency``, negative where it went back
to the customer; ``paid_minor`` and ``paid_currency`` what was paid when that was another currency.
``status`` is ``cancelled`` for what counts nowhere, ``returned`` for what lowers the revenue and is
no order of its own, else as the sheet has it. ``quantity`` has the sign of the sheet.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import polars as pl
import sqlalchemy as sa

from campaigns.store.owners import WHO, owners
from campaigns.store.tables import snapshot
from campaigns.store.workspace import Workspace

NEW = "orders"
CHANGED = "orders_changed"
SOURCE = "sources"
"""Which row of an upload told of which contact."""
REPEATED = "repeated"
"""Which uploads had brought the lines that a later one told of again."""
COMMITTED = "committed"
WITHDRAWN = "withdrawn"
FOLDER = "snapshots"
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "contact_id": pl.Int64,
    "customer_id": pl.String,
    "card_number": pl.String,
    "address_key": pl.String,
    "phone": pl.String,
    "order_id": pl.String,
    "ordered_at": pl.Datetime("us", "UTC"),
    "amount_minor": pl.Int64,
    "currency": pl.String,
    "paid_minor": pl.Int64,
    "paid_currency": pl.String,
    "discount_minor": pl.Int64,
    "product_code": pl.String,
    "product": pl.String,
    "quantity": pl.Float64,
    "status": pl.String,
    "line": pl.Int32,
    "upload_id": pl.Int64,
    "row_number": pl.Int64,
}
"""What a file has. One that was written by an older version may lack columns: they are null."""
SOURCES: dict[str, pl.DataType | type[pl.DataType]] = {
    "contact_id": pl.Int64,
    "row_number": pl.Int64,
}
KEY = (*WHO, "order_id", "ordered_at", "product_code", "product", "line")
"""What makes two lines the same. ``line`` tells apart several lines of an order that share the rest."""
TWIN = ("contact_id", *(name for name in KEY if name not in WHO))
"""What makes two lines the same that tell of one person under different keys."""
_TOLD = "told"
"""Which file told of a line, counted from the oldest."""


def orders(workspace: Workspace) -> pl.LazyFrame:
    """Return every committed order line, with the contact it belongs to where one is known."""
    with workspace.database.read() as connection:
        return orders_in(workspace, connection)


def orders_in(workspace: Workspace, connection: sa.Connection) -> pl.LazyFrame:
    """Return the order lines as ``connection`` sees them, uncommitted ones of its own included."""
    lines = _told_lines(workspace, connection)
    late = _late_owners(lines, connection)
    if late.is_empty():
        return lines.drop(_TOLD)
    joined = lines.join(late.lazy(), on=WHO, how="left", nulls_equal=True, maintain_order="left")
    owned = joined.with_columns(pl.coalesce("contact_id", "owner").alias("contact_id"))
    return _once(owned.drop("owner"), late.lazy().select(contact_id="owner")).drop(_TOLD)


def stored_lines(workspace: Workspace, connection: sa.Connection) -> pl.LazyFrame:
    """Return the committed lines with the contact that was known when they came."""
    return _told_lines(workspace, connection).drop(_TOLD)


def files_of(
    workspace: Workspace, connection: sa.Connection, upload_id: int, *kinds: str
) -> list[Path]:
    """Return the committed files of these kinds that an upload keeps, oldest first."""
    mine = sa.and_(snapshot.c.upload_id == upload_id, snapshot.c.kind.in_(kinds))
    query = sa.select(snapshot.c.path).where(mine, snapshot.c.state == COMMITTED)
    paths = connection.scalars(query.order_by(snapshot.c.id))
    return [workspace.files.path(path) for path in paths]


def lines_of(workspace: Workspace, connection: sa.Connection, upload_id: int) -> pl.DataFrame:
    """Return the keys and contacts of the committed lines of one upload, each combination once."""
    told = [
        pl.scan_parquet(path, schema=SCHEMA, missing_columns="insert")
        for path in files_of(workspace, connection, upload_id, NEW, CHANGED)
    ]
    lines = pl.concat(told) if told else pl.LazyFrame(schema=SCHEMA)
    return lines.select("contact_id", *WHO).unique().collect()


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

    Call it inside the transaction that holds the upload: the file's name is the upload's, with its
    number among the files of the upload, those that were withdrawn included.
    """
    mine = sa.select(sa.func.count()).where(snapshot.c.upload_id == upload_id)
    name = f"{kind.replace(':', '-')}-{upload_id}-{connection.execute(mine).scalar_one()}.parquet"
    key, path = workspace.files.new_path(FOLDER, name)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        frame.write_parquet(file, compression="zstd", compression_level=1)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    connection.execute(
        snapshot.insert().values(
            kind=kind, path=key, rows=frame.height, upload_id=upload_id, state=COMMITTED,
            created_at=now,
        )
    )  # fmt: skip


def withdraw(connection: sa.Connection, upload_id: int, kinds: Sequence[str] | None = None) -> int:
    """Make the files of an upload (of some kinds, or all) count no longer; return how many did."""
    mine = sa.and_(snapshot.c.upload_id == upload_id, snapshot.c.state == COMMITTED)
    chosen = mine if kinds is None else sa.and_(mine, snapshot.c.kind.in_(kinds))
    result = connection.execute(snapshot.update().where(chosen).values(state=WITHDRAWN))
    return result.rowcount


def _shaped(lines: pl.DataFrame) -> pl.DataFrame:
    return lines.select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def _told_lines(workspace: Workspace, connection: sa.Connection) -> pl.LazyFrame:
    """The committed lines; of those that were changed since, the newest word."""
    files = connection.execute(
        sa.select(snapshot.c.kind, snapshot.c.path)
        .where(snapshot.c.kind.in_((NEW, CHANGED)), snapshot.c.state == COMMITTED)
        .order_by(snapshot.c.id)
    ).all()
    told = [
        pl.scan_parquet(workspace.files.path(file.path), schema=SCHEMA, missing_columns="insert")
        .with_columns(pl.lit(place, pl.Int32).alias(_TOLD))
        for place, file in enumerate(files)
    ]  # fmt: skip
    first = [lines for lines, file in zip(told, files, strict=True) if file.kind == NEW]
    again = [lines for lines, file in zip(told, files, strict=True) if file.kind == CHANGED]
    lines = pl.concat(first) if first else pl.LazyFrame(schema={**SCHEMA, _TOLD: pl.Int32})
    if not again:
        return lines
    newest = pl.concat(again).unique(KEY, keep="last", maintain_order=True)
    untouched = lines.join(newest.select(KEY), on=KEY, how="anti", nulls_equal=True)
    return pl.concat([untouched, newest])


def _once(lines: pl.LazyFrame, late: pl.LazyFrame) -> pl.LazyFrame:
    """Of the lines that tell of one order under different keys, by the address in one sheet and by
    the customer number in the next, keep the newest.

    That can only be so with contacts whose owner was found ``late``: of the others, intake has
    seen it (``sheets.storing.purchases``).
    """
    others = lines.join(late, on="contact_id", how="anti", maintain_order="left")
    theirs = lines.join(late, on="contact_id", how="semi", maintain_order="left")
    newest = theirs.sort(_TOLD, maintain_order=True).unique(TWIN, keep="last", maintain_order=True)
    return pl.concat([others, newest])


def _late_owners(lines: pl.LazyFrame, connection: sa.Connection) -> pl.DataFrame:
    """Return the contacts that arrived after their orders, by the keys of the orders."""
    strangers = lines.filter(pl.col("contact_id").is_null()).select(WHO).unique()
    return owners(connection, strangers.collect())

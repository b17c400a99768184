"""A sheet of orders as texts by field, later lines of an order completed from its first.

Web shops write date, customer and total of an order on its first line only and leave them empty
below. The lines of one order stand together, under the same order number.
"""

from __future__ import annotations

import polars as pl

from campaigns.sheets.cleaning import cells as clean
from campaigns.sheets.cleaning.plain_columns import codes
from campaigns.sheets.understanding.fields import FIELDS, Mapping, SheetKind
from campaigns.sheets.understanding.recognise import ROW, Table

TOTAL = "total"
"""Whether the row sums up others."""
FIRST = "first"
"""Whether the row is the first of its order, or stands alone."""
OF_CUSTOMER = ("customer_id", "card_number", "address", "phone")
OF_ORDER = ("ordered_at", "currency", "status")
MOST = 0.9
"""Share of the lines that decides how a whole column is meant."""


def by_field(table: Table, mapping: Mapping) -> pl.DataFrame:
    """Return the row number, a cleaned text for each field that orders may have, ``TOTAL`` and
    ``FIRST``. Fields that the sheet has no column for are null.
    """
    texts = clean.texts(table.rows, table.headings)
    fields = dict.fromkeys((*FIELDS[SheetKind.ORDERS], *FIELDS[SheetKind.ORDER_LINES]))
    frame = pl.DataFrame(
        [
            table.rows[ROW],
            clean.totals(texts).alias(TOTAL),
            *(_column(texts, mapping, name, table.rows.height) for name in fields),
        ]
    )
    return _completed(frame.with_columns(codes(frame["order_id"])))


def stands_first(frame: pl.DataFrame, name: str) -> bool:
    """Say whether a column is filled on first lines of orders and empty on nearly all others."""
    later = frame[name].filter(~frame[FIRST])
    return len(later) > 0 and later.null_count() >= MOST * len(later)


def first_lines() -> pl.Expr:
    """The number of the row that begins the order of each row, counted from 0."""
    return pl.when(pl.col(FIRST)).then(pl.int_range(pl.len())).forward_fill()


def _column(texts: pl.DataFrame, mapping: Mapping, name: str, height: int) -> pl.Series:
    heading = mapping.heading(name)
    if heading is None:
        return pl.Series(name, [None], dtype=pl.String).new_from_index(0, height)
    return texts[heading].rename(name)


def _completed(frame: pl.DataFrame) -> pl.DataFrame:
    same = (pl.col("order_id") == pl.col("order_id").shift(1)).fill_null(value=False)
    marked = frame.with_columns((~same).alias(FIRST))
    nobody = pl.all_horizontal(pl.col(name).is_null() for name in OF_CUSTOMER)
    gaps = marked.select(nobody.any(), *(pl.col(name).is_null().any() for name in OF_ORDER))
    if marked[FIRST].all() or not any(gaps.row(0)):
        return marked
    begins = first_lines()
    return marked.with_columns(
        *(_above(pl.col(name), pl.col(name).is_null(), begins) for name in OF_ORDER),
        *(_above(pl.col(name), nobody, begins) for name in OF_CUSTOMER),
    )


def _above(value: pl.Expr, missing: pl.Expr, begins: pl.Expr) -> pl.Expr:
    """The value, or where it is missing the one of the nearest line above of the same order."""
    told = pl.when(~missing).then(pl.int_range(pl.len())).forward_fill()
    return (
        pl.when(missing & (told >= begins)).then(value.gather(told.fill_null(0))).otherwise(value)
    )

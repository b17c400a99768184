"""Rows of a sheet of orders into clean order lines, each refused one with its reason."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import polars as pl

from campaigns.sheets.cleaning import cells as clean
from campaigns.sheets.cleaning.amounts import currencies, minor_units, numbers
from campaigns.sheets.cleaning.moments import moments
from campaigns.sheets.cleaning.people import TOTALS_ROW, Refused
from campaigns.sheets.understanding.fields import Mapping
from campaigns.sheets.understanding.recognise import ROW, Table
from campaigns.sheets.understanding.vocabulary import CANCELLED, key
from campaigns.store.rollups import CANCELLED as CANCELLED_STATUS
from campaigns.store.snapshots import KEY
from campaigns.store.suppressions import address_key

BAD_DATE = "bad_date"
BAD_AMOUNT = "bad_amount"
NO_CUSTOMER = "no_customer"
CURRENCY_MISMATCH = "currency_mismatch"
FIELD_AT_FAULT = {
    BAD_DATE: "ordered_at", BAD_AMOUNT: "amount", NO_CUSTOMER: "customer_id",
    CURRENCY_MISMATCH: "currency",
}  # fmt: skip
SAME = ("amount_minor", "currency", "quantity", "status")
"""What two lines of the same key must share to be the same news."""
GROUP = tuple(name for name in KEY if name != "line")
_FIELDS = (
    "order_id", "ordered_at", "amount", "currency", "product", "quantity", "status", "customer_id",
    "address",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Purchases:
    """What a sheet of orders comes to. ``repeated`` rows stand in the sheet twice."""

    lines: pl.DataFrame
    refused: list[Refused]
    repeated: int


def purchases(table: Table, mapping: Mapping, currency: str) -> Purchases:
    """Return the clean lines and the refused rows.

    Args:
        table: the sheet.
        mapping: what its columns mean.
        currency: the shop's; a row in another one is refused, as sums of two are no sums.
    """
    texts = table.rows.select(ROW, *(clean.text(name) for name in table.headings))
    lines = _columns(texts, mapping, currency, from_book=table.marks.from_book)
    totals = clean.totals(texts.select(table.headings))
    judged = lines.with_columns(_reason(totals, currency).alias("reason"))
    bad = judged.filter(pl.col("reason").is_not_null()).select(ROW, "reason")
    refused = [Refused(row, why, FIELD_AT_FAULT.get(why)) for row, why in bad.iter_rows()]
    good = _named(judged.filter(pl.col("reason").is_null()).drop("reason"))
    distinct = good.unique(subset=[*GROUP, *SAME], keep="first", maintain_order=True)
    numbered = distinct.with_columns(
        pl.int_range(pl.len()).over(GROUP).cast(pl.Int32).alias("line")
    )
    return Purchases(numbered, refused, good.height - distinct.height)


def _columns(texts: pl.DataFrame, mapping: Mapping, home: str, *, from_book: bool) -> pl.DataFrame:
    raw = {name: _column(texts, mapping, name) for name in _FIELDS}
    addresses = clean.addresses(raw["address"])
    return pl.DataFrame(
        {
            ROW: texts[ROW],
            "customer_id": clean.whole_number(raw["customer_id"]),
            "address_key": clean.each_distinct(addresses, address_key, pl.String),
            "order_id": clean.whole_number(raw["order_id"]),
            "ordered_at": moments(raw["ordered_at"]),
            "amount_minor": minor_units(raw["amount"], from_book=from_book),
            "currency": currencies(raw["currency"], raw["amount"], home),
            "product": raw["product"],
            "quantity": numbers(raw["quantity"]).fill_null(1.0),
            "status": clean.each_distinct(raw["status"], _status, pl.String),
        }
    )


def _column(texts: pl.DataFrame, mapping: Mapping, name: str) -> pl.Series:
    heading = mapping.heading(name)
    if heading is None:
        return pl.Series(name, [None] * texts.height, dtype=pl.String)
    return texts[heading].rename(name)


def _status(written: str) -> str:
    return CANCELLED_STATUS if key(written) in CANCELLED else written.casefold()


def _reason(totals: pl.Series, currency: str) -> pl.Expr:
    stranger = pl.col("customer_id").is_null() & pl.col("address_key").is_null()
    return (
        pl.when(totals).then(pl.lit(TOTALS_ROW))
        .when(stranger).then(pl.lit(NO_CUSTOMER))
        .when(pl.col("ordered_at").is_null()).then(pl.lit(BAD_DATE))
        .when(pl.col("amount_minor").is_null()).then(pl.lit(BAD_AMOUNT))
        .when(pl.col("currency") != currency).then(pl.lit(CURRENCY_MISMATCH))
    )  # fmt: skip


def _named(lines: pl.DataFrame) -> pl.DataFrame:
    """Give each line an order id where the sheet has none.

    It is made from the row's content, so that the same row uploaded again is the same order; equal
    rows without an id are orders of their own, as a customer may buy the same thing twice.
    """
    twin = pl.int_range(pl.len()).over([*_CONTENT, "order_id"])
    content = pl.concat_str(
        [*(pl.col(name).cast(pl.String).fill_null("") for name in _CONTENT), twin.cast(pl.String)],
        separator="\x1f",
    )
    nameless = pl.when(pl.col("order_id").is_null()).then(content).alias("content")
    made = clean.each_distinct(lines.select(nameless)["content"], _made_id, pl.String)
    return lines.with_columns(pl.coalesce("order_id", made).alias("order_id"))


_CONTENT = ("customer_id", "address_key", "ordered_at", "amount_minor", "quantity", "product")


def _made_id(content: str) -> str:
    return "row-" + hashlib.sha256(content.encode()).hexdigest()[:16]

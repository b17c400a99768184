"""The amount of each order line, in hundredths, with its sign.

* The column mapped to ``amount`` is the line's. Where it is empty: quantity × price − discount.
* When it is filled on first lines of orders only, or says the same on all lines of each order while
  prices of lines say otherwise, it is the order's total and counts once, on the first line.
* A negative amount or quantity, a credit note (``C536379`` among numbers), a document that is called
  a return and a return beside sales are money that went back: the amount is negative, the status
  ``returned``.
"""

from __future__ import annotations

import polars as pl

from campaigns.sheets.cleaning import plain_columns as plain
from campaigns.sheets.cleaning.order_sheet import FIRST, first_lines, stands_first
from campaigns.sheets.cleaning.statuses import statuses, tells_documents
from campaigns.sheets.understanding.fields import Mapping
from campaigns.store.rollups import CANCELLED, RETURNED

CREDIT_NOTE = r"^[Cc]-?\d+$"
RETURN_DOCUMENT = r"(?i)^(?:возврат|сторно|վերադարձ|დაბრუნებ|refund|return|credit note)"
"""Accounting programs number documents by what they are: "Возврат от покупателя 3"."""
NUMBER = r"^\d+$"
PERCENT = r"^(\d+(?:[.,]\d+)?)\s*%$"
UNREAD = "unread"
"""Whether a quantity is written that cannot be read; it counts as one."""


def with_amounts(frame: pl.DataFrame, mapping: Mapping, *, from_book: bool) -> pl.DataFrame:
    """Return the frame with amount_minor, discount_minor, quantity, status and ``UNREAD``.

    An amount that is missing or cannot be read is null.
    """

    def money(name: str) -> pl.Series:
        if frame[name].null_count() == frame.height:
            return frame[name].cast(pl.Int64)
        return plain.amounts(
            frame[name], from_book=from_book, decimal=mapping.said(name, "decimal")
        )

    quantity = plain.quantities(frame["quantity"], mapping.said("quantity", "decimal"))
    unread = quantity.is_null() & frame["quantity"].is_not_null()
    parts = frame.with_columns(
        given=money("amount"),
        price=money("unit_price"),
        discount_minor=money("discount").abs(),
        number=quantity.fill_null(1.0),
        status=statuses(frame["status"], mapping.heading("status")),
    ).with_columns(unread.alias(UNREAD))
    by_price = _by_price(parts)
    amount = _once_an_order(by_price) if _is_total(by_price) else _of_line()
    return _signed(by_price.with_columns(amount.alias("amount_minor")), frame["status"]).drop(
        "quantity", "given", "price", "by price", "amount", "unit_price", "discount"
    ).rename({"number": "quantity"})  # fmt: skip


def _by_price(parts: pl.DataFrame) -> pl.DataFrame:
    if parts["unit_price"].null_count() == parts.height:
        return parts.with_columns(pl.lit(None, pl.Int64).alias("by price"))
    gross = pl.col("price") * pl.col("number")
    if parts["discount"].null_count() == parts.height:
        return parts.with_columns(pl.when(~pl.col(UNREAD)).then(_rounded(gross)).alias("by price"))
    share = pl.col("discount").str.extract(PERCENT).str.replace(",", ".").cast(pl.Float64)
    off = pl.coalesce("discount_minor", gross.abs() * share / 100)
    unreadable = pl.col("discount").is_not_null() & off.is_null()
    readable = pl.when(~unreadable & ~pl.col(UNREAD)).then(
        gross - gross.sign() * off.fill_null(0.0)
    )
    return parts.with_columns(
        _rounded(readable).alias("by price"), _rounded(off).alias("discount_minor")
    )


def _rounded(amount: pl.Expr) -> pl.Expr:
    return amount.round(0, mode="half_away_from_zero").cast(pl.Int64)


def _of_line() -> pl.Expr:
    """What is written but cannot be read is not made up for from the price."""
    return pl.when(pl.col("amount").is_null()).then("by price").otherwise("given")


def _once_an_order(parts: pl.DataFrame) -> pl.Expr:
    empty = pl.lit(value=stands_first(parts, "amount"))
    later = pl.when(pl.col("amount").is_null() | ~empty).then(0).otherwise("given")
    return pl.when(pl.col(FIRST)).then(_of_line()).otherwise(later)


def _is_total(parts: pl.DataFrame) -> bool:
    """Say whether the amounts are totals of orders."""
    written = parts["amount"].null_count() < parts.height
    if parts[FIRST].all() or not written:
        return False
    return stands_first(parts, "amount") or _repeated(parts)


def _repeated(parts: pl.DataFrame) -> bool:
    if parts["price"].null_count() == parts.height:
        return False
    begins = parts.select(first_lines().alias("begins"))["begins"]
    alike = parts["given"] == parts["given"].gather(begins)
    later = ~parts[FIRST]
    other = parts.filter(later & (parts["given"] != parts["by price"])).height
    return bool(alike.filter(later).all()) and 2 * other > len(parts.filter(later))


def _signed(lines: pl.DataFrame, written: pl.Series) -> pl.DataFrame:
    went_back = pl.col("number") < 0
    went_back |= pl.col("order_id").str.contains(RETURN_DOCUMENT).fill_null(value=False)
    if _has_credit_notes(lines["order_id"]):
        went_back |= pl.col("order_id").str.contains(CREDIT_NOTE).fill_null(value=False)
    if tells_documents(written):
        went_back |= pl.col("status").eq_missing(RETURNED)
    amount = pl.when(went_back).then(-pl.col("amount_minor").abs()).otherwise("amount_minor")
    signed = lines.with_columns(amount)
    back = (pl.col("amount_minor") < 0) & (
        went_back | pl.col("status").is_in([CANCELLED, RETURNED]).fill_null(value=False)
    )
    void = pl.col("status").eq_missing(RETURNED) & (pl.col("amount_minor") >= 0)
    status = pl.when(back).then(pl.lit(RETURNED)).when(void).then(pl.lit(CANCELLED))
    return signed.with_columns(status.otherwise("status").alias("status"))


def _has_credit_notes(order_ids: pl.Series) -> bool:
    """Say whether numbers with a C before them stand among plain numbers."""
    notes = order_ids.str.contains(CREDIT_NOTE).sum()
    return 0 < notes <= (order_ids.str.contains(NUMBER).sum() if notes else 0)

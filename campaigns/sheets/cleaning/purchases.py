"""Rows of a sheet of orders into clean order lines, each refused one with its reason.

Every column is judged as a whole: date order and decimal sign are one decision for all rows. What
amounts and statuses come to stands in ``line_amounts`` and ``statuses``, which lines are the same in
``line_identity``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from campaigns.model.language import Language
from campaigns.sheets.cleaning import plain_columns as plain
from campaigns.sheets.cleaning.addresses import address_keys, addresses
from campaigns.sheets.cleaning.line_amounts import UNREAD, with_amounts
from campaigns.sheets.cleaning.line_identity import numbered, with_order_ids
from campaigns.sheets.cleaning.order_sheet import TOTAL, by_field
from campaigns.sheets.cleaning.people import TOTALS_ROW, Refused
from campaigns.sheets.cleaning.phones import phones
from campaigns.sheets.understanding.fields import Mapping, SheetKind
from campaigns.sheets.understanding.recognise import ROW, Table
from campaigns.store import rates
from campaigns.store.owners import WHO

BAD_DATE = "bad_date"
BAD_AMOUNT = "bad_amount"
NO_CUSTOMER = "no_customer"
NO_RATE = "no_rate"
FIELD_AT_FAULT = {
    BAD_DATE: "ordered_at", BAD_AMOUNT: "amount", NO_CUSTOMER: "customer_id", NO_RATE: "currency",
}  # fmt: skip
UNCLEAR_QUANTITY = "quantity_unclear"
"""A note: the quantity cannot be read; the line counts as one piece."""
CONVERTED = "currency_converted"
"""A note: the amount was in another currency than the shop's."""
SAME = (
    "amount_minor", "currency", "paid_minor", "paid_currency", "discount_minor", "quantity", "status",
)  # fmt: skip
"""What rows of an order share that stand in a sheet twice."""


@dataclass(frozen=True, slots=True)
class Purchases:
    """What a sheet of orders comes to. ``repeated`` rows stand in the sheet twice."""

    lines: pl.DataFrame
    refused: list[Refused]
    repeated: int
    notes: dict[str, int] = field(default_factory=dict)


def purchases(
    table: Table,
    mapping: Mapping,
    currency: str,
    known_rates: pl.DataFrame = rates.NONE,
    language: Language = Language.HY,
) -> Purchases:
    """Return the clean lines and the refused rows.

    Args:
        table: the sheet.
        mapping: what its columns mean.
        currency: the shop's, in which all amounts are told.
        known_rates: of other currencies (``store.rates``); a row without one is refused, as sums
            of two currencies are no sums.
        language: the shop's, which decides the country of a phone number without a code.
    """
    lines = _lines(table, mapping, currency, language)
    converted = rates.converted(lines, known_rates, currency)
    judged = converted.with_columns(_reason().alias("reason"))
    bad = judged.filter(pl.col("reason").is_not_null()).select(ROW, "reason")
    refused = [Refused(row, why, FIELD_AT_FAULT.get(why)) for row, why in bad.iter_rows()]
    good = judged.filter(pl.col("reason").is_null()) if bad.height else judged
    notes = {
        UNCLEAR_QUANTITY: int(good[UNREAD].sum()),
        CONVERTED: good.height - good["paid_minor"].null_count(),
    }
    named = with_order_ids(good.drop("reason", TOTAL, UNREAD))
    # An order may hold the same product twice; but a row of an order's own is that order.
    told = numbered(named, SAME if mapping.kind is SheetKind.ORDERS else ())
    return Purchases(
        told, refused, good.height - told.height, {name: n for name, n in notes.items() if n}
    )


def _lines(table: Table, mapping: Mapping, home: str, language: Language) -> pl.DataFrame:
    sheet = by_field(table, mapping)
    frame = with_amounts(sheet, mapping, from_book=table.marks.from_book)
    amounts = sheet["amount"].zip_with(sheet["amount"].is_not_null(), sheet["unit_price"])
    return frame.with_columns(
        plain.codes(frame["customer_id"]),
        plain.codes(frame["card_number"]),
        _if_any(frame["address"], lambda values: address_keys(addresses(values))).alias(
            "address_key"
        ),
        _if_any(frame["phone"], lambda values: phones(plain.codes(values), language)),
        plain.codes(frame["product_code"]),
        plain.dates(frame["ordered_at"], mapping.said("ordered_at", "dates")),
        plain.currency_codes(frame["currency"], amounts, home),
    ).drop("address")


def _if_any(values: pl.Series, read: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Read a column unless there is none."""
    return values if values.null_count() == len(values) else read(values).rename(values.name)


def _reason() -> pl.Expr:
    stranger = pl.all_horizontal(pl.col(name).is_null() for name in WHO)
    return (
        pl.when(TOTAL).then(pl.lit(TOTALS_ROW))
        .when(stranger).then(pl.lit(NO_CUSTOMER))
        .when(pl.col("ordered_at").is_null()).then(pl.lit(BAD_DATE))
        .when(pl.col("amount_minor").is_null()).then(pl.lit(BAD_AMOUNT))
        .when(pl.col(rates.MISSING)).then(pl.lit(NO_RATE))
    )  # fmt: skip

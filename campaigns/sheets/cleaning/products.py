"""Rows of a price list into products, each refused one with its reason."""

from __future__ import annotations

import polars as pl

from campaigns.sheets.cleaning import plain_columns as plain
from campaigns.sheets.cleaning.cells import each_distinct
from campaigns.sheets.cleaning.people import TOTALS_ROW
from campaigns.sheets.cleaning.purchases import BAD_AMOUNT
from campaigns.sheets.cleaning.row_frame import TOTAL, CleanRows, by_field, judged
from campaigns.sheets.understanding.fields import Mapping
from campaigns.sheets.understanding.recognise import ROW, Table
from campaigns.store.matching import fold

NO_PRODUCT = "no_product"
COLUMNS = (ROW, "key", "code", "name", "category", "price_minor", "currency", "attributes")


def clean_products(table: Table, mapping: Mapping, currency: str) -> CleanRows:
    """Return one row a product of the sheet: columns ``COLUMNS``, null where it says nothing.

    Args:
        table: the sheet.
        mapping: what its columns mean.
        currency: the shop's, for a price that stands without one.
    """
    texts = by_field(table, mapping)
    codes = plain.codes(texts["product_code"])
    prices = plain.amounts(
        texts["unit_price"], from_book=table.marks.from_book,
        decimal=mapping.said("unit_price", "decimal"),
    )  # fmt: skip
    named = plain.currency_codes(texts["currency"], texts["unit_price"], currency)
    frame = texts.with_columns(
        codes.alias("code"),
        pl.coalesce(codes, each_distinct(texts["product"], fold, pl.String)).alias("key"),
        texts["product"].alias("name"),
        prices.alias("price_minor"),
        pl.when(prices.is_not_null()).then(named).alias("currency"),
    )
    reason = (
        pl.when(TOTAL).then(pl.lit(TOTALS_ROW))
        .when(pl.col("key").is_null()).then(pl.lit(NO_PRODUCT))
        .when(pl.col("unit_price").is_not_null() & pl.col("price_minor").is_null())
        .then(pl.lit(BAD_AMOUNT))
    )  # fmt: skip
    found = judged(frame, reason, {BAD_AMOUNT: "unit_price", NO_PRODUCT: "product"})
    return CleanRows(found.frame.select(COLUMNS), found.refused)

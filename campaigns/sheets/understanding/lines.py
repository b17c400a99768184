"""Orders or their lines? And which column is the amount of a line, which the order's total?

A total of the order that stands on each of its lines must not be summed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from campaigns.sheets.cleaning.amounts import numbers

LOOKED_AT = 3_000
"""Rows from the top: the lines of an order stand together."""
MOST = 0.8
CENT = 0.011
FEWEST_ORDERS = 2
"""Orders of several lines that must agree before a column is called their total."""


class Role(StrEnum):
    """What a column of money is in a sheet of lines."""

    LINE = "line_amount"
    TOTAL = "order_total"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows from the top of a sheet, with the headings of what lines are told apart by."""

    rows: pl.DataFrame
    order_id: str | None
    product: str | None

    @classmethod
    def of(cls, rows: pl.DataFrame, headings: Mapping[str, str]) -> Lines:
        """Return the top of a sheet.

        Args:
            rows: the sheet.
            headings: field → heading.
        """
        product = headings.get("product_code") or headings.get("product")
        return cls(rows.head(LOOKED_AT), headings.get("order_id"), product)

    @property
    def repeat(self) -> bool:
        """Whether an order has several rows that tell of different products."""
        if self.order_id is None or self.product is None:
            return False
        known = self.rows.filter(pl.col(self.order_id).is_not_null())
        orders = known[self.order_id].n_unique()
        return known.select(self.order_id, self.product).n_unique() > orders


def role_of(
    lines: Lines, column: str, *, price: str | None = None, quantity: str | None = None
) -> Role:
    """Return what a column of money is: the line's amount, the order's total, or not to be told."""
    amounts = numbers(lines.rows[column])
    if price and quantity and _is_product(amounts, lines.rows, price, quantity):
        return Role.LINE
    if lines.order_id is None:
        return Role.UNKNOWN
    return Role.TOTAL if _says_the_same(amounts, lines.rows[lines.order_id]) else Role.UNKNOWN


def _is_product(amounts: pl.Series, rows: pl.DataFrame, price: str, quantity: str) -> bool:
    """Say whether amounts are price × quantity; rows of one piece prove little, but suffice."""
    by_price = numbers(rows[price]) * numbers(rows[quantity])
    near = ((amounts.abs() - by_price.abs()).abs() <= CENT + 0.001 * by_price.abs()).drop_nulls()
    return len(near) > 0 and near.sum() >= MOST * len(near)


def _says_the_same(amounts: pl.Series, orders: pl.Series) -> bool:
    """Say whether the lines of each order bear one amount, or only the first of them does."""
    grouped = (
        pl.DataFrame({"order": orders, "amount": amounts})
        .filter(pl.col("order").is_not_null())
        .group_by("order")
        .agg(
            pl.len().alias("lines"),
            pl.col("amount").drop_nulls().n_unique().alias("different"),
            pl.col("amount").is_not_null().sum().alias("filled"),
        )
        .filter(pl.col("lines") > 1, pl.col("filled") > 0)
    )
    same = grouped.filter(pl.col("different") == 1).height
    return grouped.height >= FEWEST_ORDERS and same >= 0.95 * grouped.height

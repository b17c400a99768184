"""What the values of a column do not tell: 02.03.2026 may be March or February, 12.500 a dozen or
twelve thousand. Only a person knows, so they are asked, each with a value of theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from campaigns.sheets.understanding.fields import ATTRIBUTE, Mapping

DATES = ("birthday", "consent_at", "ordered_at", "happened_at", "suppressed_at")
AMOUNTS = ("amount", "unit_price", "discount")
_DATE = r"^\s*(\d{1,2})[./\-](\d{1,2})[./\-](\d{4}|\d{2})\b"
_EITHER = r"^\D*[1-9]\d{0,2}([.,])\d{3}\D*$"
_TOLD = r"[.,]\d{1,2}\D*$|[.,]\d{4,}|\d[.,]\d{3}[.,]|^\D*0[.,]\d"
_PARTS = re.compile(_DATE)
CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Doubt:
    """A column that may be read in two ways: an option of the mapping, a value, and its readings."""

    heading: str
    option: str
    example: str
    readings: dict[str, date | Decimal]


def doubts(rows: pl.DataFrame, mapping: Mapping) -> list[Doubt]:
    """Return the columns of a sheet that nothing in them decides, in the order of the sheet."""
    found = []
    for heading, field in mapping.columns.items():
        kind = mapping.option(heading, "type") if field == ATTRIBUTE else None
        doubt = None
        if field in DATES or kind == "date":
            doubt = _of_dates(rows[heading])
        elif field in AMOUNTS or kind == "number":
            doubt = _of_amounts(rows[heading])
        found += [doubt] if doubt else []
    return found


def _of_dates(values: pl.Series) -> Doubt | None:
    """A doubt when no day is over 12, and the first value that reads in two ways."""
    parts = values.to_frame("text").select(
        "text", *(pl.col("text").str.extract(_DATE, i).cast(pl.Int32).alias(str(i)) for i in (1, 2))
    )
    if bool((parts["1"] > 12).any()) or bool((parts["2"] > 12).any()):
        return None
    open_ones = parts.filter(pl.col("1") != pl.col("2"))["text"]
    for text in open_ones.head(100):
        if readings := _both_dates(text):
            return Doubt(values.name, "dates", text, readings)
    return None


def _both_dates(text: str) -> dict[str, date | Decimal] | None:
    first, second, year = (int(part) for part in _PARTS.findall(text)[0])
    year += CENTURY if year < 100 else 0
    try:
        return {"dmy": date(year, second, first), "mdy": date(year, first, second)}
    except ValueError:  # year 0
        return None


def _of_amounts(values: pl.Series) -> Doubt | None:
    """A doubt when every value with a sign inside has exactly three digits behind it."""
    signed = values.filter(values.str.contains(_EITHER))
    signs = set(signed.str.extract(_EITHER, 1).unique().to_list())
    if len(signs) != 1 or bool(values.str.contains(_TOLD).any()):
        return None
    text = signed[0]
    sign = signs.pop()
    whole, _, rest = re.sub(r"[^\d.,]", "", text).partition(sign)
    grouped, small = Decimal(whole + rest), Decimal(f"{whole}.{rest}")
    other = "," if sign == "." else "."
    return Doubt(values.name, "decimal", text, {other: grouped, sign: small})

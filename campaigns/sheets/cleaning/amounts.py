"""Written money and numbers into exact numbers."""

from __future__ import annotations

import re

import polars as pl

from campaigns.sheets.cleaning.cells import each_distinct
from campaigns.sheets.understanding.vocabulary import CURRENCIES, key

LARGEST = 10**12
EXPONENT = re.compile(r"(?<=\d)[eE](?=[+-]?\d)")
_NO_NUMBER = r"\d\s*%|\d\s*[-−]$|\d[\s\u00a0]+\d{1,2}([^\d]|$)|\d[\s\u00a0]+\d{4}"
"""A share, a minus behind the number (how some programs write a refund), and blanks that group no
thousands: "12 50" may be 12 and a half, or two prices."""
_BLANKS = r"[\s'’`_\u00a0\u202f\u2009]"


def minor_units(values: pl.Series, *, from_book: bool = False) -> pl.Series:
    """Return amounts of money in hundredths; null where the text is no number.

    A comma or dot before one, two or more than three digits is the decimal sign; before exactly
    three it groups thousands, unless other values of the column have decimals behind that sign
    (when some have them behind the other one too, nothing tells, and the value is null). More than
    two decimals (sums that a spreadsheet computed) are rounded.

    In a workbook 33.333 may be a number or a text, and when nothing in the column tells, it is null.
    """
    number = numbers(values, from_book=from_book)
    return (number * 100).round(0, mode="half_away_from_zero").cast(pl.Int64, strict=False)


def numbers(values: pl.Series, *, from_book: bool = False) -> pl.Series:
    """Return written numbers; null where the text is none or is out of all proportion."""
    written = pl.when(~pl.col("text").str.contains(_NO_NUMBER)).then(pl.col("text"))
    frame = values.to_frame("text").with_columns(
        written.str.replace_all(_BLANKS, "").alias("digits")
    )
    bare = pl.col("digits").str.replace_all(r"^[^\d\-(−+]+|[^\d)]+$", "").str.replace("−", "-")
    negative = bare.str.contains(r"^\(.*\)$|^-")
    body = bare.str.strip_chars("()-+")
    frame = frame.with_columns(body.alias("body"), negative.alias("negative"))
    dots = bool(frame["body"].str.contains(r"^\d+\.(\d{1,2}|\d{4,})$|^0\.\d+$").any())
    commas = bool(frame["body"].str.contains(r"^\d+,(\d{1,2}|\d{4,})$|^0,\d+$").any())
    plain = _plain(
        pl.col("body"), dots_are_decimal=dots, commas_are_decimal=commas, from_book=from_book
    )
    amount = plain.cast(pl.Float64, strict=False)
    signed = pl.when(pl.col("negative")).then(-amount).otherwise(amount)
    sane = frame.select(pl.when(signed.abs() < LARGEST).then(signed).alias("number"))
    return sane["number"].rename(values.name)


def plain_numbers(values: pl.Series) -> pl.Series:
    """Return written numbers as plain decimals: 1234.5, -3, 0.25."""
    plain = numbers(values).cast(pl.String)
    return plain.str.replace(r"\.0$", "")


def _plain(
    body: pl.Expr, *, dots_are_decimal: bool, commas_are_decimal: bool, from_book: bool
) -> pl.Expr:
    """A number with a dot before its decimals and nothing else in it, else null."""
    either = body.str.contains(r"^[1-9]\d{0,2}[.,]\d{3}$")
    unclear = pl.lit(value=dots_are_decimal and commas_are_decimal) & either
    thousands_comma = pl.lit(value=not commas_are_decimal) & body.str.contains(
        r"^[1-9]\d{0,2},\d{3}$"
    )
    thousands_dot = pl.lit(value=not dots_are_decimal) & body.str.contains(r"^[1-9]\d{0,2}\.\d{3}$")
    return (
        pl.when(unclear | (pl.lit(value=from_book) & thousands_dot)).then(None)
        .when(body.str.contains(r"^\d+(\.\d+[eE][+-]?\d+)?$")).then(body)
        .when(thousands_comma | body.str.contains(r"^[1-9]\d{0,2}(,\d{3}){2,}(\.\d*)?$|^[1-9]\d{0,2}(,\d{3})+\.\d*$")).then(body.str.replace_all(",", ""))
        .when(thousands_dot | body.str.contains(r"^[1-9]\d{0,2}(\.\d{3}){2,}$|^[1-9]\d{0,2}(\.\d{3})+,\d*$"))
        .then(body.str.replace_all(r"\.", "").str.replace(",", "."))
        .when(body.str.contains(r"^\d*[.,]\d+$|^\d+[.,]$")).then(body.str.replace(",", "."))
    )  # fmt: skip


def currencies(values: pl.Series, amounts: pl.Series, home: str) -> pl.Series:
    """Return ISO codes: of the currency column, else of the sign beside the amount, else ``home``.

    A word that is no currency we know stays as it stands, so that the row can be refused with it.
    """
    named = each_distinct(values, lambda word: currency(word) or word.upper(), pl.String)
    signed = each_distinct(amounts, _beside, pl.String)
    return named.zip_with(named.is_not_null(), signed).fill_null(home)


def currency(word: str) -> str | None:
    """Return the ISO code of a currency's sign, name or code.

    >>> currency("դրամ"), currency("₾")
    ('AMD', 'GEL')
    """
    return CURRENCIES.get(word.strip()) or CURRENCIES.get(key(word))


def _beside(written: str) -> str | None:
    words = re.findall(r"[^\W\d_]+|[֏₾$€₽]", EXPONENT.sub("", written))
    return next((currency(word) or word.upper() for word in words), None)

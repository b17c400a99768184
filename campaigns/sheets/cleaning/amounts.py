"""Written money and numbers into exact numbers. Which sign stands before the decimals is decided for
a whole column, and each distinct text is read once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import polars as pl

from campaigns.sheets.cleaning.cells import each_distinct, spread, where
from campaigns.sheets.understanding.vocabulary import CURRENCIES, key

Sign = Literal[",", "."]
LARGEST = 10**12
EXPONENT = re.compile(r"(?<=\d)[eE](?=[+-]?\d)")
_NO_NUMBER = (
    r"[0-9]\s*%|[0-9]\s*[-−]$|[0-9][\s\u00a0]+[0-9]{1,2}([^0-9]|$)|[0-9][\s\u00a0]+[0-9]{4}"
)
"""A share, a minus behind the number (how some programs write a refund), and blanks that group no
thousands: "12 50" may be 12 and a half, or two prices."""
_BLANKS = r"[\s'’`´_\u00a0\u2007-\u200a\u202f]"
_AROUND = r"^[^0-9\-(−+]+|[^0-9)]+$"
_NEGATIVE = r"^\(.*\)$|^[^0-9]*[-−]"
_DECIMAL_DOT = r"^[0-9]+\.([0-9]{1,2}|[0-9]{4,})$|^0\.[0-9]+$|,[0-9]{3}\.[0-9]+$"
_DECIMAL_COMMA = r"^[0-9]+,([0-9]{1,2}|[0-9]{4,})$|^0,[0-9]+$|\.[0-9]{3},[0-9]+$"
_UNCLEAR = r"^[1-9][0-9]{0,2}[.,][0-9]{3}$"
_NOT_PLAIN = r"[^0-9\s.,'’()+\-−]"


@dataclass(frozen=True, slots=True)
class DecimalSign:
    """Which sign stands before the decimals of a column, and what tells it: counts of distinct values."""

    sign: Sign | None
    """None: nothing tells; a sign before three figures is then taken for thousands."""
    sure: bool
    """No value is unclear, or the others prove one sign and not the other."""
    commas: int
    """Values that have decimals behind a comma: 12,50."""
    dots: int
    """Values that have decimals behind a dot: 12.50."""
    unclear: int
    """Values that may have either three decimals or thousands: 12.500."""


class Numbers(NamedTuple):
    """A column of numbers as read. ``is_guessed``: a sign was taken for thousands without proof."""

    number: pl.Series
    is_guessed: pl.Series
    sign: DecimalSign


def minor_units(
    values: pl.Series, *, from_book: bool = False, decimal: str | None = None
) -> pl.Series:
    """Return amounts of money in hundredths; null where the text is no number.

    A comma or dot before one, two or more than three digits is the decimal sign; before exactly
    three it groups thousands, unless other values of the column have decimals behind that sign
    (when some have them behind the other one too, nothing tells, and the value is null). More than
    two decimals (sums that a spreadsheet computed) are rounded.

    In a workbook 33.333 may be a number or a text, and when nothing in the column tells, it is null.

    Args:
        values: as written.
        from_book: numbers of the workbook stand among them.
        decimal: the sign before decimals, ``,`` or ``.``, if a person said it.
    """
    number = numbers(values, from_book=from_book, decimal=decimal)
    return (number * 100).round(0, mode="half_away_from_zero").cast(pl.Int64, strict=False)


def numbers(values: pl.Series, *, from_book: bool = False, decimal: str | None = None) -> pl.Series:
    """Return written numbers; null where the text is none or is out of all proportion."""
    return read_numbers(values, from_book=from_book, decimal=decimal).number


def decimal_sign(values: pl.Series) -> DecimalSign:
    """Return which sign stands before the decimals of a column, and what tells it.

    >>> decimal_sign(pl.Series(["1.250", "2.5"])).sign
    '.'
    """
    return _sign(_bodies(values.drop_nulls().unique())["body"])


def read_numbers(
    values: pl.Series, *, from_book: bool = False, decimal: str | None = None
) -> Numbers:
    """Return the numbers of a column, which of them are guessed, and the sign before decimals.

    Args:
        values: as written.
        from_book: numbers of the workbook stand among them.
        decimal: the sign, ``,`` or ``.``, if a person said it; None: what the column tells.
    """
    texts = values.drop_nulls().unique()
    frame = _bodies(texts)
    sign = _sign(frame["body"])
    if decimal:
        sign = replace(sign, sign="," if decimal == "," else ".", sure=True)
    plain = frame.select(_plain(sign, from_book=from_book and not decimal).alias("plain"))["plain"]
    amount = plain.cast(pl.Float64, strict=False)
    signed = amount.zip_with(~frame["negative"], -amount)
    sane = where((signed.abs() < LARGEST).fill_null(value=False), signed)
    guessed = frame["body"].str.contains(_UNCLEAR) & sane.is_not_null() & (not sign.sure)
    told = spread(values, texts, guessed).fill_null(value=False)
    return Numbers(spread(values, texts, sane), told, sign)


def _bodies(texts: pl.Series) -> pl.DataFrame:
    """The figures of written numbers with their signs between, and which are below zero."""
    digits = where(~texts.str.contains(_NO_NUMBER), texts).str.replace_all(_BLANKS, "")
    headed = digits.str.replace(r"^([-−+(]?)([.,][0-9])", "${1}0$2")  # .5
    bare = headed.str.replace_all(_AROUND, "")
    body = bare.str.replace(r"^[(\-−+]+[^0-9]*", "").str.strip_chars("()")
    negative = bare.str.contains(_NEGATIVE).fill_null(value=False)
    return pl.DataFrame({"body": body, "negative": negative})


def _sign(bodies: pl.Series) -> DecimalSign:
    commas = int(bodies.str.contains(_DECIMAL_COMMA).sum())
    dots = int(bodies.str.contains(_DECIMAL_DOT).sum())
    unclear = int(bodies.str.contains(_UNCLEAR).sum())
    one = bool(commas) != bool(dots)
    sign: Sign | None = None if not one else "," if commas else "."
    return DecimalSign(sign, one or not unclear, commas, dots, unclear)


def _plain(sign: DecimalSign, *, from_book: bool) -> pl.Expr:
    """A number with a dot before its decimals and nothing else in it, else null."""
    body = pl.col("body")
    both = not sign.sure and sign.commas > 0 and sign.dots > 0
    unclear = body.str.contains(_UNCLEAR)
    by_dot = unclear & body.str.contains(".", literal=True)
    doubtful = (
        unclear if both else by_dot if from_book and sign.sign != "." else pl.lit(value=False)
    )
    is_decimal = body.str.contains(sign.sign, literal=True) if sign.sign else pl.lit(value=False)
    return (
        pl.when(doubtful).then(None)
        .when(body.str.contains(r"^[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$") & ~unclear).then(body)
        .when(unclear & is_decimal).then(body.str.replace(",", "."))
        .when(unclear).then(body.str.replace_all("[.,]", ""))
        .when(body.str.contains(r"^[1-9][0-9]{0,2}(,[0-9]{3}){2,}(\.[0-9]*)?$|^[1-9][0-9]{0,2}(,[0-9]{3})+\.[0-9]*$")).then(body.str.replace_all(",", ""))
        .when(body.str.contains(r"^[1-9][0-9]{0,2}(\.[0-9]{3}){2,}$|^[1-9][0-9]{0,2}(\.[0-9]{3})+,[0-9]*$"))
        .then(body.str.replace_all(r"\.", "").str.replace(",", "."))
        .when(body.str.contains(r"^[0-9]*[.,][0-9]+$|^[0-9]+[.,]$")).then(body.str.replace(",", "."))
    )  # fmt: skip


def plain_numbers(
    values: pl.Series, *, from_book: bool = False, decimal: str | None = None
) -> pl.Series:
    """Return written numbers as plain decimals: 1234.5, -3, 0.25."""
    return each_distinct(numbers(values, from_book=from_book, decimal=decimal), _decimal, pl.String)


def _decimal(number: float) -> str:
    """Without an exponent; ten decimals are more than anybody writes."""
    text = f"{number:.10f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def currencies(values: pl.Series, amounts: pl.Series, home: str) -> pl.Series:
    """Return ISO codes: of the currency column, else of the sign beside the amount, else ``home``.

    A word that is no currency we know stays as it stands, so that the row can be refused with it.
    """
    named = each_distinct(values, lambda word: currency(word) or word.upper(), pl.String)
    worded = where(amounts.str.contains(_NOT_PLAIN).fill_null(value=False), amounts)
    signed = each_distinct(worded, _beside, pl.String)
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

"""Written dates into moments. Which of day and month comes first is decided for a whole column."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import partial

import polars as pl

from campaigns.sheets.cleaning.cells import each_distinct
from campaigns.sheets.understanding.vocabulary import MONTHS

MOMENT = pl.Datetime("us", "UTC")
_NUMBERS = (
    r"^(\d{1,4})[./\-](\d{1,2})[./\-](\d{1,4})\.?"
    r"(?:(?:[ T]|, ?)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?: ?([AaPp])\.?[Mm]\.?)?(?:Z| ?([+-]\d{2}:?\d{2}))?)?(?:թ\.?|г\.?)?$"
)
_SERIAL = re.compile(r"[2-6]\d{4}(\.\d+)?")
_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
"""Day 0 of spreadsheets, as they count 1900 as a leap year."""
_WORDS = re.compile(r"(\d{1,4})|([^\W\d_]{2,})")
PIVOT = 70
"""Two-digit years from here on belong to the last century."""
EARLIEST = 1900
LATEST = 2100


def moments(values: pl.Series, *, pivot: int = PIVOT) -> pl.Series:
    """Return dates and times as aware moments (a date alone is its midnight, UTC).

    Understands 2.3.2026, 02/03/2026, 2026-03-02, 2026.03.02 12:30, a spreadsheet's day number and
    months in words in four languages. Null where the text is none of them. Years of two digits
    belong to the last century from ``pivot`` on.
    """
    parts = values.to_frame("text").select(
        pl.col("text"),
        *(pl.col("text").str.extract(_NUMBERS, i).alias(str(i)) for i in range(1, 9)),
    )
    numeric = parts.with_columns(pl.col(str(i)).cast(pl.Int32) for i in range(1, 7))
    by_numbers = numeric.select(_assembled(month_first(numeric), pivot))["moment"]
    rest = values.zip_with(by_numbers.is_null(), pl.Series([None], dtype=pl.String))
    by_words = each_distinct(rest, partial(_in_words, pivot=pivot), MOMENT)
    return by_numbers.zip_with(by_numbers.is_not_null(), by_words).rename(values.name)


def month_first(parts: pl.DataFrame) -> bool:
    """Say whether a column writes 3/25/2026: only when a value proves it and none disproves it."""
    short = parts.filter(pl.col("1") < 100)
    return bool((short["2"] > 12).any()) and not bool((short["1"] > 12).any())


def _assembled(swap: bool, pivot: int) -> pl.Expr:  # noqa: FBT001 - one decision of the column
    first, second, third = pl.col("1"), pl.col("2"), pl.col("3")
    year_first = first > 99
    day = pl.when(year_first).then(third).otherwise(second if swap else first)
    month = pl.when(year_first | (not swap)).then(second).otherwise(first)
    year = _full_year(pl.when(year_first).then(first).otherwise(third), pivot)
    afternoon = pl.col("7").str.to_lowercase() == "p"
    hour = pl.col("4").fill_null(0) % pl.when(pl.col("7").is_null()).then(100).otherwise(12)
    date = pl.format(
        "{}-{}-{} {}:{}:{}",
        year.cast(pl.String).str.zfill(4), _two(month), _two(day),
        _two(hour + pl.when(afternoon.fill_null(value=False)).then(12).otherwise(0)),
        _two(pl.col("5").fill_null(0)), _two(pl.col("6").fill_null(0)),
    )  # fmt: skip
    moment = date.str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="us", strict=False)
    sane = year.is_between(EARLIEST, LATEST)
    utc = moment.dt.replace_time_zone("UTC") - _offset(pl.col("8"))
    return pl.when(sane).then(utc).alias("moment")


def _offset(written: pl.Expr) -> pl.Expr:
    """How far a zone written as +0400 or +04:00 is ahead of UTC; none written: not at all."""
    digits = written.str.replace(":", "")
    hours, minutes = digits.str.slice(0, 3).cast(pl.Int32), digits.str.slice(3, 2).cast(pl.Int32)
    ahead = hours * 60 + pl.when(hours < 0).then(-minutes).otherwise(minutes)
    return pl.duration(minutes=ahead.fill_null(0))


def _full_year(year: pl.Expr, pivot: int) -> pl.Expr:
    return (
        pl.when(year < pivot).then(year + 2000).when(year < 100).then(year + 1900).otherwise(year)
    )


def _two(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.String).str.zfill(2)


def _in_words(written: str, pivot: int) -> datetime | None:
    """A day number of a spreadsheet, or a date with the month's name in it."""
    if _SERIAL.fullmatch(written):
        return _EPOCH + timedelta(days=round(float(written) * 86400) / 86400)
    found = _WORDS.findall(written.casefold())
    numbers = [int(number) for number, _ in found if number]
    month = next((m for _, word in found if word and (m := _month(word))), None)
    if month is None or len(numbers) < 2:
        return None
    day, year = (numbers[1], numbers[0]) if numbers[0] > 31 else (numbers[0], numbers[1])
    if year < 100 and len(numbers) == 2:  # 5-Mar-24; with more numbers it may be an hour
        year += 2000 if year < pivot else 1900
    try:
        moment = datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
    return moment if EARLIEST <= year <= LATEST else None


def _month(word: str) -> int | None:
    starts = sorted((start for start in MONTHS if word.startswith(start)), key=len)
    return MONTHS[starts[-1]] if starts else None

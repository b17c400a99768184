"""Written dates into moments. Which of day and month comes first is decided for a whole column.

In the region the day comes first; only a column whose values cannot be read so is read otherwise,
or one of which a person said so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from typing import Literal, NamedTuple

import polars as pl

from campaigns.sheets.cleaning.cells import each_distinct, spread, where
from campaigns.sheets.understanding.vocabulary import MONTHS

Order = Literal["dmy", "mdy"]
MOMENT = pl.Datetime("us", "UTC")
_NUMBERS = (
    r"^([0-9]{1,4})\s?([./,\-])\s?([0-9]{1,2})\s?[./,\-]\s?([0-9]{1,4})\.?"
    r"(?:(?:[ T]|, ?)([0-9]{1,2})[:.]([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?(?: ?([AaPp])\.?[Mm]\.?)?"
    r"(?:Z| ?UTC| ?GMT| ?([+-][0-9]{2}(?::?[0-9]{2})?))?)?"
    r"\s?(?:թ|թվական[ա-և]*|г|год[а-я]*|წ|წელი|წლის)?\.?$"
)
_PARTS = ("first", "sign", "second", "third", "hour", "minute", "seconds", "half", "zone")
_ISO = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2}:[0-9]{2})?$"
_SERIAL = r"^[1-6][0-9]{4}(?:[.,][0-9]+)?$"
_COMPACT = r"^(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$"
_UNIX = r"^1[0-9]{9}(?:[0-9]{3})?$"
_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
"""Day 0 of spreadsheets, as they count 1900 as a leap year."""
_WORDS = re.compile(r"(\d{1,4})|([^\W\d_]+)")
_TIME = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2}))?")
_ROMAN_NUMERALS = "i ii iii iv v vi vii viii ix x xi xii"
_ROMAN = {numeral: number for number, numeral in enumerate(_ROMAN_NUMERALS.split(), 1)}
PIVOT = 70
"""Two-digit years from here on belong to the last century."""
EARLIEST = 1900
LATEST = 2100


@dataclass(frozen=True, slots=True)
class DateOrder:
    """Which comes first in the dates of a column, and what tells it: counts of distinct values."""

    order: Order
    sure: bool
    """Nothing is left to the custom of the region: no value is ambiguous, or others prove it."""
    day_first: int
    """Values that can only be read day first: 25/03/2026."""
    month_first: int
    """Values that can only be read month first: 03/25/2026."""
    ambiguous: int
    """Values that may be either, such as 02/03/2026. With dots the day stands first."""


class Moments(NamedTuple):
    """A column of dates as read. ``is_guessed``: day and month stand as the region's custom has it."""

    moment: pl.Series
    is_guessed: pl.Series
    order: DateOrder


def moments(values: pl.Series, *, pivot: int = PIVOT, order: str | None = None) -> pl.Series:
    """Return dates and times as aware moments (a date alone is its midnight, UTC).

    Understands 2.3.2026, 02/03/2026, 2026-03-02T10:00:00+04:00, 2026.03.02 12:30, 20260302, a
    spreadsheet's day number and months in words in four languages. Null where the text is none of
    them. Years of two digits belong to the last century from ``pivot`` on.
    """
    return read_moments(values, pivot=pivot, order=order).moment


def date_order(values: pl.Series) -> DateOrder:
    """Return which of day and month comes first in a column, and what tells it.

    >>> date_order(pl.Series(["01/02/2026", "03/25/2026"])).order
    'mdy'
    """
    return _order(_parts(values.drop_nulls().unique()))


def read_moments(values: pl.Series, *, pivot: int = PIVOT, order: str | None = None) -> Moments:
    """Return the moments of a column, which of them are guessed, and the order of day and month.

    Args:
        values: as written.
        pivot: years of two digits from here on belong to the last century.
        order: ``dmy`` or ``mdy``, what a person said; None: what the column tells.
    """
    texts = values.drop_nulls().unique().alias("text")
    iso = _iso(texts)
    parts = _parts(where(iso.is_null(), texts))
    found = _order(parts)
    decided = replace(found, order=_known_order(order), sure=True) if order else found
    swapped = _month_first(parts, decided.order, said=order is not None)
    read = iso.fill_null(_assembled(parts.with_columns(swapped), pivot))
    read = read.fill_null(_by_figures(where(read.is_null(), texts), read))
    read = read.fill_null(
        each_distinct(where(read.is_null(), texts), partial(_in_words, pivot=pivot), MOMENT)
    )
    guessed = parts["is_ambiguous"] & (not decided.sure)
    return Moments(
        spread(values, texts, read), spread(values, texts, guessed).fill_null(value=False), decided
    )


def _known_order(order: str) -> Order:
    return "mdy" if order == "mdy" else "dmy"


def _iso(texts: pl.Series) -> pl.Series:
    """2026-03-02 and 2026-03-02 10:00:00, which programs write, at a fifth of the cost of the rest."""
    if not texts.str.contains(_ISO).any():
        return pl.Series("moment", [None], MOMENT).new_from_index(0, len(texts))
    plain = where(texts.str.contains(_ISO), texts)
    second = plain.str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="us", strict=False)
    day = plain.str.to_datetime("%Y-%m-%d", time_unit="us", strict=False)
    moment = second.fill_null(day)
    return where(moment.dt.year().is_between(EARLIEST, LATEST), moment).dt.replace_time_zone("UTC")


def _parts(texts: pl.Series) -> pl.DataFrame:
    """The figures of the dates written with figures alone, null for others; whether either of day
    and month may stand first.
    """
    groups = texts.str.extract_groups(_NUMBERS).struct.unnest()
    groups.columns = list(_PARTS)
    numbers = ("first", "second", "third", "hour", "minute", "seconds")
    parts = groups.with_columns(pl.col(numbers).cast(pl.Int32))
    first, second = pl.col("first"), pl.col("second")
    either = first.is_between(1, 12) & second.is_between(1, 12) & (first != second)
    unsaid = pl.col("sign").is_in(["/", "-"])
    return parts.with_columns((either & unsaid).fill_null(value=False).alias("is_ambiguous"))


def _order(parts: pl.DataFrame) -> DateOrder:
    short = parts.filter(pl.col("first") < 100)
    day_first = int(((short["first"] > 12) & (short["second"] <= 12)).sum())
    month_first = int(((short["second"] > 12) & (short["first"] <= 12)).sum())
    ambiguous = int(parts["is_ambiguous"].sum())
    told = (day_first == 0) != (month_first == 0)
    return DateOrder(
        "mdy" if month_first > day_first else "dmy", told or ambiguous == 0, day_first,
        month_first, ambiguous,
    )  # fmt: skip


def _month_first(parts: pl.DataFrame, order: Order, *, said: bool) -> pl.Series:
    """Of which dates the month stands first. With dots it does only where others with dots prove
    it, or a person said so: 12/25/2025 says nothing of 03.04.2025 below it.
    """
    dotted = (parts["sign"] == ".").fill_null(value=False)
    with_dots = order if said else _order(parts.filter(dotted)).order
    swapped = (dotted & (with_dots == "mdy")) | (~dotted & (order == "mdy"))
    return swapped.alias("month_first")


def _assembled(parts: pl.DataFrame, pivot: int) -> pl.Series:
    """The moments that the figures tell; null where there is no such day or hour."""
    first, second, third = pl.col("first"), pl.col("second"), pl.col("third")
    month_first = pl.col("month_first")
    one = pl.when(month_first).then(second).otherwise(first)
    other = pl.when(month_first).then(first).otherwise(second)
    year_first = first > 99
    afternoon = pl.when(pl.col("half").str.to_lowercase() == "p").then(12).otherwise(0)
    hour = pl.col("hour").fill_null(0)
    named = parts.select(
        pl.when(year_first).then(third).otherwise(one).alias("day"),
        pl.when(year_first).then(second).otherwise(other).alias("month"),
        _full_year(pl.when(year_first).then(first).otherwise(third), pivot).alias("year"),
        pl.when(pl.col("half").is_null()).then(hour).otherwise(hour % 12 + afternoon).alias("hour"),
        pl.col("minute").fill_null(0),
        pl.col("seconds").fill_null(0),
        _offset(pl.col("zone")).alias("offset"),
    )
    exists = named.select(_exists().fill_null(value=False).alias("exists"))["exists"]
    sound = named.with_columns(
        pl.when(exists).then(pl.col(name)).alias(name) for name in ("day", "month", "year", "hour")
    )
    moment = pl.datetime(
        "year", "month", "day", "hour", "minute", "seconds", time_unit="us", time_zone="UTC"
    )
    return sound.select((moment - pl.col("offset")).alias("moment"))["moment"]


def _exists() -> pl.Expr:
    year, month, day = pl.col("year"), pl.col("month"), pl.col("day")
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    february = pl.when(leap).then(29).otherwise(28)
    short = pl.when(month == 2).then(february).when(month.is_in([4, 6, 9, 11])).then(30)
    return (
        year.is_between(EARLIEST, LATEST) & month.is_between(1, 12) & (day >= 1)
        & (day <= short.otherwise(31)) & (pl.col("hour") < 24) & (pl.col("minute") < 60)
        & (pl.col("seconds") < 60)
    )  # fmt: skip


def _offset(written: pl.Expr) -> pl.Expr:
    """How far a zone written as +04, +0400 or +04:00 is ahead of UTC; none written: not at all."""
    digits = written.str.replace(":", "")
    hours, minutes = digits.str.slice(0, 3).cast(pl.Int32), digits.str.slice(3, 2)
    minutes = minutes.cast(pl.Int32, strict=False).fill_null(0)
    ahead = hours * 60 + pl.when(digits.str.starts_with("-")).then(-minutes).otherwise(minutes)
    return pl.duration(minutes=ahead.fill_null(0))


def _full_year(year: pl.Expr, pivot: int) -> pl.Expr:
    return (
        pl.when(year < pivot).then(year + 2000).when(year < 100).then(year + 1900).otherwise(year)
    )


def _by_figures(texts: pl.Series, others: pl.Series) -> pl.Series:
    """Dates of figures alone: 20260302, seconds since 1970, a spreadsheet's day number.

    Five figures are a day number only in a column of such, or beside dates of the same years.
    """
    compact = where(texts.str.contains(_COMPACT), texts).str.to_datetime(
        "%Y%m%d", time_unit="us", strict=False
    )
    seconds = where(texts.str.contains(_UNIX), texts).str.slice(0, 10).cast(pl.Int64)
    unix = (seconds * 1_000_000).cast(MOMENT)
    number = where(texts.str.contains(_SERIAL), texts).str.replace(",", ".").cast(pl.Float64)
    whole = (number * 86_400).round(0).cast(pl.Int64) * 1_000_000
    serial = (whole + int(_EPOCH.timestamp()) * 1_000_000).cast(MOMENT)
    if others.null_count() * 2 < len(others):
        bounds = others.dt.offset_by("-1y").min(), others.dt.offset_by("1y").max()
        serial = where(serial.is_between(*bounds), serial)
    return compact.dt.replace_time_zone("UTC").fill_null(unix).fill_null(serial)


def _in_words(written: str, pivot: int) -> datetime | None:
    """A date with the month's name in it, and the time where it stands beside."""
    time = _TIME.search(written)
    found = _WORDS.findall(_TIME.sub(" ", written).casefold())
    numbers = [int(number) for number, _ in found if number]
    month = next((m for _, word in found if word and (m := _month(word))), None)
    if month is None or len(numbers) != 2:
        return None
    day, year = (numbers[1], numbers[0]) if numbers[0] > 31 else (numbers[0], numbers[1])
    if year < 100:
        year += 2000 if year < pivot else 1900
    try:
        moment = datetime(year, month, day, tzinfo=UTC) + _clock(time)
    except ValueError:
        return None
    return moment if EARLIEST <= year <= LATEST else None


def _clock(found: re.Match[str] | None) -> timedelta:
    """How long after midnight; an hour that no day has is none."""
    hour, minute, second = (int(part) for part in found.groups(default="0")) if found else (0, 0, 0)
    return timedelta(hours=hour, minutes=minute, seconds=second) if hour < 24 else timedelta()


@lru_cache(maxsize=1_000)
def _month(word: str) -> int | None:
    starts = sorted((start for start in MONTHS if word.startswith(start)), key=len)
    return MONTHS[starts[-1]] if starts else _ROMAN.get(word)

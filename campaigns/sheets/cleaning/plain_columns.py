"""Columns that are written in one plain way throughout, as exports of tills and shops are.

They are read as a whole, some twenty times as fast as by the ways that understand everything
(``moments``, ``amounts``), and come to the same; any other column is left to those.
"""

from __future__ import annotations

import re

import polars as pl

from campaigns.sheets.cleaning import cells as clean
from campaigns.sheets.cleaning.amounts import currencies, decimal_sign, minor_units, numbers
from campaigns.sheets.cleaning.moments import EARLIEST, LATEST, MOMENT, moments

NUMBER = r"^-?\d{1,12}(?:\.\d{1,2})?$"
THREE_DECIMALS = r"^-?[0-9]{1,3}([.,])[0-9]{3}$"
ADDED = r"^'|\.0"
_DAYS = {
    r"\d{4}-\d\d-\d\d": "%Y-%m-%d",
    r"\d{4}\.\d\d\.\d\d": "%Y.%m.%d",
    r"\d{4}/\d\d/\d\d": "%Y/%m/%d",
    r"\d{1,2}\.\d{1,2}\.\d{4}": "%d.%m.%Y",
    r"\d{1,2}/\d{1,2}/\d{4}": "%d/%m/%Y",
    r"\d{1,2}-\d{1,2}-\d{4}": "%d-%m-%Y",
}
_HOURS = {"": "", r" \d{1,2}:\d\d": " %H:%M", r" \d{1,2}:\d\d:\d\d": " %H:%M:%S",
          r"T\d\d:\d\d:\d\d": "T%H:%M:%S"}  # fmt: skip


def codes(values: pl.Series) -> pl.Series:
    """Return numbers of customers, orders and the like, without what exports add to them."""
    added = values.str.contains(ADDED).any()
    return clean.whole_number(values) if added else values


def amounts(values: pl.Series, *, from_book: bool, decimal: str | None = None) -> pl.Series:
    """Return money in hundredths, as :func:`minor_units` does."""
    plain = None if decimal == "," else _numbers(values)
    if plain is None:
        return minor_units(values, from_book=from_book, decimal=decimal)
    return (plain * 100).round(0, mode="half_away_from_zero").cast(pl.Int64)


def quantities(values: pl.Series, decimal: str | None = None) -> pl.Series:
    """Return numbers, as :func:`numbers` does; 1,500 among others of three decimals is one and a
    half, and so is 1.500: accounting programs and scales write every quantity so, and hardly
    anybody buys by the thousand.
    """
    plain = None if decimal == "," else _numbers(values)
    return numbers(values, decimal=decimal or _weighed(values)) if plain is None else plain


def _weighed(values: pl.Series) -> str | None:
    """The sign before three decimals where the column tells of no other one."""
    found = decimal_sign(values)
    if found.sure or found.commas or found.dots:
        return None
    signs = values.str.extract(THREE_DECIMALS, 1)
    every = signs.null_count() == values.null_count()
    told = set(signs.drop_nulls().to_list())
    return told.pop() if len(told) == 1 and (every or told == {"."}) else None


def dates(values: pl.Series, order: str | None = None) -> pl.Series:
    """Return moments, as :func:`moments` does."""
    form = _form(values) if order != "mdy" else None
    if form is not None:
        found = values.str.to_datetime(form, time_unit="us", time_zone="UTC", strict=False)
        years = found.dt.year()
        sane = years.is_between(EARLIEST, LATEST).all()
        if found.null_count() == values.null_count() and sane:
            return found.cast(MOMENT)
    return moments(values, order=order)


def currency_codes(values: pl.Series, written: pl.Series, home: str) -> pl.Series:
    """Return the currency of each amount, as :func:`currencies` does."""
    if values.null_count() == 0 or _numbers(written) is not None:
        written = pl.Series([None], dtype=pl.String).new_from_index(0, len(values))
    return currencies(values, written, home)


def _numbers(values: pl.Series) -> pl.Series | None:
    if not values.str.contains(NUMBER).all():
        return None
    return values.cast(pl.Float64)


def _form(values: pl.Series) -> str | None:
    """The form that the first value is written in; where the day may be the month, day first, as
    nothing disproves it once all values can be read so.
    """
    place = values.is_not_null().arg_max()
    first = values[place] if place is not None else None
    return next(
        (
            day_form + hour_form
            for day, day_form in _DAYS.items()
            for hour, hour_form in _HOURS.items()
            if first and re.fullmatch(day + hour, first)
        ),
        None,
    )

"""Cells of phone numbers into numbers in E.164: which one is meant, and what else stands there.

Nearly all cells hold one number in a known form, which a pattern of the country's own plan tells;
each distinct other text is judged once by the full plans of all countries.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

import polars as pl

from campaigns.language.phones import NEIGHBOURS, REGIONS, country_code, e164, national_pattern
from campaigns.model.language import Language
from campaigns.sheets.cleaning.cells import each_distinct, is_nothing, where

UNREADABLE = "phone_unreadable"
SEVERAL = "phone_several"
EXTENSION = "phone_extension"
ABROAD = ("RU", "US", "GB", "FR", "DE", "UA", "IL", "GR", "TR", "PL", "AE")
"""Where many of the region's people live; only for speed, other countries are read as well."""
LOST_DIGITS = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
"""How spreadsheets write long numbers; mostly the last figures are gone then."""
_BETWEEN = r"[\s().\-\u2010-\u2015]+"
_NO_NUMBER = r"^\+(?:374|995)\d{0,11}$|^\d{0,6}$"
"""Where no form fits: a number of our two countries, which need nothing but their digits, or too few
figures for any; the rest may be two numbers, or one of another country."""
_SEPARATORS = re.compile(
    r"\s*(?:[;,|/\\]|\s(?:и|և|ու|და|and|or|или|կամ|ან)\s)\s*|(?<=\d{5})\s+(?=[+0]\d{2})"
)
_EXTENSION = re.compile(
    r"(?i)[\s,;(]*(?:ext(?:ension)?\.?|доб\.?|вн\.?|ներք\.?|დამატ\.?|შიდა|#|x)\s*:?\s*\d{1,5}\)?$"
)
_OF_SOVIET_WAY = re.compile(r"^8\D*10\D*(?=\d)")
"""The way abroad from the networks of the former Union: 8, a tone, 10."""
_OF_RUSSIA = re.compile(r"^8(?=9\d{9}$)")


class Judged(NamedTuple):
    """What a cell comes to: its first valid number in E.164, and what is to be told of it."""

    phone: str | None
    note: str | None = None


def phones(values: pl.Series, language: Language) -> pl.Series:
    """Return phone numbers in E.164; null where the text is no number of any country.

    Args:
        values: as written, numbers of spreadsheets included.
        language: the shop's, which decides the country of a number without a code.
    """
    return read_phones(values, language)["phone"]


def read_phones(values: pl.Series, language: Language) -> pl.DataFrame:
    """Return of each cell its ``phone`` and a ``note`` on it; with a note it is kept as written."""
    home = REGIONS.get(language, "AM")
    figures = values.str.replace_all(_BETWEEN, "")
    phone = _by_form(figures, home)
    unread = where(phone.is_null(), values)
    is_bad = (figures.str.contains(_NO_NUMBER) & phone.is_null()).fill_null(value=False)
    note = where(is_bad & ~each_distinct(where(is_bad, values), is_nothing, pl.Boolean), UNREADABLE)
    rest = where(~is_bad, unread)
    distinct = rest.drop_nulls().unique()
    if distinct.is_empty():
        return pl.DataFrame({"phone": phone, "note": note})
    judged = [judge(written, home) for written in distinct]
    found, told = (
        rest.replace_strict(distinct, pl.Series(each, dtype=pl.String), default=None)
        for each in zip(*judged, strict=True)
    )
    return pl.DataFrame({"phone": phone.fill_null(found), "note": note.fill_null(told)})


def _by_form(figures: pl.Series, home: str) -> pl.Series:
    """The numbers where the figures have a form that leaves no doubt, else null."""
    found = pl.lit(None, pl.String)
    column = pl.col("figures")
    for pattern, replacement in reversed(_forms(home)):
        fits = column.str.contains(pattern)
        found = pl.when(fits).then(column.str.replace(pattern, replacement)).otherwise(found)
    return figures.to_frame("figures").select(found.alias("phone"))["phone"]


@cache
def _forms(home: str) -> list[tuple[str, str]]:
    """Patterns of whole numbers with what they become: with the code of a near country, without any
    in the home country, in the form of a neighbour, with the code of a country farther away.
    """
    (other,) = (each for each in NEIGHBOURS if each != home)
    near = "|".join(f"{country_code(one)}(?:{national_pattern(one)})" for one in NEIGHBOURS)
    far = "|".join(f"{country_code(one)}(?:{national_pattern(one)})" for one in ABROAD)
    return [
        (rf"^(?:\+|00)?({near})$", "+$1"),
        (rf"^0?({national_pattern(home)})$", f"+{country_code(home)}$1"),
        (rf"^0?({national_pattern(other)})$", f"+{country_code(other)}$1"),
        (rf"^(?:\+|00)({far})$", "+$1"),
    ]


@lru_cache(maxsize=20_000)
def judge(written: str, home: str) -> Judged:
    """Return what a cell comes to that is not one number in a plain form.

    >>> judge("091 23-45-67, 094 11-22-33", "AM"), judge("010 52-00-00 ext. 12", "AM").note
    (Judged(phone='+37491234567', note='phone_several'), 'phone_extension')
    """
    if is_nothing(written):
        return Judged(None)
    if LOST_DIGITS.fullmatch(written):
        return Judged(None, UNREADABLE)
    if one := _number(written, home):
        return Judged(one)
    bare = _EXTENSION.sub("", written)
    if bare != written and (one := _number(bare, home)):
        return Judged(one, EXTENSION)
    numbers = [_number(part, home) for part in _SEPARATORS.split(bare) if part]
    valid = [number for number in numbers if number]
    return Judged(valid[0], SEVERAL) if valid else Judged(None, UNREADABLE)


def _number(written: str, home: str) -> str | None:
    figures = re.sub(r"[^\d+]", "", written)
    if len(figures) < 6:  # numbers of all countries are longer, with their codes
        return None
    found = e164(written, home=home)
    if found:
        return found
    if _OF_SOVIET_WAY.match(written):
        return e164("+" + _OF_SOVIET_WAY.sub("", written), home=home)
    if _OF_RUSSIA.match(figures):
        return e164("+7" + figures[1:], home=home)
    return None

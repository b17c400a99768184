"""Cells of phone numbers into numbers in E.164: which one is meant, and what else stands there.

Nearly all cells hold one number in a known form, which a pattern of the country's own plan tells;
each distinct other text is judged once by the full plans of all countries.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import polars as pl

from campaigns.language.phones import (
    NEIGHBOURS,
    REGIONS,
    country_code,
    e164,
    national_pattern,
    possible_pattern,
)
from campaigns.model.language import Language
from campaigns.sheets.cleaning.cells import is_nothing, spread, where

UNREADABLE = "phone_unreadable"
SEVERAL = "phone_several"
EXTENSION = "phone_extension"
ABROAD = ("RU", "GB", "FR", "UA", "IL", "GR", "TR", "PL", "AE")
"""Where many of the region's people live; only for speed, other countries are read as well. Not
Germany, whose plan takes or leaves equal figures by their number too."""
LOST_DIGITS = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
"""How spreadsheets write long numbers; mostly the last figures are gone then."""
_BETWEEN = r"[\s().\-\u2010-\u2015]+"
MOST_FIGURES = 12
"""After a country's code; where more follow, there may be two numbers."""
FEWEST_FIGURES = 7
_SEPARATORS = re.compile(
    r"\s*(?:[;,|/\\]|:::|\s(?:и|և|ու|და|and|or|или|կամ|ან)\s)\s*|(?<=\d{5})\s+(?=[+0]\d{2})"
)
_EXTENSION = re.compile(
    r"(?i)[\s,;(]*(?:ext(?:ension)?\.?|доб\.?|вн\.?|ներք\.?|დამატ\.?|შიდა|#|x)\s*:?\s*\d{1,5}\)?$"
)
_OF_SOVIET_WAY = re.compile(r"^8\D*10\D*(?=\d)")
"""The way abroad from the networks of the former Union: 8, a tone, 10."""
_OF_RUSSIA = re.compile(r"^8(?=\d{10}$)")


class Judged(NamedTuple):
    """What a cell comes to: its first valid number in E.164, and what is to be told of it."""

    phone: str | None
    note: str | None = None


_JUDGED = {"phone": pl.String, "note": pl.String}


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
    others = where(phone.is_null(), values)
    odd = others.drop_nulls().unique()
    hopeless = _is_hopeless(odd.str.replace_all(_BETWEEN, ""))
    doubtful = odd.filter(~hopeless)
    judged = pl.DataFrame([judge(written, home) for written in doubtful], _JUDGED, orient="row")
    unread = pl.Series([UNREADABLE]).new_from_index(0, len(odd) - len(doubtful))
    known = pl.concat([doubtful, odd.filter(hopeless)])
    note = pl.concat([judged["note"], unread])
    return pl.DataFrame(
        {
            "phone": phone.fill_null(spread(others, doubtful, judged["phone"])),
            "note": spread(others, known, note),
        }
    )


def _by_form(figures: pl.Series, home: str) -> pl.Series:
    """The numbers where the figures have a form that leaves no doubt, else null."""
    found = pl.Series("phone", [None], pl.String).new_from_index(0, len(figures))
    for pattern, code in _forms(home):
        if not found.null_count():
            return found
        national = where(found.is_null(), figures).str.extract(pattern)
        found = found.fill_null(code + national)
    return found


@cache
def _forms(home: str) -> list[tuple[str, str]]:
    """Patterns of whole numbers, each with what stands before what it finds: numbers with the code
    of a near country, without any in the home country, in the form of a neighbour, with the code of
    a country farther away, and as Russia writes its own, behind an 8.
    """
    (other,) = (each for each in NEIGHBOURS if each != home)
    near, far = (
        "|".join(f"{country_code(one)}(?:{national_pattern(one)})" for one in regions)
        for regions in (NEIGHBOURS, ABROAD)
    )
    return [
        (rf"^(?:\+|00)?({near})$", "+"),
        (rf"^0?({national_pattern(home)})$", f"+{country_code(home)}"),
        (rf"^0?({national_pattern(other)})$", f"+{country_code(other)}"),
        (rf"^(?:\+|00)({far})$", "+"),
        (rf"^8({national_pattern('RU')})$", f"+{country_code('RU')}"),
    ]


def _is_hopeless(figures: pl.Series) -> pl.Series:
    """Which figures are certainly no number: behind the code of a country whose plan they do not
    fit. Where many follow, there may be two numbers.
    """
    codes = "|".join(sorted({str(country_code(one)) for one in (*NEIGHBOURS, *ABROAD)}))
    coded = figures.str.contains(rf"^\+(?:{codes})[0-9]{{0,{MOST_FIGURES}}}$")
    if not coded.any():
        return coded
    possible = "|".join(possible_pattern(one) for one in (*NEIGHBOURS, *ABROAD))
    return coded & ~figures.str.contains(rf"^\+(?:{possible})$")


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
    if len(figures) < FEWEST_FIGURES:
        return None
    found = e164(written, home=home)
    if found:
        return found
    if _OF_SOVIET_WAY.match(written):
        return e164("+" + _OF_SOVIET_WAY.sub("", written), home=home)
    if _OF_RUSSIA.match(figures):
        return e164("+7" + figures[1:], home=home)
    return None

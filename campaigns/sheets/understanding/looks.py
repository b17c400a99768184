"""What a single value looks like: an address, a date, a name, money. Each is judged by itself."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from campaigns.language.people.endings import LIKELY, SURE, surnameness
from campaigns.language.people.gender import gender_of_word
from campaigns.language.people.listed import given_name
from campaigns.language.phones import e164
from campaigns.sheets.understanding.vocabulary import (
    CITIES,
    CURRENCIES,
    LANGUAGES,
    MONTHS,
    NO,
    STATUSES,
    YES,
    key,
)

CACHED = 50_000


class Look(StrEnum):
    """What values of a column may look like. ``look.<value>`` among the labels names them."""

    ADDRESS = "address"
    PHONE = "phone"
    BARE_PHONE = "bare_phone"
    """A number that may be a phone's, written without any sign of it."""
    DATE = "date"
    COMPACT_DATE = "compact_date"
    """19970131: a date only where a heading says so or nothing else can be one."""
    EPOCH = "epoch"
    TIME = "time"
    NUMBER = "number"
    WHOLE = "whole"
    """Not 007: a number with zeros before it is a code."""
    MONEY = "money"
    """A number with the sign of a currency beside it."""
    CODE = "code"
    CARD = "card"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    FULL_NAME = "full_name"
    GENDER = "gender"
    LANGUAGE = "language"
    YES_NO = "yes_no"
    CURRENCY = "currency"
    CITY = "city"
    STATUS = "status"
    URL = "url"
    TEXT = "text"


NAMES = frozenset({Look.GIVEN_NAME, Look.FAMILY_NAME, Look.FULL_NAME})
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}")
_DATE = re.compile(
    r"(\d{1,2}[./\-]\d{1,2}[./\-](?:\d{4}|\d{2})|\d{4}[./\-]\d{1,2}[./\-]\d{1,2})"
    r"([ T,].*|Z|թ\.?|г\.?)?"
)
_DATE_IN_WORDS = re.compile(
    r"(?:\d{1,2}[\s.\-]*([^\W\d_]{3,})|([^\W\d_]{3,})\.?\s+\d{1,2},?)[\s.,\-]*\d{2,4}\b.*"
)
_COMPACT_DATE = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_EPOCH = re.compile(r"1[0-9]{9}(\d{3})?(\.0)?")
_TIME = re.compile(r"\d{1,2}:\d{2}(:\d{2})?( ?[AaPp][Mm])?")
_NUMBER = re.compile(r"(?!0\d)[-+−(]?(\d[\d\s.,'’\u00a0\u202f]*|[.,]\d+)\)?%?")
_MONEY = re.compile(
    r"([^\W\d_]+\.?|[֏₾$€₽])?\s*[-+−(]?\s*\d[\d\s.,'’\u00a0\u202f]*\)?\s*([^\W\d_]+\.?|[֏₾$€₽])?"
)
_SIGN = re.compile(r"[^\W\d_]+|[֏₾$€₽]")
_WHOLE = re.compile(r"(?!0\d)[-+−]?\d{1,15}(\.0+)?")
_PHONE = re.compile(r"(?=(?:\D*\d){7,15}\D*$)[+(]?\d[\d\s().\-/]{5,20}\d(\.0)?")
_CARD = re.compile(r"\d(?:[ -]?\d){12,18}")
_CODE = re.compile(r"#?(?=\S*\d)[\w\-/.]{1,30}")
_LETTERS = re.compile(r"[^\W\d_]+(?:[\s.\-'’][^\W\d_]+\.?|\.)*(?:\s[^\W\d_]+\.?)*")
_URL = re.compile(r"(https?://|www\.)\S+")
_PLUS_PHONE = re.compile(r"(\+|00)?(374|995)\d{8,9}|\+\d{9,15}")
PHONE_SIGNS = re.compile(r"^(\+|00|0\d|\(|374\d{8}|995\d{9}|7\d{10})|\d[ \-()]\d")
LONGEST = 200
NAME_WORDS = 4


@lru_cache(maxsize=CACHED)
def looks(text: str) -> frozenset[Look]:
    """Return all that a value looks like; it may be several things.

    >>> sorted(look.value for look in looks("12 500 ֏"))
    ['money', 'number']
    """
    bare = text.strip()[:LONGEST].strip("'")
    if not bare:
        return frozenset()
    if "@" in bare:
        return frozenset(
            {Look.ADDRESS}
            if _ADDRESS.fullmatch(bare.strip("<>;, ").removeprefix("mailto:"))
            else {Look.TEXT}
        )
    found = set(_of_figures(bare)) if any(map(str.isdigit, bare)) else set(_of_letters(bare))
    if bare in YES or bare in NO or _answers(bare):
        found = (found - NAMES) | {Look.YES_NO}
    return frozenset(found or {Look.TEXT})


def _answers(text: str) -> bool:
    """Yes or no, or both in several words: "Այո, համաձայն եմ"; a no may go on."""
    first, *rest = map(key, text.split(", "))
    return first in NO or (first in YES and all(word in YES for word in rest))


def year_of(text: str) -> int | None:
    """Return the year of what looks like a date, or None.

    >>> year_of("05.03.1990"), year_of("Ani")
    (1990, None)
    """
    if found := re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text):
        return int(found[1])
    if found := _COMPACT_DATE.fullmatch(text):
        return int(text[:4])
    short = re.search(r"[./\-](\d\d)(?!\d)\D*$", text)
    return None if short is None else 1900 + int(short[1]) + (100 if int(short[1]) < 40 else 0)


def _of_figures(bare: str) -> set[Look]:
    if _DATE.fullmatch(bare) or _in_words(bare):
        return {Look.DATE}
    if _TIME.fullmatch(bare):
        return {Look.TIME}
    found: set[Look] = set()
    if _NUMBER.fullmatch(bare):
        found.add(Look.NUMBER)
    if _WHOLE.fullmatch(bare):
        found.add(Look.WHOLE)
    if not found and _MONEY.fullmatch(bare) and _has_currency(bare):
        return {Look.NUMBER, Look.MONEY}
    return found | _of_numbers(bare) | _of_codes(bare)


def _of_numbers(bare: str) -> set[Look]:
    found: set[Look] = set()
    if _COMPACT_DATE.fullmatch(bare):
        found.add(Look.COMPACT_DATE)
    if _EPOCH.fullmatch(bare):
        found.add(Look.EPOCH)
    if _CARD.fullmatch(bare):
        found.add(Look.CARD)
    if _PHONE.fullmatch(bare) and (_PLUS_PHONE.fullmatch(bare) or e164(bare.removesuffix(".0"))):
        found.add(Look.PHONE if PHONE_SIGNS.search(bare) else Look.BARE_PHONE)
    return found


def _of_codes(bare: str) -> set[Look]:
    if _URL.match(bare):
        return {Look.URL}
    return {Look.CODE} if _CODE.fullmatch(bare) else set()


def _in_words(bare: str) -> bool:
    found = _DATE_IN_WORDS.fullmatch(bare)
    if found is None:
        return False
    word = (found[1] or found[2]).casefold()
    return any(word.startswith(start) for start in MONTHS)


def _has_currency(bare: str) -> bool:
    signs = _SIGN.findall(bare)
    return bool(signs) and all(sign in CURRENCIES or key(sign) in CURRENCIES for sign in signs)


def _of_letters(bare: str) -> set[Look]:
    word = key(bare)
    found: set[Look] = set()
    if gender_of_word(bare):
        found.add(Look.GENDER)
    if word in LANGUAGES:
        found.add(Look.LANGUAGE)
    if word in CURRENCIES or bare in CURRENCIES:
        found.add(Look.CURRENCY)
    if word in CITIES:
        found.add(Look.CITY)
    if word in STATUSES:
        found.add(Look.STATUS)
    if _URL.match(bare):
        found.add(Look.URL)
    return found | _of_names(bare)


def _of_names(bare: str) -> set[Look]:
    words = bare.split()
    if len(words) > NAME_WORDS or not _LETTERS.fullmatch(bare):
        return set()
    given = [given_name(one) is not None for one in words]
    family = [surnameness(one) >= (LIKELY if len(words) > 1 else SURE) for one in words]
    if len(words) == 1:
        found = {Look.GIVEN_NAME} if given[0] else set()
        return found | ({Look.FAMILY_NAME} if family[0] or surnameness(bare) >= LIKELY else set())
    return (
        {Look.FULL_NAME}
        if any(given) or surnameness(words[0]) >= SURE or surnameness(words[-1]) >= SURE
        else set()
    )

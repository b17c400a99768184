"""What a customers' sheet says of loyalty: columns of its own, kept as attributes, recognised here.

A marketer's till or loyalty system exports points, levels and discounts under headings in one of
four languages. What cannot be read as what it should be is not known: no letter shows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from campaigns.errors import InputError
from campaigns.language.people.scripts import reads
from campaigns.model.language import Language
from campaigns.model.money import Money
from campaigns.store.matching import fold

HEADINGS: dict[str, tuple[str, ...]] = {
    "points": (
        "միավորներ", "միավոր", "կուտակված միավորներ", "բոնուսներ", "բոնուս",
        "ქულები", "ქულა", "დაგროვილი ქულები", "ბონუსები", "ბონუსი",
        "points", "bonus points", "points balance", "баллы", "бонусы", "бонусные баллы",
    ),
    "points_expiring": (
        "այրվող միավորներ", "կորչող միավորներ", "ქულები, რომლებსაც ვადა გასდის",
        "ვადაგასვლადი ქულები", "points expiring", "expiring points", "сгорающие баллы",
        "баллы к сгоранию",
    ),
    "points_expire_at": (
        "միավորների ժամկետ", "միավորների վերջնաժամկետ", "ქულების ვადა", "points expire at",
        "points expiry", "points expire", "points valid until", "срок действия баллов",
        "дата сгорания баллов",
    ),
    "tier": (
        "մակարդակ", "քարտի մակարդակ", "დონე", "ბარათის დონე", "tier", "loyalty tier", "level",
        "loyalty level", "уровень", "уровень карты",
    ),
    "next_tier": (
        "հաջորդ մակարդակ", "შემდეგი დონე", "next tier", "next level", "следующий уровень",
    ),
    "to_next_tier": (
        "մինչև հաջորդ մակարդակ", "შემდეგ დონემდე", "to next tier", "to next level",
        "до следующего уровня",
    ),
    "discount": (
        "զեղչ", "զեղչ, %", "զեղչի տոկոս", "ფასდაკლება", "ფასდაკლება, %",
        "ფასდაკლების პროცენტი", "discount", "discount, %", "discount percent", "скидка",
        "скидка, %", "процент скидки",
    ),
    "next_discount": (
        "հաջորդ զեղչ", "შემდეგი ფასდაკლება", "next discount",
        "следующая скидка",
    ),
    "to_next_discount": (
        "մինչև հաջորդ զեղչ", "შემდეგ ფასდაკლებამდე", "to next discount", "до следующей скидки",
    ),
    "savings": (
        "խնայողություն", "խնայված գումար", "დანაზოგი", "დაზოგილი თანხა", "savings",
        "total savings", "экономия", "сэкономлено",
    ),
}  # fmt: skip
"""Field of a letter → headings that mean it, in small letters."""

_BLANKS = re.compile(r"[\s_\-]+")
_NUMBER = re.compile(r"(-?\d{1,3}(?:[ \u00a0\u202f]\d{3})+|-?\d{1,12})(?:[.,](\d{1,2}))?")
_UNIT = re.compile(r"[ \u00a0\u202f]*(?:%|֏|₾|[^\W\d]{1,6}\.?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


def told(
    attributes: Mapping[str, object] | None, currency: str, language: Language
) -> dict[str, object]:
    """Return the fields of ``HEADINGS``, None where the attributes do not tell them.

    Args:
        attributes: heading → text, as a sheet told them.
        currency: of amounts, the shop's own.
        language: of the reader, who must be able to read what is told.
    """
    said = {field: text for name, text in (attributes or {}).items()
            if (field := field_of(str(name))) and text is not None}  # fmt: skip
    return {
        field: _READ.get(field, _text)(str(said[field]), currency, language)
        if field in said else None
        for field in HEADINGS
    }  # fmt: skip


@lru_cache(maxsize=1_000)
def field_of(heading: str) -> str | None:
    """Return which field a heading means, None where it means none.

    >>> field_of("Next_Tier"), field_of("Կուտակված միավորներ"), field_of("Shoe size")
    ('next_tier', 'points', None)
    """
    return _FIELDS.get(_folded(heading))


def _folded(heading: str) -> str:
    return _BLANKS.sub(" ", fold(heading)).strip()


_FIELDS = {_folded(heading): field for field, known in HEADINGS.items() for heading in known}


def _decimal(text: str) -> Decimal | None:
    """Return the number that a text is, with a unit behind it or not."""
    found = _NUMBER.match(text.strip())
    if found is None or not _UNIT.fullmatch(text.strip(), found.end()):
        return None
    whole = re.sub(r"\D", "", found[1].removeprefix("-"))
    sign = "-" if found[1].startswith("-") else ""
    return Decimal(f"{sign}{whole}.{found[2] or 0}")


def _number(text: str, _currency: str, _language: Language) -> int | None:
    got = _decimal(text)
    return int(got) if got is not None and got == int(got) and got >= 0 else None


def _per_cent(text: str, _currency: str, _language: Language) -> int | None:
    """A workbook keeps 10 % as 0.1."""
    got = _decimal(text)
    if got is not None and 0 < got < 1 and "%" not in text:
        got *= 100
    return int(got) if got is not None and got == int(got) and 0 < got <= 100 else None


def _money(text: str, currency: str, _language: Language) -> Money | None:
    got = _decimal(text)
    if got is None or got < 0:
        return None
    try:
        return Money.parse(str(got), currency)
    except InputError:
        return None


def _day(text: str, _currency: str, _language: Language) -> date | None:
    written = text.strip()
    if found := _DAY_FIRST.fullmatch(written):
        written = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None


def _text(text: str, _currency: str, language: Language) -> str | None:
    return text.strip() if text.strip() and reads(language, text) else None


_READ: dict[str, Callable[[str, str, Language], object]] = {
    "points": _number, "points_expiring": _number, "points_expire_at": _day,
    "to_next_tier": _money, "discount": _per_cent, "next_discount": _per_cent,
    "to_next_discount": _money, "savings": _money,
}  # fmt: skip

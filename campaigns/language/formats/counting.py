"""Ordinals, counted nouns and lists."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Literal

from babel.lists import format_list

from campaigns.language.formats.amounts import NO_BREAK, number
from campaigns.model.language import Language

_EN_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def ordinal(value: int, language: Language) -> str:
    """Return which one, in the nominative: 1st, 2nd.

    Armenian has 1-ին and -րդ after all others. Georgian has a word for the first, მე- before a
    number of one word and -ე after a compound one (21: ოცდამეერთე).

    Raises:
        ValueError: the number is negative.

    >>> [ordinal(n, Language.KA) for n in (1, 2, 20, 21, 40, 100, 101)]
    ['პირველი', 'მე-2', 'მე-20', '21-ე', 'მე-40', 'მე-100', '101-ე']
    """
    if value < 0:
        raise ValueError(f"an ordinal counts from 0, got {value}")
    shown = number(value, language)
    if language is Language.HY:
        return f"{shown}-ին" if value == 1 else f"{shown}-րդ"
    if language is Language.EN:
        teen = value % 100 in (11, 12, 13)
        return f"{shown}{'th' if teen else _EN_ENDINGS.get(value % 10, 'th')}"
    if value == 1:
        return "პირველი"
    return f"მე-{shown}" if _is_one_word(value) else f"{shown}-ე"


def counted(count: int, noun: str, language: Language, *, plural: str | None = None) -> str:
    """Return a number of things. ``plural`` is for English; the others keep the singular.

    >>> counted(150, "ქულა", Language.KA).replace(NO_BREAK, "~")
    '150~ქულა'
    """
    word = plural if plural and language is Language.EN and count != 1 else noun
    return unicodedata.normalize("NFC", f"{number(count, language)}{NO_BREAK}{word}")


def list_of(items: Sequence[str], language: Language) -> str:
    """Return the items as one phrase: "A, B and C".

    >>> list_of(["Գինի", "Պանիր", "Մեղր"], Language.HY)
    'Գինի, Պանիր և Մեղր'
    """
    return _joined(items, "standard", language)


def either_of(items: Sequence[str], language: Language) -> str:
    """Return the items as a choice: "A, B or C".

    >>> either_of(["ღვინო", "ყველი"], Language.KA)
    'ღვინო ან ყველი'
    """
    return _joined(items, "or", language)


def _joined(items: Sequence[str], style: Literal["standard", "or"], language: Language) -> str:
    # Only these two styles: Babel raises KeyError on "unit" and "standard-narrow" in hy and ka.
    locale = "en_GB" if language is Language.EN else str(language)  # no comma before "and"
    phrase = (
        format_list(list(items), style=style, locale=locale) if len(items) > 1 else "".join(items)
    )
    return unicodedata.normalize("NFC", phrase)


def _is_one_word(value: int) -> bool:
    """Say whether a Georgian numeral is one word that takes მე- in front: ორმოცი, ხუთასი."""
    if value <= 20 or value in (40, 60, 80):
        return True
    return value % 1000 == 0 or (value < 1000 and value % 100 == 0)

"""Money, dates, numbers and lists as a reader of Armenian, Georgian or English expects them.

Babel (CLDR) is underneath. What it gets wrong for us stands here: the dram and the lari have
their sign in all three languages, drams have no decimals, and a date reads as people write it
(CLDR has «08 մարտի, 2026 թ.» and „8 მარტი, 2026“).
"""

from __future__ import annotations

from datetime import date

from babel.dates import get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal

from campaigns.model.language import Language
from campaigns.model.money import EXPONENTS, Money

NO_BREAK = "\N{NO-BREAK SPACE}"
_SIGNS = {"AMD": "֏", "GEL": "₾", "USD": "$", "EUR": "€", "RUB": "₽"}
_IN_FRONT = ("USD", "EUR")
"""Currencies whose sign English writes before the amount; others have their code after it."""


def money(amount: Money, language: Language) -> str:
    """Return an amount with its currency; spaces never break.

    >>> money(Money(199999, "USD"), Language.EN)
    '$1,999.99'
    """
    figure = _figure(amount, language)
    if language is not Language.EN:
        return f"{figure}{NO_BREAK}{_SIGNS[amount.currency]}"
    if amount.currency not in _IN_FRONT:
        return f"{figure}{NO_BREAK}{amount.currency}"
    minus = "-" if amount.minor < 0 else ""
    return f"{minus}{_SIGNS[amount.currency]}{figure.removeprefix('-')}"


def number(value: int, language: Language) -> str:
    """Return a whole number with its thousands apart.

    >>> number(20000, Language.EN)
    '20,000'
    """
    return format_decimal(value, format="#,##0", locale=str(language))


def date_long(day: date, language: Language) -> str:
    """Return a date in full, in the nominative; no line begins with թ.

    >>> date_long(date(2026, 3, 8), Language.HY).replace(NO_BREAK, "~")
    '2026~թ. մարտի 8'
    """
    month = _month(day, language)
    if language is Language.HY:
        return f"{day.year}{NO_BREAK}թ. {month} {day.day}"
    if language is Language.KA:
        return f"{day.year} წლის {day.day} {month}"
    return f"{day.day} {month} {day.year}"


def date_on(day: date, language: Language) -> str:
    """Return when something happened: "on 8 March 2026", with the ending that the language needs.

    >>> date_on(date(2026, 3, 8), Language.KA)
    '2026 წლის 8 მარტს'
    """
    if language is Language.HY:
        return f"{date_long(day, language)}-ին"
    if language is Language.KA:
        return f"{date_long(day, language).removesuffix('ი')}ს"
    return f"on {date_long(day, language)}"


def list_of(items: list[str], language: Language) -> str:
    """Return the items as one phrase: "A, B and C".

    >>> list_of(["Գինի", "Պանիր", "Մեղր"], Language.HY)
    'Գինի, Պանիր և Մեղր'
    """
    locale = "en_GB" if language is Language.EN else str(language)  # no comma before "and"
    return format_list(items, style="standard", locale=locale) if items else ""


def _figure(amount: Money, language: Language) -> str:
    whole = amount.currency == "AMD" and amount.minor % 10 ** EXPONENTS["AMD"] == 0
    pattern = "#,##0" if whole else "#,##0.00"
    return format_decimal(amount.amount, format=pattern, locale=str(language))


def _month(day: date, language: Language) -> str:
    # CLDR's Armenian "format" names are genitive (մարտի), as a date needs them; the Georgian
    # ones are nominative, and only the dative is made of them here: -ი → -ს, აგვისტო → აგვისტოს.
    return str(get_month_names("wide", context="format", locale=str(language))[day.month])

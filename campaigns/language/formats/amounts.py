"""Money, numbers and percent.

Against CLDR: the dram and the lari have their sign in all Armenian and Georgian texts, drams and
roubles have no decimals when they are whole, a currency in words has no country before it, and
English says "AMD" and "GEL" after the amount, as price lists in Yerevan and Tbilisi do.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from babel.numbers import (
    format_compact_decimal,
    format_decimal,
    get_decimal_symbol,
    get_group_symbol,
    get_minus_sign_symbol,
)

from campaigns.model.language import Language
from campaigns.model.money import Money

NO_BREAK = "\N{NO-BREAK SPACE}"
ONE_DOT_LEADER = "\u2024"  # CLDR's Armenian full stop of abbreviations; many fonts have none
_SIGNS = {"AMD": "֏", "GEL": "₾", "USD": "$", "EUR": "€", "RUB": "₽"}
_IN_FRONT = ("USD", "EUR")
"""Currencies whose sign English writes before the amount; others have their code after it."""
_WITHOUT_DECIMALS = ("AMD", "RUB")
"""Currencies whose whole amounts nobody writes with decimals."""
_NAMES = {
    Language.HY: {
        "AMD": "դրամ", "GEL": "լարի", "USD": "դոլար", "EUR": "եվրո", "RUB": "ռուբլի",
    },
    Language.KA: {
        "AMD": "დრამი", "GEL": "ლარი", "USD": "დოლარი", "EUR": "ევრო", "RUB": "რუბლი",
    },
    Language.EN: {
        "AMD": "drams", "GEL": "lari", "USD": "dollars", "EUR": "euros", "RUB": "roubles",
    },
}  # fmt: skip
_UP_TO = {
    Language.HY: "մինչև {}%",
    Language.KA: "{}%-მდე",
    Language.EN: "up to {}%",
}
_BY = {Language.HY: "{}%-ով", Language.KA: "{}%-ით", Language.EN: "by {}%"}
_OFF = {Language.HY: "{}% զեղչ", Language.KA: "{}%-იანი ფასდაკლება", Language.EN: "{}% discount"}
_PER_CENT = {
    Language.HY: f"{{}}{NO_BREAK}տոկոս",
    Language.KA: f"{{}}{NO_BREAK}პროცენტი",
    Language.EN: f"{{}}{NO_BREAK}per cent",
}


def money(amount: Money, language: Language) -> str:
    """Return an amount with its sign; spaces never break.

    >>> money(Money(199999, "USD"), Language.EN)
    '$1,999.99'
    """
    figure = _figure(amount, language, bare=amount.currency in _WITHOUT_DECIMALS)
    if language is not Language.EN:
        return f"{figure}{NO_BREAK}{_SIGNS[amount.currency]}"
    if amount.currency not in _IN_FRONT:
        return f"{figure}{NO_BREAK}{amount.currency}"
    minus = "-" if amount.minor < 0 else ""
    return f"{minus}{_SIGNS[amount.currency]}{figure.removeprefix('-')}"


def money_in_words(amount: Money, language: Language) -> str:
    """Return an amount as a sentence says it, in the nominative: the currency is a word.

    >>> money_in_words(Money(5000, "GEL"), Language.KA).replace(NO_BREAK, "~")
    '50~ლარი'
    """
    name = _NAMES[language][amount.currency]
    if language is Language.EN and abs(amount.amount) == 1:
        name = name.removesuffix("s")
    return f"{_figure(amount, language, bare=True)}{NO_BREAK}{name}"


def number(value: int | Decimal, language: Language) -> str:
    """Return a number with its thousands apart and at most three decimals.

    >>> number(20000, Language.EN)
    '20,000'
    """
    if type(value) is int:
        return f"{value:,}".translate(_marks(language))
    return format_decimal(value, format="#,##0.###", locale=str(language))


def number_short(value: int, language: Language) -> str:
    """Return a big number roughly, in words: 15 thousand.

    >>> number_short(15000, Language.HY).replace(NO_BREAK, "~")
    '15~հազար'
    """
    short = format_compact_decimal(value, format_type="long", locale=str(language))
    return short.replace(" ", NO_BREAK).replace(ONE_DOT_LEADER, ".")


def percent(value: int | Decimal, language: Language) -> str:
    """Return hundredths with the sign, which stands at the figure in all three languages.

    >>> percent(Decimal("12.5"), Language.KA)
    '12,5%'
    """
    return f"{number(value, language)}%"


def percent_in_words(value: int | Decimal, language: Language) -> str:
    """Return hundredths with the word: "15 per cent"."""
    return _filled(_PER_CENT, value, language)


def percent_by(value: int | Decimal, language: Language) -> str:
    """Return by how much something changes: "by 15%".

    >>> percent_by(15, Language.KA)
    '15%-ით'
    """
    return _filled(_BY, value, language)


def percent_off(value: int | Decimal, language: Language) -> str:
    """Return what a discount is called by its size: "15% discount".

    >>> percent_off(15, Language.KA)
    '15%-იანი ფასდაკლება'
    """
    return _filled(_OFF, value, language)


def percent_up_to(value: int | Decimal, language: Language) -> str:
    """Return the most that is promised: "up to 50%".

    >>> percent_up_to(50, Language.KA)
    '50%-მდე'
    """
    return _filled(_UP_TO, value, language)


def _filled(words: dict[Language, str], value: int | Decimal, language: Language) -> str:
    return words[language].format(number(value, language))


def _figure(amount: Money, language: Language, *, bare: bool) -> str:
    """Return the amount alone; a bare one drops decimals that are all zero."""
    whole = bare and amount.amount == amount.amount.to_integral_value()
    figure = f"{int(amount.amount):,}" if whole else f"{amount.amount:,.2f}"
    return figure.translate(_marks(language))


@lru_cache
def _marks(language: Language) -> dict[int, str]:
    """Return CLDR's marks of a figure for Python's own: Babel needs ten times as long for each."""
    locale = str(language)
    return {ord(","): get_group_symbol(locale), ord("."): get_decimal_symbol(locale),
            ord("-"): get_minus_sign_symbol(locale)}  # fmt: skip

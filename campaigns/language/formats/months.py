"""Months and days of the week in the forms that sentences need.

CLDR has the nominative, and for Armenian the genitive inside a date. Georgian inflects the month
itself, and the months in -ბერი, -ვარი and -ვალი lose a vowel before some endings (სექტემბერი,
სექტემბრამდე, but სექტემბერს): these stand here (rules of the literary norm; traps T035, T036).
"""

from __future__ import annotations

from typing import Literal

from babel.dates import get_day_names, get_month_names

from campaigns.language.formats.amounts import NO_BREAK
from campaigns.model.language import Language

KaEnding = Literal["nom", "dat", "gen", "until", "from", "in"]

# The stem before -ი, -ს, -ში, and the one before -ის, -ამდე, -იდან.
_KA_STEMS = (
    ("იანვარ", "იანვრ"),
    ("თებერვალ", "თებერვლ"),
    ("მარტ", "მარტ"),
    ("აპრილ", "აპრილ"),
    ("მაის", "მაის"),
    ("ივნის", "ივნის"),
    ("ივლის", "ივლის"),
    ("აგვისტო", "აგვისტო"),
    ("სექტემბერ", "სექტემბრ"),
    ("ოქტომბერ", "ოქტომბრ"),
    ("ნოემბერ", "ნოემბრ"),
    ("დეკემბერ", "დეკემბრ"),
)
_KA_FULL = {"nom": "ი", "dat": "ს", "in": "ში"}
_KA_SHORT = {"gen": "ის", "until": "ამდე", "from": "იდან"}
_KA_AFTER_O = {"nom": "", "dat": "ს", "in": "ში", "gen": "ს", "until": "მდე", "from": "დან"}


def ka_month(month: int, ending: KaEnding) -> str:
    """Return a Georgian month (1 to 12) with an ending.

    >>> [ka_month(12, ending) for ending in ("nom", "dat", "gen", "until", "from", "in")]
    ['დეკემბერი', 'დეკემბერს', 'დეკემბრის', 'დეკემბრამდე', 'დეკემბრიდან', 'დეკემბერში']
    """
    full, short = _KA_STEMS[month - 1]
    if full.endswith("ო"):
        return full + _KA_AFTER_O[ending]
    return full + _KA_FULL[ending] if ending in _KA_FULL else short + _KA_SHORT[ending]


def hy_month_of(month: int) -> str:
    """Return an Armenian month (1 to 12) in the genitive, as every date has it: մարտի."""
    return str(get_month_names("wide", context="format", locale="hy")[month])


def month(number: int, language: Language, *, year: int | None = None) -> str:
    """Return a month (1 to 12) in the nominative, with its year when there is one.

    >>> month(11, Language.HY, year=2026).replace(NO_BREAK, "~")
    '2026~թ. նոյեմբեր'
    """
    name = str(get_month_names("wide", context="stand-alone", locale=str(language))[number])
    return of_year(name, year, language)


def month_in(number: int, language: Language, *, year: int | None = None) -> str:
    """Return when something happens: "in March", "in March 2026".

    >>> month_in(3, Language.KA), month_in(3, Language.HY)
    ('მარტში', 'մարտին')
    """
    if language is Language.KA:
        return of_year(ka_month(number, "in"), year, language)
    if language is Language.HY:
        return of_year(f"{hy_month_of(number)}ն", year, language)
    return f"in {month(number, language, year=year)}"


def of_year(words: str, year: int | None, language: Language) -> str:
    """Return a month or a day of the year, the year where the language has it.

    >>> of_year("8 მარტს", 2026, Language.KA).replace(NO_BREAK, "~")
    '2026~წლის 8 მარტს'
    """
    if year is None:
        return words
    if language is Language.HY:
        return f"{year}{NO_BREAK}թ. {words}"
    if language is Language.KA:
        return f"{year}{NO_BREAK}წლის {words}"
    return f"{words} {year}"


def weekday(number: int, language: Language) -> str:
    """Return a day of the week; Monday is 0, as in ``date.weekday``."""
    return str(get_day_names("wide", context="stand-alone", locale=str(language))[number])


def weekday_on(number: int, language: Language) -> str:
    """Return when something happens: "on Monday".

    >>> weekday_on(0, Language.KA), weekday_on(6, Language.KA), weekday_on(0, Language.HY)
    ('ორშაბათს', 'კვირას', 'երկուշաբթի օրը')
    """
    name = weekday(number, language)
    if language is Language.HY:
        return f"{name} օրը"
    return f"{name.removesuffix('ი')}ს" if language is Language.KA else f"on {name}"


def weekday_until(number: int, language: Language) -> str:
    """Return until when: "until Friday".

    >>> weekday_until(4, Language.KA), weekday_until(6, Language.KA)
    ('პარასკევამდე', 'კვირამდე')
    """
    name = weekday(number, language)
    if language is Language.HY:
        return f"մինչև {name}"
    if language is Language.EN:
        return f"until {name}"
    return f"{name.removesuffix('ი').removesuffix('ა')}ამდე"

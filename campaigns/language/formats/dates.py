"""A day: written alone, and inside a sentence ("on", "from", "until", "through").

CLDR has «08 մարտի, 2026 թ.» and „8 მარტი, 2026“, and no forms for sentences. The day never
parts from its month at the end of a line, nor the year from թ.
"""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date

from campaigns.language.formats.amounts import NO_BREAK
from campaigns.language.formats.months import (
    KaEnding,
    hy_month_of,
    ka_month,
    month,
    of_year,
    weekday,
    weekday_on,
)
from campaigns.model.language import Language


def date_short(day: date, language: Language) -> str:
    """Return a date in figures, for tables: 08.03.26; English has 08/03/2026."""
    return format_date(day, format="short", locale=_cldr(language))


def date_medium(day: date, language: Language) -> str:
    """Return a date that is short but has its month in letters.

    >>> date_medium(date(2026, 3, 8), Language.HY).replace(NO_BREAK, "~")
    '8~մարտի,~2026~թ.'
    """
    if language is Language.HY:
        words = f"{day.day} {hy_month_of(day.month)}, {day.year} թ."
    else:
        words = format_date(day, format="medium", locale=_cldr(language))
    return words.replace(" ", NO_BREAK)


def date_long(day: date, language: Language, *, year: bool = True) -> str:
    """Return a date in full, in the nominative.

    >>> date_long(date(2026, 3, 8), Language.HY).replace(NO_BREAK, "~")
    '2026~թ. մարտի~8'
    """
    if language is Language.HY:
        return _hy(day, "", year=year)
    if language is Language.KA:
        return _ka(day, "nom", year=year)
    return _en(day, year=year)


def date_full(day: date, language: Language, *, year: bool = True) -> str:
    """Return a date with its day of the week.

    >>> date_full(date(2026, 3, 8), Language.KA).replace(NO_BREAK, "~")
    'კვირა, 2026~წლის 8~მარტი'
    """
    name = weekday(day.weekday(), language)
    long = date_long(day, language, year=year)
    if language is Language.HY:
        return f"{long}, {name}"
    # English has the comma only before a date with its year (CLDR's en_GB).
    return f"{name} {long}" if language is Language.EN and not year else f"{name}, {long}"


def date_on(day: date, language: Language, *, year: bool = True, named: bool = False) -> str:
    """Return when something happened: "on 8 March 2026"; ``named`` adds the day of the week.

    >>> date_on(date(2026, 3, 8), Language.KA, year=False).replace(NO_BREAK, "~")
    '8~მარტს'
    """
    if language is Language.HY:
        words = _hy(day, "-ին", year=year)
        return f"{words}՝ {weekday_on(day.weekday(), language)}" if named else words
    if language is Language.KA:
        words = _ka(day, "dat", year=year)
        return f"{weekday_on(day.weekday(), language)}, {words}" if named else words
    name = f"{weekday(day.weekday(), language)} " if named else ""
    return f"on {name}{_en(day, year=year)}"


def date_until(day: date, language: Language, *, year: bool = True) -> str:
    """Return until when, "until 8 March"; whether the day counts is left open, as in English.

    >>> date_until(date(2026, 12, 31), Language.KA, year=False).replace(NO_BREAK, "~")
    '31~დეკემბრამდე'
    """
    if language is Language.HY:
        return f"մինչև {_hy(day, '-ը', year=year)}"
    if language is Language.KA:
        return _ka(day, "until", year=year)
    return f"until {_en(day, year=year)}"


def date_through(day: date, language: Language, *, year: bool = True) -> str:
    """Return the last day that counts: "up to and including 8 March".

    >>> date_through(date(2026, 3, 8), Language.KA, year=False).replace(NO_BREAK, "~")
    '8~მარტის ჩათვლით'
    """
    if language is Language.HY:
        return f"մինչև {_hy(day, '-ը', year=year)} ներառյալ"
    if language is Language.KA:
        return f"{_ka(day, 'gen', year=year)} ჩათვლით"
    return f"up to and including {_en(day, year=year)}"


def date_from(day: date, language: Language, *, year: bool = True) -> str:
    """Return from when: "from 8 March".

    >>> date_from(date(2026, 3, 8), Language.HY, year=False).replace(NO_BREAK, "~")
    'մարտի~8-ից'
    """
    if language is Language.HY:
        return _hy(day, "-ից", year=year)
    if language is Language.KA:
        return _ka(day, "from", year=year)
    return f"from {_en(day, year=year)}"


def moment(local: datetime, language: Language) -> str:
    """Return a date and time of the clock on the reader's wall."""
    return f"{date_long(local.date(), language)}, {local:%H:%M}"


def _hy(day: date, ending: str, *, year: bool) -> str:
    # Every number's spoken name ends in a consonant or takes its linking -ն- before the ending
    # (երկուսը, իննից), so that -ը, -ին and -ից are right at any figure.
    words = f"{hy_month_of(day.month)}{NO_BREAK}{day.day}{ending}"
    return of_year(words, day.year if year else None, Language.HY)


def _ka(day: date, ending: KaEnding, *, year: bool) -> str:
    words = f"{day.day}{NO_BREAK}{ka_month(day.month, ending)}"
    return of_year(words, day.year if year else None, Language.KA)


def _en(day: date, *, year: bool) -> str:
    words = f"{day.day}{NO_BREAK}{month(day.month, Language.EN)}"
    return of_year(words, day.year if year else None, Language.EN)


def _cldr(language: Language) -> str:
    return "en_GB" if language is Language.EN else str(language)

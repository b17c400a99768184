"""From one day to another: an en dash between figures, words between months.

What both days share is said once. CLDR abbreviates the Armenian month («մրտ 08–12»).
"""

from __future__ import annotations

from datetime import date

from campaigns.language.formats.amounts import NO_BREAK
from campaigns.language.formats.dates import date_from, date_long, date_on, date_through, date_until
from campaigns.language.formats.months import hy_month_of, ka_month, month, of_year
from campaigns.model.language import Language

DASH = "\N{EN DASH}"


def date_range(first: date, last: date, language: Language, *, year: bool = True) -> str:
    r"""Return the days from ``first`` to ``last`` as a label, in the nominative.

    Days of two years have their years always.

    >>> date_range(date(2026, 3, 8), date(2026, 3, 12), Language.KA, year=False)
    '8–12\xa0მარტი'
    """
    if first == last:
        return date_long(first, language, year=year)
    if first.year != last.year:
        return f"{date_long(first, language)}{NO_BREAK}{DASH} {date_long(last, language)}"
    if first.month == last.month:
        words = _in_month(first, last, language, on=False)
    else:
        start, end = (date_long(day, language, year=False) for day in (first, last))
        words = f"{start}{NO_BREAK}{DASH} {end}"
    return of_year(words, first.year if year else None, language)


def date_range_on(first: date, last: date, language: Language, *, year: bool = True) -> str:
    r"""Return on which days something is: "on 8–12 March", or from when to when.

    >>> date_range_on(date(2026, 3, 8), date(2026, 3, 12), Language.KA, year=False)
    '8–12\xa0მარტს'
    """
    if first == last or (first.year, first.month) != (last.year, last.month):
        return date_range_from_to(first, last, language, year=year)
    words = _in_month(first, last, language, on=True)
    words = of_year(words, first.year if year else None, language)
    return f"on {words}" if language is Language.EN else words


def date_range_from_to(first: date, last: date, language: Language, *, year: bool = True) -> str:
    r"""Return from when to when, both days counted: "from 8 to 12 March".

    >>> date_range_from_to(date(2026, 3, 28), date(2026, 4, 3), Language.HY, year=False)
    'մարտի\xa028-ից ապրիլի\xa03-ը'
    """
    if first == last:
        return date_on(first, language, year=year)
    if (first.year, first.month) == (last.year, last.month):
        return _from_to_in_month(first, last, language, year=year)
    at_first, at_last = _years(first, last, language, year=year)
    start = date_from(first, language, year=at_first)
    if language is Language.KA:
        return f"{start} {date_through(last, language, year=at_last)}"
    if language is Language.HY:
        return f"{start} {date_until(last, language, year=at_last).removeprefix('մինչև ')}"
    return f"{start} to {date_long(last, language, year=at_last)}"


def _years(first: date, last: date, language: Language, *, year: bool) -> tuple[bool, bool]:
    """Say at which of two days of one or two years the year stands: English has it behind."""
    if first.year != last.year:
        return True, True
    return (year and language is not Language.EN), (year and language is Language.EN)


def _from_to_in_month(first: date, last: date, language: Language, *, year: bool) -> str:
    if language is Language.HY:
        return f"{date_from(first, language, year=year)} {last.day}-ը"
    if language is Language.KA:
        words = f"{first.day}-დან {date_through(last, language, year=False)}"
        return of_year(words, first.year if year else None, language)
    return f"from {first.day} to {date_long(last, language, year=year)}"


def _in_month(first: date, last: date, language: Language, *, on: bool) -> str:
    figures = f"{first.day}{DASH}{last.day}"
    if language is Language.HY:
        return f"{hy_month_of(first.month)}{NO_BREAK}{figures}{'-ին' if on else ''}"
    if language is Language.KA:
        return f"{figures}{NO_BREAK}{ka_month(first.month, 'dat' if on else 'nom')}"
    return f"{figures}{NO_BREAK}{month(first.month, language)}"

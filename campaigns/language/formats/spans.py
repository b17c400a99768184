"""Spans of time, days counted from today, and the clock.

CLDR says "1 day ago" for yesterday, has no Georgian word for a span of days («3 duration-day»),
and a clock of twelve hours; nobody here writes "6:05 PM".
"""

from __future__ import annotations

from datetime import date, time
from typing import Literal

from campaigns.language.formats.amounts import NO_BREAK, number
from campaigns.language.formats.dates import date_on
from campaigns.model.language import Language

Unit = Literal["minute", "hour", "day", "week", "month", "year"]
FAR_DAYS = 30
"""Days from today after which a date is clearer than a count."""

# Nominative, genitive («3 օրվա ընթացքում», „3 დღის წინ“), and "after so many" (օրից, დღეში).
_UNITS: dict[Language, dict[Unit, tuple[str, str, str]]] = {
    Language.HY: {
        "minute": ("րոպե", "րոպեի", "րոպեից"),
        "hour": ("ժամ", "ժամվա", "ժամից"),
        "day": ("օր", "օրվա", "օրից"),
        "week": ("շաբաթ", "շաբաթվա", "շաբաթից"),
        "month": ("ամիս", "ամսվա", "ամսից"),
        "year": ("տարի", "տարվա", "տարուց"),
    },
    Language.KA: {
        "minute": ("წუთი", "წუთის", "წუთში"),
        "hour": ("საათი", "საათის", "საათში"),
        "day": ("დღე", "დღის", "დღეში"),
        "week": ("კვირა", "კვირის", "კვირაში"),
        "month": ("თვე", "თვის", "თვეში"),
        "year": ("წელი", "წლის", "წელიწადში"),
    },
}
_NEAR = {
    Language.HY: {-1: "երեկ", 0: "այսօր", 1: "վաղը"},
    Language.KA: {-2: "გუშინწინ", -1: "გუშინ", 0: "დღეს", 1: "ხვალ", 2: "ზეგ"},
    Language.EN: {-1: "yesterday", 0: "today", 1: "tomorrow"},
}


def duration(count: int, unit: Unit, language: Language) -> str:
    """Return how long: "3 days". The noun is singular after a number in Armenian and Georgian.

    >>> duration(3, "day", Language.KA).replace(NO_BREAK, "~")
    '3~დღე'
    """
    return _counted(count, unit, 0, language)


def within(count: int, unit: Unit, language: Language) -> str:
    """Return in what time something is done or holds: "within 30 days"."""
    words = _counted(count, unit, 1, language)
    if language is Language.HY:
        return f"{words} ընթացքում"
    return f"{words} განმავლობაში" if language is Language.KA else f"within {words}"


def ago(count: int, unit: Unit, language: Language) -> str:
    """Return how long since: "3 days ago".

    >>> ago(3, "month", Language.KA).replace(NO_BREAK, "~")
    '3~თვის წინ'
    """
    if language is Language.KA:
        return f"{_counted(count, unit, 1, language)} წინ"
    return f"{_counted(count, unit, 0, language)} {'առաջ' if language is Language.HY else 'ago'}"


def hence(count: int, unit: Unit, language: Language) -> str:
    """Return how long until: "in 3 days".

    >>> hence(3, "month", Language.HY).replace(NO_BREAK, "~")
    '3~ամսից'
    """
    words = _counted(count, unit, 2, language)
    return f"in {words}" if language is Language.EN else words


def relative_day(day: date, today: date, language: Language) -> str:
    """Return when a day is, seen from today: "yesterday", "in 3 days", "on 8 March".

    Farther than a month it is a date; the year is said when it is another.

    >>> relative_day(date(2026, 3, 8), date(2026, 3, 9), Language.KA)
    'გუშინ'
    """
    days = (day - today).days
    if days in _NEAR[language]:
        return _NEAR[language][days]
    if abs(days) > FAR_DAYS:
        return date_on(day, language, year=day.year != today.year)
    return hence(days, "day", language) if days > 0 else ago(-days, "day", language)


def clock(moment: time) -> str:
    """Return a time of day, 00:00 to 23:59, as all three languages write it."""
    return f"{moment:%H:%M}"


def clock_at(moment: time, language: Language) -> str:
    """Return at what time: "at 18:05".

    >>> clock_at(time(18, 5), Language.HY).replace(NO_BREAK, "~")
    'ժամը~18:05-ին'
    """
    shown = clock(moment)
    if language is Language.HY:
        return f"ժամը{NO_BREAK}{shown}-ին"
    return f"{shown}{NO_BREAK}საათზე" if language is Language.KA else f"at {shown}"


def clock_from_to(first: time, last: time, language: Language) -> str:
    """Return between which times: "from 10:00 to 19:00"."""
    start, end = clock(first), clock(last)
    if language is Language.HY:
        return f"ժամը{NO_BREAK}{start}-ից մինչև {end}"
    if language is Language.KA:
        return f"{start}{NO_BREAK}საათიდან {end}{NO_BREAK}საათამდე"
    return f"from {start} to {end}"


def _counted(count: int, unit: Unit, form: int, language: Language) -> str:
    if language is Language.EN:
        word = unit if count == 1 else f"{unit}s"
    else:
        word = _UNITS[language][unit][form]
    return f"{number(count, language)}{NO_BREAK}{word}"

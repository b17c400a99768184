"""Our formats beside Babel's own, as a table in ``docs/languages.md``.

    python -m tools.formats_table             tell whether the page is what the code makes
    python -m tools.formats_table --update    write the table into the page

Babel's column is computed too: when a new Babel mends something, the table and its test tell.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.dates import (
    format_date,
    format_interval,
    format_skeleton,
    format_timedelta,
    get_day_names,
    get_month_names,
)
from babel.lists import format_list
from babel.numbers import (
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
)
from babel.units import format_unit

from campaigns.language import formats
from campaigns.model.language import Language
from campaigns.model.money import Money

PAGE = Path(__file__).parents[1] / "docs" / "languages.md"
BEGIN = "<!-- formats: made by python -m tools.formats_table --update -->"
END = "<!-- formats: end -->"
LOCALES = {Language.HY: "hy", Language.KA: "ka", Language.EN: "en_GB"}
DAY, LATER = date(2026, 3, 8), date(2026, 3, 12)
LAST = date(2026, 12, 31)
EVENING = datetime(2026, 3, 8, 18, 5)  # noqa: DTZ001 - the clock on a wall
FIFTY = Money.parse("50", "GEL")
THREE = ["A", "B", "C"]
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to write, Babel's way (None: it has none) and ours (None: Babel's is taken)."""

    item: str
    babel: Callable[[str], str] | None
    ours: Callable[[Language], str] | None

    def cells(self, language: Language) -> tuple[str, str]:
        """Return what Babel writes and what we write."""
        theirs = self._theirs(LOCALES[language])
        return theirs, self.ours(language) if self.ours else theirs

    def _theirs(self, locale: str) -> str:
        try:
            return self.babel(locale) if self.babel else NOTHING
        except KeyError as fault:
            return f"KeyError: {fault}"


def main() -> int:
    """Write the table, or return 1 when the page holds another one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="write the table into the page")
    page = PAGE.read_text(encoding="utf-8")
    made = with_table(page)
    if parser.parse_args().update:
        PAGE.write_text(made, encoding="utf-8")
        return 0
    if made != page:
        print(
            f"{PAGE.name}: the table of formats is old; run python -m tools.formats_table --update"
        )
    return int(made != page)


def with_table(page: str) -> str:
    """Return the page with the table that the code makes now, between its two marks."""
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def table() -> str:
    """Return the table in Markdown."""
    head = "| item | hy: Babel | hy: ours | ka: Babel | ka: ours | en: Babel | en: ours |"
    lines = [head, "|---" * 7 + "|"]
    for row in ROWS:
        cells = [cell for language in LOCALES for cell in _pair(*row.cells(language))]
        lines.append(f"| {' | '.join([row.item, *cells])} |")
    return "\n".join(lines)


def _pair(theirs: str, ours: str) -> tuple[str, str]:
    if ours == theirs:
        return theirs, "same"
    return theirs, "same ⍽" if ours.replace(formats.NO_BREAK, " ") == theirs else f"**{ours}**"


def _currency(
    amount: str, code: str, format_type: Literal["standard", "name"]
) -> Callable[[str], str]:
    return lambda locale: format_currency(
        Decimal(amount), code, locale=locale, format_type=format_type
    )


def _money(amount: str, code: str) -> list[Row]:
    value = Money.parse(amount, code)
    return [
        Row(
            f"{code} {amount}",
            _currency(amount, code, "standard"),
            lambda language: formats.money(value, language),
        ),
        Row(
            f"{code} {amount}, in words",
            _currency(amount, code, "name"),
            lambda language: formats.money_in_words(value, language),
        ),
    ]


def _date(item: str, style: str, ours: Callable[[date, Language], str]) -> Row:
    return Row(
        item,
        lambda locale: format_date(DAY, style, locale=locale),
        lambda language: ours(DAY, language),
    )


def _unit(unit: formats.Unit) -> Row:
    return Row(
        f"3 × {unit}",
        lambda locale: format_unit(3, f"duration-{unit}", locale=locale),
        lambda language: formats.duration(3, unit, language),
    )


def _relative(days: int) -> Row:
    return Row(
        f"{days:+} days from today" if days else "today",
        lambda locale: format_timedelta(
            timedelta(days=days), granularity="day", threshold=50, add_direction=True, locale=locale
        ),
        lambda language: formats.relative_day(DAY + timedelta(days=days), DAY, language),
    )


def _own(item: str, ours: Callable[[Language], str]) -> Row:
    return Row(item, None, ours)


def _list(style: Literal["standard", "unit"]) -> Row:
    return Row(
        f'list, style "{style}"',
        lambda locale: format_list(THREE, style=style, locale=locale),
        lambda language: formats.list_of(THREE, language),
    )


ROWS = (
    _date("date, short", "short", formats.date_short),
    _date("date, medium", "medium", formats.date_medium),
    _date("date, long", "long", formats.date_long),
    _date("date, full", "full", formats.date_full),
    Row(
        "day and month",
        lambda locale: format_skeleton("MMMMd", DAY, locale=locale),
        lambda language: formats.date_long(DAY, language, year=False),
    ),
    Row(
        "weekday, day and month",
        lambda locale: format_skeleton("EEEEMMMMd", DAY, locale=locale),
        lambda language: formats.date_full(DAY, language, year=False),
    ),
    Row(
        "month and year",
        lambda locale: format_skeleton("yMMMM", DAY, locale=locale),
        lambda language: formats.month(3, language, year=2026),
    ),
    _own("on 8 March", lambda language: formats.date_on(DAY, language, year=False)),
    _own("on 8 March 2026", lambda language: formats.date_on(DAY, language)),
    _own(
        "on Sunday 8 March",
        lambda language: formats.date_on(DAY, language, year=False, named=True),
    ),
    _own("from 8 March", lambda language: formats.date_from(DAY, language, year=False)),
    _own("until 8 March", lambda language: formats.date_until(DAY, language, year=False)),
    _own("until 31 December", lambda language: formats.date_until(LAST, language, year=False)),
    _own("through 31 December", lambda language: formats.date_through(LAST, language, year=False)),
    Row(
        "days of one month",
        lambda locale: format_interval(DAY, LATER, "MMMMd", locale=locale),
        lambda language: formats.date_range(DAY, LATER, language, year=False),
    ),
    _own("on 8–12 March", lambda language: formats.date_range_on(DAY, LATER, language, year=False)),
    _own(
        "from 8 to 12 March",
        lambda language: formats.date_range_from_to(DAY, LATER, language, year=False),
    ),
    Row(
        "days of two months",
        lambda locale: format_interval(DAY, date(2026, 4, 3), "yMMMd", locale=locale),
        lambda language: formats.date_range(DAY, date(2026, 4, 3), language),
    ),
    Row(
        "days of two years",
        lambda locale: format_interval(LAST, date(2027, 1, 3), "yMMMd", locale=locale),
        lambda language: formats.date_range(LAST, date(2027, 1, 3), language),
    ),
    Row(
        "month alone",
        lambda locale: str(get_month_names("wide", "stand-alone", locale)[12]),
        lambda language: formats.month(12, language),
    ),
    Row(
        "month in a date",
        lambda locale: str(get_month_names("wide", "format", locale)[12]),
        lambda language: formats.date_long(LAST, language, year=False).strip(
            "31\N{NO-BREAK SPACE}"
        ),
    ),
    _own("in December", lambda language: formats.month_in(12, language)),
    Row(
        "weekday",
        lambda locale: str(get_day_names("wide", "stand-alone", locale)[4]),
        lambda language: formats.weekday(4, language),
    ),
    _own("on Friday", lambda language: formats.weekday_on(4, language)),
    _own("until Friday", lambda language: formats.weekday_until(4, language)),
    *(_relative(days) for days in (-3, -2, -1, 0, 1, 2, 3)),
    *(_unit(unit) for unit in ("minute", "hour", "day", "week", "month", "year")),
    _own("within 30 days", lambda language: formats.within(30, "day", language)),
    _own("3 months ago", lambda language: formats.ago(3, "month", language)),
    _own("in 2 weeks", lambda language: formats.hence(2, "week", language)),
    Row(
        "time (skeleton hm)",
        lambda locale: format_skeleton("hm", EVENING, locale=locale),
        lambda _language: formats.clock(EVENING.time()),
    ),
    _own("at 18:05", lambda language: formats.clock_at(EVENING.time(), language)),
    _own(
        "from 10:00 to 19:00",
        lambda language: formats.clock_from_to(time(10), time(19), language),
    ),
    *_money("12500", "AMD"),
    *_money("49.90", "GEL"),
    *_money("1999.99", "USD"),
    *_money("5.00", "EUR"),
    *_money("1500", "RUB"),
    _own("from GEL 50", lambda language: formats.money_from(FIFTY, language)),
    _own("up to GEL 50", lambda language: formats.money_up_to(FIFTY, language)),
    _own("for GEL 50", lambda language: formats.money_for(FIFTY, language)),
    _own("by GEL 50", lambda language: formats.money_by(FIFTY, language)),
    Row(
        "number",
        lambda locale: format_decimal(Decimal("1234567.891"), locale=locale),
        lambda language: formats.number(Decimal("1234567.891"), language),
    ),
    Row(
        "number of four digits",
        lambda locale: format_decimal(1200, locale=locale),
        lambda language: formats.number(1200, language),
    ),
    Row(
        "compact",
        lambda locale: format_compact_decimal(15000, format_type="long", locale=locale),
        lambda language: formats.number_short(15000, language),
    ),
    Row(
        "percent",
        lambda locale: format_percent(Decimal("0.15"), locale=locale),
        lambda language: formats.percent(15, language),
    ),
    _own("percent, in words", lambda language: formats.percent_in_words(15, language)),
    _own("by 15%", lambda language: formats.percent_by(15, language)),
    _own("15% discount", lambda language: formats.percent_off(15, language)),
    _own("up to 50%", lambda language: formats.percent_up_to(50, language)),
    *(
        _own(f"ordinal {value}", lambda language, value=value: formats.ordinal(value, language))  # type: ignore[misc]
        for value in (1, 2, 21, 40, 101)
    ),
    _list("standard"),
    _list("unit"),
    Row(
        "list, or",
        lambda locale: format_list(THREE, style="or", locale=locale),
        lambda language: formats.either_of(THREE, language),
    ),
    Row("territory", lambda locale: str(Locale.parse(locale).territories["AM"]), None),
    Row("language", lambda locale: str(Locale.parse(locale).languages["hy"]), None),
)


if __name__ == "__main__":
    raise SystemExit(main())

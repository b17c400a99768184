from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.sheets.cleaning.moments import moments

DAYS = st.dates(min_value=date(1930, 1, 1), max_value=date(2060, 12, 31))


def _read(*written: str | None) -> list[datetime | None]:
    return moments(pl.Series("day", written, dtype=pl.String)).to_list()


def _day(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("02.03.2026", _day(2026, 3, 2)),
        ("2.3.2026", _day(2026, 3, 2)),
        ("02/03/2026", _day(2026, 3, 2)),
        ("2026-03-02", _day(2026, 3, 2)),
        ("2026.03.02", _day(2026, 3, 2)),
        ("02.03.26", _day(2026, 3, 2)),
        ("02.03.85", _day(1985, 3, 2)),
        ("02.03.2026թ.", _day(2026, 3, 2)),
        ("2026-03-02 14:05:00", _day(2026, 3, 2, 14, 5)),
        ("2026-03-02T14:05:00Z", _day(2026, 3, 2, 14, 5)),
        ("2026-03-02 14:05:00 +0400", _day(2026, 3, 2, 10, 5)),
        ("2026-03-02T14:05:00-03:30", _day(2026, 3, 2, 17, 35)),
        ("02.03.2026, 14:05", _day(2026, 3, 2, 14, 5)),
        ("02/03/2026 2:05 PM", _day(2026, 3, 2, 14, 5)),
        ("02/03/2026 12:05 AM", _day(2026, 3, 2, 0, 5)),
        ("46083", _day(2026, 3, 2)),
        ("46083.5", _day(2026, 3, 2, 12)),
        ("2 մարտի 2026", _day(2026, 3, 2)),
        ("2 მარტი 2026", _day(2026, 3, 2)),
        ("2 марта 2026 г.", _day(2026, 3, 2)),
        ("March 2, 2026", _day(2026, 3, 2)),
        ("5 мая 2026", _day(2026, 5, 5)),
        ("1 հուլիսի 2026", _day(2026, 7, 1)),
        ("5-Mar-24", _day(2024, 3, 5)),
        ("5 мая 99", _day(1999, 5, 5)),
        ("Mar 5 14:30", None),
        ("02.03.2026 25:30", None),
        ("31.02.2026", None),
        ("երեկ", None),
        ("2026", None),
        ("02.03.2526", None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_is_read_in_each_form(written, moment):
    assert _read(written) == [moment]


def test_day_comes_first_unless_the_column_proves_otherwise():
    assert _read("01/02/2026")[0] == _day(2026, 2, 1)
    assert _read("01/02/2026", "03/25/2026") == [_day(2026, 1, 2), _day(2026, 3, 25)]


def test_a_column_that_proves_both_keeps_day_first_and_gives_up_on_the_rest():
    assert _read("25/03/2026", "03/25/2026", "01/02/2026") == [
        _day(2026, 3, 25), None, _day(2026, 2, 1)
    ]  # fmt: skip


@settings(deadline=None)
@given(
    st.lists(DAYS, min_size=1), st.sampled_from(["%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d", "%Y.%m.%d"])
)
def test_every_day_comes_back_whatever_the_form(days, form):
    written = [f"{day:{form}}" for day in days]
    assert _read(*written) == [_day(day.year, day.month, day.day) for day in days]


@settings(deadline=None)
@given(st.lists(st.text(max_size=20)))
def test_any_text_is_a_moment_or_nothing(texts):
    assert len(_read(*texts)) == len(texts)

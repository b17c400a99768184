from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.sheets.cleaning.moments import DateOrder, date_order, moments, read_moments

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
        ("2/3/26", _day(2026, 3, 2)),
        ("2026-03-02T10:00:00+04:00", _day(2026, 3, 2, 6)),
        ("2026-03-02T10:00:00.000Z", _day(2026, 3, 2, 10)),
        ("2026-03-02 10:00:00 UTC", _day(2026, 3, 2, 10)),
        ("2026-03-02 10:00:00+04", _day(2026, 3, 2, 6)),
        ("2026-3-2", _day(2026, 3, 2)),
        ("2026/03/02", _day(2026, 3, 2)),
        ("02. 03. 2026", _day(2026, 3, 2)),
        ("02,03,2026", _day(2026, 3, 2)),
        ("02.03.2026 14.05", _day(2026, 3, 2, 14, 5)),
        ("02.03.2026 թ.", _day(2026, 3, 2)),
        ("02.03.2026 წ.", _day(2026, 3, 2)),
        ("02.03.2026 г.", _day(2026, 3, 2)),
        ("20260302", _day(2026, 3, 2)),
        ("20261399", None),
        ("12345", _day(1933, 10, 18)),
        ("91234", None),
        ("1767225600", _day(2026, 1, 1)),
        ("1767225600000", _day(2026, 1, 1)),
        ("2 մարտի 2026 թ.", _day(2026, 3, 2)),
        ("2 մարտ, 2026", _day(2026, 3, 2)),
        ("2026 թ. մարտի 2", _day(2026, 3, 2)),
        ("2 მარტს, 2026 წ.", _day(2026, 3, 2)),
        ("2026 წლის 2 მარტი", _day(2026, 3, 2)),
        ("2 марта 2026 г. 14:05", _day(2026, 3, 2, 14, 5)),
        ("Mar 2 2026", _day(2026, 3, 2)),
        ("Monday, March 2, 2026", _day(2026, 3, 2)),
        ("02-Mar-26", _day(2026, 3, 2)),
        ("2.III.2026", _day(2026, 3, 2)),
        ("29.02.2024", _day(2024, 2, 29)),
        ("29.02.2023", None),
        ("29.02.1900", None),
        ("31.04.2026", None),
        ("00.03.2026", None),
        ("13.13.2026", None),
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


def test_dates_with_dots_have_the_day_first_beside_others_that_do_not():
    assert _read("12/31/1985", "03.04.1978") == [_day(1985, 12, 31), _day(1978, 4, 3)]
    assert _read("12.31.1985", "03.04.1978") == [_day(1985, 12, 31), _day(1978, 3, 4)]


def test_what_tells_the_order_is_counted():
    shown = date_order(pl.Series(["01/02/2026", "03/25/2026", "03/25/2026", "5/5/2026", "x", None]))
    assert shown == DateOrder("mdy", sure=True, day_first=0, month_first=1, ambiguous=1)

    guessed = date_order(pl.Series(["01/02/2026", "2026-01-02"]))
    assert guessed == DateOrder("dmy", sure=False, day_first=0, month_first=0, ambiguous=1)

    dotted = date_order(pl.Series(["01.02.2026"]))
    assert dotted == DateOrder("dmy", sure=True, day_first=0, month_first=0, ambiguous=0)


def test_a_day_is_guessed_only_where_nothing_tells_and_nobody_said_it():
    written = pl.Series(["01/02/2026", "13/02/2026", "3/3/2026"])
    assert read_moments(written).is_guessed.to_list() == [False] * 3
    assert read_moments(written.gather([0, 2])).is_guessed.to_list() == [True, False]
    told = read_moments(written.gather([0, 2]), order="mdy")
    assert (told.is_guessed.to_list(), told.moment[0]) == ([False, False], _day(2026, 1, 2))


def test_the_order_of_most_values_decides_when_some_contradict():
    written = ["03/25/2026", "03/26/2026", "25/03/2026", "01/02/2026"]
    assert _read(*written) == [_day(2026, 3, 25), _day(2026, 3, 26), None, _day(2026, 1, 2)]
    assert read_moments(pl.Series(written)).is_guessed.to_list() == [False, False, False, True]


def test_five_figures_are_a_day_only_in_a_column_of_such_or_beside_such_days():
    assert _read("46083", "46084", "02.03.2026") == [
        _day(2026, 3, 2),
        _day(2026, 3, 3),
        _day(2026, 3, 2),
    ]
    assert _read("46083", "02.03.2026", "05.03.2026") == [
        _day(2026, 3, 2),
        _day(2026, 3, 2),
        _day(2026, 3, 5),
    ]
    assert _read("20183", "02.03.2026", "05.03.2026")[0] is None


def test_a_column_that_proves_both_keeps_day_first_and_gives_up_on_the_rest():
    assert _read("25/03/2026", "03/25/2026", "01/02/2026") == [
        _day(2026, 3, 25), None, _day(2026, 2, 1)
    ]  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(
    st.lists(DAYS, min_size=1), st.sampled_from(["%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d", "%Y.%m.%d"])
)
def test_every_day_comes_back_whatever_the_form(days, form):
    written = [f"{day:{form}}" for day in days]
    assert _read(*written) == [_day(day.year, day.month, day.day) for day in days]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(max_size=20)))
def test_any_text_is_a_moment_or_nothing(texts):
    assert len(_read(*texts)) == len(texts)


FORMS = ["%d.%m.%Y", "%Y-%m-%d %H:%M:%S", "%d/%m/%y", "%Y%m%d", "%d-%b-%Y"]


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(DAYS, st.sampled_from(FORMS)), min_size=1, max_size=6))
def test_a_column_of_many_forms_is_read_as_each_value_for_itself(written):
    texts = [f"{day:{form}}" for day, form in written]
    read = read_moments(pl.Series(texts), order="dmy").moment.to_list()

    assert read == [read_moments(pl.Series([text]), order="dmy").moment[0] for text in texts]

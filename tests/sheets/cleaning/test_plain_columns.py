"""The short ways come to the same as the ways that understand everything."""

from datetime import datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.sheets.cleaning import plain_columns as plain
from campaigns.sheets.cleaning.amounts import currencies, minor_units, numbers, read_numbers
from campaigns.sheets.cleaning.cells import whole_number
from campaigns.sheets.cleaning.moments import moments

DATES = st.datetimes(datetime(1890, 1, 1), datetime(2110, 1, 1))  # noqa: DTZ001 - hypothesis wants them so
FORMS = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y %H:%M", "%Y-%m-%dT%H:%M:%S",
         "%d.%m.%y", "%Y.%m.%d %H:%M:%S"]  # fmt: skip


def _column(texts):
    return pl.Series("x", texts, dtype=pl.String)


@pytest.mark.slow
@settings(max_examples=100)
@given(
    st.lists(st.none() | DATES, max_size=6),
    st.sampled_from(FORMS),
    st.none() | st.sampled_from(FORMS),
)
def test_dates_are_read_alike(days, form, other):
    written = [
        day and day.strftime(other if other and i % 2 else form) for i, day in enumerate(days)
    ]

    assert plain.dates(_column(written)).to_list() == moments(_column(written)).to_list()


NUMBERS = st.one_of(
    st.none(), st.integers(-(10**13), 10**13).map(str), st.decimals(-1000, 1000, places=2).map(str),
    st.sampled_from(["1.234", "1,234", "12,5", "007", "7.0", "1 000", "5 ֏", "$5", "-", "1e3", ".5"]),
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=40)
@given(st.lists(NUMBERS, max_size=6), st.booleans())
def test_numbers_are_read_alike(written, from_book):
    column = _column(written)

    assert (
        plain.amounts(column, from_book=from_book).to_list()
        == minor_units(column, from_book=from_book).to_list()
    )
    if read_numbers(column).sign.sure:
        assert plain.quantities(column).to_list() == numbers(column).to_list()
    assert plain.codes(column).to_list() == whole_number(column).to_list()


@settings(max_examples=40)
@given(st.lists(st.tuples(st.none() | st.sampled_from(["USD", "դրամ", "?"]), NUMBERS), max_size=6))
def test_currencies_are_read_alike(rows):
    named, amounts = _column([row[0] for row in rows]), _column([row[1] for row in rows])

    found = plain.currency_codes(named, amounts, "AMD")
    assert found.to_list() == currencies(named, amounts, "AMD").to_list()


@pytest.mark.parametrize("written", [["01.02.2026", "13.02.2026"], ["2026-02-01 10:00", None]])
def test_the_usual_forms_take_the_short_way(written, monkeypatch):
    monkeypatch.setattr(plain, "moments", None)

    assert plain.dates(_column(written)).null_count() == written.count(None)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["2,000", "1,500", None], [2.0, 1.5, None]),
        (["1.125", "2", "3"], [1.125, 2.0, 3.0]),
        (["1,200", "5"], [1200.0, 5.0]),
        (["1.200", "2,5"], [1200.0, 2.5]),
        (["1 000", "2"], [1000.0, 2.0]),
    ],
)
def test_a_quantity_of_three_decimals_is_none_of_thousands(written, read):
    assert plain.quantities(_column(written)).to_list() == read


def test_an_apostrophe_that_keeps_a_number_text_is_no_part_of_it():
    assert plain.codes(_column(["'0017", "18.0", "O'Neil"])).to_list() == ["0017", "18", "O'Neil"]

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.sheets.cleaning.amounts import (
    DecimalSign,
    currencies,
    decimal_sign,
    minor_units,
    numbers,
    plain_numbers,
    read_numbers,
)


def _minor(*written: str | None) -> list[int | None]:
    return minor_units(pl.Series("amount", written, dtype=pl.String)).to_list()


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ("12500", 1_250_000),
        ("12 500", 1_250_000),
        ("12\u00a0500,50", 1_250_050),
        ("12.500,50", 1_250_050),
        ("12,500.50", 1_250_050),
        ("12,500", 1_250_000),
        ("1,234,567", 123_456_700),
        ("1.234.567", 123_456_700),
        ("12'500", 1_250_000),
        ("49.9", 4_990),
        ("49,90", 4_990),
        ("0.125", 13),
        ("0,5", 50),
        ("12 500 ֏", 1_250_000),
        ("12500 դր.", 1_250_000),
        ("₾49,90", 4_990),
        ("$25.00", 2_500),
        ("100 AMD", 10_000),
        ("-5", -500),
        ("−5.5", -550),
        ("(5)", -500),
        ("4.44e-16", 0),
        ("39.999999", 4_000),
        ("12 500,00", 1_250_000),
        ("1'200", 120_000),
        ("1.200,50", 120_050),
        ("1,200.50", 120_050),
        ("12\u2009500", 1_250_000),
        ("12\u202f500,5", 1_250_050),
        ("1,234,567.89", 123_456_789),
        ("12.500.000,25", 1_250_000_025),
        ("-$25.00", -2_500),
        ("($5.00)", -500),
        ("AMD -500", -50_000),
        ("руб. 500", 50_000),
        ("500 руб.", 50_000),
        ("49,90 ლარი", 4_990),
        ("USD 25", 2_500),
        (".5", 50),
        ("5.", 500),
        ("1e5", 10_000_000),
        ("անվճար", None),
        ("?", None),
        ("-", None),
        ("1-2", None),
        ("1.2.3", None),
        ("1,23,4", None),
        ("99999999999999", None),
        (None, None),
    ],
)
def test_an_amount_is_read_as_people_write_it(written, minor):
    assert _minor(written) == [minor]


def test_a_dot_before_three_digits_groups_thousands_unless_the_column_has_decimals():
    assert _minor("1.250", "2.500") == [125_000, 250_000]
    assert _minor("1.250", "2.5") == [125, 250]


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=2), min_size=1))
def test_every_amount_with_two_decimals_comes_back_exactly(amounts):
    assert _minor(*(f"{amount:.2f}" for amount in amounts)) == [int(a * 100) for a in amounts]
    spaced = (f"{amount:,.2f}".replace(",", " ").replace(".", ",") for amount in amounts)
    assert _minor(*spaced) == [int(a * 100) for a in amounts]


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.text(max_size=15)))
def test_any_text_is_a_number_or_nothing(texts):
    for number in numbers(pl.Series("n", texts, dtype=pl.String)).to_list():
        assert number is None or abs(Decimal(number)) < 10**12


def test_the_currency_is_the_columns_then_the_signs_then_the_shops():
    named = pl.Series("c", ["դրամ", "GEL", None, None, None, "XYZ"])
    amounts = pl.Series("a", ["5 $", "5", "5 ₾", "5", "5e-7", "5"])

    assert currencies(named, amounts, "AMD").to_list() == ["AMD", "GEL", "GEL", "AMD", "AMD", "XYZ"]


def test_a_comma_before_three_digits_is_decimal_where_the_column_shows_it():
    assert _minor("33,333", "2,5") == [3_333, 250]
    assert _minor("33.333", "0.125") == [3_333, 13]


def test_an_amount_that_may_be_two_is_none():
    assert _minor("12,500", "2,5", "2.5") == [None, 250, 250]
    assert _minor("12 50", "1 2 3", "100-", "10%", "100 2000") == [None] * 5


def test_three_decimals_of_a_workbook_are_not_taken_for_thousands():
    def read(*written: str) -> list[int | None]:
        return minor_units(pl.Series("amount", written), from_book=True).to_list()

    assert read("33.333", "100") == [None, 10_000]
    assert read("33.333", "49.9", "12,500") == [3_333, 4_990, 1_250_000]
    assert _minor("33.333", "100") == [3_333_300, 10_000]


def test_what_tells_the_decimal_sign_is_counted():
    assert decimal_sign(pl.Series(["1.250", "2,5", "2,5", None, "x"])) == DecimalSign(
        ",", sure=True, commas=1, dots=0, unclear=1
    )
    assert decimal_sign(pl.Series(["1.250"])) == DecimalSign(
        None, sure=False, commas=0, dots=0, unclear=1
    )
    assert decimal_sign(pl.Series(["1250"])).sure


def test_thousands_are_guessed_only_where_nothing_tells_and_nobody_said_it():
    assert read_numbers(pl.Series(["1.250", "7"])).is_guessed.to_list() == [True, False]
    assert read_numbers(pl.Series(["1.250", "2,5"])).is_guessed.to_list() == [False, False]
    said = read_numbers(pl.Series(["1.250", "7"]), decimal=".")
    assert (said.number.to_list(), said.is_guessed.any()) == ([1.25, 7.0], False)


def test_a_person_may_say_which_sign_is_before_decimals():
    def read(sign: str, *, from_book: bool = False) -> list[int | None]:
        return minor_units(
            pl.Series(["12.500", "12,500"]), decimal=sign, from_book=from_book
        ).to_list()

    assert read(".") == [1_250, 1_250_000]
    assert read(",", from_book=True) == [1_250_000, 1_250]


def test_plain_numbers_have_no_sign_but_a_dot():
    written = ["1 250,50", "1000", "-3", "0,00001", "-0", "1e5", "x", None]

    assert plain_numbers(pl.Series(written)).to_list() == [
        "1250.5", "1000", "-3", "0.00001", "0", "100000", None, None,
    ]  # fmt: skip


@pytest.mark.slow
@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["1.250", "2,5", "2.5", "12 500 ֏", "x", "1.250,5", "7"]), min_size=1)
)
def test_plain_numbers_read_again_are_the_same(written):
    once = plain_numbers(pl.Series(written))

    assert plain_numbers(once, decimal=".").to_list() == once.to_list()

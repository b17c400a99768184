from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from campaigns.sheets.understanding.doubts import doubts
from campaigns.sheets.understanding.fields import Mapping, SheetKind


def ask(field, values, **options):
    mapping = Mapping(SheetKind.ORDERS, {"Column": field}, {"Column": options})
    return doubts(pl.DataFrame({"Column": pl.Series(values, dtype=pl.String)}), mapping)


def test_dates_that_read_both_ways_are_asked_about_with_a_value_that_shows_it():
    [doubt] = ask("ordered_at", [None, "05.05.2026", "02.03.2026 14:00"])

    assert (doubt.heading, doubt.option, doubt.example) == ("Column", "dates", "02.03.2026 14:00")
    assert doubt.readings == {"dmy": date(2026, 3, 2), "mdy": date(2026, 2, 3)}


@pytest.mark.parametrize("proof", ["25.03.2026", "03/25/2026"])
def test_one_value_that_tells_answers_for_its_column(proof):
    assert ask("birthday", ["02.03.2026", proof]) == []


@pytest.mark.parametrize("values", [["2026-03-02"], ["05.05.2026"], [None], ["2 March 2026"], []])
def test_dates_that_read_in_one_way_are_not_asked_about(values):
    assert ask("ordered_at", values) == []


def test_amounts_with_three_digits_behind_the_sign_are_asked_about():
    [doubt] = ask("amount", ["100", "12.500 ֏"])

    assert (doubt.option, doubt.example) == ("decimal", "12.500 ֏")
    assert doubt.readings == {",": Decimal(12500), ".": Decimal("12.500")}


@pytest.mark.parametrize("proof", ["3.50", "1.250.000", "12.5000", "0.125", "1,250.00"])
def test_an_amount_that_tells_answers_for_its_column(proof):
    assert ask("amount", ["12.500", proof]) == []


def test_a_column_of_the_person_s_own_is_asked_about_once_its_type_is_said():
    assert ask("attribute", ["02.03.2026"]) == []
    assert len(ask("attribute", ["02.03.2026"], type="date")) == 1
    assert len(ask("attribute", ["1,250"], type="number")) == 1

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.delivery.loyalty_words import HEADINGS, field_of, told
from campaigns.model.language import Language
from campaigns.model.money import Money


@pytest.mark.parametrize(
    ("heading", "written", "field", "value"),
    [
        ("Միավորներ", "1 250", "points", 1250),
        ("ქულები", "1250.00", "points", 1250),
        ("Баллы", "1 250 б.", "points", 1250),
        ("points_expire_at", "31.12.2026", "points_expire_at", date(2026, 12, 31)),
        ("Points expire at", "2026-12-31 00:00:00", "points_expire_at", date(2026, 12, 31)),
        ("Զեղչ, %", "10", "discount", 10),
        ("Скидка", "10 %", "discount", 10),
        ("discount", "0.1", "discount", 10),
        ("დაზოგილი თანხა", "12 500,50", "savings", Money(1_250_050, "AMD")),
        ("To next tier", "9 000 ֏", "to_next_tier", Money(900_000, "AMD")),
        ("Tier", "Gold", "tier", "Gold"),
    ],
)
def test_a_heading_in_any_of_four_languages_is_known_and_its_cell_read(
    heading, written, field, value
):
    assert told({heading: written}, "AMD", Language.HY)[field] == value


@pytest.mark.parametrize(
    "attributes",
    [
        {"points": "many"}, {"points": "-5"}, {"points": "2.5"}, {"discount": "250"},
        {"points expire at": "soon"}, {"savings": "x 5"}, {"tier": "Золотой"}, {"Shoe size": "42"},
        {}, None,
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_not_known(attributes):
    assert set(told(attributes, "AMD", Language.HY).values()) == {None}


def test_no_heading_means_two_things():
    headings = [heading for known in HEADINGS.values() for heading in known]

    assert len({heading.casefold() for heading in headings}) == len(headings)
    assert all(field_of(one.upper()) for one in headings if one.isascii())


@given(attributes=st.dictionaries(st.sampled_from(["points", "discount", "savings", "tier",
                                                   "points expire at"]), st.text()))  # fmt: skip
def test_no_cell_whatever_stands_in_it_breaks_a_letter(attributes):
    found = told(attributes, "GEL", Language.KA)

    assert set(found) == set(HEADINGS)

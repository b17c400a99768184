import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.sheets.understanding.looks import Look, looks, year_of


@pytest.mark.parametrize(
    ("text", "look"),
    [
        ("ani@example.com", Look.ADDRESS), ("<mailto:ani@example.com>", Look.ADDRESS),
        ("+374 91 23-45-67", Look.PHONE), ("091234567", Look.PHONE), ("599123456.0", Look.BARE_PHONE),
        ("37491234567", Look.PHONE), ("05.03.1990", Look.DATE), ("2026-03-02T14:30:00Z", Look.DATE),
        ("5 մարտի 1990 թ.", Look.DATE), ("7 აპრილი 1991", Look.DATE), ("Mar 5, 2024", Look.DATE),
        ("19970101", Look.COMPACT_DATE), ("1443651125", Look.EPOCH), ("14:30", Look.TIME),
        ("12 500,50 ֏", Look.MONEY), ("AMD 700", Look.MONEY), ("(500,00)", Look.NUMBER),
        ("#1001", Look.CODE), ("C-1", Look.CODE), ("00042", Look.CODE),
        ("4000 0000 0000 1", Look.CARD), ("Անի", Look.GIVEN_NAME), ("ბერიძე", Look.FAMILY_NAME),
        ("Walker-Petrosyan", Look.FAMILY_NAME), ("Петров Иван", Look.FULL_NAME), ("մդ", Look.TEXT),
        ("Իգ.", Look.GENDER), ("ქართული", Look.LANGUAGE), ("այո", Look.YES_NO), ("დრამი", Look.CURRENCY),
        ("Gyumri", Look.CITY), ("оплачен", Look.STATUS), ("https://x.am/1", Look.URL),
        ("a long remark about nothing", Look.TEXT),
    ],
)  # fmt: skip
def test_a_value_looks_like_what_it_is(text, look):
    assert look in looks(text)


@pytest.mark.parametrize(
    ("text", "look"),
    [
        ("00042", Look.NUMBER), ("no", Look.GIVEN_NAME), ("12.500.000", Look.DATE), ("2026", Look.DATE),
        ("ani@", Look.ADDRESS), ("12345", Look.PHONE), ("12 pieces", Look.MONEY),
    ],
)  # fmt: skip
def test_a_value_does_not_look_like_what_it_is_not(text, look):
    assert look not in looks(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("05.03.1990", 1990),
        ("1990-03-05", 1990),
        ("05/03/85", 1985),
        ("19970101", 1997),
        ("x", None),
    ],
)
def test_the_year_of_a_date_is_read(text, year):
    assert year_of(text) == year


@given(st.text(max_size=40))
def test_any_text_looks_like_something_unless_it_is_blank(text):
    assert bool(looks(text)) == bool(text.strip() and text.strip().strip("'"))

import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.model.language import Language
from campaigns.sheets.cleaning.phones import _by_form, _is_hopeless, judge, read_phones

BEGINNINGS = (
    "", "0", "+374", "374", "00374", "+3740", "+995", "995", "+7", "+44", "+1", "+49", "8", "89",
    "+99532", "0322", "55", "091", "91",
)  # fmt: skip


def _read(*written: str | None, language=Language.HY):
    found = read_phones(pl.Series("phone", written, dtype=pl.String), language)
    return list(found.iter_rows())


@pytest.mark.parametrize(
    ("written", "phone", "note"),
    [
        ("091-23-45-67", "+37491234567", None),
        ("091 23-45-67", "+37491234567", None),
        ("(091) 234567", "+37491234567", None),
        ("91234567", "+37491234567", None),
        ("37491234567", "+37491234567", None),
        ("+374 (91) 23 45 67", "+37491234567", None),
        ("00374 91 234567", "+37491234567", None),
        ("010 52-00-00", "+37410520000", None),
        ("8 10 374 91 234567", "+37491234567", None),
        ("8-10-995-599-12-34-56", "+995599123456", None),
        ("599 12 34 56", "+995599123456", None),
        ("+995 599 12 34 56", "+995599123456", None),
        ("8 916 123-45-67", "+79161234567", None),
        ("+7 916 123-45-67", "+79161234567", None),
        ("+44 20 7946 0958", "+442079460958", None),
        ("+1 213 373 4253", "+12133734253", None),
        ("+33 1 42 68 53 00", "+33142685300", None),
        ("091 23-45-67, 094 11-22-33", "+37491234567", "phone_several"),
        ("091234567/094112233", "+37491234567", "phone_several"),
        ("12; 094112233", "+37494112233", "phone_several"),
        ("091234567 094112233", "+37491234567", "phone_several"),
        ("091234567 և 094112233", "+37491234567", "phone_several"),
        ("010 52-00-00 ext. 12", "+37410520000", "phone_extension"),
        ("010520000 (доб. 3)", "+37410520000", "phone_extension"),
        ("010520000 ներք. 3", "+37410520000", "phone_extension"),
        ("12", None, "phone_unreadable"),
        ("+374 12", None, "phone_unreadable"),
        ("+374 91 234 5678", None, "phone_unreadable"),
        ("3.7491E+10", None, "phone_unreadable"),
        ("չգիտեմ", None, None),
        ("զանգել մորը", None, "phone_unreadable"),
        ("-", None, None),
        ("0", None, None),
        (None, None, None),
    ],
)
def test_a_phone_is_read_as_people_write_it(written, phone, note):
    assert _read(written) == [(phone, note)]


def test_the_country_of_the_shop_decides_about_numbers_without_a_code():
    assert _read("0322 12 34 56", language=Language.KA) == [("+995322123456", None)]
    assert _read("091234567", language=Language.KA) == [("+37491234567", None)]


@given(
    st.sampled_from(BEGINNINGS), st.text("0123456789", max_size=11), st.sampled_from(["AM", "GE"])
)
@settings(deadline=None, max_examples=100)
def test_a_form_that_leaves_no_doubt_is_read_as_by_the_full_plans(beginning, rest, home):
    figures = pl.Series([beginning + rest])
    [by_form], [hopeless] = _by_form(figures, home), _is_hopeless(figures)
    full = judge(beginning + rest, home).phone

    assert by_form in (None, full)
    assert not (hopeless and full)


@pytest.mark.slow
@pytest.mark.parametrize("home", ["AM", "GE"])
def test_forms_agree_with_the_full_plans_on_twenty_thousand_numbers(home):
    chance = random.Random(4)
    figures = [
        chance.choice(BEGINNINGS) + str(chance.randrange(10 ** chance.randint(5, 10)))
        for _ in range(20_000)
    ]
    by_form, hopeless = _by_form(pl.Series(figures), home), _is_hopeless(pl.Series(figures))
    found = zip(figures, by_form, hopeless, strict=True)
    full = {each: judge(each, home).phone for each in figures}

    assert [
        each for each, form, bad in found if form not in (None, full[each]) or (bad and full[each])
    ] == []
    assert by_form.null_count() < len(figures)


def test_each_row_has_the_answer_of_its_own_text():
    written = ["091234567", "12", None, "091234567"] * 3

    assert _read(*written) == [
        ("+37491234567", None), (None, "phone_unreadable"), (None, None), ("+37491234567", None),
    ] * 3  # fmt: skip


def test_several_numbers_as_an_address_book_exports_them():
    assert _read("+995 599 12-34-56 ::: 577112233") == [("+995599123456", "phone_several")]

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from campaigns.sheets.writing.book import guarded, write_list, written


def _rows(data):
    book = load_workbook(io.BytesIO(data))
    return {page.title: list(page.iter_rows()) for page in book}


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")'],
)
def test_nothing_in_the_book_is_a_formula(text):
    [rows] = _rows(write_list("S", [text], [[text]])).values()

    for cell in (row[0] for row in rows):
        assert cell.data_type == "s"
        assert not cell.value.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("text", ["+374 91 234567", "-5", "-12,50", "(5)"])
def test_phones_and_negative_amounts_stay_as_they_are(text):
    assert guarded(text) == text


@pytest.mark.slow
@settings(deadline=None, max_examples=30)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_makes_a_book_that_opens(text, name):
    [rows] = _rows(write_list(name, [text], [[text]] * 2)).values()

    assert len(rows) == 3


@pytest.mark.parametrize("text", ["\x00=1+1", "\ufffe@SUM(A1)", "\n=1", "＝1+1"])
def test_what_becomes_a_formula_in_the_cell_is_guarded(text):
    assert written(text).startswith("'")

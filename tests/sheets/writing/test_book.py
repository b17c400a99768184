import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from campaigns.sheets.writing.book import Returned, Sheet, guarded, write


def _rows(data):
    book = load_workbook(io.BytesIO(data))
    return {page.title: list(page.iter_rows()) for page in book}


def test_rows_come_back_as_they_stood_with_the_problem_beside_them():
    row = Returned({"E-mail": "ani@", "Name": "Անի"}, "wrong", "E-mail")

    [(title, [headings, cells])] = _rows(
        write([Sheet("Customers", ["E-mail", "Name"], [row])], problem="խնդիր")
    ).items()

    assert title == "Customers"
    assert [cell.value for cell in headings] == ["E-mail", "Name", "խնդիր"]
    assert [cell.value for cell in cells] == ["ani@", "Անի", "wrong"]
    assert cells[0].fill.fgColor.rgb == cells[2].fill.fgColor.rgb
    assert cells[1].fill.fill_type is None


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")'],
)
def test_nothing_in_the_book_is_a_formula(text):
    [[_, cells]] = _rows(
        write([Sheet("S", ["a"], [Returned({"a": text}, text, None)])], problem=text)
    ).values()

    for cell in cells:
        assert cell.data_type == "s"
        assert not cell.value.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("text", ["+374 91 234567", "-5", "-12,50", "(5)"])
def test_phones_and_negative_amounts_stay_as_they_are(text):
    assert guarded(text) == text


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_makes_a_book_that_opens(text, name):
    data = write([Sheet(name, [text], [Returned({text: text}, text, None)])] * 2, problem=text)

    assert len(_rows(data)) == 2


def test_a_book_of_nothing_opens():
    assert len(_rows(write([], problem="x"))) == 1

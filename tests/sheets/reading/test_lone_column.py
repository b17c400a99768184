"""Text lines in the first column of a workbook become cells again."""

import polars as pl
import pytest

from campaigns.sheets.reading.grid import Grid, Marks
from campaigns.sheets.reading.lone_column import parted


def _grid(*lines, from_book=True):
    return Grid("Sheet", pl.DataFrame({"0": lines}, {"0": pl.String}), Marks(from_book=from_book))


def test_lines_of_a_text_file_are_parted():
    grid = parted(_grid("E-mail;Name", None, 'ani@example.com;"Անի; Երևան"', "x@example.com;"))

    assert grid.cells.rows() == [
        ("E-mail", "Name"), (None, None), ("ani@example.com", "Անի; Երևան"), ("x@example.com", None)
    ]  # fmt: skip
    assert grid.marks.delimiter == ";"


@pytest.mark.parametrize(
    "lines",
    [
        ("E-mail", "ani@example.com", "nino@example.com"),
        ("Note", "a, b, c", "d", "e"),
        ("one; line",),
        (None,),
        ("two\nlines; one", "a\rb; c", "d\ne; f"),
    ],
)
def test_a_column_that_is_one_stays(lines):
    grid = _grid(*lines)

    assert parted(grid) is grid


def test_a_text_file_was_parted_by_its_own_reader():
    grid = _grid("a;b", "c;d", from_book=False)

    assert parted(grid) is grid

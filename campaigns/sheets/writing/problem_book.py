"""The marketer's own workbook back: what needs attention is coloured, and a comment says why.

A column headed "problem" says it too, so that a filter shows these rows at once; intake drops that
column when the book comes back.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.utils import coordinate_to_tuple, get_column_letter

from campaigns.sheets.writing.book import FAULT, HEADING, PROBLEM, PROBLEM_WIDTH, WARNING
from campaigns.sheets.writing.excerpt import NotCuttableError, cut_out
from campaigns.sheets.writing.pages import Page, dress, formatted, plain, put

CELL_LIMIT = 200_000
"""Of the rows that need attention; and a sheet without formats comes back whole up to this."""
AUTHOR = "Campaigns"
COMMENT_WIDTH, COMMENT_HEIGHT = 320, 90


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that needs attention: what is wrong, the headings at fault, its cells as read."""

    row: int
    text: str
    faults: tuple[str, ...]
    cells: Mapping[str, str]
    is_refused: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to give back."""

    name: str
    source: Path
    source_sheet: str
    columns: Mapping[str, int]
    """Heading → where it stands in the source, counted from 1."""
    heading_row: int
    """Counted from 1; 0 when the sheet has none, and gets a row of them."""
    problems: Sequence[Problem]
    is_all: bool
    """These are all of its problems; else there were too many for a book."""
    rows: Iterable[tuple[int, Mapping[str, str]]]
    """Its rows as read, heading → text, by number: for a source without formats."""


def write(
    sheets: Iterable[Sheet], *, problem: str, rest: str, is_ours: Callable[[str], bool]
) -> bytes:
    """Return an .xlsx of the sheets, each with what is wrong marked.

    Args:
        sheets: in their order.
        problem: heading of the column that says what is wrong.
        rest: what to say where not all problems are in the book.
        is_ours: says of a heading whether it is of such a column, in any language.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page = _page(book, sheet, is_ours)
        _mark(page, sheet.problems, problem)
        if not sheet.is_all:
            _remark(page.page.cell(page.heading_row, page.problem_column), rest)
    if not book.worksheets:
        book.create_sheet()
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _page(book: Workbook, sheet: Sheet, is_ours: Callable[[str], bool]) -> Page:
    """The sheet with its formats where openpyxl can, else plainly: the rows matter more."""
    before = len(book.worksheets)
    wanted = {problem.row for problem in sheet.problems}
    try:
        excerpt = cut_out(sheet.source, sheet.source_sheet, wanted, headings=sheet.heading_row)
        return formatted(book, sheet.name, excerpt, sheet.heading_row, sheet.columns, is_ours)
    except NotCuttableError:
        pass
    except Exception:  # noqa: BLE001 - openpyxl raises of everything at what other programs write
        for page in book.worksheets[before:]:
            book.remove(page)
    return plain(book, sheet.name, list(sheet.columns), sheet.rows)


def _mark(page: Page, problems: Sequence[Problem], heading: str) -> None:
    column = page.problem_column
    put(page.page, page.heading_row, column, heading, HEADING)
    page.page.column_dimensions[get_column_letter(column)].width = PROBLEM_WIDTH
    for problem in problems:
        row = page.row_of(problem.row) or page.page.max_row + 1
        _mark_row(page, row, problem)
    _offer_filter(page)


def _mark_row(page: Page, row: int, problem: Problem) -> None:
    style = FAULT if problem.is_refused else WARNING
    for heading, text in problem.cells.items():
        cell = page.page.cell(row, page.columns[heading])
        if cell.value is None and not isinstance(cell, MergedCell):  # below a merge, or not there
            put(page.page, row, page.columns[heading], text)
    for place, heading in enumerate(problem.faults):
        cell = page.page.cell(row, page.columns[heading])
        dress(cell, style)
        if said := _said_of(heading, problem) or ("" if place else problem.text):
            _remark(cell, said)
    put(page.page, row, page.problem_column, problem.text, {**PROBLEM, **style})
    page.page.row_dimensions[row].hidden = False


def _said_of(heading: str, problem: Problem) -> str:
    """The lines that speak of one cell, where they name the cells that they speak of."""
    lines = problem.text.split("\n")
    return "\n".join(line for line in lines if line.startswith(f"{heading} — "))


def _remark(cell: Cell | MergedCell, text: str) -> None:
    if isinstance(cell, Cell):
        cell.comment = Comment(text, AUTHOR, COMMENT_HEIGHT, COMMENT_WIDTH)


def _offer_filter(page: Page) -> None:
    sheet, row = page.page, page.heading_row
    sheet.auto_filter.ref = (
        f"A{row}:{get_column_letter(page.problem_column)}{max(sheet.max_row, row)}"
    )
    frozen = coordinate_to_tuple(sheet.freeze_panes)[1] if sheet.freeze_panes else 1
    sheet.freeze_panes = f"{get_column_letter(frozen)}{row + 1}"

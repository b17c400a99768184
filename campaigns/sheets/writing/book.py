"""Workbooks for a person to open: the rows that were refused, with what is wrong with each."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
GUARD = "'"
LONGEST_CELL = 32_000
"""A cell holds 32,767 characters."""
LONGEST_TITLE = 27
"""A title holds 31 characters; the rest is for the number that tells two equal ones apart."""
WIDTH = 22
PROBLEM_WIDTH = 48
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
HEADING = {"font": Font(bold=True), "fill": PatternFill("solid", fgColor="FFE8E4DC")}
PROBLEM = {
    "font": Font(color="FF9B1C1C"),
    "fill": PatternFill("solid", fgColor="FFFDE8E8"),
    "alignment": Alignment(wrap_text=True, vertical="top"),
}
FAULT = {"fill": PatternFill("solid", fgColor="FFFDE8E8")}


@dataclass(frozen=True, slots=True)
class Returned:
    """A refused row: its cells as they stood, the problem in words, the heading at fault."""

    cells: Mapping[str, str]
    problem: str
    fault: str | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the book, its headings in their order."""

    name: str
    headings: list[str]
    rows: list[Returned]


def write(sheets: list[Sheet], *, problem: str) -> bytes:
    """Return the sheets as an .xlsx, each with one more column, headed ``problem``."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book.create_sheet(_title(sheet.name)), sheet, problem)
    if not sheets:
        book.create_sheet()
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def write_list(name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return one sheet of plain rows as an .xlsx."""
    book = Workbook(write_only=True)
    page = book.create_sheet(_title(name))
    for place in range(1, len(headings) + 1):
        page.column_dimensions[get_column_letter(place)].width = WIDTH
    page.freeze_panes = "A2"
    page.append([_cell(page, text, HEADING) for text in headings])
    for row in rows:
        page.append([_cell(page, text, {}) for text in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def guarded(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula.

    Telephone numbers and negative amounts stay as they are: they hold nothing that could act.
    Source: OWASP, "CSV Injection".

    >>> guarded("=1+1"), guarded("+374 91 234567"), guarded("Ani")
    ("'=1+1", '+374 91 234567', 'Ani')
    """
    harmless = re.fullmatch(r"[+-]?[\d\s.,()-]*", text) and not text.startswith(("\t", "\r"))
    return GUARD + text if text.startswith(FORMULA_STARTS) and not harmless else text


def _write(page: Any, sheet: Sheet, problem: str) -> None:
    for place in range(1, len(sheet.headings) + 1):
        page.column_dimensions[get_column_letter(place)].width = WIDTH
    last = get_column_letter(len(sheet.headings) + 1)
    page.column_dimensions[last].width = PROBLEM_WIDTH
    page.freeze_panes = "A2"
    page.append([_cell(page, text, HEADING) for text in (*sheet.headings, problem)])
    for row in sheet.rows:
        cells = [
            _cell(page, row.cells.get(name, ""), FAULT if name == row.fault else {})
            for name in sheet.headings
        ]
        page.append([*cells, _cell(page, row.problem, PROBLEM)])


def _cell(page: Any, text: str, style: Mapping[str, object]) -> Cell:
    cell = WriteOnlyCell(page, _NOT_IN_XML.sub("", guarded(text))[:LONGEST_CELL])
    cell.data_type = "s"
    for name, value in style.items():
        setattr(cell, name, value)
    return cell


def _title(name: str) -> str:
    return _NOT_IN_TITLE.sub(" ", _NOT_IN_XML.sub("", name))[:LONGEST_TITLE].strip("' ") or "Sheet"

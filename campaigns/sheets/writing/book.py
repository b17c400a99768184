"""Workbooks for a person to open: what may stand in a cell, and how our own cells look."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
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
RED, YELLOW = "FFFDE8E8", "FFFFF3C4"
OUR_COLOURS = (RED, YELLOW)
FAULT = {"fill": PatternFill("solid", fgColor=RED)}
WARNING = {"fill": PatternFill("solid", fgColor=YELLOW)}
PROBLEM = {"alignment": Alignment(wrap_text=True, vertical="top")}


def write_list(name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return one sheet of plain rows as an .xlsx."""
    book = Workbook(write_only=True)
    page = book.create_sheet(title(name))
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


def written(text: str) -> str:
    """Return a text as it may stand in a cell: guarded, of the characters and length allowed."""
    return guarded(_NOT_IN_XML.sub("", text))[:LONGEST_CELL]


def title(name: str) -> str:
    """Return a name as it may stand on a sheet."""
    return _NOT_IN_TITLE.sub(" ", _NOT_IN_XML.sub("", name))[:LONGEST_TITLE].strip("' ") or "Sheet"


def _cell(page: Any, text: str, style: Mapping[str, object]) -> Cell:
    cell = WriteOnlyCell(page, written(text))
    cell.data_type = "s"
    for name, value in style.items():
        setattr(cell, name, value)
    return cell

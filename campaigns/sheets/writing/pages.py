"""A sheet becomes a page of a new book: copied with its formats, or written plainly.

What is not copied here is not in the book: no formula, no link, no drawing, no name, no macro.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from campaigns.sheets.writing.book import HEADING, OUR_COLOURS, WIDTH, title, written
from campaigns.sheets.writing.excerpt import Excerpt

_FUNCTION = re.compile(r"([A-Z][A-Z0-9_.]*)\s*\(", re.IGNORECASE)
_HARMLESS = frozenset(
    (
        "ABS", "AND", "COLUMN", "COUNTA", "COUNTIF", "COUNTIFS", "DATE", "DAY", "EXACT", "FIND",
        "IF", "ISBLANK", "ISERROR", "ISNUMBER", "ISTEXT", "LEFT", "LEN", "LOWER", "MAX", "MIN",
        "MOD", "MONTH", "NOT", "OR", "RIGHT", "ROW", "SEARCH", "SUM", "TODAY", "TRIM", "UPPER",
        "VALUE", "WEEKDAY", "YEAR",
    )
)  # fmt: skip
"""Functions that a rule of format or input may keep: none of them reaches outside of the sheet."""
_REACHING = re.compile(r"[|\[!]")
"""Signs of DDE, of another file and of another sheet, which is not in this book."""
Style = Mapping[str, Any]
"""Some of font, fill, alignment."""
_AS_IT_IS: Style = {}
_STYLE = ("font", "border", "fill", "number_format", "protection", "alignment")


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of the new book, and where its rows and headings went."""

    page: Worksheet
    heading_row: int
    columns: Mapping[str, int]
    """Heading → column, counted from 1."""
    row_of: Callable[[int], int | None]
    """Row of the sheet → row of the page."""
    problem_column: int


def plain(
    book: Workbook, name: str, headings: list[str], rows: Iterable[tuple[int, Mapping[str, str]]]
) -> Page:
    """Write a page of headings and rows, for a sheet that has no formats or none we can read."""
    page = book.create_sheet(title(name))
    columns = {heading: place for place, heading in enumerate(headings, 1)}
    for heading, column in columns.items():
        put(page, 1, column, heading, HEADING)
        page.column_dimensions[get_column_letter(column)].width = WIDTH
    places: dict[int, int] = {}
    for place, (number, cells) in enumerate(rows, 2):
        places[number] = place
        for heading, text in cells.items():
            put(page, place, columns[heading], text)
    return Page(page, 1, columns, places.get, len(headings) + 1)


def formatted(
    book: Workbook,
    name: str,
    excerpt: Excerpt,
    heading_row: int,
    columns: Mapping[str, int],
    is_ours: Callable[[str], bool],
) -> Page:
    """Copy a page with its formats.

    Args:
        book: to which it is added.
        name: of the page.
        excerpt: the sheet, or what of it is wanted.
        heading_row: where its headings stand, counted from 1; 0: it has none, and gets a row.
        columns: heading → column, counted from 1.
        is_ours: says of a heading whether it is of a problem column, from the last time.
    """
    source_book = _loaded(excerpt)
    source = source_book.worksheets[0]
    page = book.create_sheet(title(name))
    book.loaded_theme = book.loaded_theme or source_book.loaded_theme
    ours = _our_columns(source, heading_row, is_ours)
    columns = _found(source, heading_row, columns)
    last = max([*columns.values(), 1])
    down = 0 if heading_row else 1
    _copy_cells(source, page, down, ours)
    _copy_lengths(source, page, down, last)
    _copy_rules(source, page, down)
    if down:
        for heading, column in columns.items():
            put(page, 1, column, heading, HEADING)

    def row_of(number: int) -> int | None:
        place = number if excerpt.rows is None else excerpt.rows.get(number)
        return None if place is None else place + down

    return Page(page, heading_row + down, columns, row_of, min([*ours, last + 1]))


def put(page: Worksheet, row: int, column: int, text: str, style: Style = _AS_IT_IS) -> None:
    """Write a text that no program takes for a formula."""
    cell: Any = page.cell(row, column)
    cell.value = written(text)
    cell.data_type = "s"
    dress(cell, style)


def dress(cell: Cell | MergedCell, style: Style) -> None:
    """Give a cell a style."""
    for name, value in style.items():
        setattr(cell, name, value)


def _loaded(excerpt: Excerpt) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of what it leaves out
        return openpyxl.load_workbook(excerpt.package, data_only=True, keep_links=False)


def _found(source: Worksheet, heading_row: int, columns: Mapping[str, int]) -> Mapping[str, int]:
    """The columns where the headings really stand: a reader counts from the first that is used."""
    if not heading_row:
        return columns
    cells: Any = source[heading_row]
    texts = {_folded(str(cell.value)): cell.column for cell in reversed(cells)}
    shifts = [
        texts[_folded(name)] - column for name, column in columns.items() if _folded(name) in texts
    ]
    shift = max(set(shifts), key=shifts.count, default=0)
    return {name: column + shift for name, column in columns.items()}


def _folded(heading: str) -> str:
    return " ".join(heading.split())


def _our_columns(source: Worksheet, heading_row: int, is_ours: Callable[[str], bool]) -> set[int]:
    if not heading_row:
        return set()
    return {
        cell.column
        for cell in source[heading_row]
        if isinstance(cell.value, str) and is_ours(cell.value)
    }


def _copy_cells(source: Worksheet, page: Worksheet, down: int, ours: set[int]) -> None:
    styles: dict[Any, Any] = {}
    cells: Any = source._cells  # noqa: SLF001 - iter_rows would fill all gaps
    for (row, column), cell in cells.items():
        if column in ours or isinstance(cell, MergedCell):
            continue
        to: Any = page.cell(row + down, column)
        to.value = written(cell.value) if isinstance(cell.value, str) else cell.value
        if isinstance(cell.value, str):
            to.data_type = "e" if cell.data_type == "e" else "s"
        if cell.has_style:
            known = styles.get(cell._style)  # noqa: SLF001 - many cells share one
            styles[cell._style] = to._style = copy(known) if known else _styled(cell, to)  # noqa: SLF001
    for merged in source.merged_cells.ranges:
        merged.shift(row_shift=down)
        page.merge_cells(merged.coord)


def _styled(cell: Any, to: Any) -> Any:
    for name in _STYLE:
        setattr(to, name, copy(getattr(cell, name)))
    if cell.fill.fgColor.rgb in OUR_COLOURS:  # from the last time; it may be mended now
        to.fill = PatternFill()
    return to._style  # noqa: SLF001


def _copy_lengths(source: Worksheet, page: Worksheet, down: int, last: int) -> None:
    """Copy widths and heights and what is hidden; a width for all columns ends at the table."""
    page.sheet_format = copy(source.sheet_format)
    widths: dict[str, Any] = dict(source.column_dimensions)
    for letter, width in widths.items():
        if width.min <= last:
            kept = copy(width)
            kept.worksheet, kept.max = page, min(width.max, last)
            page.column_dimensions[letter] = kept
    for row, height in source.row_dimensions.items():
        kept_row = page.row_dimensions[row + down]
        kept_row.height, kept_row.hidden = height.height, height.hidden
    if source.freeze_panes:
        page.freeze_panes = source.freeze_panes


def _copy_rules(source: Worksheet, page: Worksheet, down: int) -> None:
    """Copy rules of format and input that name no other place than this sheet."""
    if down:
        return  # they would speak of the row above
    for place in source.conditional_formatting:
        for rule in place.rules:
            if _is_harmless(*rule.formula) and not (
                rule.colorScale or rule.dataBar or rule.iconSet
            ):
                page.conditional_formatting.add(str(place.sqref), rule)
    for rule in source.data_validations.dataValidation:
        if _is_harmless(rule.formula1, rule.formula2):
            page.add_data_validation(rule)


def _is_harmless(*formulas: str | None) -> bool:
    text = " ".join(formula for formula in formulas if formula)
    functions = {name.upper() for name in _FUNCTION.findall(text)}
    return functions <= _HARMLESS and not _REACHING.search(re.sub(r'"[^"]*"', "", text))

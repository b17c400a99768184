"""Workbooks of Excel before 2007 (.xls): at most 65,536 rows of 256 columns a sheet.

Those of Excel 97 to 2003 are read record by record (``old_records``). Older ones are left to
another reader (fastexcel), which knows dates by their format, but tells no other format, no hidden
rows and no merges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import fastexcel
import polars as pl

from campaigns.errors import InputError
from campaigns.sheets.reading.compound import streams
from campaigns.sheets.reading.events import filled
from campaigns.sheets.reading.grid import Grid, Marks
from campaigns.sheets.reading.number_text import iso_text, number_text
from campaigns.sheets.reading.old_records import is_known, sheets

ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
"""In the container that a workbook of any age becomes when it is given a password."""
T = TypeVar("T")
PANIC = "PanicException"
"""What the reader raises at damage that it did not expect; not a subclass of Exception."""


def old_grids(path: Path, *, limit: int | None) -> Iterator[Grid]:
    """Yield the sheets of a workbook that hold anything, ``limit`` rows of each.

    Raises:
        InputError: it is no workbook, is encrypted, or damaged.
    """
    data = path.read_bytes()
    if ENCRYPTED_PART in data:
        raise InputError("sheet.encrypted")
    found = streams(data)
    if is_known(found.get("Workbook", b"")):
        yield from filled(sheets(found["Workbook"]), limit)
    elif "Book" in found or "Workbook" in found:
        yield from _older(path, limit)
    else:
        raise InputError("sheet.not_a_workbook")


def _older(path: Path, limit: int | None) -> Iterator[Grid]:
    book = _guarded(lambda: fastexcel.read_excel(path), "sheet.not_a_workbook")
    for name in book.sheet_names:
        yield from _grid(book, name, limit)


def _grid(book: fastexcel.ExcelReader, name: str, limit: int | None) -> Iterator[Grid]:
    sheet = _guarded(
        lambda: book.load_sheet(name, header_row=None, skip_rows=0, n_rows=limit, dtypes="string"),
        "sheet.broken", sheet=name,
    )  # fmt: skip
    if sheet.width and sheet.height:
        frame: pl.DataFrame = sheet.to_polars()
        cells = frame.select(
            _text(frame[old]).alias(str(place)) for place, old in enumerate(frame.columns)
        )
        yield Grid(name, cells, Marks(from_book=True, hidden=sheet.visible != "visible"))


def _text(column: pl.Series) -> pl.Series:
    text = column.cast(pl.String)
    is_number = text.str.contains(r"^-?\d+(\.\d+)?([eE][-+]?\d+)?$")
    return iso_text(text.zip_with(~is_number, number_text(text)))


def _guarded(work: Callable[[], T], code: str, **facts: str) -> T:
    try:
        return work()
    except fastexcel.FastExcelError as cause:
        locked = "password" in str(cause).lower()
        raise InputError("sheet.encrypted" if locked else code, **facts) from cause
    except BaseException as cause:
        if type(cause).__name__ != PANIC:
            raise
        raise InputError(code, **facts) from cause

"""Workbooks of Excel (.xlsx, .xlsm): each sheet read once, in pieces, bounded in memory.

Unpacking runs ahead in this thread while two others read the pieces; what unpacks to too much, or
reaches too far, is refused on the way, before room is made for it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, islice

import polars as pl

from campaigns.errors import InputError
from campaigns.sheets.reading import book_marks
from campaigns.sheets.reading.book_cells import Look, cells_of
from campaigns.sheets.reading.frames import Dense, dense, stacked
from campaigns.sheets.reading.grid import Grid, Marks, Merge, Remark
from campaigns.sheets.reading.package import Package
from campaigns.sheets.reading.shared_strings import strings_of
from campaigns.sheets.reading.sheet_text import SheetText

THREADS = 2
Progress = Callable[[int], None]


def book_grids(package: Package, *, limit: int | None, progress: Progress) -> Iterator[Grid]:
    """Yield the sheets of a workbook that hold anything, ``limit`` rows of each.

    Args:
        package: the file, opened.
        limit: how many rows of each sheet; merges stand behind the rows and are then not told.
        progress: called with the number of rows read so far of a sheet.

    Raises:
        InputError: it is no workbook, damaged, encrypted or larger than we take.
    """
    book = book_marks.contents(package)
    look = Look(_strings(package, book), book_marks.formats(package, book.styles), book.from_1904)
    for page in book.pages:
        if page.part not in package:
            raise InputError("sheet.broken", sheet=page.name)
        grid = _grid(package, page, look, limit, progress)
        if grid.cells.width:
            yield grid


def _strings(package: Package, book: book_marks.Contents) -> pl.Series:
    if book.strings not in package:
        return pl.Series(dtype=pl.String)
    return strings_of(package.pieces(book.strings))


def _grid(
    package: Package, page: book_marks.Page, look: Look, limit: int | None, progress: Progress
) -> Grid:
    try:
        return _read(SheetText(package.pieces(page.part)), page, look, limit, progress)
    except InputError as error:
        code = "sheet.broken" if error.code == "sheet.damaged" else error.code
        raise InputError(code, **{**error.facts, "sheet": page.name}) from error
    except ValueError as error:  # a number that is none: its bytes were damaged
        raise InputError("sheet.broken", sheet=page.name) from error


def _read(
    text: SheetText, page: book_marks.Page, look: Look, limit: int | None, progress: Progress
) -> Grid:
    columns = book_marks.hidden_columns(text.head())
    found = _Found()
    pieces = found.taking(_ahead(lambda item: _piece(*item, look), text.chunks()), limit)
    cells = stacked(pieces, progress)
    remarks = [Remark("without_result", {"count": found.lacking})] if found.lacking else []
    marks = Marks(
        from_book=True, hidden=page.hidden, hidden_columns=tuple(columns),
        hidden_rows=tuple(row for row in found.hidden if row <= cells.height),
        merges=() if limit is not None else tuple(_merges(text)), remarks=tuple(remarks),
    )  # fmt: skip
    return Grid(page.name, cells if limit is None else cells.head(limit), marks)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some rows, read."""

    rows: Dense | None
    hidden: list[int]
    lacking: int
    """Formulas without what they come to."""


@dataclass(slots=True)
class _Found:
    """What was seen beside the cells."""

    hidden: list[int] = field(default_factory=list)
    lacking: int = 0

    def taking(self, pieces: Iterator[_Piece], limit: int | None) -> Iterator[Dense]:
        for piece in pieces:
            self.hidden.extend(piece.hidden)
            self.lacking += piece.lacking
            if piece.rows is not None:
                yield piece.rows
                if limit is not None and piece.rows.last >= limit:
                    return


def _piece(before: int, chunk: bytes, look: Look) -> _Piece:
    cells = cells_of(chunk, before, look)
    hidden = book_marks.hidden_rows(before, chunk)
    return _Piece(dense(cells.places), hidden, cells.without_result)


def _merges(text: SheetText) -> Iterator[Merge]:
    found = chain.from_iterable(map(book_marks.merges, text.tail()))
    return islice(found, book_marks.MERGES_LIMIT)


def _ahead(
    work: Callable[[tuple[int, bytes]], _Piece], items: Iterable[tuple[int, bytes]]
) -> Iterator[_Piece]:
    """Yield what the work makes of each item, in their order, a few of them under way."""
    with ThreadPoolExecutor(THREADS) as threads:
        under_way: deque[Future[_Piece]] = deque()
        for item in items:
            under_way.append(threads.submit(work, item))
            if len(under_way) > THREADS:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()

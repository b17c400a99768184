"""Tables that are read event by event: the rows that a parser saw, brought into frames.

Bounded: a batch of rows at a time, and never more cells than we take, however often a row or a
cell says that it is repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import polars as pl

from campaigns.errors import InputError
from campaigns.sheets.reading.book_cells import NO_CELLS
from campaigns.sheets.reading.frames import CELL_LIMIT, dense, stacked
from campaigns.sheets.reading.grid import Grid, Marks, Merge, Remark
from campaigns.sheets.reading.number_formats import Format
from campaigns.sheets.reading.number_text import value_text

BATCH_CELLS = 250_000
Cell = tuple[int, int, str, Format, str]
"""Row from 1, column from 0, kind as in an .xlsx, number format, value as it is written."""


@dataclass(slots=True)
class Seen:
    """A sheet while it is read."""

    name: str = ""
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    frames: list[pl.DataFrame] = field(default_factory=list)
    lacking: int = 0
    """Formulas without what they come to."""
    count: int = 0
    from_1904: bool = False

    def add(self, cell: Cell) -> None:
        """Keep a cell that holds something.

        Raises:
            InputError: there are more than we take.
        """
        self.cells.append(cell)
        self.count += 1
        if self.count > CELL_LIMIT:
            raise InputError("sheet.too_many_cells", sheet=self.name, limit=CELL_LIMIT)
        if len(self.cells) >= BATCH_CELLS:
            self.settle()

    def settle(self) -> None:
        """Bring the cells kept so far into a frame."""
        self.frames.append(_places(self.cells, from_1904=self.from_1904))
        self.cells = []

    def grid(self, limit: int | None, *, from_book: bool = True) -> Grid:
        """Return the sheet.

        Raises:
            InputError: it reaches further than we make room for.
        """
        self.settle()
        whole = dense(pl.concat(self.frames))
        try:
            cells = stacked([whole] if whole else [], lambda _rows: None)
        except InputError as error:
            raise InputError(error.code, **{**error.facts, "sheet": self.name}) from error
        remarks = (Remark("without_result", {"count": self.lacking}),) if self.lacking else ()
        marks = Marks(
            from_book=from_book, hidden=self.hidden, merges=tuple(self.merges), remarks=remarks,
            hidden_rows=tuple(row for row in self.hidden_rows if row <= cells.height),
            hidden_columns=tuple(sorted(self.hidden_columns)),
        )  # fmt: skip
        return Grid(self.name, cells.head(limit) if limit is not None else cells, marks)


def filled(sheets: Iterable[Seen], limit: int | None) -> Iterator[Grid]:
    """Yield the grids of the sheets that hold anything."""
    for sheet in sheets:
        grid = sheet.grid(limit)
        if grid.cells.width:
            yield grid


def _places(cells: list[Cell], *, from_1904: bool) -> pl.DataFrame:
    """Return where cells stand and what they show; those of one kind and format together."""
    found = [NO_CELLS]
    groups: dict[tuple[str, Format], list[tuple[int, int, str]]] = {}
    for row, column, kind, form, value in cells:
        groups.setdefault((kind, form), []).append((row, column, value))
    for (kind, form), some in groups.items():
        frame = pl.DataFrame(some, schema=NO_CELLS.schema, orient="row")
        text = value_text(frame["text"], kind, form, from_1904=from_1904)
        found.append(frame.with_columns(text.alias("text")))
    return pl.concat(found).filter(pl.col("text") != "")

"""Grids as a sheet's reader gives them, for tests of what is made of them."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from campaigns.sheets.reading.grid import Grid, Marks, Merge
from campaigns.sheets.understanding.recognise import Table, table

Line = Sequence[object]


def grid(*rows: Line, marks: Marks | None = None, sheet: str = "Sheet") -> Grid:
    """Rows of texts; what is None or empty is an empty cell, numbers are written out."""
    width = max(len(row) for row in rows)
    full = [
        [*(None if cell in (None, "") else str(cell) for cell in row), *[None] * (width - len(row))]
        for row in rows
    ]
    names = [str(place) for place in range(width)]
    frame = pl.DataFrame(full, schema=dict.fromkeys(names, pl.String), orient="row")
    return Grid(sheet, frame, marks or Marks())


def merged(*cells: str) -> Marks:
    """Marks with merges given as in a spreadsheet program: ``B1:C1``."""
    return Marks(merges=tuple(map(_merge, cells)))


def sheet_of(*rows: Line, marks: Marks | None = None, name: str = "Sheet") -> Table:
    """The table of such a grid."""
    found = table(grid(*rows, marks=marks, sheet=name))
    assert found is not None
    return found


def lines(text: str, sign: str = ",") -> list[list[str]]:
    """Rows written as lines of text."""
    return [line.split(sign) for line in text.strip().split("\n")]


def _merge(cells: str) -> Merge:
    first, last = cells.split(":")
    return Merge(int(first[1:]), ord(first[0]) - 65, int(last[1:]), ord(last[0]) - 65)

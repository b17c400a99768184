"""Lines of a text file that stand whole in the first column of a workbook.

So a .csv looks that was opened where another sign separates cells, and was then saved as a workbook.
"""

from __future__ import annotations

import csv
from dataclasses import replace

import polars as pl

from campaigns.sheets.reading.delimiters import delimiter
from campaigns.sheets.reading.grid import Grid

SAMPLE_ROWS = 200
LEAST_SHARE = 0.8
"""So many of the lines must come to equally many cells."""


def parted(grid: Grid) -> Grid:
    """Return the grid with its one column parted into cells; any other grid as it is."""
    if grid.cells.width != 1 or not grid.marks.from_book:
        return grid
    column = grid.cells.to_series()
    sample = [line for line in column.head(SAMPLE_ROWS) if line and line.strip()]
    sign = delimiter(sample)
    widths = [len(_cells(line, sign)) for line in sample]
    usual = max(set(widths), key=widths.count, default=1)
    if usual == 1 or len(sample) < 2 or widths.count(usual) < LEAST_SHARE * len(sample):
        return grid
    return replace(
        grid, cells=_frame([_cells(line or "", sign) for line in column]),
        marks=replace(grid.marks, delimiter=sign),
    )  # fmt: skip


def _cells(line: str, sign: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=sign), [])
    except csv.Error:  # a cell of several lines was never a line
        return [line]


def _frame(rows: list[list[str]]) -> pl.DataFrame:
    width = max(map(len, rows))
    full = [[*(cell or None for cell in row), *[None] * (width - len(row))] for row in rows]
    return pl.DataFrame(full, {str(place): pl.String for place in range(width)}, orient="row")

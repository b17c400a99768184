"""Tables that stand side by side in one sheet: which columns are of one table?

Blank columns alone do not part a table. Blocks of columns are tables of their own when their headings
repeat, stand in other rows, or when one ends, full to its last row, where the other goes on.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from campaigns.sheets.understanding.heading_rows import HEADLESS, Row, find_headings
from campaigns.sheets.understanding.headings import is_known
from campaigns.sheets.understanding.vocabulary import key

FEWEST_COLUMNS = 2
FEWEST_ROWS_MORE = 3
SHARE_MORE = 0.3
"""How many rows more the one of two tables has when they are not one: fewer may be gaps."""
ALIKE = 0.5


def choose(cells: pl.DataFrame, top: Sequence[Row], start: int) -> tuple[list[int], int]:
    """Return the columns of the best table, and how many other tables stand beside it.

    Args:
        cells: the sheet.
        top: its first rows with anything in them.
        start: which row the first of them is, counted from 0.
    """
    every = list(range(cells.width))
    parts = _parts(cells, top)
    wide = [part for part in parts if len(part) >= FEWEST_COLUMNS]
    if len(wide) < 2:
        return every, 0
    best = max(wide, key=lambda part: (_known(top, part), _height(cells, part)))
    apart = [part for part in wide if part is not best and _is_apart(cells, top, start, best, part)]
    left_out = {column for part in apart for column in part}
    return [column for column in every if column not in left_out], len(apart)


def _parts(cells: pl.DataFrame, top: Sequence[Row]) -> list[list[int]]:
    """The columns with anything in them, parted where blank ones stand between."""
    parts: list[list[int]] = [[]]
    for column in range(cells.width):
        values = cells[str(column)]
        blank = not any((row[column] or "").strip() for row in top) and (
            values.null_count() == len(values) or not values.str.contains(r"\S").any()
        )
        if blank:
            parts.append([])
        else:
            parts[-1].append(column)
    return [part for part in parts if part]


def _is_apart(
    cells: pl.DataFrame, top: Sequence[Row], start: int, best: list[int], other: list[int]
) -> bool:
    ours, theirs = _row_of_headings(top, best), _row_of_headings(top, other)
    if theirs is None:
        return False
    if theirs not in (ours, HEADLESS):
        return True
    words = [
        {key(row[c] or "") for c in part} - {""}
        for part in (best, other)
        for row in [top[ours or 0]]
    ]
    common = words[0] & words[1]
    if len(common) >= FEWEST_COLUMNS and len(common) >= ALIKE * min(map(len, words)):
        return True
    return _ends_earlier(cells.slice(start + (theirs or 0)), best, other)


def _row_of_headings(top: Sequence[Row], part: list[int]) -> int | None:
    return find_headings([[row[column] for column in part] for row in top])


def _ends_earlier(cells: pl.DataFrame, best: list[int], other: list[int]) -> bool:
    """Whether the other table is full down to its last row, and ours goes on below it."""
    height, ours = _height(cells, other), _height(cells, best)
    if ours - height < max(FEWEST_ROWS_MORE, SHARE_MORE * ours) or height < FEWEST_ROWS_MORE:
        return False
    part = cells.head(height).select(str(column) for column in other)
    return sum(int(count) for count in part.null_count().row(0)) == 0


def _height(cells: pl.DataFrame, part: list[int]) -> int:
    """How many rows down to the last one with anything in these columns."""
    last = cells.select(pl.col(str(column)).is_not_null().arg_true().max() for column in part).row(
        0
    )
    return max((place + 1 for place in last if place is not None), default=0)


def _known(top: Sequence[Row], part: list[int]) -> int:
    place = _row_of_headings(top, part)
    if place is None or place == HEADLESS:
        return 0
    return sum(is_known(cell) for column in part if (cell := top[place][column]))

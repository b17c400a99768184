"""Cells that say where they stand, as a frame of text columns that begins at row 1, column A."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import polars as pl

from campaigns.errors import InputError

CELL_LIMIT = 60_000_000


@dataclass(frozen=True, slots=True)
class Dense:
    """Rows ``first`` to ``last`` (from 1) with a column for each that holds anything."""

    first: int
    last: int
    cells: pl.DataFrame
    width: int
    """Columns up to the last that holds anything."""


def dense(places: pl.DataFrame) -> Dense | None:
    """Return cells (``row`` from 1, ``column`` from 0, ``text``) as rows and columns.

    Raises:
        InputError: they reach further than we make room for.
    """
    if not places.height:
        return None
    row = pl.col("row")
    first, last, farthest = places.select(
        row.min().alias("first"), row.max().alias("last"), pl.col("column").max()
    ).row(0)
    width = farthest + 1
    _check(last, width)
    parts = places.partition_by("column", as_dict=True, include_key=False)
    columns = {str(column): _column(part, first, last) for (column,), part in parts.items()}
    return Dense(first, last, pl.DataFrame(columns), width)


def stacked(pieces: Iterable[Dense], progress: Callable[[int], None]) -> pl.DataFrame:
    """Return pieces, one below the other, as one frame.

    Raises:
        InputError: their rows are out of order, or they are more cells than we take.
    """
    frames: list[pl.DataFrame] = []
    last, width = 0, 0
    for piece in pieces:
        if piece.first <= last:
            raise InputError("sheet.damaged")
        width = max(width, piece.width)
        _check(piece.last, width)
        frames.extend((_empty(piece.first - last - 1, 1), piece.cells))
        last = piece.last
        progress(last)
    return _whole(frames, width)


def _whole(frames: list[pl.DataFrame], width: int) -> pl.DataFrame:
    if not frames:
        return pl.DataFrame()
    cells = pl.concat([_empty(0, width), *frames], how="diagonal")
    return cells.select(map(str, range(width)))


def _column(part: pl.DataFrame, first: int, last: int) -> pl.Series:
    if part.height == last - first + 1 and part["row"].is_sorted():
        return part["text"]
    places = pl.select(pl.repeat(None, last - first + 1, dtype=pl.UInt32)).to_series()
    places = places.scatter(
        part["row"] - first, pl.int_range(part.height, dtype=pl.UInt32, eager=True)
    )
    return part["text"].gather(places)


def _empty(height: int, width: int) -> pl.DataFrame:
    nothing = pl.select(pl.repeat(None, height, dtype=pl.String)).to_series()
    return pl.DataFrame({str(column): nothing for column in range(width)})


def _check(rows: int, columns: int) -> None:
    if rows * columns > CELL_LIMIT:
        raise InputError("sheet.too_many_cells", sheet="", limit=CELL_LIMIT)

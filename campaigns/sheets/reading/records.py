"""The records of a text file, exactly: what Python's csv module reads, and one rule more.

The fast reader takes files whose quotation marks stand as RFC 4180 wants them. Any other file is
first written anew in that form, by the slower way here. A cell in quotation marks that goes on
over several lines and does not end properly is refused: the mark that opened it was never closed,
and it would swallow the rows below it.
"""

from __future__ import annotations

import csv
import mmap
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from campaigns.errors import InputError
from campaigns.sheets.reading.delimiters import SPACES

LONGEST_CELL = 1_000_000
LONG_LINE_BYTES = 1 << 18
PIECE_BYTES = 1 << 24
END = "\x1c"
QUOTE, LINE_FEED, RETURN = b'"\n\r'
NO_END = "unexpected end of data"
Bytes = npt.NDArray[np.uint8]


def is_regular(path: Path, delimiter: str) -> bool:
    """Say whether the fast reader takes a UTF-8 file as Python's csv module would.

    It does when lines end in a line feed, none is endless, and each quotation mark that opens a
    cell stands before it and each that closes one behind it; a doubled one stands for itself.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        quoted, returns = data.find(b'"') >= 0, data.find(b"\r") >= 0
        if not _has_lines(data) or delimiter == SPACES:
            return False
        found = np.frombuffer(data, np.uint8)
        try:
            lines_end = not returns or _returns_end_lines(found)
            return lines_end and (not quoted or _quotes_are_regular(found, ord(delimiter)))
        finally:
            del found  # else the map could not be closed


def has_any(path: Path, *signs: bytes) -> bool:
    """Say whether any of the signs stands in the file."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return any(data.find(sign) >= 0 for sign in signs)


def count_lines(path: Path) -> int:
    """Return how many lines a file has: at least as many as rows."""
    total = 1
    with path.open("rb") as file:
        while data := file.read(PIECE_BYTES):
            piece = np.frombuffer(data, np.uint8)
            total += int(np.count_nonzero(piece == LINE_FEED))
    return total


def records(lines: Iterable[str], delimiter: str, *, whole: bool = True) -> Iterator[list[str]]:
    """Yield the records of a text, blank ones included, so that row numbers are the sheet's.

    Args:
        lines: the text's lines with their ends.
        delimiter: what separates the cells.
        whole: the text ends where the file ends, so that a cell still open there is a mistake;
            else the record that is cut off is left out.

    Raises:
        InputError: a cell is too long, or a quotation mark is never closed, so that the rows after
            it would all be one cell.
    """
    if delimiter == SPACES:
        yield from (line.split() for line in lines)
        return
    csv.field_size_limit(LONGEST_CELL)
    taken: list[str] = []
    reader = csv.reader(_noted(lines, taken), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(reader, None)
        except csv.Error as cause:
            if not whole and str(cause) == NO_END:
                return
            row = _lenient(taken, delimiter)
            if row is None:
                raise InputError("sheet.text", row=number) from cause
        if row is None:
            return
        taken.clear()
        yield row


def rewrite(source: Path, target: Path, delimiter: str, *, skip: int = 0) -> tuple[int, int]:
    """Write a UTF-8 file anew so that the fast reader takes it; return its rows and widest row.

    Args:
        source: the file.
        target: where to write; cells are separated by commas.
        delimiter: what separates the cells of ``source``.
        skip: how many lines at the beginning are no rows.

    Raises:
        InputError: as for :func:`records`.
    """
    height = width = 0
    with (
        source.open(encoding="utf-8-sig", newline="") as lines,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        for _ in range(skip):
            next(lines, None)
        writer = csv.writer(out, lineterminator="\r\n")  # so that it quotes both of them
        for row in records(lines, delimiter):
            height, width = height + 1, max(width, len(row))
            writer.writerow(row)
    return height, width


def _noted(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    """The lines, each put into ``taken`` as it is read."""
    for line in lines:
        taken.append(line)
        yield line


def _lenient(taken: list[str], delimiter: str) -> list[str] | None:
    """A line with stray quotation marks as spreadsheet programs read it; None for several lines."""
    if len(taken) != 1:
        return None
    try:
        rows = list(csv.reader([taken[0].rstrip("\r\n") + "\n", END], delimiter=delimiter))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 2 else None  # else the last cell was never closed


def _has_lines(data: mmap.mmap) -> bool:
    """Whether a line ends in each part of the file; a line without end is no table."""
    starts = range(0, len(data) - LONG_LINE_BYTES, LONG_LINE_BYTES)
    return all(data.find(b"\n", start, start + LONG_LINE_BYTES) >= 0 for start in starts)


def _returns_end_lines(data: Bytes) -> bool:
    """Whether each carriage return stands before a line feed."""
    for start in range(0, len(data), PIECE_BYTES):
        piece = data[start : start + PIECE_BYTES + 1]
        alone = (piece[:-1] == RETURN) & (piece[1:] != LINE_FEED)
        if alone.any():
            return False
    return bool(data[-1] != RETURN)


def _quotes_are_regular(data: Bytes, delimiter: int) -> bool:
    count = 0
    for start in range(0, len(data), PIECE_BYTES):
        places = np.flatnonzero(data[start : start + PIECE_BYTES] == QUOTE) + start
        opening, closing = places[count % 2 :: 2], places[1 - count % 2 :: 2]
        if not _stand_before(data, opening, delimiter) or not _stand_behind(
            data, closing, delimiter
        ):
            return False
        count += len(places)
    return count % 2 == 0


def _stand_before(data: Bytes, opening: npt.NDArray[np.intp], delimiter: int) -> bool:
    """Whether a cell begins at each place, or the mark before is doubled by this one."""
    inner = opening[opening > 3]  # at the very beginning, or behind the file's UTF-8 mark
    early = [int(place) for place in opening[opening <= 3]]
    signs = data[inner - 1]
    allowed = (signs == delimiter) | (signs == LINE_FEED) | (signs == QUOTE)
    begins = all(
        place == 0 or data[place - 1] in {delimiter, LINE_FEED, QUOTE, 0xBF} for place in early
    )
    return begins and bool(allowed.all())


def _stand_behind(data: Bytes, closing: npt.NDArray[np.intp], delimiter: int) -> bool:
    """Whether a cell ends at each place, or the next mark is doubled by this one."""
    inner = closing[closing < len(data) - 1]
    signs = data[inner + 1]
    allowed = (signs == delimiter) | (signs == LINE_FEED) | (signs == RETURN) | (signs == QUOTE)
    return bool(allowed.all())

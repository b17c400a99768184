"""Text files (.csv, .tsv, .txt) as grids: every cell as text, every row at its own number.

Most files are read at once by polars. A file in another alphabet is first written in UTF-8, and one
that polars would read otherwise than the rules of CSV want is written anew in the plainest form.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import polars as pl

from campaigns.errors import InputError
from campaigns.sheets.reading import encodings
from campaigns.sheets.reading.delimiters import SAMPLE_ROWS, delimiter, named
from campaigns.sheets.reading.fonts import convert
from campaigns.sheets.reading.grid import Grid, Marks, Options
from campaigns.sheets.reading.records import (
    count_lines,
    has_any,
    is_regular,
    records,
    rewrite,
)

HEAD_BYTES = 1_000_000
LONGEST_SAMPLE = 1 << 20
CELL_LIMIT = 60_000_000
COMMA = ","
SCRATCH = "text-"
"""How folders for copies begin."""
WESTERN = (b"\xc2", b"\xc3")
"""What begins Western letters and signs beyond ASCII in UTF-8."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a UTF-8 file is laid out."""

    path: Path
    delimiter: str
    skip: int
    """Lines at the beginning that are no rows: ``sep=;``."""
    width: int
    quoted: bool


def read_text(path: Path, options: Options, limit: int | None = None) -> Grid:
    """Return a text file as a grid, or its first ``limit`` rows (from its first megabyte alone).

    Raises:
        InputError: it is no table, in an unknown alphabet, has more cells than we take, or a
            quotation mark in it is never closed.
    """
    return with_text(path, options, lambda lines, marks: Grid("", lines.collect(), marks), limit)


def with_text(
    path: Path,
    options: Options,
    take: Callable[[pl.LazyFrame, Marks], T],
    limit: int | None = None,
    *,
    scratch: Path | None = None,
) -> T:
    """Return what ``take`` makes of the rows of a text file, which need not fit into memory.

    Args:
        path: the file.
        options: what a person says of how it is to be read.
        take: gets the rows, to be collected or written; is called anew when the fast way fails.
        limit: only so many rows, from the beginning of the file.
        scratch: a folder for copies while they are needed.

    Raises:
        InputError: as for :func:`read_text`.
    """
    with TemporaryDirectory(prefix=SCRATCH, dir=scratch) as folder:
        head = _beginning(path, Path(folder), limit)
        text, marks = _in_utf8(head or path, Path(folder), options)
        layout = _layout(text, options)
        marks = replace(marks, delimiter=layout.delimiter)
        finish = _finishing(take, marks, options, limit, foreign=has_any(text, *WESTERN))
        if is_regular(text, layout.delimiter):
            _check_cells(count_lines(text) - layout.skip, layout.width)
            try:
                return finish(_lines(layout))
            except pl.exceptions.PolarsError:  # a row is wider than those of the beginning
                pass
        return finish(_lines(_rewritten(layout, Path(folder))))


def _finishing(
    take: Callable[[pl.LazyFrame, Marks], T],
    marks: Marks,
    options: Options,
    limit: int | None,
    *,
    foreign: bool,
) -> Callable[[pl.LazyFrame], T]:
    def finish(lines: pl.LazyFrame) -> T:
        some = lines if limit is None else lines.head(limit)
        cells, found = convert(some, marks, options.font, foreign=foreign)
        return take(cells, found)

    return finish


def _beginning(path: Path, folder: Path, limit: int | None) -> Path | None:
    """A copy of the first whole lines of a long file, when only some rows are wanted."""
    if limit is None or path.stat().st_size <= HEAD_BYTES:
        return None
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    target = folder / "beginning"
    target.write_bytes(head[: head.rfind(b"\n") + 1] or head)
    return target


def _in_utf8(path: Path, folder: Path, options: Options) -> tuple[Path, Marks]:
    """The file in UTF-8, itself or a copy, and what it was in."""
    given = options.encoding
    found = encodings.given(path, given) if given else encodings.detect(path)
    marks = Marks(encoding=found.encoding, encodings=found.candidates)
    if found.as_it_is:
        return path, marks
    target = folder / "unicode"
    return target, replace(marks, remarks=encodings.into_utf8(path, target, found.encoding))


def _layout(path: Path, options: Options) -> Layout:
    with path.open(encoding="utf-8-sig", newline="") as file:
        sample = list(islice(iter(partial(file.readline, LONGEST_SAMPLE), ""), SAMPLE_ROWS))
    sign = named(sample[0]) if sample else None
    skip = int(sign is not None)
    chosen = options.delimiter or sign or delimiter(sample[skip:])
    return Layout(path, chosen, skip, _width(sample[skip:], chosen), quoted=has_any(path, b'"'))


def _width(sample: list[str], sign: str) -> int:
    """The widest row of the beginning; a wider one further down is found by the fast reader."""
    width = 1
    with suppress(InputError):  # the whole file is read exactly then, and says where it is wrong
        for row in records(sample, sign, whole=False):
            width = max(width, len(row))
    return width


def _rewritten(layout: Layout, folder: Path) -> Layout:
    target = folder / "regular"
    height, width = rewrite(layout.path, target, layout.delimiter, skip=layout.skip)
    _check_cells(height, width)
    return Layout(target, COMMA, 0, max(width, 1), quoted=has_any(target, b'"'))


def _check_cells(rows: int, width: int) -> None:
    if rows * width > CELL_LIMIT:
        raise InputError("sheet.too_many_cells", sheet="", limit=CELL_LIMIT)


def _lines(layout: Layout) -> pl.LazyFrame:
    """The rows, as polars reads them: short ones filled up, the cells of blank ones null."""
    if not layout.path.stat().st_size:
        return pl.LazyFrame(schema={"0": pl.String})
    return pl.scan_csv(
        layout.path,
        has_header=False,
        separator=layout.delimiter,
        quote_char='"' if layout.quoted else None,
        null_values="" if layout.quoted else None,
        skip_lines=layout.skip,
        schema={str(place): pl.String for place in range(layout.width)},
        missing_columns="insert",
        glob=False,
    )

"""Sheets that were read once, kept as text in parquet: previews and storing need not parse again.

A stage is a cache: it can be thrown away at any time and made anew from the file.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from campaigns.sheets.reading.files import check_size, check_text, grids, is_book
from campaigns.sheets.reading.grid import Grid, Marks, Options
from campaigns.sheets.reading.plain import SCRATCH, with_text
from campaigns.store.files import FileStore

FOLDER = "stages"
HEAD = "campaigns"
MADE = 2
"""Grows when files are read in another way, so that no stage of the old way is taken."""
ROWS_A_GROUP = 100_000
STALE_S = 86_400


def write_stage(files: FileStore, name: str, grid: Grid) -> str:
    """Keep a grid under ``name`` and return its key in the file store."""
    return _kept(files, name, lambda part: _sink(grid.cells.lazy(), part, grid.sheet, grid.marks))


def read_stage(files: FileStore, key: str, *, limit: int | None = None) -> Grid:
    """Return what was kept, or its first ``limit`` rows.

    Raises:
        FileNotFoundError: the stage was thrown away, or is damaged: make it anew.
    """
    path = files.path(key)
    try:
        head: dict[str, Any] = json.loads(pl.read_parquet_metadata(path)[HEAD])
        lines = pl.scan_parquet(path, glob=False)
        cells = (lines if limit is None else lines.head(limit)).collect()
    except (pl.exceptions.PolarsError, OSError, KeyError, ValueError) as cause:
        raise FileNotFoundError(key) from cause
    return Grid(head["sheet"], cells, Marks.from_json(head["marks"]))


def stage_file(files: FileStore, key: str, options: Options) -> list[str]:
    """Read a kept file once and return the keys of its sheets, hidden and empty ones included.

    Raises:
        InputError: the file is no table, is encrypted, damaged, or larger than we take.
    """
    path = files.path(key)
    _sweep(files.new_path(FOLDER, "")[1])
    facts = [MADE, key, options.to_json()]
    stem = hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]
    if not is_book(path):
        return [_stage_text(files, path, f"{stem}-0", options)]
    return [
        write_stage(files, f"{stem}-{number}", grid)
        for number, grid in enumerate(grids(path, options))
    ]


def _sweep(folder: Path) -> None:
    """Take away what a worker that was killed left half written, a day ago or longer."""
    with TemporaryDirectory(prefix=SCRATCH, dir=folder) as fresh:
        now = Path(fresh).stat().st_mtime
    for left in (*folder.glob(f"{SCRATCH}*"), *folder.glob("*.part")):
        with suppress(FileNotFoundError):  # another worker may take it away at the same time
            if now - left.stat().st_mtime > STALE_S:
                shutil.rmtree(left) if left.is_dir() else left.unlink()


def _stage_text(files: FileStore, path: Path, name: str, options: Options) -> str:
    """Stage a text file without holding its rows in memory."""
    check_size(path)
    check_text(path)
    scratch = files.new_path(FOLDER, name)[1].parent

    def write(part: Path) -> None:
        with_text(
            path, options, lambda lines, marks: _sink(lines, part, "", marks), scratch=scratch
        )

    return _kept(files, name, write)


def _sink(lines: pl.LazyFrame, part: Path, sheet: str, marks: Marks) -> None:
    head = json.dumps({"sheet": sheet, "marks": marks.to_json()})
    lines.sink_parquet(
        part, compression="lz4", statistics=False, row_group_size=ROWS_A_GROUP,
        metadata={HEAD: head},
    )  # fmt: skip


def _kept(files: FileStore, name: str, write: Callable[[Path], None]) -> str:
    """Write a file beside its place and put it there whole; return its key."""
    key, path = files.new_path(FOLDER, f"{name}.parquet")
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        write(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return key

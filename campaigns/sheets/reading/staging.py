"""Sheets that were read once, kept as text in parquet: previews and storing need not parse again.

A stage is a cache: it can be thrown away at any time and made anew from the file.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

import polars as pl

from campaigns.sheets.reading.files import check_unpacked, grids
from campaigns.sheets.reading.grid import Grid, Marks, Options
from campaigns.store.files import FileStore

FOLDER = "stages"
HEAD = "campaigns"


def write_stage(files: FileStore, name: str, grid: Grid) -> str:
    """Keep a grid under ``name`` and return its key in the file store."""
    key, path = files.new_path(FOLDER, f"{name}.parquet")
    part = path.with_suffix(f".{os.getpid()}.part")
    head = json.dumps({"sheet": grid.sheet, "marks": grid.marks.to_json()})
    grid.cells.write_parquet(part, compression="lz4", metadata={HEAD: head})
    part.replace(path)
    return key


def read_stage(files: FileStore, key: str, *, limit: int | None = None) -> Grid:
    """Return what was kept, or its first ``limit`` rows.

    Raises:
        FileNotFoundError: the stage was thrown away.
    """
    path = files.path(key)
    head: dict[str, Any] = json.loads(pl.read_parquet_metadata(path)[HEAD])
    lines = pl.scan_parquet(path)
    cells = (lines if limit is None else lines.head(limit)).collect()
    return Grid(head["sheet"], cells, Marks.from_json(head["marks"]))


def stage_file(files: FileStore, key: str, options: Options) -> list[str]:
    """Read a kept file once and return the keys of its sheets, hidden and empty ones included.

    Raises:
        InputError: the file is no table, is encrypted, damaged, or larger than we take.
    """
    path = files.path(key)
    check_unpacked(path)
    stem = hashlib.sha256(json.dumps([key, options.to_json()]).encode()).hexdigest()[:32]
    return [
        write_stage(files, f"{stem}-{number}", grid)
        for number, grid in enumerate(grids(path, options))
    ]

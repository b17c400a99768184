"""How far running jobs are, for whoever looks: a page, a terminal, another machine.

Told in small files of the file store and not in the row of the job: an import holds the one
write lock of SQLite as long as it lasts, and just then people look. A file that nobody has
renewed of late is of a worker that is gone.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson

from campaigns.jobs.rows import ALIVE_S
from campaigns.store.files import FileStore

FOLDER = "progress"


@dataclass(frozen=True, slots=True)
class Told:
    """How far a job is: ``done`` of ``total`` rows of a stage that began at ``started`` (UTC)."""

    done: int
    total: int
    stage: str
    started: datetime


def tell(files: FileStore, job_id: int, told: Told) -> None:
    """Say how far a job is, and that somebody is at it; readers see the old or the new whole."""
    _, path = files.new_path(FOLDER, f"{job_id}.json")
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(orjson.dumps(told))
    part.replace(path)


def told(files: FileStore, job_id: int, *, now: datetime) -> Told | None:
    """Return how far a job is, or None when nobody is at it."""
    path = files.path(f"{FOLDER}/{job_id}.json")
    try:
        if not _is_fresh(path, now):
            return None
        found = orjson.loads(path.read_bytes())
    except FileNotFoundError:  # it ends at this very moment
        return None
    return Told(**{**found, "started": datetime.fromisoformat(found["started"])})


def forget(files: FileStore, job_id: int) -> None:
    """Take back what was told of a job that ended."""
    files.path(f"{FOLDER}/{job_id}.json").unlink(missing_ok=True)


def is_anybody_at_work(files: FileStore, *, now: datetime) -> bool:
    """Say whether a worker lives that cannot show it in the database, for an import blocks it."""
    try:
        return any(_is_fresh(path, now) for path in files.path(FOLDER).glob("*.json"))
    except FileNotFoundError:  # a job ended between the two looks
        return False


def _is_fresh(path: Path, now: datetime) -> bool:
    return now.timestamp() - path.stat().st_mtime < ALIVE_S

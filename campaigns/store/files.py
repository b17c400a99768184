"""Uploads and snapshots: immutable files, named by what they hold."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class FileStore:
    """A folder of files that are written once. A key is a path below ``root``."""

    root: Path

    def put(self, source: BinaryIO, folder: str, suffix: str) -> tuple[str, str]:
        """Copy ``source`` in, and return its key and SHA-256. The same content is kept once."""
        target = self.root / folder
        target.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with tempfile.NamedTemporaryFile(dir=target, prefix=".part-", delete=False) as part:
            while chunk := source.read(CHUNK_BYTES):
                digest.update(chunk)
                part.write(chunk)
            part.flush()
            os.fsync(part.fileno())
        key = f"{folder}/{digest.hexdigest()}{suffix}"
        Path(part.name).replace(self.root / key)
        return key, digest.hexdigest()

    def path(self, key: str) -> Path:
        """Return where the file of ``key`` lies."""
        return self.root / key

    def new_path(self, folder: str, name: str) -> tuple[str, Path]:
        """Return a key and a path to write a new file to."""
        (self.root / folder).mkdir(parents=True, exist_ok=True)
        key = f"{folder}/{name}"
        return key, self.root / key

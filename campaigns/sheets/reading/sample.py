"""A line of a text file, for a person to judge whether its letters were read right."""

from __future__ import annotations

from pathlib import Path

from campaigns.sheets.reading.codecs import decode

SAMPLE_BYTES = 50_000
LONGEST = 120


def read_sample(path: Path, encoding: str) -> str:
    """Return the first line that is not all ASCII as it reads in ``encoding``, else the first."""
    with path.open("rb") as source:
        text = decode(source.read(SAMPLE_BYTES), encoding)
    lines = [line for line in text.splitlines() if line.strip()]
    telling = (line for line in lines if not line.isascii())
    return next(telling, lines[0] if lines else "")[:LONGEST]

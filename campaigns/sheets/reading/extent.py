"""How far the sheets of an .xlsx reach. The reader makes room for the whole rectangle at once, so
one cell at XFD1048576, which weighs some bytes, would ask for 500 GB and end the process.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_TAG = 1 << 20
_FAR = re.compile(
    rb"r\s*=\s*[\"'](?:[Bb][F-Zf-z]\d|[C-Zc-z][A-Za-z]\d|[A-Za-z]{3,}\d|[A-Za-z]{0,2}\d{7})"
)
"""Places beyond column BE (57 of the greatest sheet's columns hold no more cells than we take) or
row 999,999: few sheets have any, so that looking costs little."""
_UNPLACED = re.compile(rb"<(?:\w{1,9}:)?(?:c|row)(?=[\s/>])(?!\s+r\s*=)(?![^<>]*\sr\s*=)[^<>]*>")
"""A cell or row that does not say where it stands takes the next place."""
_TAG = re.compile(
    rb"<(?:\w{1,9}:)?(c|row)(?=[\s/>])((?:[^<>\"'/]|\"[^<\"]*\"|'[^<']*'|/(?!>))*)(/?)>"
)
_PLACE = re.compile(rb"(?:^|[\s\"'])r\s*=\s*[\"']([A-Za-z]*)(\d+)[\"']")


def is_plain(pieces: Iterable[bytes]) -> bool:
    """Say whether every cell of a part surely stands within columns A to BE; nearly all do."""
    return not any(_FAR.search(text) or _UNPLACED.search(text) for text in _whole_tags(pieces))


def cells_within(pieces: Iterable[bytes]) -> int:
    """Return how many cells the rectangle has at most that holds every cell with a value."""
    reach = _Reach()
    for text in _whole_tags(pieces):
        for tag in _TAG.finditer(text):
            reach.take(*tag.groups())
    return reach.rows * reach.columns


@dataclass(slots=True)
class _Reach:
    """Where the reader stands, and the furthest it got to a value."""

    row: int = 0
    column: int = 0
    rows: int = 0
    columns: int = 0

    def take(self, name: bytes, attributes: bytes, closed: bytes) -> None:
        """Go on to the next row or cell; a closed cell is empty, and empty ones cost nothing."""
        place = _PLACE.search(attributes)
        if name == b"row":
            self.row, self.column = int(place[2][:12]) if place else self.row + 1, 0
            return
        self.column += 1
        if place:
            self.row, self.column = int(place[2][:12]), _number(place[1])
        if not closed:
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)


def _whole_tags(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces cut before a tag; text in UTF-16 loses its zero bytes."""
    tail = b""
    for piece in pieces:
        text = tail + piece.replace(b"\0", b"")
        cut = text.rfind(b"<")
        if len(text) - cut > LONGEST_TAG and b">" not in text[cut:]:
            yield b'<c r="ZZZ9999999">'  # no honest tag is that long: as good as out of reach
            return
        cut = cut if b">" not in text[cut:] else len(text)
        yield text[:cut]
        tail = text[cut:]
    yield tail


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number

"""One sheet of an .xlsx, cut into pieces that are read one by one: what stands before its cells,
whole rows, and what stands behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaigns.errors import InputError

CHUNK_BYTES = 2 << 20
LONGEST_ROW_BYTES = 64 << 20
"""No honest row, or head of a sheet, is longer."""
_ROOT = re.compile(rb"<((?:[\w.-]{1,40}:)?)worksheet[\s>]")
_ROW = re.compile(rb"<row\b([^>]*)>")
_NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d{1,12})[\"']")


class SheetText:
    """The text of a sheet; its parts are asked for in their order: head, chunks, tail."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._text = b""
        self._prefix = b""
        self._has_rows = False

    def head(self) -> bytes:
        """Return what stands before the cells; all of it when there are none.

        Raises:
            InputError: it is no sheet.
        """
        while not (start := re.search(rb"<(?:[\w.-]{1,40}:)?sheetData\s*(/?)>", self._text)):
            if not self._more():
                break
            if len(self._text) > LONGEST_ROW_BYTES:
                raise InputError("sheet.damaged")
        end = start.end() if start else len(self._text)
        self._has_rows = start is not None and not start[1]
        head, self._text = self._text[:end], self._text[end:]
        root = _ROOT.search(head)
        self._prefix = root[1] if root else b""
        return self._bare(head)

    def chunks(self) -> Iterator[tuple[int, bytes]]:
        """Yield whole rows, about ``CHUNK_BYTES`` each, and the number of the row before them.

        Raises:
            InputError: the sheet breaks off, or a row is longer than any.
        """
        end, row_end = (b"</" + self._prefix + name for name in (b"sheetData", b"row>"))
        row, looked_at = 0, 0
        while self._has_rows:
            found = self._text.find(end, max(0, looked_at - len(end)))
            looked_at = len(self._text)
            self._has_rows = found < 0
            cut = found
            if self._has_rows and looked_at >= CHUNK_BYTES:
                cut = self._text.rfind(row_end) + len(row_end)
            if cut >= len(row_end) or not self._has_rows:
                chunk, self._text = self._bare(self._text[:cut]), self._text[cut:]
                yield row, chunk
                row, looked_at = row_after(row, chunk), 0
            elif looked_at > LONGEST_ROW_BYTES or not self._more():
                raise InputError("sheet.damaged")

    def tail(self) -> Iterator[bytes]:
        """Yield what stands behind the cells, tags whole."""
        while True:
            cut = self._text.rfind(b">") + 1
            text, self._text = self._bare(self._text[:cut]), self._text[cut:]
            yield text
            if len(self._text) > LONGEST_ROW_BYTES or not self._more():
                return

    def _more(self) -> bool:
        piece = next(self._pieces, b"")
        self._text += piece
        return bool(piece)

    def _bare(self, text: bytes) -> bytes:
        """Some makers write a prefix in front of each name."""
        if not self._prefix:
            return text
        return text.replace(b"<" + self._prefix, b"<").replace(b"</" + self._prefix, b"</")


def row_after(before: int, chunk: bytes) -> int:
    """Return the number of a chunk's last row; one that does not say it follows on the one above."""
    last = chunk.rfind(b"<row")
    if tag := _ROW.match(chunk, max(last, 0)):
        if number := _NUMBER.search(tag[1]):
            return int(number[1])
        for tag in _ROW.finditer(chunk):
            number = _NUMBER.search(tag[1])
            before = int(number[1]) if number else before + 1
    return before

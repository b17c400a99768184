"""The records of a workbook of Excel 97 to 2003 (.xls): cells, formats, what is hidden, merges.

Source: Microsoft, [MS-XLS] Excel Binary File Format, 2.4 (records) and 2.5 (structures).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from campaigns.errors import InputError
from campaigns.sheets.reading.events import Seen
from campaigns.sheets.reading.grid import Merge
from campaigns.sheets.reading.number_formats import BUILT_IN, PLAIN, Format, read

BOF, EOF, CONTINUE, FILE_PASS = 0x0809, 0x000A, 0x003C, 0x002F
DATE_MODE, FORMAT, STYLE, SHEET, STRINGS = 0x0022, 0x041E, 0x00E0, 0x0085, 0x00FC
VERSION = 0x0600
"""Of Excel 97 and later; older ones write their texts otherwise."""
WORKSHEET = 0
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A",
}  # fmt: skip
COLUMNS = 256


@dataclass(slots=True)
class _Book:
    """What holds for all sheets."""

    strings: list[str] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    styles: list[int] = field(default_factory=list)
    sheets: list[tuple[int, Seen]] = field(default_factory=list)
    from_1904: bool = False

    def format(self, style: int) -> Format:
        number = self.styles[style] if style < len(self.styles) else 0
        return read(self.codes[number]) if number in self.codes else PLAIN


def is_known(stream: bytes) -> bool:
    """Say whether the stream of a workbook is of Excel 97 or later."""
    return len(stream) > 8 and struct.unpack_from("<HHH", stream)[::2] == (BOF, VERSION)


def sheets(stream: bytes) -> Iterator[Seen]:
    """Yield the sheets of a workbook, one after the other.

    Raises:
        InputError: it is encrypted or damaged.
    """
    try:
        book = _book(stream)
        for start, seen in book.sheets:
            yield _sheet(stream, start, seen, book)
    except (struct.error, IndexError, UnicodeDecodeError) as cause:
        raise InputError("sheet.damaged") from cause


def _records(stream: bytes, start: int) -> Iterator[tuple[int, list[bytes]]]:
    """Yield kind and content of records up to the end of their part; one may go on in others."""
    at, depth = start, 0
    kind, parts = 0, [b""]
    while at + 4 <= len(stream):
        found, size = struct.unpack_from("<HH", stream, at)
        content = stream[at + 4 : at + 4 + size]
        at += 4 + size
        if found == CONTINUE:
            parts.append(content)
            continue
        if kind and depth == 1:  # what is set into a sheet, a chart for one, is not of it
            yield kind, parts
        depth += (found == BOF) - (found == EOF)
        kind, parts = found, [content]
        if depth == 0:
            return
    raise InputError("sheet.damaged")


def _book(stream: bytes) -> _Book:
    book = _Book()
    for kind, parts in _records(stream, 0):
        content = parts[0]
        if kind == FILE_PASS:
            raise InputError("sheet.encrypted")
        if kind == DATE_MODE:
            book.from_1904 = content[:1] == b"\1"
        elif kind == FORMAT:
            book.codes[struct.unpack_from("<H", content)[0]] = _text(content, 2)
        elif kind == STYLE:
            book.styles.append(struct.unpack_from("<2xH", content)[0])
        elif kind == SHEET:
            start, state, type_ = struct.unpack_from("<IBB", content)
            if type_ == WORKSHEET:
                seen = Seen(_short_text(content, 6), bool(state & 3), from_1904=book.from_1904)
                book.sheets.append((start, seen))
        elif kind == STRINGS:
            book.strings = list(_Strings(parts))
    for _, seen in book.sheets:
        seen.from_1904 = book.from_1904
    return book


def _sheet(stream: bytes, start: int, seen: Seen, book: _Book) -> Seen:
    take = _Sheet(seen, book)
    for kind, parts in _records(stream, start):
        if read_record := _READERS.get(kind):
            read_record(take, b"".join(parts) if kind != _STRING else parts[0])
    return seen


class _Sheet:
    """A sheet while its records are read."""

    def __init__(self, seen: Seen, book: _Book) -> None:
        self._seen, self._book = seen, book
        self._pending: tuple[int, int] | None = None

    def row(self, content: bytes) -> None:
        row, flags = struct.unpack_from("<H10xH", content)
        if flags & 0x20:
            self._seen.hidden_rows.append(row + 1)

    def columns(self, content: bytes) -> None:
        first, last, flags = struct.unpack_from("<HH4xH", content)
        if flags & 1:
            self._seen.hidden_columns.update(range(first, min(last, COLUMNS - 1) + 1))

    def merges(self, content: bytes) -> None:
        for top, bottom, left, right in struct.iter_unpack(
            "<4H", content[2 : 2 + (len(content) - 2) // 8 * 8]
        ):
            self._seen.merges.append(Merge(top + 1, left, bottom + 1, right))

    def shared(self, content: bytes) -> None:
        row, column, _, number = struct.unpack_from("<HHHI", content)
        self._put(row, column, "str", PLAIN, self._book.strings[number])

    def label(self, content: bytes) -> None:
        row, column = struct.unpack_from("<HH", content)
        self._put(row, column, "str", PLAIN, _text(content, 6))

    def number(self, content: bytes) -> None:
        row, column, style, number = struct.unpack_from("<HHHd", content)
        self._number(row, column, style, number)

    def packed(self, content: bytes) -> None:
        row, column, style, packed = struct.unpack_from("<HHHI", content)
        self._number(row, column, style, _unpacked(packed))

    def many_packed(self, content: bytes) -> None:
        row, column = struct.unpack_from("<HH", content)
        cells = content[4 : 4 + (len(content) - 6) // 6 * 6]
        for place, (style, packed) in enumerate(struct.iter_unpack("<HI", cells)):
            self._number(row, column + place, style, _unpacked(packed))

    def truth(self, content: bytes) -> None:
        row, column, _, value, is_error = struct.unpack_from("<HHHBB", content)
        self._truth(row, column, value, is_error=bool(is_error))

    def formula(self, content: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", content)
        if content[12:14] != b"\xff\xff":
            self._number(row, column, style, struct.unpack_from("<d", content, 6)[0])
        elif content[6] == 0:
            self._pending = (row, column)
        elif content[6] in (1, 2):
            self._truth(row, column, content[8], is_error=content[6] == 2)

    def formula_text(self, content: bytes) -> None:
        if self._pending:
            self._put(*self._pending, "str", PLAIN, _text(content, 0))
            self._pending = None

    def _number(self, row: int, column: int, style: int, number: float) -> None:
        self._put(row, column, "n", self._book.format(style), repr(number))

    def _truth(self, row: int, column: int, value: int, *, is_error: bool) -> None:
        text = ERRORS.get(value, "#N/A") if is_error else str(value)
        self._put(row, column, "str" if is_error else "b", PLAIN, text)

    def _put(self, row: int, column: int, kind: str, form: Format, text: str) -> None:
        if text:
            self._seen.add((row + 1, column, kind, form, text))


_STRING = 0x0207
_READERS: dict[int, Callable[[_Sheet, bytes], None]] = {
    0x0208: _Sheet.row, 0x007D: _Sheet.columns, 0x00E5: _Sheet.merges, 0x00FD: _Sheet.shared,
    0x0204: _Sheet.label, 0x00D6: _Sheet.label, 0x0203: _Sheet.number, 0x027E: _Sheet.packed,
    0x00BD: _Sheet.many_packed, 0x0205: _Sheet.truth, 0x0006: _Sheet.formula,
    _STRING: _Sheet.formula_text,
}  # fmt: skip


class _Strings:
    """The texts that cells share. A text may be cut anywhere, and go on in the other width."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts = parts
        self._part, self._at = 0, 8

    def __iter__(self) -> Iterator[str]:
        for _ in range(struct.unpack_from("<I", self._parts[0], 4)[0]):
            yield self._text()

    def _text(self) -> str:
        length, flags = struct.unpack("<HB", self._bytes(3))
        runs = struct.unpack("<H", self._bytes(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", self._bytes(4))[0] if flags & 4 else 0
        text = self._characters(length, flags & 1)
        self._bytes(runs * 4 + extra)
        return text

    def _characters(self, length: int, wide: int) -> str:
        pieces = []
        while length:
            part = self._parts[self._part]
            take = min(length, (len(part) - self._at) >> wide)
            pieces.append(_decoded(part[self._at : self._at + (take << wide)], wide))
            self._at += take << wide
            length -= take
            if length:
                self._part, self._at = self._part + 1, 1
                wide = self._parts[self._part][0] & 1
        return "".join(pieces)

    def _bytes(self, count: int) -> bytes:
        found = b""
        while count > len(found):
            part = self._parts[self._part]
            piece = part[self._at : self._at + count - len(found)]
            found, self._at = found + piece, self._at + len(piece)
            if self._at >= len(part) and count > len(found):
                self._part, self._at = self._part + 1, 0
        return found


def _text(content: bytes, at: int) -> str:
    length, flags = struct.unpack_from("<HB", content, at)
    return _decoded(content[at + 3 : at + 3 + (length << (flags & 1))], flags & 1)


def _short_text(content: bytes, at: int) -> str:
    length, flags = struct.unpack_from("<BB", content, at)
    return _decoded(content[at + 2 : at + 2 + (length << (flags & 1))], flags & 1)


def _decoded(data: bytes, wide: int) -> str:
    return data.decode("utf-16-le" if wide else "latin-1", "replace")


def _unpacked(packed: int) -> float:
    """Return a number that was packed into 30 bits: whole, or the upper half of a fraction."""
    if packed & 2:
        number: float = (packed >> 2) - (1 << 30 if packed & 0x80000000 else 0)
    else:
        number = struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))[0]
    return number / 100 if packed & 1 else number

"""The container of old Office files: a small file system in one file.

Source: Microsoft, [MS-CFB] Compound File Binary File Format, 2.2 to 2.6.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from campaigns.errors import InputError

ENTRY_BYTES = 128
LAST_SECTOR = 0xFFFFFFFA
"""Numbers above are marks: end, free, part of the table itself."""
STREAM, ROOT = 2, 5


def streams(data: bytes) -> dict[str, bytes]:
    """Return the streams of a container, by their names.

    Raises:
        InputError: it is damaged.
    """
    try:
        return _Container(data).streams()
    except (struct.error, IndexError, UnicodeDecodeError) as cause:
        raise InputError("sheet.damaged") from cause


class _Container:
    """Sectors, and which follows on which."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise InputError("sheet.damaged")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        self._directory, self._cutoff, self._mini_start = struct.unpack_from("<I4xII", data, 48)
        self._next = self._table(
            list(struct.unpack_from("<109I", data, 76)), *struct.unpack_from("<II", data, 68)
        )

    def streams(self) -> dict[str, bytes]:
        directory = b"".join(self._sectors(self._directory))
        entries = [directory[at : at + ENTRY_BYTES] for at in range(0, len(directory), ENTRY_BYTES)]
        places = {}
        small = b""
        for entry in entries:
            length, kind = struct.unpack_from("<HB", entry, 64)
            start, size = struct.unpack_from("<II", entry, 116)
            name = entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le")
            if kind == ROOT:
                small = b"".join(self._sectors(start))[:size]
            elif kind == STREAM:
                places[name] = (start, size)
        mini = self._mini_table()
        return {
            name: self._large(start, size)
            if size >= self._cutoff
            else self._small(small, mini, start, size)
            for name, (start, size) in places.items()
        }

    def _table(self, listed: list[int], more: int, count: int) -> list[int]:
        """Return, for each sector, the one that follows it."""
        for _ in range(min(count, len(self._data) // self._size)):
            if more >= LAST_SECTOR:
                break
            *found, more = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            listed.extend(found)
        table = b"".join(self._sector(number) for number in listed if number < LAST_SECTOR)
        return list(struct.unpack(f"<{len(table) // 4}I", table))

    def _mini_table(self) -> list[int]:
        table = b"".join(self._sectors(self._mini_start)) if self._mini_start < LAST_SECTOR else b""
        return list(struct.unpack(f"<{len(table) // 4}I", table))

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        sector = self._data[at : at + self._size]
        if at >= len(self._data):
            raise InputError("sheet.damaged")
        return sector.ljust(self._size, b"\0")

    def _sectors(self, start: int) -> Iterator[bytes]:
        return (self._sector(number) for number in _chain(self._next, start))

    def _large(self, start: int, size: int) -> bytes:
        return b"".join(self._sectors(start))[:size]

    def _small(self, small: bytes, table: list[int], start: int, size: int) -> bytes:
        step = self._mini_size
        places = (number * step for number in _chain(table, start)) if size else ()
        return b"".join(small[at : at + step] for at in places)[:size]


def _chain(table: list[int], start: int) -> Iterator[int]:
    """Yield the sectors of a chain; one that bites its tail is damaged."""
    number = start
    for _ in range(len(table) + 1):
        if number >= LAST_SECTOR:
            return
        yield number
        number = table[number]
    raise InputError("sheet.damaged")

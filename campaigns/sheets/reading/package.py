"""The zip that a workbook is: its parts, read piece by piece, and never more of them than we take.

Python's own reader stops at the length that the archive declares for a part, so that checking what
is declared bounds what is unpacked; an archive that lies is damaged, its checksums say so.
"""

from __future__ import annotations

import codecs
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET

from campaigns.errors import InputError

UNPACKED_LIMIT_BYTES = 2_000_000_000
RATIO_LIMIT = 200
RATIO_FREE_BYTES = 100_000_000
"""Below this size, unpacked, any ratio is harmless: a sheet of equal cells packs very well."""
SMALL_PART_BYTES = 64_000_000
"""A list of sheets or of styles is never longer."""
PIECE_BYTES = 1 << 20
_DECLARED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]{1,40})[\"']")
_ENCRYPTED = 0x1
"""Bit of a part's flags."""


class Package:
    """An open workbook, by the names of its parts; names differ in case and slashes by maker."""

    def __init__(self, archive: zipfile.ZipFile, stack: ExitStack) -> None:
        self._archive, self._stack = archive, stack
        self._parts = {_name(part.filename): part for part in archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return _name(name) in self._parts

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a part in UTF-8, about a megabyte at a time, lines ending as XML reads them.

        Raises:
            InputError: it declares entities, which no spreadsheet program writes.
            zipfile.BadZipFile: it is damaged.
        """
        # Closed with the package as well: whoever reads may stop before the end.
        content = self._stack.enter_context(self._archive.open(self._parts[_name(name)]))
        with content:
            yield from in_utf8(iter(lambda: content.read(PIECE_BYTES), b""))

    def root(self, name: str) -> ET.Element:
        """Return a small part as a tree, names without their namespaces.

        Raises:
            InputError: it is longer than any such part, or no XML.
        """
        if self._parts[_name(name)].file_size > SMALL_PART_BYTES:
            raise InputError("sheet.bomb", got=self._parts[_name(name)].file_size // 10**6)
        text = b"".join(self.pieces(name))
        try:
            root = ET.fromstring(text)  # noqa: S314 - entities were refused
        except ET.ParseError as cause:
            raise InputError("sheet.damaged") from cause
        for element in root.iter():
            element.tag = local(element.tag)
        return root


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """Open a zip.

    Raises:
        InputError: it is damaged, encrypted, or unpacks to more than we take; also when that turns
            out only while it is being read.
    """
    try:
        with zipfile.ZipFile(path) as archive, ExitStack() as stack:
            _check(archive, path.stat().st_size)
            yield Package(archive, stack)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as cause:
        raise InputError("sheet.damaged") from cause


def in_utf8(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the pieces of an XML text in UTF-8, without declaration, lines ending as XML reads them.

    Raises:
        InputError: it declares entities, or an encoding that nobody knows.
    """
    head = next(pieces, b"")
    decode = _decoder(head)
    yield _checked(_without_declaration(decode(head)))
    for piece in pieces:
        yield _checked(decode(piece))


def _checked(text: bytes) -> bytes:
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise InputError("sheet.not_a_workbook")
    return text


def check_ratio(unpacked: int, packed: int) -> None:
    """Refuse what unpacks to more than an honest table does.

    Raises:
        InputError: it does.
    """
    bomb = unpacked > RATIO_FREE_BYTES and unpacked / packed > RATIO_LIMIT
    if bomb or unpacked > UNPACKED_LIMIT_BYTES:
        raise InputError("sheet.bomb", got=unpacked // 10**6)


@lru_cache(maxsize=4096)
def local(name: str) -> str:
    """Return a name of XML without its namespace or prefix.

    >>> local("{http://schemas.example}row"), local("x:row")
    ('row', 'row')
    """
    return name.rpartition("}")[2].rpartition(":")[2]


def _check(archive: zipfile.ZipFile, packed: int) -> None:
    parts = archive.infolist()
    check_ratio(sum(part.file_size for part in parts), packed)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise InputError("sheet.encrypted")


def _name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _decoder(head: bytes) -> Callable[[bytes], bytes]:
    """Return what brings the pieces of a part to UTF-8 with single line feeds."""
    declared = _DECLARED.match(head)
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if wide else declared[1].decode() if declared else "utf-8"
    try:
        known = codecs.lookup(encoding).name
        decoder = codecs.getincrementaldecoder(known)("replace")
    except LookupError as cause:
        raise InputError("sheet.damaged") from cause
    if known == "utf-8":
        return _with_line_feeds
    return lambda piece: _with_line_feeds(decoder.decode(piece).encode())


def _with_line_feeds(text: bytes) -> bytes:
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text


def _without_declaration(text: bytes) -> bytes:
    """The declaration may name another encoding than the one that the text is in now."""
    text = text.removeprefix(codecs.BOM_UTF8)
    return text.partition(b"?>")[2] if text.startswith(b"<?xml") else text

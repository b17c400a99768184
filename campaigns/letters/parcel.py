"""A letter as a folder of files that can be handed on: packed into an archive, and read again.

What comes in is foreign: names are matched whole and never become paths, sizes are counted while
unpacking, and anything else in the archive is refused by name.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import PurePosixPath

from campaigns.errors import InputError
from campaigns.letters.library import MAX_TEXTS, Texts, file_name, file_parts
from campaigns.letters.source import MAX_CHARACTERS
from campaigns.model.language import Language

MAX_FILES = MAX_TEXTS * len(Language)
MAX_BYTES = 4 * MAX_CHARACTERS
"""Of one file: as many bytes as its characters can take in UTF-8."""
_STAMP = (2020, 1, 1, 0, 0, 0)  # the same letter is the same archive, byte for byte
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Ways of packing that unpack no more than they are asked for; the others are rare."""
# RuntimeError: it has a password; ValueError and OSError: it tells of places that are not there.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
           OSError)  # fmt: skip
_IGNORED = ("__MACOSX/", ".DS_Store", "desktop.ini", "Thumbs.db")


def pack(texts: Texts) -> bytes:
    """Return an archive (.zip) with a file for each text: ``hy.md``, ``hy.2.md``, …"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, source in files(texts):
            archive.writestr(zipfile.ZipInfo(name, _STAMP), source)
    return out.getvalue()


def files(texts: Texts) -> Iterable[tuple[str, str]]:
    """Yield the file names of a letter's texts, and what stands in them."""
    for language, sources in texts.items():
        for number, source in enumerate(sources, start=1):
            yield file_name(language, number), source


def unpack(archive: bytes) -> Texts:
    """Return the letter in an archive; its files may lie in one folder.

    Raises:
        InputError: it is no archive, is too large, or holds something else than a letter.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            found = [one for one in opened.infolist() if not _is_ignored(one)]
            _count(len(found))
            return read_files((one.filename, _read(opened, one)) for one in found)
    except _BROKEN as cause:
        raise InputError("letter.archive") from cause


def read_files(given: Iterable[tuple[str, bytes]]) -> Texts:
    """Return the letter that files make up, by their names.

    Raises:
        InputError: a name is not that of a text, a file is too large or is not UTF-8, a text
            stands twice, or one before it is missing.
    """
    found: dict[tuple[Language, int], str] = {}
    for path, content in given:
        name = PurePosixPath(path.replace("\\", "/")).name
        place = file_parts(name)
        if place is None or place in found:
            raise InputError("letter.file_name", got=name[:60])
        found[place] = _text(name, content)
        _count(len(found))
    texts = {
        one: [found[key] for key in sorted(found) if key[0] == one]
        for one in Language
        if any(key[0] == one for key in found)
    }
    for language, sources in texts.items():
        if (language, len(sources)) not in found or (language, 1) not in found:
            missing = next(n for n in range(1, MAX_TEXTS + 1) if (language, n) not in found)
            raise InputError("letter.file_missing", got=file_name(language, missing))
    return texts


def _text(name: str, content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise InputError("letter.file_large", got=name, limit=MAX_BYTES)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise InputError("letter.file_text", got=name) from cause
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
    """Return at most a byte more than is allowed, whatever the archive says of itself."""
    if one.compress_type not in _PACKED:
        raise InputError("letter.archive")
    with archive.open(one) as opened:
        return opened.read(MAX_BYTES + 1)


def _count(number: int) -> None:
    if number > MAX_FILES:
        raise InputError("letter.files", got=number, limit=MAX_FILES)


def _is_ignored(one: zipfile.ZipInfo) -> bool:
    return one.filename.endswith("/") or any(part in one.filename for part in _IGNORED)

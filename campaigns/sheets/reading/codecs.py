"""Old single-byte alphabets that Python does not know: two of Armenia, two of Georgia.

Old tills and accounting programs still write them. Source of the tables: AST 34.002 (ARMSCII-8 as
in glibc, and ARMSCII-8A, its form for DOS); GEOSTD8 as in MySQL, whose letters are those of glibc's
GEORGIAN-PS; glibc's GEORGIAN-ACADEMY.
"""

from __future__ import annotations

import codecs

ASCII = "".join(map(chr, range(0x80)))
UNKNOWN = "\ufffd"

_ARMENIAN_LETTERS = "".join(chr(0x531 + i) + chr(0x561 + i) for i in range(38))
# 0xA8 is a dash in the standard, but «և» in Arial Armenian and its kin, which wrote the files.
_ARMSCII_8 = (
    ASCII
    + UNKNOWN * 0x20
    + "\u00a0\ufffd\u0587\u0589)(»«\u0587.\u055d,-\u058a…\u055c\u055b\u055e"
    + _ARMENIAN_LETTERS
    + "\u055a\ufffd"
)
_BOXES = bytes(range(0xB0, 0xDD)).decode("cp866")
_ARMSCII_8A = (
    ASCII
    + _ARMENIAN_LETTERS[:46]
    + "«»"
    + _BOXES
    + "\u058a…\u055e"
    + _ARMENIAN_LETTERS[46:]
    + UNKNOWN * 2
)

_GEORGIAN_SIGNS = bytes(range(0x80, 0xC0)).decode("cp1252", "replace")
# The alphabet with its archaic letters ჱ ჲ ჳ ჴ ჵ where they stood …
_GEORGIAN_LETTERS = "აბგდევზჱთიკლმნჲოპჟრსტჳუფქღყშჩცძწჭხჴჯჰჵ"
_GEOSTD8 = ASCII + _GEORGIAN_SIGNS + _GEORGIAN_LETTERS + UNKNOWN * 23 + "№" + UNKNOWN * 2
# … and with them behind the others, as in Unicode.
_ACADEMY_LETTERS = "".join(map(chr, range(0x10D0, 0x10F7)))
_ACADEMY = ASCII + _GEORGIAN_SIGNS + _ACADEMY_LETTERS + "".join(map(chr, range(0xE7, 0x100)))

TABLES = {
    "armscii-8": _ARMSCII_8,
    "armscii-8a": _ARMSCII_8A,
    "geostd8": _GEOSTD8,
    "georgian-academy": _ACADEMY,
}
ALIASES = {"georgian-ps": "geostd8", "armscii8": "armscii-8", "windows-1251": "cp1251"}


def is_known(encoding: str) -> bool:
    """Say whether text can be decoded from ``encoding``."""
    name = encoding.lower()
    if name in TABLES or name in ALIASES:
        return True
    try:
        return bool(codecs.lookup(name)._is_text_encoding)  # noqa: SLF001 - "hex" is a codec too
    except LookupError:
        return False


def decode(data: bytes, encoding: str) -> str:
    """Return ``data`` as text; a byte that the alphabet does not have becomes U+FFFD.

    >>> decode(bytes([0xB2, 0xDD, 0xC7]), "armscii-8")
    'Անի'
    >>> decode(bytes([0xCD, 0xC9, 0xCD, 0xCF]), "geostd8")
    'ნინო'
    """
    return decoder(encoding).decode(data, True)


def decoder(encoding: str) -> codecs.IncrementalDecoder:
    """Return what decodes a text piece by piece.

    Raises:
        LookupError: there is no such encoding.
    """
    name = ALIASES.get(encoding.lower(), encoding.lower())
    table = TABLES.get(name)
    return codecs.getincrementaldecoder(name)("replace") if table is None else _Decoder(table)


def encode(text: str, encoding: str) -> bytes:
    """Return ``text`` in one of these alphabets; used to make files for tests and examples.

    Raises:
        UnicodeEncodeError: the alphabet does not have a character.
    """
    places: dict[str, int] = {}
    for place, sign in enumerate(TABLES[encoding]):
        places.setdefault(sign, place)  # a sign that ASCII has too stands there
    del places[UNKNOWN]
    try:
        return bytes(places[sign] for sign in text)
    except KeyError as cause:
        at = text.index(str(cause.args[0]))
        raise UnicodeEncodeError(encoding, text, at, at + 1, "not in this alphabet") from cause


class _Decoder(codecs.IncrementalDecoder):
    """Decodes by a table of 256 characters; no byte waits for another."""

    def __init__(self, table: str) -> None:
        super().__init__("replace")
        self._table = table

    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override]  # noqa: ARG002, FBT001, FBT002
        return codecs.charmap_decode(data, "replace", self._table)[0]

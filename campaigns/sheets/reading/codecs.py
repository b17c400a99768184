"""Two old single-byte alphabets that Python does not know: ARMSCII-8 and GEOSTD8.

Old tills and accounting programs still write them. Source of the tables: AST 34.002 (as in
glibc's ``ARMSCII-8``); GEOSTD8 as in MySQL, whose letters are those of glibc's ``GEORGIAN-PS``.
"""

from __future__ import annotations

ASCII = "".join(map(chr, range(0x80)))
UNKNOWN = "\ufffd"

_ARMENIAN_LETTERS = "".join(chr(0x531 + i) + chr(0x561 + i) for i in range(38))
_ARMSCII_8 = (
    ASCII
    + UNKNOWN * 0x20
    + "\u00a0\ufffd\u0587\u0589)(»«—.\u055d,-\u058a…\u055c\u055b\u055e"
    + _ARMENIAN_LETTERS
    + "\u055a\ufffd"
)

# The alphabet with its archaic letters ჱ ჲ ჳ ჴ ჵ where they stood.
_GEORGIAN_LETTERS = "აბგდევზჱთიკლმნჲოპჟრსტჳუფქღყშჩცძწჭხჴჯჰჵ"
_GEOSTD8_SIGNS = bytes(range(0x80, 0xC0)).decode("cp1252", "replace")
_GEOSTD8 = ASCII + _GEOSTD8_SIGNS + _GEORGIAN_LETTERS + UNKNOWN * 23 + "№" + UNKNOWN * 2

TABLES = {"armscii-8": _ARMSCII_8, "geostd8": _GEOSTD8}


def decode(data: bytes, encoding: str) -> str:
    """Return ``data`` as text; a byte that the alphabet does not have becomes U+FFFD.

    >>> decode(bytes([0xB2, 0xDD, 0xC7]), "armscii-8")
    'Անի'
    >>> decode(bytes([0xCD, 0xC9, 0xCD, 0xCF]), "geostd8")
    'ნინო'
    """
    table = TABLES.get(encoding)
    if table is None:
        return data.decode(encoding, "replace")
    # Latin-1 maps each byte to the character of its number, and str.translate does the rest in C.
    return data.decode("latin-1").translate(dict(enumerate(table)))


def encode(text: str, encoding: str) -> bytes:
    """Return ``text`` in one of the two alphabets; used to make files for tests and examples.

    Raises:
        UnicodeEncodeError: the alphabet does not have a character.
    """
    places = {sign: place for place, sign in enumerate(TABLES[encoding]) if sign != UNKNOWN}
    try:
        return bytes(places[sign] for sign in text)
    except KeyError as cause:
        at = text.index(str(cause.args[0]))
        raise UnicodeEncodeError(encoding, text, at, at + 1, "not in this alphabet") from cause

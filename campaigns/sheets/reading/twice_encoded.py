"""Text that was UTF-8, was taken for Windows-1252 or Windows-1251, and was encoded once more.

«Անի» then stands as "Ô±Õ¶Õ«" or "Ф±Х¶Х«". Such signs in a row are hardly ever meant.
"""

from __future__ import annotations

import re
from functools import cache, partial

VIEWS = ("cp1252", "cp1251")
FIRST_OF_TWO = (0xC3, 0xC4, 0xC5, 0xD0, 0xD1, 0xD4, 0xD5, 0xD6)
"""What UTF-8 begins Latin, Cyrillic and Armenian letters with; 0xC2 begins signs such as «»."""
FIRST_OF_THREE = (0xE1, 0xE2)
"""… and Georgian letters, and dashes, quotation marks and currencies."""
LOST = "Р[?\ufffd]?"
"""What is left of «И» where a program dropped or replaced its second byte, the only one that
Windows-1251 has no sign for."""
MOST_TURNS = 3
_MEANT = re.compile("[ -¿À-ſЀ-ґԱ-֏ა-ჼ–-›₠-₿№™]+")


def trigger() -> str:
    """Return a pattern that all text has which may be encoded twice; other text may have it too."""
    return "|".join(f"(?:{_sequence(view)})" for view in VIEWS)


def repaired(text: str) -> str:
    """Return the text as it was meant; itself when it is not encoded twice.

    >>> repaired("Ô±Õ¶Õ«"), repaired("RenÃ©"), repaired("«СССР»")
    ('Անի', 'René', '«СССР»')
    """
    for _ in range(MOST_TURNS):
        before = text
        for view in VIEWS:
            text = _runs(view).sub(partial(_decoded, view=view), text)
        if text == before:
            break
    return text


def _decoded(found: re.Match[str], view: str) -> str:
    run, places = found[0], _places(view)
    whole = re.sub(f"{LOST}(?!{_rest(view)})", "Р\x98", run)
    try:
        text = bytes(places[sign] for sign in whole).decode("utf-8")
    except UnicodeDecodeError:
        return run
    return text if _MEANT.fullmatch(text) and not _is_chance(run, text, view) else run


def _is_chance(run: str, text: str, view: str) -> bool:
    """Whether signs may stand together as they are: «СССР» ends in what would be «л», «РР» in «Ил»."""
    western = view == "cp1252" and text < "\u0180"
    return len(run) == len(text) + 1 and not western and text != "֏"


@cache
def _places(view: str) -> dict[str, int]:
    """Sign → its byte; programs keep bytes that the alphabet lacks as control characters."""
    known = {}
    for byte in range(0x80, 0x100):
        known[chr(byte)] = byte if byte < 0xA0 or view == "cp1252" else 0
        known[bytes([byte]).decode(view, "ignore") or chr(byte)] = byte
    return {sign: byte for sign, byte in known.items() if byte}


@cache
def _runs(view: str) -> re.Pattern[str]:
    lost = f"(?:{LOST}(?={_sequence(view)}))?" if view == "cp1251" else ""
    return re.compile(f"(?:{lost}(?:{_sequence(view)})|{_signs(view, (0xC2,))}{_rest(view)})+")


def _sequence(view: str) -> str:
    two, three = _signs(view, FIRST_OF_TWO), _signs(view, FIRST_OF_THREE)
    return f"{two}{_rest(view)}|{three}{_rest(view)}{_rest(view)}"


def _rest(view: str) -> str:
    return _signs(view, tuple(range(0x80, 0xC0)))


def _signs(view: str, places: tuple[int, ...]) -> str:
    found = sorted(sign for sign, place in _places(view).items() if place in places)
    return "[" + "".join(map(re.escape, found)) + "]"

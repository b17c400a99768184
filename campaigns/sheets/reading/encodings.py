"""Which alphabet a text file is written in, by evidence from all of it, and the file in UTF-8.

A mark at the beginning decides; else zero bytes tell UTF-16 and UTF-32, and well-formed sequences
UTF-8. What is left has one byte a letter, and letters, words and their beginnings tell which.
"""

from __future__ import annotations

import codecs as standard
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from campaigns.errors import InputError
from campaigns.sheets.reading.alphabets import PLAUSIBLE, READINGS, score
from campaigns.sheets.reading.codecs import UNKNOWN, decoder, is_known
from campaigns.sheets.reading.grid import Remark

PIECE_BYTES = 1 << 16
DECODED_BYTES = 1 << 22
MOST_PIECES = 48
"""So many pieces with foreign bytes, spread over the file, are looked at closely (3 MB)."""
MARKS = (
    (standard.BOM_UTF8, "utf-8-sig"),
    (standard.BOM_UTF32_LE, "utf-32"),
    (standard.BOM_UTF32_BE, "utf-32"),
    (standard.BOM_UTF16_LE, "utf-16"),
    (standard.BOM_UTF16_BE, "utf-16"),
)
"""UTF-32's first: it begins as that of UTF-16 does."""
UTF_8 = ("utf-8", "utf-8-sig")
WELL_FORMED = 2
"""UTF-8 with errors has at least so many good sequences of known letters for each bad one."""
CONTROLS_A_THOUSAND = 2
SHARPNESS = 0.5
"""Neighbouring bytes tell the same thing twice, so that sums overstate; a half is taken."""
NEAR = 0.02
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x19\x1b-\x1f\x7f]")
_KNOWN_LETTERS = re.compile("[À-ſА-џԱ-֏ა-ჼ‐-›₠-₾№]")
DOS_END = "\x1a"


@dataclass(frozen=True, slots=True)
class Detected:
    """An encoding, and all that the bytes may be in with their shares of the evidence."""

    encoding: str
    candidates: tuple[tuple[str, float], ...]
    as_it_is: bool
    """The file is UTF-8 without a fault: it needs no copy."""


def detect(path: Path) -> Detected:
    """Return which encoding a text file is in, by evidence from the whole of it.

    Raises:
        InputError: it is no text, or in an alphabet that we do not know.
    """
    with path.open("rb") as file:
        head = file.read(PIECE_BYTES)
    encoding = _marked(head) or _wide(head)
    if encoding and encoding not in UTF_8:
        return Detected(encoding, ((encoding, 1.0),), as_it_is=False)
    evidence = _foreign(path)
    if _controls(head.replace(b"\0", b"")) or head.count(0) * 4 > len(head):
        raise InputError("sheet.not_a_workbook")
    if encoding or not evidence:
        good = _is_utf8(path) if evidence else not _has_nul(path)
        name = encoding or "utf-8"
        return Detected(name, ((name, 1.0),), as_it_is=good)
    if _is_utf8(path):
        return Detected("utf-8", (("utf-8", 1.0),), as_it_is=True)
    return _judged(evidence)


def given(path: Path, encoding: str) -> Detected:
    """Return what a person says of the encoding of a file.

    Raises:
        InputError: we do not know that encoding.
    """
    if not is_known(encoding):
        raise InputError("sheet.encoding")
    name = encoding.lower()
    if name == "utf-16":  # without a mark Python would take it for the machine's own order
        with path.open("rb") as file:
            head = file.read(PIECE_BYTES)
        name = _marked(head) or _wide(head) or "utf-16-le"
    return Detected(name, ((name, 1.0),), as_it_is=name in UTF_8 and _is_utf8(path))


def into_utf8(source: Path, target: Path, encoding: str) -> tuple[Remark, ...]:
    """Write ``source`` to ``target`` in UTF-8; return what had to be changed for that.

    Raises:
        InputError: what it holds is no text.
    """
    broken = nul = 0
    with target.open("w", encoding="utf-8", newline="") as out:
        for number, text in enumerate(_decoded(source, encoding)):
            if number == 0 and _is_no_text(text):
                raise InputError("sheet.not_a_workbook")
            broken, nul = broken + text.count(UNKNOWN), nul + text.count("\0")
            out.write(text.replace("\0", "").removesuffix(DOS_END))
    counts = (("broken_bytes", broken), ("nul_bytes", nul))
    return tuple(Remark(code, {"count": count}) for code, count in counts if count)


def _decoded(source: Path, encoding: str) -> Iterator[str]:
    pieces = decoder("utf-8-sig" if encoding in UTF_8 else encoding)
    with source.open("rb") as file:
        while data := file.read(DECODED_BYTES):
            yield pieces.decode(data)
        yield pieces.decode(b"", True)


def _marked(head: bytes) -> str | None:
    return next((encoding for mark, encoding in MARKS if head.startswith(mark)), None)


def _wide(head: bytes) -> str | None:
    """UTF-16 and UTF-32 without a mark show themselves by the zero bytes of plain signs."""
    zeros = [head[offset::4].count(0) / (len(head) // 4 or 1) for offset in range(4)]
    for encoding, empty in (("utf-32-le", (2, 3)), ("utf-32-be", (0, 1))):
        if min(zeros[place] for place in empty) > 0.9:
            return encoding
    for encoding, high, low in (("utf-16-le", (1, 3), (0, 2)), ("utf-16-be", (0, 2), (1, 3))):
        found, other = sum(zeros[place] for place in high), sum(zeros[place] for place in low)
        if found > 0.2 and other < found / 10:
            return encoding
    return None


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            yield piece


def _foreign(path: Path) -> list[bytes]:
    """The pieces of the file that are not all ASCII, or as many of them, evenly spread."""
    places = [place for place, piece in enumerate(_pieces(path)) if not piece.isascii()]
    chosen = places[:: len(places) // MOST_PIECES + 1]
    with path.open("rb") as file:
        return [_piece_at(place * PIECE_BYTES, file) for place in chosen]


def _piece_at(offset: int, file: BinaryIO) -> bytes:
    """A piece without the parts of lines at its ends, unless that leaves nothing foreign."""
    file.seek(offset)
    piece = file.read(PIECE_BYTES)
    first = piece.find(b"\n") + 1 if offset else 0
    last = piece.rfind(b"\n") + 1 if len(piece) == PIECE_BYTES else len(piece)
    whole = piece[first:last]
    return piece if whole.isascii() else whole


def _is_utf8(path: Path) -> bool:
    """Whether the file is UTF-8 without a fault, and without zeros."""
    pieces = standard.getincrementaldecoder("utf-8")("strict")
    try:
        for piece in _pieces(path):
            if b"\0" in piece:
                return False
            pieces.decode(piece)
        pieces.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _has_nul(path: Path) -> bool:
    return any(b"\0" in piece for piece in _pieces(path))


def _controls(head: bytes) -> bool:
    return _is_no_text(head.decode("ascii", "replace"))


def _is_no_text(text: str) -> bool:
    head = text[: 4 * PIECE_BYTES]
    return len(_CONTROL.findall(head)) * 1000 > CONTROLS_A_THOUSAND * len(head)


def _judged(evidence: list[bytes]) -> Detected:
    """UTF-8 with some broken bytes, or the alphabet of one byte a letter that gives most words."""
    data = b"\n".join(evidence)
    text = data.decode("utf-8", "replace")
    if len(_KNOWN_LETTERS.findall(text)) >= WELL_FORMED * text.count(UNKNOWN):
        return Detected("utf-8", (("utf-8", 1.0),), as_it_is=False)
    scores = {name: score(data, name) for name in READINGS}
    best = max(scores, key=lambda name: scores[name][0] + READINGS[name][1])
    total, count = scores[best]
    if total / count < PLAUSIBLE:
        raise InputError("sheet.encoding")
    return Detected(
        best, _shares({name: found[0] for name, found in scores.items()}), as_it_is=False
    )


def _shares(sums: dict[str, float]) -> tuple[tuple[str, float], ...]:
    """What share of the evidence speaks for each encoding; those with next to none are left out."""
    priors = {name: found + READINGS[name][1] for name, found in sums.items()}
    top = max(priors.values())
    weights = {name: math.exp((value - top) * SHARPNESS) for name, value in priors.items()}
    whole = sum(weights.values())
    shares = [(name, round(weight / whole, 3)) for name, weight in weights.items()]
    likely = [found for found in shares if found[1] >= NEAR]
    return tuple(sorted(likely, key=lambda found: -found[1]))

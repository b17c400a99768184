"""Text of an old alphabet whose bytes were taken for Western letters: "²ñ³Ù" is «Արամ».

It was typed in a font such as Arial Armenian, which drew other letters in the places of the Western
ones, or is Russian of Windows-1251 that went through a program which did not know it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from campaigns.sheets.reading.alphabets import PLAUSIBLE, READINGS, score
from campaigns.sheets.reading.codecs import decode

WESTERN = "cp1252"
OLD = ("armscii-8", "geostd8", "georgian-academy", "cp1251")
FOREIGN = r"[\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
"""The signs of Windows-1252 beyond ASCII, as a pattern."""
RUN = FOREIGN + "{3}"
"""Western words do not have three such letters in a row; old words have little else."""
LEAST_LEAD = 6.0
"""By how much an old reading must be likelier than the Western one, as a logarithm."""
MOST_JUDGED = 2000
_RUN = re.compile(RUN)
_WORD = re.compile(r"[^\W\d_a-zA-Z]{2,}")


def reading(cells: Iterable[str]) -> str | None:
    """Return which old alphabet the cells of a column are in, or None: they are as they should be.

    >>> reading(["²ñ³Ù", "²ÝÇ"]), reading(["Hélène", "à Paris"])
    ('armscii-8', None)
    """
    bodies = [body for cell in cells if _RUN.search(cell) and (body := _bytes(cell))]
    whole = b" ".join(sorted(bodies)[:MOST_JUDGED])
    sums = {name: score(whole, name)[0] + READINGS[name][1] for name in (*OLD, WESTERN)}
    best = max(OLD, key=lambda name: sums[name])
    count = score(whole, best)[1]
    lead = sums[best] - sums[WESTERN]
    return best if count and lead >= LEAST_LEAD and sums[best] / count > PLAUSIBLE else None


def converted(cell: str, old: str, *, sure: bool = False) -> str:
    """Return a cell in the letters that were meant; itself when it is Western text already.

    Args:
        cell: what stands there.
        old: the alphabet of its column.
        sure: a person or the cell's font says that it is; else its letters must say so too.
    """
    body = _bytes(cell)
    if not body or body.isascii():
        return cell
    text = decode(body, old)
    if "\ufffd" in text:
        return cell
    likelier = score(body, old)[0] > score(body, WESTERN)[0] and _WORD.search(text)
    address = text.isascii() and "@" in text  # its dot was typed on the old keyboard: "ani@a©am"
    return text if sure or likelier or address else cell


def _bytes(cell: str) -> bytes | None:
    """The bytes that were taken for the signs of the cell; None when it has others."""
    places = _places()
    try:
        return bytes(places[sign] for sign in cell)
    except KeyError:
        return None


@cache
def _places() -> dict[str, int]:
    signs = {chr(byte): byte for byte in range(0x100)}
    return signs | {
        sign: byte
        for byte in range(0x80, 0x100)
        if (sign := bytes([byte]).decode(WESTERN, "ignore"))
    }

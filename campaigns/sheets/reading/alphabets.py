"""How much bytes look like words when they are read in an old alphabet of one byte a letter.

A wrong reading gives itself away by rare letters, by capitals inside words, by Latin letters among
the others and by signs that nobody types. Each alphabet has a table of what a byte after another
speaks for; all readings are of the same bytes, so that their sums can be compared.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from campaigns.language.lexicon import armenian_names, georgian_names, rows
from campaigns.sheets.reading.codecs import UNKNOWN, decode

Table = npt.NDArray[np.float32]

BROKEN = -8.0
"""A capital after a small letter, or a Latin letter beside another script's."""
NO_LETTER = -12.0
"""A byte that the alphabet does not have, or a control character."""
ODD_SIGN = -9.0
USUAL_SIGN = -4.0
USUAL_SIGNS = frozenset("«»“”„‘’–—…№°§©®\u00a0€±×·£²³¹½¼¾։՝՞՛՜֊՚")
FIRST, CAPITAL_AFTER_CAPITAL, SMALL_AFTER_CAPITAL = math.log(0.5), math.log(0.6), math.log(0.4)
PLAUSIBLE = -6.0
"""Mean for a byte below which a reading gives no words; real lists of names have -2 to -5."""


@dataclass(frozen=True, slots=True)
class Script:
    """A language's letters and how often each stands in it, in thousandths."""

    name: str
    letters: dict[str, float]


def _script(name: str, letters: str) -> Script:
    return Script(name, {part[0]: float(part[1:]) for part in letters.split()})


# Counted in the lists of names and words of campaigns.language.lexicon; Russian from O. Lyashevskaya
# and S. Sharov, frequency dictionary, 2009.
ARMENIAN = _script(
    "hy",
    "ա209 ո85 ն84 ր61 ւ56 ե49 թ43 կ42 մ36 յ36 տ27 ի60 վ21 գ20 ս30 լ18 հ17 բ17 դ15 խ13 ղ13 ծ12 ց11"
    " զ11 ռ10 պ8 շ8 ք7 ժ4 չ4 ձ4 փ4 ճ3 ջ3 և2 ը2 է5 օ1 ֆ1",
)
GEORGIAN = _script(
    "ka",
    "ა156 ი124 ე79 რ54 ნ49 ო47 ს45 მ44 ლ43 დ38 ვ35 უ33 ბ33 გ26 თ21 ტ18 კ17 ხ14 შ14 ზ11 ც9 ფ9 ქ7"
    " წ6 პ6 ყ6 ჩ5 ღ4 ძ8 ჯ4 ჰ3 ჭ2 ჟ1",
)
RUSSIAN = _script(
    "ru",
    "о109 е85 а90 и74 н67 т63 с55 р47 в45 л43 к35 м32 д30 п28 у26 я20 ы19 ь17 г17 з16 б16 ч14 й12"
    " х10 ж9 ш7 ю6 ц5 щ4 э3 ф4 ъ0.4 ё0.6 і0.3 ї0.1 є0.1",
)
WESTERN = _script(
    "western",
    "é20 è6 ü10 ö10 ä8 ç5 à5 ê3 ñ3 í3 á4 ó4 ã2 ß2 î1 ô1 â1 ú2 ø1 å2 ë2 ï2 š1 ž1 û1 œ1 æ1 õ1 ì1 ò1",
)
RARE = 0.01
COMMON = 100
"""Voters who bear a name that is surely Georgian."""
DOUBT = 20
"""So many times the letters' own shares are counted beside the pairs that names have."""

READINGS: dict[str, tuple[Script, float]] = {
    "cp1251": (RUSSIAN, 0.0),
    "koi8-r": (RUSSIAN, -1.0),
    "cp866": (RUSSIAN, -1.0),
    "mac-cyrillic": (RUSSIAN, -4.0),
    "iso8859-5": (RUSSIAN, -4.0),
    "armscii-8": (ARMENIAN, 0.0),
    "armscii-8a": (ARMENIAN, -4.0),
    "geostd8": (GEORGIAN, 0.0),
    "georgian-academy": (GEORGIAN, -4.0),
    "cp1252": (WESTERN, 0.0),
}
"""Encoding → whose letters it holds, and how much rarer than the commonest it is, as a logarithm."""


def score(data: bytes, encoding: str) -> tuple[float, int]:
    """Return the sum that speaks for reading ``data`` so, and how many of its bytes are no ASCII.

    Sums are logarithms, below 0; only the foreign bytes and their neighbours count.
    """
    if data.isascii():
        return 0.0, 0
    found = np.frombuffer(b" " + data + b" ", np.uint8)
    before, after = found[:-1], found[1:]
    foreign = (before > 0x7F) | (after > 0x7F)
    return float(_table(encoding)[before[foreign], after[foreign]].sum()), int((after > 0x7F).sum())


@cache
def _table(encoding: str) -> Table:
    """What the second of two bytes speaks for, after the first."""
    script = READINGS[encoding][0]
    signs = decode(bytes(range(256)), encoding)
    # Of ASCII it only counts whether it is a small letter, a capital or none.
    alike = {kind: [n for n in range(128) if _kind(chr(n)) == kind] for kind in "aA "}
    table = np.zeros((256, 256), np.float32)
    for second in range(128, 256):
        for first in range(128, 256):
            table[first, second] = _weight(signs[first], signs[second], script)
        for kind, places in alike.items():
            table[places, second] = _weight(kind, signs[second], script)
            table[second, places] = _weight(signs[second], kind, script)
    return table


def _kind(sign: str) -> str:
    return " " if not sign.isalpha() else "a" if sign.islower() else "A"


def _weight(first: str, second: str, script: Script) -> float:
    if second == UNKNOWN or unicodedata.category(second) == "Cc":
        return NO_LETTER if second > "\x7f" else 0.0
    if second.isascii():
        mixed = second.isalpha() and _belongs(first, script) and script is not WESTERN
        return BROKEN if mixed else 0.0
    if not second.isalpha():
        return USUAL_SIGN if second in USUAL_SIGNS else ODD_SIGN
    return _letter(first, second, script)


def _letter(first: str, second: str, script: Script) -> float:
    small = second.lower()
    weight = math.log(script.letters.get(small, RARE) / 1000)
    if script is WESTERN:
        return weight + _western(first, second)
    if first.isascii() and first.isalpha():
        return weight + BROKEN
    if not _belongs(first, script):
        return weight + FIRST
    return weight + _case(first, second) + _after(first.lower(), small, script)


def _case(first: str, second: str) -> float:
    """How the cases of two letters go together; Georgian has one case alone."""
    if first == first.lower():
        return BROKEN if second != second.lower() else 0.0
    return CAPITAL_AFTER_CAPITAL if second != second.lower() else SMALL_AFTER_CAPITAL


def _after(first: str, second: str, script: Script) -> float:
    """How much oftener a letter follows another than it stands anywhere."""
    pairs, firsts = _pairs(script.name)
    share = script.letters.get(second, RARE) / 1000
    likely = (pairs[first, second] + DOUBT * share) / (firsts[first] + DOUBT)
    return math.log(likely / share)


@cache
def _pairs(name: str) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """How often letters follow each other in the names of a language, and how often any does."""
    pairs = Counter(pair for word in _names(name) for pair in pairwise(word.lower()))
    firsts: Counter[str] = Counter()
    for (first, _), count in pairs.items():
        firsts[first] += count
    return pairs, firsts


def _names(name: str) -> list[str]:
    if name == "hy":
        return list(armenian_names())
    if name == "ka":
        common = [stem for stem, known in georgian_names().items() if known.voters >= COMMON]
        return [*common, *(cells[0] for cells in rows("ka_surnames.txt"))]
    cells = [cell for line in rows("other_names.txt") for cell in line[:1]]
    cells += [word for line in rows("paired_names.txt") for word in line[-1].split(",")]
    return [cell for cell in cells if not cell.isascii()]


def _western(first: str, second: str) -> float:
    """Accented letters are few, and stand among plain ones."""
    if second != second.lower() and first.isalpha() and first == first.lower():
        return BROKEN
    return 0.0 if first.isascii() and first.isalpha() else -4.0 if first.isalpha() else -1.5


def _belongs(sign: str, script: Script) -> bool:
    return not sign.isascii() and sign.lower() in script.letters

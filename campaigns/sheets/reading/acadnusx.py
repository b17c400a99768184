"""Georgian typed for AcadNusx, AcadMtavr or LitNusx, which drew Georgian in the places of Latin.

"nino beriZe" is «ნინო ბერიძე»: each Latin letter of the keyboard is a Georgian one, and capitals
stand for seven letters of their own. Names that are typed in Latin letters ("Nino Beridze") begin
with other capitals and spell those letters with two; they must never be converted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from campaigns.language.lexicon import georgian_names, packed, rows

KEYS = "abgdevzTiklmnopJrstufqRySCcZwWxjh"
LETTERS = "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"
TRIGGER = "^[A-Za-z .,'()-]*[a-z][TJRSCZW][A-Za-z .,'()-]*$"
"""A capital inside a word, in a cell of words alone: some cell has it in all text typed so. Small
letters alone may as well be Latin ones: many people write Georgian so, each in their own way.
"""
_HEADINGS = (
    "სახელი გვარი ტელეფონი მობილური მისამართი ქალაქი თარიღი თანხა ელფოსტა ფოსტა სქესი ენა კოდი"
    " ნომერი დაბადების დღე თანხმობა ფასი რაოდენობა ჯამი სულ პროდუქტი საქონელი დასახელება ვალუტა"
    " სტატუსი შეკვეთა შეკვეთის ბარათი ბარათის კლიენტი კლიენტის მომხმარებელი მომხმარებლის შენიშვნა"
    " პირადი და"
)
HEADINGS = frozenset(_HEADINGS.split())
KNOWN_SHARE = 0.6
"""A column of small letters beside columns that are surely so is taken along from this share on."""
MOST_LATIN = 20
"""Latin words for each sure one: random letters are Georgian now and then."""
SHORTEST_SURE = 4
COMMON = 100
"""Voters who bear a name that is surely Georgian."""
_WORD = re.compile("[A-Za-z]+")
_CODE = re.compile(r"[@_\\/]|\w[.]\w+[.]\w|[A-Za-z]\d|\d[A-Za-z]|www\.|://")
_OTHER_CAPITAL = re.compile("[ABDEFGHIKLMNOPQUVXY]")
_SPELT_LATIN = re.compile("sh|kh|gh|zh|dz|ch")
_CAPITAL_INSIDE = re.compile("[a-z][TJRSCZW]")
_FAMILY_END = re.compile("(?:[აეიოუ]ძ(?:ე|ის|ეს)|შვილ(?:ი|ის|ს))$")
_TABLE = str.maketrans(KEYS, LETTERS)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Distinct words of a column: surely typed for the font, surely Latin, Georgian or not."""

    sure: int
    latin: int
    known: int
    unknown: int

    @property
    def is_sure(self) -> bool:
        """One sure word with hardly a Latin one (the heading may be), or a fair share of them."""
        return (
            self.sure > 0
            and (self.latin <= 1 or self.sure > 1)
            and self.sure * MOST_LATIN >= self.latin
        )

    @property
    def may_follow(self) -> bool:
        """Nothing Latin, and mostly Georgian words: as likely typed as the columns beside it."""
        words = self.sure + self.known + self.unknown
        return not self.latin and words > 0 and self.sure + self.known >= KNOWN_SHARE * words


def evidence(cells: Iterable[str]) -> Evidence:
    """Return what the words of a column say."""
    words = {word for cell in cells if not _CODE.search(cell) for word in _WORD.findall(cell)}
    latin = {word for word in words if _is_latin(word)}
    sure = {word for word in words - latin if _is_sure(word)}
    rest = [word for word in words - latin - sure if len(word) > 1]
    known = sum(_is_known(word) for word in rest)
    return Evidence(len(sure), len(latin), known, len(rest) - known)


def converted(cell: str, *, doubtful: bool) -> str:
    """Return a cell in Georgian letters; itself when something in it is Latin.

    Args:
        cell: what stands there.
        doubtful: the column holds Latin words too: each word must be Georgian then.
    """
    words = _WORD.findall(cell)
    if not words or _CODE.search(cell) or any(map(_is_latin, words)):
        return cell
    if all(word.isupper() for word in words) or not all(map(_may_be, words)):
        return cell
    if doubtful and not any(map(_is_sure, words)) and not all(map(_is_small_known, words)):
        return cell
    return cell.translate(_TABLE)


def heading(cell: str) -> str | None:
    """Return a heading that we know in Georgian letters; None when it is none.

    >>> heading("TariRi"), heading("Date")
    ('თარიღი', None)
    """
    words = _WORD.findall(cell)
    known = words and not _CODE.search(cell) and all(_georgian(word) in HEADINGS for word in words)
    return cell.translate(_TABLE) if known else None


def is_sure_heading(cell: str) -> bool:
    """Say whether a heading is spelt as only the font would have it: "TariRi"."""
    return bool(_CAPITAL_INSIDE.search(cell)) and heading(cell) is not None


def _georgian(word: str) -> str:
    return word.translate(_TABLE)


def _is_latin(word: str) -> bool:
    return bool(_OTHER_CAPITAL.search(word) or _SPELT_LATIN.search(word))


def _is_sure(word: str) -> bool:
    """Whether only the font explains the spelling, and what it then says is Georgian."""
    if len(word) < SHORTEST_SURE or not _CAPITAL_INSIDE.search(word):
        return False
    return _is_known(word) or bool(_FAMILY_END.search(_georgian(word)))


def _may_be(word: str) -> bool:
    """Whether a word with a capital first and none inside ("Salome") is better Georgian than Latin."""
    return not word.istitle() or len(word) == 1 or _is_known(word)


def _is_small_known(word: str) -> bool:
    return word.islower() and _is_known(word)


def _is_known(word: str) -> bool:
    text = _georgian(word)
    return text in HEADINGS or text in _words()


@cache
def _words() -> Collection[str]:
    surnames = {cells[0] for cells in rows("ka_surnames.txt")}
    names = {name for name, known in georgian_names().items() if known.voters >= COMMON}
    words = {word.rstrip("?") for word in packed("ka_words.txt.xz")}
    return words | surnames | names | {f"{name}ი" for name in names}

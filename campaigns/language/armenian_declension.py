"""How one Armenian word makes its four oblique cases: the plain rule, or what the list tells.

The plain rule adds -ի, -ից, -ով, -ում, with -յ- after -ա and -ո. Everything else is a fact about
words or endings of words: ``lexicon/hy_nouns.txt``, where the longest ending that fits wins.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from campaigns.language import lexicon
from campaigns.language.grammar import Certainty

Table = Literal["n", "p", "t"]
"""Which words: nouns, people, places. «Ability» is կարողություն, -ության; a man is Հարություն, -ի."""


class Declension(NamedTuple):
    """Letters cut from the end of the nominative, and the endings then put there."""

    cut: int
    dat: str
    abl: str
    ins: str
    loc: str
    certainty: Certainty


PLAIN = Declension(0, "ի", "ից", "ով", "ում", "rule")
"""The plain rule."""

_GLIDING = Declension(0, "յի", "յից", "յով", "յում", "rule")


_CERTAINTIES: dict[str, Certainty] = {"^": "listed", "~": "likely", "": "rule"}
_MAY_DIFFER = {
    "n": re.compile(r"(?:ի|(?<!յ)ու(?!յ))[^աեէըիոօւ]{1,3}$|ի$"),
    "p": re.compile(r"ի$"),
    "t": re.compile(r"ի$"),
}
"""Words of this shape, when no list knows them: խնդիր, խնդրի, but բենզին, բենզինի; most men's and
women's names in -ի are declined as Անի, Անիի is, few as Աղասի, Աղասու."""


def declension(word: str, table: Table) -> Declension:
    """Return how ``word`` (lower case, nominative) is declined.

    >>> declension("ծրագիր", "n")[:2], declension("անի", "p")[:2]
    ((2, 'րի'), (0, 'ի'))
    """
    listed = _listed(table)
    if found := listed.get("^" + word):
        return found if found.dat else _plain(word, "listed")
    for start in range(len(word)):
        if found := listed.get(word[start:]):
            return found if found.dat else _plain(word, found.certainty)
    return _plain(word, "likely" if _MAY_DIFFER[table].search(word) else "rule")


def _plain(word: str, certainty: Certainty) -> Declension:
    plain = _GLIDING if word.endswith(("ա", "ո", "օ")) else PLAIN
    return plain._replace(certainty=certainty)


@cache
def _listed(table: Table) -> dict[str, Declension]:
    """Return the declension of endings and of whole words (^); without endings: the plain one."""
    found: dict[str, Declension] = {}
    for kind, cut, dat, abl, ins, loc, words in lexicon.rows("hy_nouns.txt"):
        if kind == table:
            ways = {
                mark: Declension(int(cut), dat, abl, ins, loc, certainty)
                for mark, certainty in _CERTAINTIES.items()
            }
            found |= {word.lstrip("~"): ways.get(word[0], ways[""]) for word in words.split(" ")}
    return found

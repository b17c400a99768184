"""Names by their sound: the listed spellings that a name in other letters may stand for.

The key is the fold of tetrak-translit, which merges what spellings mix: ts and c, kh and x, and for
Armenian also b and p, d and t, g and k, because Western Armenian swaps them. So an Armenian answer
must have these in the places where the name as Eastern or as Western Armenians spell it has them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

import tetrak_translit

from campaigns.language.grammar import Kind
from campaigns.language.lexicon import ArmenianName, armenian_names, georgian_names, rows
from campaigns.language.people.scripts import script_of

FEWEST_VOTERS = 20
"""A first name that fewer voters bear may be a slip of the pen in the list."""
CLEARLY = 10
"""How many times more frequent a spelling must be than the next to be taken for the one meant."""
CACHED = 50_000

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "yo",
            "zh",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "",
            "y",
            "",
            "e",
            "yu",
            "ya",
        ],
        strict=True,
    )
)
_CYRILLIC_PAIRS = re.compile("дж")
_APOSTROPHES = re.compile("[’'ʼʻ]")
_NOT_STOPS = re.compile(r"[kgszcd](?=h)|d(?=z)|t(?=[sz])|[^bpdtgk]")


def latin(word: str) -> str | None:
    """Return ``word`` in Latin letters, or None for a script that we cannot read.

    Armenian by BGN/PCGN and Georgian by the national system, both without apostrophes: standards
    that give each letter its Latin ones, so nothing is guessed.

    >>> latin("Գայանե"), latin("ქეთევან"), latin("Хачик")
    ('Gayane', 'Ketevan', 'Khachik')
    """
    match script_of(word):
        case "hy":
            written = tetrak_translit.transliterate(word, "bgn_pcgn", script="hy")
            return _APOSTROPHES.sub("", re.sub("(?i)rr", lambda pair: pair.group()[0], written))
        case "ka":
            written = tetrak_translit.transliterate(word, "national", script="ka")
            return _APOSTROPHES.sub("", written).title()
        case "cyrillic":
            return _of_cyrillic(word)
        case "latin":
            return word
    return None


@lru_cache(maxsize=CACHED)
def armenian(name: str, kind: Kind) -> str | None:
    """Return the Armenian spelling of a name in Latin letters, if one listed name is meant.

    >>> armenian("Anahit", Kind.GIVEN), armenian("Vartan", Kind.GIVEN), armenian("Artut", Kind.GIVEN)
    ('Անահիտ', 'Վարդան', None)
    """
    found = [each for each in _armenian(kind).get(_fold(name, "hy"), ()) if _may_be(each, name)]
    same = [each for each in found if (latin(each) or "").lower() == name.lower()]
    best = same or found
    return best[0] if len(best) == 1 else None


@lru_cache(maxsize=CACHED)
def georgian(name: str, kind: Kind) -> str | None:
    """Return the Georgian spelling (the stem) of a name in Latin letters, if one is clearly meant.

    >>> georgian("Khatuna", Kind.GIVEN), georgian("Daviti", Kind.GIVEN), georgian("Emily", Kind.GIVEN)
    ('ხათუნა', 'დავით', None)
    """
    key = _fold(name, "ka")
    found = _georgian(kind).get(key) or _consonant_stems(name, kind)
    if not found or (len(found) > 1 and found[0][0] < CLEARLY * found[1][0]):
        return None
    return found[0][1]


def _consonant_stems(name: str, kind: Kind) -> list[tuple[int, str]]:
    """The names that ``name`` is the nominative of: Daviti is დავით with its ending."""
    if not name.endswith("i"):
        return []
    known = georgian_names()
    found = _georgian(kind).get(_fold(name[:-1], "ka"), [])
    return [each for each in found if each[1] in known and known[each[1]].stem_class == "C"]


def armenian_given() -> Iterator[ArmenianName]:
    """Yield the given names of the list; it has a few surnames in -յան among them."""
    for known in armenian_names().values():
        if known.is_given and not (known.is_surname and known.name.endswith("յան")):
            yield known


@cache
def _armenian(kind: Kind) -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = defaultdict(list)
    for name in dict.fromkeys(_armenian_names(kind)):
        index[_fold(name, "hy")].append(name)
    return {key: tuple(names) for key, names in index.items()}


def _armenian_names(kind: Kind) -> Iterator[str]:
    if kind is Kind.SURNAME:
        yield from (known.name for known in armenian_names().values() if known.is_surname)
        return
    yield from (known.name for known in armenian_given())
    yield from (name for _, name, *_ in rows("paired_names.txt"))
    yield from _by_hand("hy")


@cache
def _georgian(kind: Kind) -> dict[str, list[tuple[int, str]]]:
    """Return the spellings by key, the most frequent first, each with its voters."""
    index: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for voters, name in dict.fromkeys(_georgian_names(kind)):
        index[_fold(name, "ka")].append((voters, name))
    return {key: sorted(names, reverse=True) for key, names in index.items()}


def _georgian_names(kind: Kind) -> Iterator[tuple[int, str]]:
    if kind is Kind.SURNAME:
        yield from ((1, name) for (name,) in rows("ka_surnames.txt"))
        return
    for known in georgian_names().values():
        if known.voters >= FEWEST_VOTERS:
            yield known.voters, known.stem


def _by_hand(script: str) -> Iterable[str]:
    for _, names in rows("more_names.txt"):
        yield from (name for name in names.split() if script_of(name) == script)


def sound(name: str, script: str) -> str:
    """Return how a name sounds, worked out anew: what ``name_sounds.txt`` is made of."""
    return tetrak_translit.fold(name, script=script)


def given_names() -> dict[str, set[str]]:
    """Return by script the given names whose sounds are compared."""
    armenian_ones = set(_armenian_names(Kind.GIVEN))
    return {"hy": armenian_ones, "ka": {name for _, name in _georgian_names(Kind.GIVEN)}}


@cache
def _sounds() -> dict[tuple[str, str], str]:
    return {(script, name): sound for script, name, sound in rows("name_sounds.txt")}


def _fold(name: str, script: str) -> str:
    return _sounds().get((script, name)) or sound(name, script)


def _may_be(armenian_name: str, name: str) -> bool:
    western = tetrak_translit.transliterate(armenian_name, "western", script="hy")
    return _stops(name) in {_stops(latin(armenian_name) or ""), _stops(western)}


def _stops(name: str) -> str:
    """Return the letters of ``name`` that Eastern and Western Armenian swap."""
    plain = re.sub("th|ph", lambda pair: pair.group()[0], _APOSTROPHES.sub("", name.lower()))
    return _NOT_STOPS.sub("", re.sub(r"(.)\1", r"\1", plain))


def _of_cyrillic(word: str) -> str | None:
    small = _CYRILLIC_PAIRS.sub("j", word.lower())
    if any(letter.isalpha() and letter not in _CYRILLIC and letter != "j" for letter in small):
        return None
    return "".join(_CYRILLIC.get(letter, letter) for letter in small).title()

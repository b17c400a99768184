"""Word lists that the rules of grammar rest on, and how they are read.

Each list is a text file beside this module, made by ``tools/lexicon`` or written by hand; its
first lines tell its columns, its source and the source's licence. A list is read when it is first
asked for, and once.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from campaigns.language.grammar import Gender


@dataclass(frozen=True, slots=True)
class GeorgianName:
    """A first name. ``stem_class``: C consonant stem, V vowel stem, I its own -ი, ? untold."""

    stem: str
    stem_class: Literal["C", "V", "I", "?"]
    gender: Gender | None
    voters: int


@dataclass(frozen=True, slots=True)
class ArmenianName:
    """A name in Armenian letters; some are given name and surname alike."""

    name: str
    is_given: bool
    is_surname: bool
    gender: Gender | None


def rows(name: str) -> Iterator[list[str]]:
    """Yield the cells of each line of the list ``name`` that is no comment."""
    text = resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def packed(name: str) -> list[str]:
    """Return the lines of the compressed list ``name`` that are no comments."""
    text = lzma.decompress(resources.files(__name__).joinpath(name).read_bytes()).decode()
    return [line for line in text.splitlines() if line[:1] != "#"]


@cache
def georgian_names() -> dict[str, GeorgianName]:
    """Return the Georgian first names by stem: დავით (not დავითი), გიორგი, ნინო.

    Source: voter list of August 2012, JumpStartGeorgia/Georgian-Names, MIT.
    """
    return {
        stem: GeorgianName(stem, kind, _gender(sex), int(voters))  # type: ignore[arg-type]
        for stem, kind, sex, voters in rows("ka_names.txt")
    }


@cache
def georgian_nouns() -> dict[str, str]:
    """Return the Georgian nouns whose oblique stem no rule tells, with that stem.

    "-" stands for a stem that loses nothing, "=" for one whose -ი is its own.
    Sources: what the word list of dictionary-ka (D. Bumbeishvili, MIT; K. Scannell, CC BY 4.0)
    attests, and general knowledge, which wins.
    """
    files = ("ka_nouns.txt", "ka_nouns_by_hand.txt")
    return {noun: oblique for file in files for noun, oblique in rows(file)}


@cache
def armenian_names() -> dict[str, ArmenianName]:
    """Return the Armenian given names and surnames that are known.

    Source: uniparser-eastern-armenian and faker, MIT both.
    """
    found: dict[str, ArmenianName] = {}
    for name, kind, sex in rows("hy_names.txt"):
        old = found.get(name)
        found[name] = ArmenianName(
            name,
            is_given=kind == "G" or bool(old and old.is_given),
            is_surname=kind == "S" or bool(old and old.is_surname),
            gender=_gender(sex) or (old.gender if old else None),
        )
    return found


def _gender(sex: str) -> Gender | None:
    return {"m": "m", "f": "f"}.get(sex.lower())  # type: ignore[return-value]

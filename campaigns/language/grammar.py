"""The words of grammar: cases, kinds of words, and what an inflection answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Gender = Literal["m", "f"]


class Case(StrEnum):
    """A case, with the article or the possessive where Armenian writes it at the word.

    Georgian has the first seven; Armenian NOMINATIVE, DATIVE (its dative-genitive) and those below.
    """

    NOMINATIVE = "nom"
    ERGATIVE = "erg"
    DATIVE = "dat"
    GENITIVE = "gen"
    INSTRUMENTAL = "ins"
    ADVERBIAL = "adv"
    VOCATIVE = "voc"
    ABLATIVE = "abl"
    LOCATIVE = "loc"
    NOMINATIVE_DEFINITE = "nom.def"
    DATIVE_DEFINITE = "dat.def"
    NOMINATIVE_MY = "nom.poss1"
    NOMINATIVE_YOUR = "nom.poss2"
    DATIVE_MY = "dat.poss1"
    DATIVE_YOUR = "dat.poss2"
    ABLATIVE_MY = "abl.poss1"
    ABLATIVE_YOUR = "abl.poss2"
    INSTRUMENTAL_MY = "ins.poss1"
    INSTRUMENTAL_YOUR = "ins.poss2"
    LOCATIVE_MY = "loc.poss1"
    LOCATIVE_YOUR = "loc.poss2"


class Kind(StrEnum):
    """What a word names; each kind is inflected in its own way."""

    NOUN = "noun"
    GIVEN = "given"
    SURNAME = "surname"
    PERSON = "person"
    """A full name: given name and surname in either order; only the last part is inflected."""
    TOPONYM = "top"
    ORGANISATION = "org"


Certainty = Literal["listed", "rule", "likely"]
"""How an answer is known: by a word list, by a rule without known exceptions, or by what words of
the same ending mostly do."""

Reason = Literal[
    "empty",
    "too_long",
    "not_a_word",
    "wrong_script",
    "mixed_scripts",
    "unknown_stem",
    "no_such_case",
]
"""Why there is no answer."""


@dataclass(frozen=True, slots=True)
class Form:
    """A word in a case, or None with the reason: a wrong form is worse than none."""

    text: str | None
    certainty: Certainty | None = None
    reason: Reason | None = None


def abstain(reason: Reason) -> Form:
    """Return the answer that there is none."""
    return Form(None, reason=reason)

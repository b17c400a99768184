"""The endings of the Georgian cases, and which of them a stem takes.

A stem ends in a consonant (ქალაქი, დავითი), in -ა or -ე that gives way to the endings -ის and
-ით (პრობლემა → პრობლემის), or in a vowel that stays (ბიურო; every name in a vowel: ნინო, ანა).
The oblique stem is the one of the genitive, instrumental and adverbial: it may have lost its last
vowel (საჩუქარი → საჩუქრის).
"""

from __future__ import annotations

from typing import NamedTuple

from campaigns.language.grammar import Case, Certainty

N, E, D, G = Case.NOMINATIVE, Case.ERGATIVE, Case.DATIVE, Case.GENITIVE
I, A, V = Case.INSTRUMENTAL, Case.ADVERBIAL, Case.VOCATIVE  # noqa: E741

CASES = (N, E, D, G, I, A, V)
VOWELS = "აეიოუ"

_CONSONANT = {N: "ი", E: "მა", D: "ს", G: "ის", I: "ით", A: "ად", V: "ო"}
_VOWEL = {N: "", E: "მ", D: "ს", G: "ს", I: "თი", A: "დ", V: "ვ"}
_FIRM = {N, E, D, V}
"""The cases that are built on the full stem, whatever happens to the oblique one."""


class Stem(NamedTuple):
    """What is needed to inflect a word; ``full`` has no -ი of the nominative.

    ``oblique`` is where -ის and -ით go; None for a vowel that stays.
    """

    full: str
    oblique: str | None
    certainty: Certainty
    is_name: bool = False


def form(stem: Stem, case: Case) -> str:
    """Return the stem in ``case``. A name is called by its bare stem, a noun by -ო or -ვ.

    >>> form(Stem("საჩუქარ", "საჩუქრ", "listed"), Case.GENITIVE)
    'საჩუქრის'
    >>> form(Stem("ანა", None, "listed", is_name=True), Case.GENITIVE)
    'ანას'
    """
    if case is V and stem.is_name:
        return stem.full
    if stem.full[-1] not in VOWELS:
        return (stem.full if case in _FIRM else stem.oblique or stem.full) + _CONSONANT[case]
    if stem.oblique and (case in (G, I) or (case is A and _is_syncopated(stem))):
        return stem.oblique + _CONSONANT[case]
    return stem.full + _VOWEL[case]


def _is_syncopated(stem: Stem) -> bool:
    return len(stem.oblique or stem.full) < len(stem.full) - 1

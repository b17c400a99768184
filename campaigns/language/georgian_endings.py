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

CASES = frozenset((N, E, D, G, I, A, V))
VOWELS = "აეიოუ"
LATIN_VOWELS = "aiouyáàâãäåéèêëíìîïóòôõöøúùûü"
"""Of a Latin word at its end; a bare e is mostly silent (Google), an accented one is not (Nestlé)."""

CONSONANT_ENDINGS = {N: "ი", E: "მა", D: "ს", G: "ის", I: "ით", A: "ად", V: "ო"}
VOWEL_ENDINGS = {N: "", E: "მ", D: "ს", G: "ს", I: "თი", A: "დ", V: "ვ"}
_ON_FULL_STEM = (N, E, D, V)


class Stem(NamedTuple):
    """What is needed to inflect a word; ``full`` has no -ი of the nominative.

    ``oblique`` is where -ის and -ით go; None for a vowel that stays and for a consonant stem that
    loses nothing. A doubtful stem is a name in -ი, which may be the stem's own: the nominative
    and the genitive are the same either way, the other cases cannot be told.
    """

    full: str
    oblique: str | None
    certainty: Certainty
    is_name: bool = False
    is_doubtful: bool = False
    called: str = ""
    """What follows the stem of a name in the vocative."""


def form(stem: Stem, case: Case) -> str | None:
    """Return the stem in ``case``, or None where it is doubtful.

    A given name is called by its bare stem, a surname as it is written, a noun by -ო or -ვ.

    >>> form(Stem("საჩუქარ", "საჩუქრ", "listed"), Case.GENITIVE)
    'საჩუქრის'
    >>> form(Stem("ანა", None, "listed", is_name=True), Case.GENITIVE)
    'ანას'
    """
    if stem.is_doubtful and case not in (N, G):
        return None
    if case is V and stem.is_name:
        return stem.full + stem.called
    if stem.full[-1] not in VOWELS:
        base = stem.full if case in _ON_FULL_STEM else stem.oblique or stem.full
        return base + CONSONANT_ENDINGS[case]
    if stem.oblique and (case in (G, I) or (case is A and _loses_two(stem))):
        return stem.oblique + CONSONANT_ENDINGS[case]
    if stem.full[-1] == "ი" and case is I and not stem.is_name:
        return stem.full + "თ"
    return stem.full + VOWEL_ENDINGS[case]


def _loses_two(stem: Stem) -> bool:
    """Whether the stem in a vowel loses another one, and its -ა in the adverbial: ქვეყნად."""
    return len(stem.oblique or stem.full) < len(stem.full) - 1

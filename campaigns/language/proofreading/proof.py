"""The front door: read a text with every rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from campaigns.language.proofreading import (
    alphabets,
    armenian_agreement,
    armenian_forms,
    armenian_marks,
    figures,
    marks,
    quotes,
    sentences,
    structure,
    wording,
)
from campaigns.language.proofreading.findings import Finding, Genre
from campaigns.language.proofreading.text import Text, read
from campaigns.model.language import Language

Rule = Callable[[Text], Iterable[Finding]]
RULES: tuple[Rule, ...] = (
    *structure.RULES,
    *alphabets.RULES,
    *armenian_marks.RULES,
    *quotes.RULES,
    *figures.RULES,
    *marks.RULES,
    *sentences.RULES,
    *armenian_forms.RULES,
    *armenian_agreement.RULES,
    *wording.RULES,
)
"""Every rule, the more telling first: where two speak of one place, the first is kept."""


def proofread(text: str, language: Language, *, genre: Genre) -> list[Finding]:
    """Return what is wrong with ``text``, in its order; nothing that it holds can raise.

    >>> [(one.line, one.column, one.code) for one in
    ...  proofread("Շնորհակալ ենք:", Language.HY, genre="page")]
    [(1, 11, 'proof.colon_stop')]
    """
    read_text = read(text, language, genre)
    found = _first_of_each_place(one for rule in RULES for one in rule(read_text))
    return in_order(found)


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """Return findings in the order of the text; what is said of the whole comes first."""
    return sorted(found, key=lambda one: (one.line, one.column, one.severity, one.code))


def _first_of_each_place(found: Iterable[Finding]) -> Iterator[Finding]:
    """Leave out what another rule has said of the same letters."""
    taken: list[tuple[int, int]] = []
    for one in dict.fromkeys(found):
        begin, end = one.span
        if end > begin and any(a < end and begin < b for a, b in taken):
            continue
        if end > begin:
            taken.append((begin, end))
        yield one

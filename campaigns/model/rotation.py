"""Which text and which design of a letter somebody gets (practice 37)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

Alike = Mapping[int, Collection[int]]
"""Text → the texts that read like it; each reads like itself."""


class Pair(NamedTuple):
    """A text of a letter, counted from 1, in a design."""

    text: int
    design: str


def fitting(options: Sequence[Pair], last: Pair | None, alike: Alike) -> tuple[Pair, ...]:
    """Return the pairs that somebody may get whose ``last`` letter of this kind had that pair.

    Never the same pair again; a text that reads otherwise, where there is one.

    >>> note, card, other = Pair(1, "note"), Pair(1, "card"), Pair(2, "note")
    >>> fitting([note, card, other], note, {}), fitting([note, card], note, {}), fitting([note], note, {})
    ((Pair(text=2, design='note'),), (Pair(text=1, design='card'),), ())
    """
    if last is None:
        return tuple(options)
    others = [pair for pair in options if pair != last]
    same = {last.text, *alike.get(last.text, ())}
    return tuple([pair for pair in others if pair.text not in same] or others)


def choose_pair(
    options: Sequence[Pair], last: Pair | None, number: int, alike: Alike | None = None
) -> Pair | None:
    """Return the pair that somebody gets, or None where only the very same one is left.

    Args:
        options: every pair of the letter in their language.
        last: what they got the last time.
        number: drawn for this person and this campaign; the same number chooses the same pair.
        alike: texts that read alike.
    """
    found = fitting(options, last, alike or {})
    return found[number % len(found)] if found else None

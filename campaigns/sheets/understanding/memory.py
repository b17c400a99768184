"""Mappings that people confirmed, found again by the shape of a sheet: the headings that it has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from campaigns.sheets.understanding.fields import Mapping
from campaigns.sheets.understanding.vocabulary import key

ALIKE = 0.6
"""Share of the headings of two sheets that both have, from which on they are of one make."""
FEWEST = 2
"""Headings in common without which nothing is remembered, unless all are the same."""


def shape(headings: list[str]) -> str:
    """Return what sheets of the same headings share, whatever their order, case and signs."""
    return hashlib.sha256("\n".join(sorted(map(key, headings))).encode()).hexdigest()


def closest(headings: list[str], confirmed: Iterable[Mapping]) -> Mapping | None:
    """Return the mapping of the sheet most like this one, or None when none is like it.

    Args:
        headings: of the sheet.
        confirmed: mappings, the newest first; of two that are equally like it the newer counts.
    """
    best: tuple[float, Mapping | None] = (0.0, None)
    for mapping in confirmed:
        likeness = _likeness(headings, list(mapping.columns))
        if likeness > best[0]:
            best = (likeness, mapping)
    return best[1] if best[0] >= ALIKE else None


def recalled(
    headings: list[str], known: Mapping
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Return of the headings that the known sheet has too: their fields, and their options."""
    same = {name: name for name in headings if name in known.columns}
    left = [name for name in known.columns if name not in same]
    for name in headings:
        alike = next((other for other in left if key(other) == key(name)), None)
        if name not in same and alike is not None:
            same[name] = alike
            left.remove(alike)
    options = {name: known.options[there] for name, there in same.items() if there in known.options}
    if "" in known.options:
        options[""] = known.options[""]
    return {name: known.columns[heading] for name, heading in same.items()}, options


def is_complete(headings: list[str], known: Mapping) -> bool:
    """Say whether every heading is known, and no heading of the known sheet is missing."""
    return sorted(map(key, headings)) == sorted(map(key, known.columns))


def _likeness(ours: list[str], theirs: list[str]) -> float:
    left, right = set(map(key, ours)), set(map(key, theirs))
    common = left & right
    if left != right and len(common) < FEWEST:
        return 0.0
    return len(common) / len(left | right)

"""What stands for a value in a skeleton, and whose values cannot be stood for.

A tag is an opening mark, a number and a closing mark. Both marks are single characters that
occur nowhere in a request but in tags: not in the words of the letter, not in a value. So

- a value can never be taken for a tag, nor a part of one;
- no tag begins another, and two neighbours never form a third;
- the order in which the provider replaces them makes no difference.

Limits of SendGrid: substitutions of one recipient hold at most 10,000 bytes, and how those are
counted is not documented, so the greatest of the plausible counts must stay below 9,500.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from campaigns.letters.columns import Column, distinct

MAX_BYTES = 9_500
MARKS = "~^|`$*!@+=;?"
"""What a tag may be delimited by. No ``<>&`` and no space, which SendGrid may encode; no ``%``,
``[``, ``{`` or ``-``, in which its own tags are written."""
_WORST_CHARACTER_BYTES = 12
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PROBES = 16
"""Recipients at whom columns are told apart before all of them are compared."""

_Of = TypeVar("_Of")


def marks_for(words: Iterable[str], columns: Iterable[Column]) -> str:
    """Return two marks that the words never hold, those that the fewest values hold first.

    Words hold at most a few of them; when they hold nearly all, there is none.
    """
    joined = "".join(words)
    free = [mark for mark in MARKS if mark not in joined]
    values = ["".join(texts(one)) for one in columns]
    unused: list[str] = []
    for mark in free:
        if not any(mark in text for text in values):
            unused.append(mark)
            if len(unused) == 2:
                return "".join(unused)
    free.sort(key=lambda mark: sum(text.count(mark) for text in values))
    return "".join(free[:2]) if len(free) > 1 else ""


def tag(number: int, marks: str) -> str:
    """Return the tag of a number.

    >>> tag(0, "~^"), tag(70, "~^")
    ('~0^', '~08^')
    """
    return f"{marks[0]}{_digits(number)}{marks[1]}"


def shared(columns: Mapping[_Of, Column], count: int) -> tuple[list[Column], dict[_Of, int]]:
    """Return the different ones among columns of distinct values, and which of them each is."""
    unique: list[Column] = []
    numbers: dict[_Of, int] = {}
    alike: dict[tuple[object, ...], list[int]] = {}
    probes = np.linspace(0, count - 1, _PROBES).astype(np.intp)
    for name, one in columns.items():
        seen = alike.setdefault(tuple(one.values[code] for code in one.codes[probes]), [])
        known = next((number for number in seen if _equal(unique[number], one)), None)
        if known is None:
            known = len(unique)
            unique.append(one)
            seen.append(known)
        numbers[name] = known
    return unique, numbers


def who_stands_alone(tags: Mapping[str, Column], marks: str, count: int) -> NDArray[np.bool_]:
    """Say of each recipient whether a value holds a mark, or the values are too many bytes."""
    alone = np.zeros(count, bool)
    for one in tags.values():
        joined = "".join(texts(one))
        if any(mark in joined for mark in marks):
            holds = [any(mark in value for mark in marks) for value in texts(one)]
            alone |= np.array(holds)[one.codes]
    large = np.flatnonzero(_may_be_large(tags, count) & ~alone)
    if len(large):
        alone[large] = _worst_bytes(tags, large) > MAX_BYTES
    return alone


def worst_bytes(substitutions: dict[str, str]) -> int:
    """Return the greatest plausible count of the bytes of one recipient's substitutions.

    JSON with everything beyond ASCII escaped, and ``<>&`` too, keys and punctuation included.
    """
    return sum(_worst(name) + _worst(value) + 4 for name, value in substitutions.items())


def texts(column: Column) -> Sequence[str]:
    """Return the values of a column of texts."""
    return cast("Sequence[str]", column.values)


def _digits(number: int) -> str:
    high, low = divmod(number, len(_DIGITS))
    return (_digits(high - 1) if high else "") + _DIGITS[low]


def _equal(one: Column, other: Column) -> bool:
    """Say whether columns, each value of which is there and but once, are equal."""
    if one.codes is other.codes:
        return one.values is other.values or list(one.values) == list(other.values)
    if len(one.values) != len(other.values):
        return False
    places = {value: place for place, value in enumerate(other.values)}
    moved = np.array([places.get(value, -1) for value in one.values])
    return bool((moved[one.codes] == other.codes).all())


def _may_be_large(tags: Mapping[str, Column], count: int) -> NDArray[np.bool_]:
    """A bound that is cheap to tell: every character taken for the longest there is."""
    room = (MAX_BYTES - sum(_worst(name) + 6 for name in tags)) // _WORST_CHARACTER_BYTES
    lengths = [
        np.fromiter(map(len, texts(one)), np.int64, len(one.values)) for one in tags.values()
    ]
    if sum(int(one.max()) for one in lengths) <= room:
        return np.zeros(count, bool)
    total = np.zeros(count, np.int64)
    for one, length in zip(tags.values(), lengths, strict=True):
        total += length[one.codes]
    return total > room


def _worst_bytes(tags: Mapping[str, Column], rows: NDArray[np.intp]) -> NDArray[np.int64]:
    """Return ``worst_bytes`` of some recipients."""
    total = np.full(len(rows), sum(_worst(name) + 4 for name in tags), np.int64)
    for one in tags.values():
        used, codes = distinct(one.codes[rows], len(one.values))
        total += np.array([_worst(texts(one)[code]) for code in used.tolist()], np.int64)[codes]
    return total


def _worst(text: str) -> int:
    return len(json.dumps(text)) + 5 * sum(text.count(mark) for mark in "<>&")

"""One request for hundreds of recipients: a skeleton with tags, and what each tag stands for.

A tag is an opening mark, a number and a closing mark. Both marks are single characters that
occur nowhere in the request but in tags: not in the words of the letter, not in a value. So

- a value can never be taken for a tag, nor a part of one;
- no tag begins another, and two neighbours never form a third;
- the order in which the provider replaces them makes no difference.

Limits of SendGrid: substitutions of one recipient hold at most 10,000 bytes, and how those are
counted is not documented, so the greatest of the plausible counts must stay below 9,500.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from campaigns.letters.columns import Column
from campaigns.letters.columns import column as column_of
from campaigns.letters.expressions import Expression
from campaigns.letters.fields import Values
from campaigns.letters.pieces import Hole, Piece, written

MAX_BYTES = 9_500
_MARKS = "~^|`$*!@+=;?"
"""What a tag may be delimited by. No ``<>&`` and no space, which SendGrid may encode; no ``%``,
``[``, ``{`` or ``-``, in which its own tags are written."""
_WORST_CHARACTER_BYTES = 12
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

Show = Callable[[Expression, Values], str]


@dataclass(frozen=True, slots=True)
class Shape:
    """The parts of a mail whose ``if``s are decided: words and holes."""

    subject: tuple[Piece, ...]
    preheader: tuple[Piece, ...]
    html: tuple[Piece, ...]
    text: tuple[Piece, ...]

    @property
    def sent(self) -> tuple[tuple[Piece, ...], ...]:
        """The parts that a request carries."""
        return self.subject, self.html, self.text


@dataclass(frozen=True, slots=True, eq=False)
class BulkRequest:
    """What many recipients share, what differs, and whose it is.

    ``rows`` are the recipients, as numbers into what ``bulk`` was given. Each column of ``tags``
    holds written strings and is as long as ``rows``: entry ``i`` belongs to recipient ``rows[i]``.
    """

    subject: str
    html: str
    text: str
    tags: dict[str, Column]
    rows: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.rows)

    def substitutions(self, index: int) -> dict[str, str]:
        """Return what each tag stands for in the mail of recipient ``rows[index]``."""
        return {tag: str(one.values[one.codes[index]]) for tag, one in self.tags.items()}

    def take(self, indices: NDArray[np.intp] | slice) -> BulkRequest:
        """Return the request for some of its recipients, ``indices`` into ``rows``."""
        tags = {tag: Column(one.codes[indices], one.values) for tag, one in self.tags.items()}
        return replace(self, tags=tags, rows=self.rows[indices])


Strings = list[str]


def requests(
    shape: Shape, show: Show, values: Sequence[Values], indices: Sequence[int]
) -> list[BulkRequest]:
    """Return the requests for the recipients of one shape, ``indices`` into ``values``.

    Whoever cannot share (a value holds the marks, or there is too much of it) gets a request of
    their own, fully rendered.
    """
    holes = list(dict.fromkeys(p for part in shape.sent for p in part if isinstance(p, Hole)))
    columns = _columns(holes, show, [values[index] for index in indices])
    alike = {hole: column[0] for hole, column in columns.items() if _is_constant(column)}
    parts = [_filled(part, alike) for part in shape.sent]
    differing = {hole: column for hole, column in columns.items() if hole not in alike}
    opening, closing = _marks(parts, differing.values())
    tags = _tags(differing, opening, closing)
    shared, alone = _sorted_out(tags, differing, opening + closing, len(indices))
    out = [_alone(parts, differing, row, indices[row]) for row in alone]
    if shared:
        subject, html, text = ("".join(_tagged(part, tags)) for part in parts)
        rows = _rows(tags, differing, shared)
        chosen = np.array([indices[row] for row in shared], np.intp)
        out.append(BulkRequest(subject, html, text, rows, chosen))
    return out


def worst_bytes(substitutions: dict[str, str]) -> int:
    """Return the greatest plausible count of the bytes of one recipient's substitutions.

    JSON with everything beyond ASCII escaped, and ``<>&`` too, keys and punctuation included.
    """
    text = json.dumps(substitutions)
    return len(text) + 5 * sum(text.count(mark) for mark in "<>&")


def _columns(holes: list[Hole], show: Show, values: list[Values]) -> dict[Hole, Strings]:
    """Return what stands in each hole: each expression once a person, each value written once."""
    shown = {
        expression: [show(expression, one) for one in values]
        for expression in dict.fromkeys(hole.expression for hole in holes)
    }
    columns: dict[Hole, Strings] = {}
    for hole in holes:
        column = shown[hole.expression]
        forms = {value: written(hole, value) for value in dict.fromkeys(column)}
        columns[hole] = [forms[value] for value in column]
    return columns


def _is_constant(column: Strings) -> bool:
    return column.count(column[0]) == len(column)


def _filled(part: Iterable[Piece], known: dict[Hole, str]) -> list[Piece]:
    return [known.get(piece, piece) if isinstance(piece, Hole) else piece for piece in part]


def _marks(parts: list[list[Piece]], columns: Iterable[Strings]) -> tuple[str, str]:
    """Return two marks that the words never hold, those that the fewest values hold first.

    The words hold at most a few of them; when they hold nearly all, none is returned and every
    recipient gets a request of their own.
    """
    words = {
        letter for part in parts for piece in part if isinstance(piece, str) for letter in piece
    }
    free = [mark for mark in _MARKS if mark not in words]
    joined = "\n".join("\n".join(column) for column in columns)
    free.sort(key=joined.count)
    return (free[0], free[1]) if len(free) > 1 else ("", "")


def _tags(columns: dict[Hole, Strings], opening: str, closing: str) -> dict[Hole, str]:
    """Give each hole a tag; holes whose columns are equal share one."""
    numbers: dict[tuple[str, ...], str] = {}
    tags: dict[Hole, str] = {}
    for hole, column in columns.items():
        number = numbers.setdefault(tuple(column), _number(len(numbers)))
        tags[hole] = f"{opening}{number}{closing}"
    return tags


def _number(index: int) -> str:
    high, low = divmod(index, len(_DIGITS))
    return (_number(high - 1) if high else "") + _DIGITS[low]


def _sorted_out(
    tags: dict[Hole, str], columns: dict[Hole, Strings], marks: str, count: int
) -> tuple[list[int], list[int]]:
    """Return the rows that can share the skeleton, and those that must stand alone."""
    if not marks:
        return [], list(range(count))
    unique = _unique(tags, columns)
    alone = {
        row
        for column in unique.values()
        for row, value in enumerate(column)
        if marks[0] in value or marks[1] in value
    }
    room = MAX_BYTES - sum(len(tag) + 6 for tag in unique)
    for row in range(count):
        length = sum(len(column[row]) for column in unique.values())
        if length * _WORST_CHARACTER_BYTES > room and row not in alone:
            row_values = {tag: column[row] for tag, column in unique.items()}
            if worst_bytes(row_values) > MAX_BYTES:
                alone.add(row)
    return [row for row in range(count) if row not in alone], sorted(alone)


def _unique(tags: dict[Hole, str], columns: dict[Hole, Strings]) -> dict[str, Strings]:
    return {tag: columns[hole] for hole, tag in tags.items()}


def _rows(
    tags: dict[Hole, str], columns: dict[Hole, Strings], rows: list[int]
) -> dict[str, Column]:
    unique = _unique(tags, columns)
    return {tag: column_of([one[row] for row in rows]) for tag, one in unique.items()}


def _tagged(part: list[Piece], tags: dict[Hole, str]) -> list[str]:
    return [tags[piece] if isinstance(piece, Hole) else piece for piece in part]


def _alone(
    parts: list[list[Piece]], columns: dict[Hole, Strings], row: int, index: int
) -> BulkRequest:
    known = {hole: column[row] for hole, column in columns.items()}
    subject, html, text = (
        "".join(piece if isinstance(piece, str) else known[piece] for piece in part)
        for part in parts
    )
    return BulkRequest(subject, html, text, {}, np.array([index], np.intp))

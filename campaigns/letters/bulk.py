"""One request for hundreds of recipients: a skeleton with tags, and what each tag stands for.

Recipients come by column. What is the same for all of them stands in the skeleton; what differs
becomes a column of texts under a tag (``campaigns.letters.tags``), written once for each distinct
value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from campaigns.errors import RenderError
from campaigns.letters.columns import Column, Rows
from campaigns.letters.escape import Context
from campaigns.letters.evaluation import Evaluation, Group
from campaigns.letters.pieces import Hole, Piece, merged
from campaigns.letters.tags import marks_for, shared, tag, who_stands_alone

Part = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """The parts of a mail whose ``if``s are decided: words and holes."""

    subject: Part
    preheader: Part
    html: Part
    text: Part

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.subject, self.preheader, self.html, self.text

    @property
    def sent(self) -> tuple[Part, ...]:
        """The parts that a request carries; the preheader stands in the HTML."""
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
    rows: Rows

    def __len__(self) -> int:
        return len(self.rows)

    def substitutions(self, index: int) -> dict[str, str]:
        """Return what each tag stands for in the mail of recipient ``rows[index]``."""
        return {name: str(one.values[one.codes[index]]) for name, one in self.tags.items()}

    def take(self, indices: Rows | slice) -> BulkRequest:
        """Return the request for some of its recipients, ``indices`` into ``rows``."""
        tags = {name: Column(one.codes[indices], one.values) for name, one in self.tags.items()}
        return replace(self, tags=tags, rows=self.rows[indices])


def requests(shape: Shape, evaluation: Evaluation, group: Group) -> list[BulkRequest]:
    """Return the requests for a group of recipients whose mails have this shape.

    Whoever cannot share (a value holds the marks, or there is too much of it) gets a request of
    their own, fully rendered.

    Raises:
        RenderError: a value that is shown is empty for somebody, or is no link.
    """
    columns = {hole: evaluation.filled(hole, group) for hole in _holes(shape.sent)}
    _check(columns.values())
    rows = evaluation.rows(group)
    known = {hole: str(one.values[0]) for hole, one in columns.items() if len(one.values) == 1}
    parts = [_filled(part, known) for part in shape.sent]
    differing = {hole: one for hole, one in columns.items() if hole not in known}
    begins, rest = _without_beginnings(differing)
    unique, numbers = shared(rest, len(rows))
    words = (piece for part in parts for piece in part if isinstance(piece, str))
    marks = marks_for((*words, *begins.values()), unique)
    if not marks:
        return [_alone(parts, differing, place, rows) for place in range(len(rows))]
    names = [tag(number, marks) for number in range(len(unique))]
    tags = dict(zip(names, unique, strict=True))
    apart = who_stands_alone(tags, marks, len(rows))
    found = [_alone(parts, differing, place, rows) for place in np.flatnonzero(apart).tolist()]
    if not apart.all():
        standing = {hole: begins.get(hole, "") + names[number] for hole, number in numbers.items()}
        subject, html, text = (_text(part, standing) for part in parts)
        together = BulkRequest(subject, html, text, tags, rows)
        found.append(together.take(np.flatnonzero(~apart)) if found else together)
    return found


def unwritable(shape: Shape, evaluation: Evaluation, group: Group) -> dict[int, RenderError]:
    """Return for whom of a group a mail of this shape cannot be written, and why: row → error."""
    found: dict[int, RenderError] = {}
    for hole in _holes(shape.parts):
        column = evaluation.filled(hole, group)
        for code, error in enumerate(column.values):
            if isinstance(error, RenderError):
                rows = evaluation.rows(group)[column.codes == code]
                found = dict.fromkeys(rows.tolist(), error) | found  # the first one stays
    return found


def _holes(parts: Iterable[Part]) -> list[Hole]:
    return list(dict.fromkeys(one for part in parts for one in part if isinstance(one, Hole)))


def _without_beginnings(
    columns: Mapping[Hole, Column],
) -> tuple[dict[Hole, str], dict[Hole, Column]]:
    """Let links stand in the skeleton as far as they are the same for all: bytes of each reader.

    Return what they begin with, and the columns without it.
    """
    begins: dict[Hole, str] = {}
    cut: dict[int, tuple[str, Column]] = {}
    for hole, one in columns.items():
        if hole.context in (Context.LINK, Context.LINK_HTML):
            if id(one) not in cut:  # a link of ours is one column in every part of a mail
                cut[id(one)] = _cut(one)
            begins[hole] = cut[id(one)][0]
    return begins, {
        hole: cut[id(one)][1] if hole in begins else one for hole, one in columns.items()
    }


def _cut(links: Column) -> tuple[str, Column]:
    values = [str(value) for value in links.values]
    first, last = min(values), max(values)
    same = next(
        (n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first)
    )
    begin = first[: first.rfind("/", 0, same) + 1]
    return begin, Column(links.codes, [value[len(begin) :] for value in values])


def _check(columns: Iterable[Column]) -> None:
    for one in columns:
        if any(kind is not str for kind in set(map(type, one.values))):
            raise next(value for value in one.values if isinstance(value, RenderError))


def _filled(part: Iterable[Piece], known: Mapping[Hole, str]) -> Part:
    return tuple(merged([
        known.get(piece, piece) if isinstance(piece, Hole) else piece for piece in part
    ]))  # fmt: skip


def _text(part: Part, known: Mapping[Hole, str]) -> str:
    return "".join(piece if isinstance(piece, str) else known[piece] for piece in part)


def _alone(
    parts: Iterable[Part], columns: Mapping[Hole, Column], place: int, rows: Rows
) -> BulkRequest:
    known = {hole: str(one.values[one.codes[place]]) for hole, one in columns.items()}
    subject, html, text = (_text(part, known) for part in parts)
    return BulkRequest(subject, html, text, {}, rows[place : place + 1])

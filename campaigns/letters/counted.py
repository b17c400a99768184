"""Links that are counted: they lead over an address of ours, which knows where to go on.

Only what leads everybody to the same place is counted. A link that differs from reader to reader
(to leave, to write an opinion, to a product chosen for them) stays as it is, and so does the text
part, where people read the address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from campaigns.letters.escape import Context
from campaigns.letters.expressions import Expression
from campaigns.letters.pieces import Hole, Piece

TOKEN = "click_token"  # noqa: S105 - the name of a field
"""The field with a reader's own signed token. No letter can name it."""
_HREF = re.compile(r'(?<= href=")(https?://[^"]*)(?=")')
_HOLE = Hole(
    Expression(TOKEN, "token", frozenset({TOKEN}), lambda values: values.get(TOKEN), False),
    Context.PART,
)


@dataclass(frozen=True, slots=True)
class Links:
    """The counted links of one campaign."""

    begins: str
    """Of our addresses; the reader's token and the number of the link follow."""
    numbers: Mapping[str, int]
    """Where a link leads → its number."""


def counted(pieces: Sequence[Piece], links: Links | None) -> list[Piece]:
    """Return HTML in which the links that have a number lead over our address."""
    if links is None:
        return list(pieces)
    return [part for piece in pieces for part in _parts(piece, links)]


def targets(pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield where HTML leads everybody alike, in its order."""
    for piece in pieces:
        if isinstance(piece, str):
            yield from map(unescape, _HREF.findall(piece))


def _parts(piece: Piece, links: Links) -> Iterator[Piece]:
    if not isinstance(piece, str):
        yield piece
        return
    for place, part in enumerate(_HREF.split(piece)):
        number = links.numbers.get(unescape(part)) if place % 2 else None
        if number is None:
            yield part
        else:
            yield from (links.begins, _HOLE, f"/{number}")

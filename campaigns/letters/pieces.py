"""What a part of a mail is made of: words, and holes that a recipient's values fill."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from campaigns.errors import RenderError
from campaigns.letters.escape import LINK_SCHEMES, Context, encoded
from campaigns.letters.expressions import Expression
from campaigns.letters.text import Slot

_PATH = re.compile("[/?#]")


@dataclass(frozen=True, slots=True)
class Hole:
    """A slot and how its value must be written there."""

    expression: Expression
    context: Context


Piece = str | Hole


def written(hole: Hole, shown: str) -> str:
    """Return what stands in a hole for one recipient, written for its context.

    Raises:
        RenderError: there is nothing to show, or a link is not one.
    """
    text = hole.context.write(shown)
    if not text:
        raise RenderError("letter.empty", field=hole.expression.field_name or hole.expression.key)
    return text


@dataclass(frozen=True, slots=True)
class Body:
    """One text in both parts."""

    html: list[Piece]
    text: list[Piece]


def link_pieces(flat: Sequence[str | Slot], *, html: bool) -> list[Piece]:
    """Return a link's address as pieces.

    Raises:
        RenderError: it begins with neither a scheme of ours nor a link field.
    """
    _check_start(flat)
    out: list[Piece] = []
    for index, node in enumerate(flat):
        if isinstance(node, str):
            address = encoded(node)
            out.append(escape(address) if html else address)
        elif index or node.expression.kind != "link":
            out.append(Hole(node.expression, Context.PART))
        else:
            out.append(Hole(node.expression, Context.LINK_HTML if html else Context.LINK))
    return merged(out)


def text_pieces(flat: Sequence[str | Slot], *, html: bool) -> list[Piece]:
    """Return words that are not Markdown (a subject, a button) as pieces."""
    context = Context.HTML if html else Context.TEXT
    out: list[Piece] = []
    for node in flat:
        if isinstance(node, str):
            out.append(escape(node) if html else node)
        else:
            out.append(Hole(node.expression, context))
    return merged(out)


def merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with neighbouring words made one."""
    out: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and out and isinstance(out[-1], str):
            out[-1] += piece
        elif piece != "":
            out.append(piece)
    return out


def _check_start(flat: Sequence[str | Slot]) -> None:
    first = flat[0] if flat else ""
    if isinstance(first, Slot):
        if first.expression.kind == "link" and (len(flat) == 1 or isinstance(flat[1], str)):
            return
        raise RenderError("letter.link_start", line=first.line, got=first.expression.key)
    scheme, colon, rest = first.partition(":")
    absolute = rest.startswith("//") or scheme.lower() == "mailto"
    # A value must never become a part of the host: the link would lead where the customer says.
    whole_host = len(flat) == 1 or scheme.lower() == "mailto" or _PATH.search(rest[2:])
    known = colon and scheme.lower() in LINK_SCHEMES and absolute and rest.strip("/")
    if not (known and whole_host):
        raise RenderError("letter.link_start", line=_line(flat), got=first or "…")


def _line(flat: Sequence[str | Slot]) -> object:
    return next((node.line for node in flat if isinstance(node, Slot)), "…")

"""What each kind of box looks like: HTML for mail clients (tables, inline styles), and plain text.

Boxes hold plain words and values, no Markdown. Conditions are never smaller than 14 px, so that
nobody can say they were hidden (practice 12).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from campaigns.letters.look import Look
from campaigns.letters.pieces import Body, Piece, link_pieces, text_pieces
from campaigns.letters.text import Flat, FlatBox, Slot

_TABLE = '<table role="presentation" cellpadding="0" cellspacing="0" border="0"'


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of box is written.

    ``before`` and ``after`` surround it in HTML; ``lead`` begins its line in plain text. A box
    that ``holds`` others ends with an empty line there.
    """

    before: Callable[[Look], str]
    after: str
    lead: str = ""
    holds: bool = False
    link: Callable[[Look], str] | None = None
    """Style of the link around its words, for a box that leads somewhere."""


def _div(style: str) -> Kind:
    return Kind(lambda look: f'<div style="{_painted(style, look)}">', "</div>\n")


def _painted(style: str, look: Look) -> str:
    """Put the colours of a look into a style: names in braces."""
    return style.format(ink=look.ink, soft=look.soft, link=look.link, line=look.line,
                        panel=look.panel, accent=look.accent, on_accent=look.on_accent)  # fmt: skip


def _panel(look: Look) -> str:
    style = _painted("background-color:{panel};border-left:4px solid {accent};", look)
    return (
        f'{_TABLE} width="100%" class="panel" style="margin:0 0 20px;">'
        f'<tr><td bgcolor="{look.panel}" style="{style}padding:18px 20px 10px;">'
    )


def _button(look: Look) -> str:
    return (
        f'{_TABLE} class="go" style="margin:4px 0 24px;"><tr>'
        f'<td bgcolor="{look.accent}" style="background-color:{look.accent};border-radius:6px;'
        'mso-padding-alt:14px 28px;">'
    )


def _button_link(look: Look) -> str:
    return (
        f"display:inline-block;padding:14px 28px;color:{look.on_accent};font-size:16px;"
        "font-weight:600;line-height:1.4;text-decoration:none;border-radius:6px;"
    )


def _plain_link(look: Look) -> str:
    return f"color:{look.link};text-decoration:underline;"


KINDS = {
    "button": Kind(_button, "</td></tr></table>\n", link=_button_link),
    "panel": Kind(_panel, "</td></tr></table>\n", holds=True),
    "signature": Kind(
        lambda _: f'{_TABLE} style="margin:0 0 8px;"><tr><td>', "</td></tr></table>\n", holds=True
    ),
    "title": _div("margin:0 0 8px;font-size:18px;line-height:1.4;font-weight:600;color:{ink};"),
    "row": _div("margin:0 0 8px;color:{ink};"),
    "old_price": _div("margin:0 0 4px;color:{soft};"),
    "price": _div("margin:0 0 8px;font-size:20px;line-height:1.4;font-weight:600;color:{ink};"),
    "small": _div("margin:0 0 8px;font-size:14px;line-height:1.5;color:{soft};"),
    "quote": _div("margin:0 0 8px;font-size:18px;line-height:1.5;font-style:italic;color:{ink};"),
    "link": Kind(lambda _: '<div style="margin:0 0 8px;">', "</div>\n", link=_plain_link),
    "number": _div("margin:0 0 8px;font-size:20px;letter-spacing:2px;font-weight:600;color:{ink};"),
}
"""The kinds. ``photo`` is no kind of words."""
PHOTO = "photo"


def box_body(box: FlatBox, look: Look, colon: str) -> Body:
    """Return a box in both parts; one of which nothing is left is not shown."""
    if not box.inside:
        return Body([], [])
    if box.kind == PHOTO:
        source = link_pieces(_bare_nodes(box.href), html=True)
        return Body(_picture(source, text_pieces(_bare_nodes(box.inside), html=True)), [])
    kind = KINDS[box.kind]
    inner = (
        _joined([box_body(one, look, colon) for one in box.inside if isinstance(one, FlatBox)])
        if kind.holds
        else _words(box, kind, look, colon)
    )
    html = [kind.before(look), *inner.html, kind.after]
    return Body(html, [*inner.text, "\n"] if kind.holds or box.kind == "button" else inner.text)


def _words(box: FlatBox, kind: Kind, look: Look, colon: str) -> Body:
    nodes = _bare_nodes(box.inside)
    html, text = text_pieces(nodes, html=True), text_pieces(nodes, html=False)
    if kind.link and box.href:
        href = _bare_nodes(box.href)
        opening = ['<a href="', *link_pieces(href, html=True), f'" style="{kind.link(look)}">']
        html = [*opening, *html, "</a>"]
        text = [*text, colon, *link_pieces(href, html=False)]
    return Body(html, [*text, "\n"])


def _joined(parts: Sequence[Body]) -> Body:
    return Body([p for one in parts for p in one.html], [p for one in parts for p in one.text])


def _bare_nodes(nodes: Sequence[Flat]) -> list[str | Slot]:
    return [node for node in nodes if not isinstance(node, FlatBox)]


def _picture(source: Sequence[Piece], alt: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of a round portrait; both are escaped already, or holes for values."""
    return [
        '<img src="', *source, '" alt="', *alt,
        '" width="64" height="64" style="display:block;border-radius:32px;margin:0 0 8px;"/>\n',
    ]  # fmt: skip

"""What each kind of box looks like: HTML for mail clients (tables, inline styles), and plain text.

Boxes hold plain words and values, no Markdown. Conditions are never smaller than 14 px, so that
nobody can say they were hidden (practice 12). Rows are rows of a table and their padding is that
of cells, because Outlook's Word engine knows no other; corners are round where clients can. The
classes are for dark mode, which the frames paint.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from campaigns.letters.look import Look
from campaigns.letters.pieces import Body, Piece, link_pieces, text_pieces
from campaigns.letters.text import Flat, FlatBox, Slot

_TABLE = '<table role="presentation" cellpadding="0" cellspacing="0" border="0"'
_WIDE = f'{_TABLE} width="100%"'
_END = "</td></tr></table>\n"
PHOTO = "photo"
PHOTO_SIZE = 64


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of box is written: what surrounds it in HTML.

    A box that ``holds`` others has no words of its own. An ``inline`` one stands among words, any
    other on a line of its own.
    """

    before: Callable[[Look], str]
    after: str
    holds: bool = False
    inline: bool = False
    link: str | None = None
    """Style of the link around its words, for a box that leads somewhere."""


def _painted(style: str, look: Look) -> str:
    """Put the colours and sizes of a look into a style: names in braces."""
    return style.format_map(_facts(look))


@lru_cache(maxsize=256)
def _facts(look: Look) -> dict[str, str]:
    colours = {one.name: getattr(look, one.name) for one in fields(look)}
    return {**colours, "size": look.manner.size, "leading": look.manner.leading}


def _row(colour: str, style: str, link: str | None = None) -> Kind:
    """A line of words; ``colour`` is ``ink`` or ``soft``."""
    whole = f"font-family:{{fonts}};color:{{{colour}}};{style}"
    before = f'<tr><td class="{colour}" style="'
    return Kind(lambda look: f'{before}{_painted(whole, look)}">', "</td></tr>\n", link=link)


def _panel(look: Look) -> str:
    style = _painted(look.manner.panel, look)
    ground = next((one for one in ("panel", "tint") if f"{{{one}}}" in look.manner.panel), "sheet")
    return _held("panel", getattr(look, ground), style)


def _offer(look: Look) -> str:
    if not look.manner.hero:
        return _panel(look)
    return _held("hero", look.accent, f"background-color:{look.accent};border:1px solid {look.edge};"
                 "border-radius:12px;padding:30px 28px 20px;text-align:center;")  # fmt: skip


def _card(look: Look) -> str:
    """Return the beginning of a card as it lies in a purse."""
    return (
        f'{_TABLE} width="320" style="width:100%;max-width:320px;border-collapse:separate;'
        f'margin:4px 0 24px;"><tr><td class="hero" bgcolor="{look.accent}" '
        f'style="background-color:{look.accent};border:1px solid {look.edge};border-radius:14px;'
        f'padding:20px 22px 16px;">{_WIDE}>\n'
    )


def _held(name: str, ground: str, style: str) -> str:
    return (
        f'{_WIDE} style="border-collapse:separate;margin:4px 0 24px;">'
        f'<tr><td class="{name}" bgcolor="{ground}" style="{style}">{_WIDE}>\n'
    )


def _button(look: Look) -> str:
    style = _painted(look.manner.button, look)
    ground = look.accent if "{accent}" in look.manner.button else look.sheet
    return (
        f'{_TABLE} style="border-collapse:separate;margin:4px 0 24px;"><tr>'
        f'<td class="go" bgcolor="{ground}" align="center" style="{style}mso-padding-alt:14px 28px;">'
    )


_BUTTON_LINK = (
    "display:inline-block;padding:13px 28px;font-family:{fonts};color:{on_button};font-size:16px;"
    "font-weight:600;line-height:1.4;text-decoration:none;"
)
_HERO = "display:block;font-size:40px;"
_LINK = "color:{link};text-decoration:underline;"
_HELD = f"</table>{_END}"

KINDS = {
    "button": Kind(_button, _END, link=_BUTTON_LINK),
    "panel": Kind(_panel, _HELD, holds=True),
    "offer": Kind(_offer, _HELD, holds=True),
    "card": Kind(_card, _HELD, holds=True),
    "signature": Kind(lambda _: f'{_TABLE} style="margin:0 0 8px;">\n', "</table>\n", holds=True),
    "bearer": Kind(lambda _: f"<tr><td>{_TABLE}><tr>\n", "</tr></table></td></tr>\n", holds=True),
    "names": Kind(lambda _: f'<td valign="middle">{_TABLE}>\n', "</table></td>\n", holds=True),
    "title": _row("ink", "padding:0 0 10px;font-size:19px;line-height:1.4;font-weight:600;"),
    "row": _row("ink", "padding:0 0 8px;font-size:{size};line-height:{leading};"),
    "name": _row("ink", "font-size:{size};line-height:1.4;font-weight:600;"),
    "old_price": _row("soft", "padding:0 0 2px;font-size:16px;line-height:1.5;"),
    "price": _row("ink", "padding:0 0 10px;font-size:16px;line-height:1.4;"),
    "small": _row("soft", "padding:2px 0 8px;font-size:14px;line-height:1.55;"),
    "quote": _row("ink", "padding:0 0 8px;font-size:20px;line-height:1.6;"),
    "link": _row("ink", "padding:4px 0 8px;font-size:{size};line-height:{leading};", _LINK),
    "number": _row("ink", "padding:14px 0 4px;font-size:16px;line-height:1.4;"),
    "strong": Kind(lambda _: '<strong style="font-weight:600;">', "</strong>", inline=True),
    "figure": Kind(
        lambda look: f'<strong style="{_HERO if look.manner.hero else "font-size:24px;"}'
        'line-height:1.3;font-weight:700;white-space:nowrap;">', "</strong>", inline=True,
    ),
    "struck": Kind(
        lambda _: '<span style="text-decoration:line-through;white-space:nowrap;">', "</span>",
        inline=True,
    ),
}  # fmt: skip
"""The kinds. ``photo`` is no kind of words."""


def box_body(box: FlatBox, look: Look, colon: str) -> Body:
    """Return a box in both parts; one of which nothing is left is not shown."""
    body = _written(box, _over_accent(box, look), colon)
    return Body(body.html, [*body.text, "\n"] if body.text else [])


def _over_accent(box: FlatBox, look: Look) -> Look:
    """Return the look of what stands on the shop's colour, where the box is painted with it."""
    if box.kind == "card" or (box.kind == "offer" and look.manner.hero):
        return look.over_accent()
    return look


def _written(box: FlatBox, look: Look, colon: str) -> Body:
    if not box.inside:
        return Body([], [])
    if box.kind == PHOTO:
        return Body(_picture(box, look), [])
    kind = KINDS[box.kind]
    inner = _held_boxes(box, look, colon) if kind.holds else _words(box, kind, look, colon)
    return Body([kind.before(look), *inner.html, kind.after], inner.text)


def _held_boxes(box: FlatBox, look: Look, colon: str) -> Body:
    parts = [_written(one, look, colon) for one in box.inside if isinstance(one, FlatBox)]
    return Body([p for one in parts for p in one.html], [p for one in parts for p in one.text])


def _words(box: FlatBox, kind: Kind, look: Look, colon: str) -> Body:
    html, text = _line(box.inside, look)
    if kind.link and box.href:
        href = _bare_nodes(box.href)
        style = _painted(kind.link.replace("{on_button}", look.manner.on_button), look)
        html = ['<a href="', *link_pieces(href, html=True), f'" style="{style}">', *html, "</a>"]
        text = [*text, colon, *link_pieces(href, html=False)]
    return Body(html, [*text, "\n"])


def _line(nodes: Sequence[Flat], look: Look) -> tuple[list[Piece], list[Piece]]:
    """Return the words of a line, those that are set off from it among them."""
    html: list[Piece] = []
    text: list[Piece] = []
    for node in nodes:
        inner = _bare_nodes(node.inside if isinstance(node, FlatBox) else [node])
        shown = text_pieces(inner, html=True)
        if isinstance(node, FlatBox):
            kind = KINDS[node.kind]
            shown = [kind.before(look), *shown, kind.after]
        html += shown
        text += text_pieces(inner, html=False)
    return html, text


def _bare_nodes(nodes: Sequence[Flat]) -> list[str | Slot]:
    return [node for node in nodes if not isinstance(node, FlatBox)]


def _picture(box: FlatBox, look: Look) -> list[Piece]:
    """Return the pieces of a round portrait. The name beside it says who it is, hence no words."""
    source = link_pieces(_bare_nodes(box.href), html=True)
    size = f'width="{PHOTO_SIZE}" height="{PHOTO_SIZE}"'
    style = f"display:block;width:{PHOTO_SIZE}px;height:{PHOTO_SIZE}px;border-radius:50%;"
    return [
        f'<td width="{PHOTO_SIZE + 16}" valign="middle"><img src="', *source,
        f'" alt="" {size} style="{style}background-color:{look.line};"/></td>\n',
    ]  # fmt: skip

"""Markdown to both parts of a mail, from one tree of tokens, with holes where values go.

A slot enters Markdown as one private-use character, which Markdown takes for a letter; what
Markdown made of its surroundings tells in which context the value will stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

from campaigns.errors import RenderError
from campaigns.letters.boxes import box_body
from campaigns.letters.look import Look
from campaigns.letters.pieces import Body, Piece, link_pieces, merged, text_pieces
from campaigns.letters.source import check_characters
from campaigns.letters.text import Flat, FlatBox, Slot

FIRST_SLOT = 0xE000
_MARK = re.compile("([\ue000-\uf7ff])")
_REFERENCE = re.compile("&#[xX]?[0-9a-fA-F]+;?")
_UNUSED = ["html_block", "html_inline", "code", "fence", "backticks", "lheading"]

PICTURE_WIDTH = 504
"""In px: fits into the narrowest of our designs."""
_PICTURE = (
    "display:block;width:auto;max-width:100%;height:auto;border:0;border-radius:8px;"
    "font-size:16px;line-height:1.6;"
)
_STYLES = {
    "p": "margin:0 0 16px;",
    "h1": "margin:0 0 16px;font-size:24px;line-height:1.35;font-weight:600;",
    "h2": "margin:24px 0 12px;font-size:20px;line-height:1.4;font-weight:600;",
    "h3": "margin:20px 0 8px;font-size:17px;line-height:1.45;font-weight:600;",
    "ul": "margin:0 0 16px;padding:0 0 0 24px;",
    "ol": "margin:0 0 16px;padding:0 0 0 24px;",
    "li": "margin:0 0 8px;",
    "blockquote": "margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid #d6d3d1;",
    "hr": "border:0;border-top:1px solid #d6d3d1;margin:24px 0;",
}


def render_body(flat: Sequence[Flat], look: Look, *, colon: str = ": ") -> Body:
    """Return the two parts of a flattened text: Markdown with boxes between its paragraphs.

    Args:
        flat: words, slots and boxes, as ``text.flatten`` gives them.
        look: colours and fonts.
        colon: what stands between the words of a link and its address in plain text.

    Raises:
        RenderError: a link begins with neither a scheme of ours nor a link field; a picture has no
            https address, or no words for those who do not see it.
    """
    html: list[Piece] = []
    text: list[Piece] = []
    for _, nodes in groupby(flat, key=lambda node: isinstance(node, FlatBox)):
        run = list(nodes)
        boxes = [box_body(node, look, colon) for node in run if isinstance(node, FlatBox)]
        words = [node for node in run if not isinstance(node, FlatBox)]
        for part in boxes or [_markdown(words, look, colon)]:
            html += part.html
            text += part.text
    return Body(merged(html), merged(text))


def _markdown(flat: Sequence[str | Slot], look: Look, colon: str) -> Body:
    slots = [node for node in flat if isinstance(node, Slot)]
    places = iter(range(FIRST_SLOT, FIRST_SLOT + len(slots)))
    source = "".join(node if isinstance(node, str) else chr(next(places)) for node in flat)
    for node in flat:
        if isinstance(node, str):
            check_characters(node)
    # A numeric reference may have been put together from parts; it could spell a mark of ours.
    if found := _REFERENCE.search(source):
        raise RenderError("letter.character", line="…", got=found.group())
    tokens = _parser().parse(source)
    html = _Html(slots, look).blocks(tokens)
    return Body(merged(html), merged(_Text(slots, colon).blocks(tokens)))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).disable(_UNUSED)
    # Links are checked and encoded by us, because a placeholder must come through unchanged.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = _any_link  # type: ignore[method-assign]
    # An address is shown as it is written: made readable, %EE%80%80 would be a placeholder.
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return parser


def _any_link(url: str) -> bool:
    return bool(url)


class _Writer:
    """Walks the tokens once; what each element becomes is the part's own business."""

    def __init__(self, slots: list[Slot]) -> None:
        self.slots = slots
        self.out: list[Piece] = []

    def flat(self, text: str) -> list[str | Slot]:
        return [
            self.slots[ord(part) - FIRST_SLOT] if _MARK.fullmatch(part) else part
            for part in _MARK.split(text)
            if part
        ]


class _Html(_Writer):
    def __init__(self, slots: list[Slot], look: Look) -> None:
        super().__init__(slots)
        self.styles = {**_STYLES, "a": f"color:{look.link};text-decoration:underline;"}
        self.picture = f"{_PICTURE}color:{look.ink};background-color:{look.panel};"

    def blocks(self, tokens: Sequence[Token]) -> list[Piece]:
        for token in tokens:
            if token.type == "inline":
                self.blocks(token.children or [])
            elif token.type == "text":
                self.out += text_pieces(self.flat(token.content), html=True)
            elif token.type == "softbreak":
                self.out.append("\n")
            elif token.type == "image":
                self._picture(token)
            elif not token.hidden:
                self._tag(token)
        return self.out

    def _tag(self, token: Token) -> None:
        if token.nesting < 0:
            self.out.append(f"</{token.tag}>" + ("\n" if token.block else ""))
            return
        self.out.append(f"<{token.tag}")
        if token.tag == "a":
            self.out.append(' href="')
            self.out += link_pieces(self.flat(str(token.attrs.get("href", ""))), html=True)
            self.out.append('"')
        if token.tag == "ol" and "start" in token.attrs:
            self.out.append(f' start="{int(token.attrs["start"])}"')
        if token.tag in self.styles:  # inline: not every client keeps <style>
            self.out.append(f' style="{self.styles[token.tag]}"')
        self.out.append("/>" if token.nesting == 0 else ">")

    def _picture(self, token: Token) -> None:
        """The number is for Outlook, which would show a large picture in its own size."""
        alt = text_pieces(self.flat(token.content), html=True)
        source = str(token.attrs.get("src", ""))
        if not (alt and source.startswith("https://")) or _MARK.search(source):
            raise RenderError("letter.picture", line="…", got=_MARK.sub("…", source))
        self.out += ['<img class="ink" src="', *link_pieces([source], html=True), '" alt="', *alt,
                     f'" width="{PICTURE_WIDTH}" style="{self.picture}"/>']  # fmt: skip


class _Text(_Writer):
    def __init__(self, slots: list[Slot], colon: str) -> None:
        super().__init__(slots)
        self.colon = colon
        self.lists: list[int | None] = []
        """For each list we are in: its next number, or None for bullets."""
        self.quotes = 0
        self.marked = False
        """The line has its bullet already."""
        self.links: list[tuple[int, str]] = []

    def blocks(self, tokens: Sequence[Token]) -> list[Piece]:
        for token in tokens:
            if token.type == "inline":
                self.blocks(token.children or [])
            else:
                getattr(self, f"_{token.type}", self._ignore)(token)
        return self.out

    def _ignore(self, token: Token) -> None:
        """Emphasis and the like leave no trace in plain text."""

    def _text(self, token: Token) -> None:
        self.out += text_pieces(self.flat(token.content), html=False)

    def _image(self, token: Token) -> None:
        self.out += ["[", *text_pieces(self.flat(token.content), html=False), "]"]

    def _softbreak(self, _token: Token) -> None:
        self.out.append(" ")

    def _hardbreak(self, _token: Token) -> None:
        self.out.append("\n" + self._indent())

    def _hr(self, _token: Token) -> None:
        self.out.append("———\n\n")

    def _paragraph_open(self, _token: Token) -> None:
        if not self.marked:
            self.out.append(self._indent())
        self.marked = False

    def _paragraph_close(self, _token: Token) -> None:
        self.out.append("\n" if self.lists else "\n\n")

    _heading_open, _heading_close = _paragraph_open, _paragraph_close

    def _bullet_list_open(self, _token: Token) -> None:
        self.lists.append(None)

    def _ordered_list_open(self, token: Token) -> None:
        self.lists.append(int(token.attrs.get("start", 1)))

    def _bullet_list_close(self, _token: Token) -> None:
        self.lists.pop()
        self.out.append("" if self.lists else "\n")

    _ordered_list_close = _bullet_list_close

    def _list_item_open(self, _token: Token) -> None:
        number = self.lists.pop()
        self.out.append(self._indent() + ("- " if number is None else f"{number}. "))
        self.lists.append(None if number is None else number + 1)
        self.marked = True

    def _blockquote_open(self, _token: Token) -> None:
        self.quotes += 1

    def _blockquote_close(self, _token: Token) -> None:
        self.quotes -= 1

    def _link_open(self, token: Token) -> None:
        self.links.append((len(self.out), str(token.attrs.get("href", ""))))

    def _link_close(self, _token: Token) -> None:
        start, href = self.links.pop()
        shown = merged(self.out[start:])
        address = link_pieces(self.flat(href), html=False)
        self.out[start:] = address if _same(shown, address) else [*shown, self.colon, *address]

    def _indent(self) -> str:
        return "> " * self.quotes + "  " * len(self.lists)


def _same(shown: list[Piece], address: list[Piece]) -> bool:
    """The words of a link are its address."""
    return [_bare(piece) for piece in shown] == [_bare(piece) for piece in address]


def _bare(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece.expression.key

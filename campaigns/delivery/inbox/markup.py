"""The HTML of an answer as text: lines where a reader sees lines, ``>`` before what is quoted.

In time that grows with the length alone, whatever stands in it. Nothing of it is ever shown as
HTML.
"""

from __future__ import annotations

import html
import re

HTML_CHARACTERS = 400_000
_TOKEN = re.compile(r"<([^<>]*)>")
_NAME = re.compile(r"/?[a-zA-Z][a-zA-Z0-9:]*")
_HIDDEN = frozenset({"script", "style", "head", "title", "template"})
_BLOCKS = frozenset(
    {"p", "div", "br", "li", "tr", "table", "h1", "h2", "h3", "h4", "ul", "ol", "hr", "blockquote"}
)
_HISTORY = re.compile(
    r"gmail_quote|yahoo_quoted|divRplyFwdMsg|appendonsend|mail-app-auto-quote|moz-cite-prefix"
    r"|js-helper|mailru-blockquote|protonmail_quote",
    re.IGNORECASE,
)
"""Marks by which mail programs begin the letter that is answered; all that follows is of it."""


def text_of(markup: str) -> str:
    r"""Return what a reader would see.

    >>> text_of("<style>p{}</style><p>Hi &amp; bye</p><blockquote>Old</blockquote>")
    'Hi & bye\n\n> Old'
    """
    pieces: list[str] = []
    hidden, quoted, history = "", 0, False
    for place, token in enumerate(_TOKEN.split(_without_comments(markup[:HTML_CHARACTERS]))):
        if place % 2 == 0:
            if not hidden:
                pieces.append(_joined(token))
            continue
        found = _NAME.match(token)
        name = found[0].lower() if found else ""
        if hidden:
            hidden = "" if name == f"/{hidden}" else hidden
            continue
        if name in _HIDDEN and not token.endswith("/"):
            hidden = name
        history = history or (not name.startswith("/") and bool(_HISTORY.search(token[:500])))
        quoted = max(0, quoted + (name == "blockquote") - (name == "/blockquote"))
        if name.removeprefix("/") in _BLOCKS:
            pieces.append("\n> " if quoted or history else "\n")
    return _tidy("".join(pieces))


def _without_comments(markup: str) -> str:
    """One ``find`` after the other, so that open comments cost no more than closed ones."""
    kept: list[str] = []
    at = 0
    while (begins := markup.find("<!--", at)) >= 0:
        ends = markup.find("-->", begins)
        kept.append(markup[at:begins])
        if ends < 0:
            return "".join(kept)
        at = ends + 3
    return "".join([*kept, markup[at:]])


def _joined(words: str) -> str:
    """White space is one space in HTML."""
    plain = html.unescape(words)
    inner = " ".join(plain.split())
    return f"{' ' * plain[:1].isspace()}{inner}{' ' * (plain[-1:].isspace() and bool(inner))}"


def _tidy(text: str) -> str:
    """At most one empty line between two."""
    lines: list[str] = []
    for line in text.split("\n"):
        bare = line.strip()
        empty = bare in ("", ">")
        if not (empty and (not lines or lines[-1] in ("", ">"))):
            lines.append("" if empty else bare)
    return "\n".join(lines).strip()

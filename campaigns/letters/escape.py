"""How a value enters a part of a mail. Every value is hostile until it has gone through here.

A value is always one line of plain text. It is never read as Markdown, markup or merge syntax.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import Enum
from functools import lru_cache
from html import escape
from string import ascii_letters, digits
from typing import cast
from urllib.parse import quote, urlsplit

from campaigns.errors import RenderError

# Marks that turn the direction of text round, and invisible ones that hide text. The zero-width
# joiner stays: families of emoji and some names are written with it.
_HIDDEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_BREAKS = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_PLAIN = re.compile("[^\\W_]+(?:[ .,'’-][^\\W_]+)*")
_PLAIN_LINK = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?/[A-Za-z0-9/._~=?-]*")
_PLAIN_HOST = re.compile("https?://[A-Za-z0-9.-]+(?::[0-9]+)?/")
_PLAIN_LETTERS = (ascii_letters + digits + ":/._~=?-").encode()
_PLAIN_PART = (ascii_letters + digits + "._~-").encode()
# With what SendGrid's own tags begin. We switch on none of them, but an account's settings are not
# ours, and nobody is called so: a space makes words of them.
_PROVIDER = re.compile(r"<(?=%)|\[(?=unsubscribe\])|%(?=open-track%)", re.IGNORECASE)
_SURROGATES = re.compile("[\ud800-\udfff]")
_URL_SAFE = "!#$%&'()*+,/:;=?@[]~"
_HOST = re.compile(r"(https?://)([^/?#]*)", re.IGNORECASE)
CACHED = 20_000
"""Values whose written form is remembered: names, days and amounts come again in each batch."""
LINK_SCHEMES = ("https", "http", "mailto")


def clean(value: str) -> str:
    """Return ``value`` as one line, without controls, hidden marks and lone surrogates.

    >>> clean(f"Ani{chr(13)}{chr(10)}Bcc: all@example.com")
    'Ani Bcc: all@example.com'
    """
    if _PLAIN.fullmatch(value):
        return value
    line = _BREAKS.sub(" ", _HIDDEN.sub("", value)).strip(" ")
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", _PROVIDER.sub(r"\g<0> ", line))


def link(value: str) -> str:
    """Return an absolute link, percent-encoded.

    Raises:
        RenderError: it is not http, https or mailto.
    """
    if _PLAIN_LINK.fullmatch(value):
        return value
    address = clean(value)
    parts = _split(address)
    if parts is None or parts[0] not in LINK_SCHEMES or not parts[1]:
        raise RenderError("letter.link_value", expected="https://…")
    return encoded(address)


def are_plain_links(values: Sequence[object]) -> bool:
    """Say whether all are links to one host that stand in text, HTML and links as they are.

    Asked of a million links at once, hence no pattern for each of them.
    """
    first = values[0] if values else None
    found = _PLAIN_HOST.match(first) if isinstance(first, str) else None
    if found is None:
        return False
    try:
        joined = "\n".join(cast("Sequence[str]", values)).encode("ascii")
    except (TypeError, UnicodeEncodeError):  # not only texts
        return False
    host = found.group().encode()
    others = len(values) - 1
    return (
        joined.startswith(host)
        and joined.count(b"\n" + host) == others
        and joined.translate(None, _PLAIN_LETTERS) == b"\n" * others
    )


def are_plain_parts(values: Sequence[object]) -> bool:
    """Say whether all can stand within a link as they are: tokens, say."""
    try:
        joined = "".join(cast("Sequence[str]", values)).encode("ascii")
    except (TypeError, UnicodeEncodeError):  # not only texts
        return False
    return not joined.translate(None, _PLAIN_PART) and all(values)


def encoded(address: str) -> str:
    """Return a link, or the beginning of one, in ASCII: its host by IDNA, the rest by percent signs.

    Raises:
        RenderError: the host is no name of a host.
    """
    found = _HOST.match(address)
    if found is None or found[2].isascii():
        return quote(address, safe=_URL_SAFE)
    try:
        host = found[2].encode("idna").decode("ascii")
    except UnicodeError as cause:
        raise RenderError("letter.link_value", expected="https://…") from cause
    return found[1] + host + quote(address[found.end() :], safe=_URL_SAFE)


def _split(address: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts.scheme.lower(), parts.path if parts.scheme == "mailto" else parts.netloc


@lru_cache(maxsize=CACHED)
def _text(value: str) -> str:
    return clean(value)


@lru_cache(maxsize=CACHED)
def _html(value: str) -> str:
    return escape(clean(value))


def _part(value: str) -> str:
    return quote(clean(value), safe="")


def _link_html(value: str) -> str:
    return escape(link(value))


class Context(Enum):
    """Where a value stands; the name says how it must be written there."""

    TEXT = "text"
    """The text part and the subject."""
    HTML = "html"
    """Between tags, or inside a quoted attribute."""
    PART = "part"
    """Within a link whose beginning the letter gives."""
    LINK = "link"
    """A whole link, in the text part."""
    LINK_HTML = "link_html"
    """A whole link, in an attribute."""

    @property
    def write(self) -> Callable[[str], str]:
        return _WRITERS[self]


_WRITERS: dict[Context, Callable[[str], str]] = {
    Context.TEXT: _text,
    Context.HTML: _html,
    Context.PART: _part,
    Context.LINK: link,
    Context.LINK_HTML: _link_html,
}

"""The texts that the cells of an .xlsx share, in the order in which cells name them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from campaigns.errors import InputError
from campaigns.sheets.reading.xml_text import unescaped

CHUNK_BYTES = 8 << 20
LONGEST_TEXT_BYTES = 64 << 20
STRINGS_LIMIT_BYTES = 1_000_000_000
"""So much of text alone would fill the memory of a small server."""
_START = re.compile(rb"<((?:[\w.-]{1,40}:)?)sst\b[^>]*>")
_PHONETIC = re.compile(r"<rPh\b.*?</rPh>", re.DOTALL)
_RUN = re.compile(r"<t(?:\s[^>]*)?>([^<]*)</t>")
_PLAIN = r'^\s*<si><t(?: xml:space="preserve")?>([^<]*)</t>$'


def strings_of(pieces: Iterator[bytes]) -> pl.Series:
    """Return the shared texts.

    Raises:
        InputError: they break off, or are more than we take.
    """
    found = [_texts(chunk) for chunk in _chunks(pieces)]
    return pl.concat(found).rechunk() if found else pl.Series(dtype=pl.String)


def _chunks(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield whole texts, names without prefix, about ``CHUNK_BYTES`` at a time."""
    text = next(pieces, b"")
    start = _START.search(text)
    prefix = start[1] if start else b""
    text = text[start.end() :] if start else text
    end, size = b"</" + prefix + b"si>", 0
    while True:
        piece = next(pieces, b"")
        if not piece or len(text) >= CHUNK_BYTES:
            cut = text.rfind(end) + len(end)
            if cut >= len(end):
                yield _bare(text[:cut], prefix)
                text = text[cut:]
        text += piece
        size += len(piece)
        if not piece:
            return
        if len(text) > LONGEST_TEXT_BYTES or size > STRINGS_LIMIT_BYTES:
            raise InputError("sheet.bomb", got=size // 10**6)


def _bare(text: bytes, prefix: bytes) -> bytes:
    if prefix:
        text = text.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
    # An empty text may be written as one tag.
    return (
        re.sub(rb"<si\s*/>", b"<si></si>", text) if b"<si/>" in text or b"<si />" in text else text
    )


def _texts(chunk: bytes) -> pl.Series:
    try:
        items = pl.Series([chunk.decode().removesuffix("</si>")]).str.split("</si>").explode()
    except UnicodeDecodeError as cause:
        raise InputError("sheet.damaged") from cause
    texts = items.str.extract(_PLAIN)
    if texts.null_count():
        at = texts.is_null().arg_true()
        texts = texts.scatter(at, [_joined(item) for item in items.gather(at)])
    return unescaped(texts)


def _joined(item: str) -> str:
    """Return the text of runs that look different; how a word is spoken is left out."""
    return "".join(_RUN.findall(_PHONETIC.sub("", item)))

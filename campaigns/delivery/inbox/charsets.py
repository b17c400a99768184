"""Bytes of a mail into text: what the mail says they are, or what they look like.

Programs of Armenia and Georgia still write ARMSCII-8 and GEOSTD8, and many say nothing of it or
something wrong.
"""

from __future__ import annotations

import codecs
import re
from base64 import b64decode
from binascii import Error, a2b_qp
from contextlib import suppress

from campaigns.sheets.reading.alphabets import READINGS, score
from campaigns.sheets.reading.codecs import decode, is_known

LOOKED_AT_BYTES = 4_000
JUDGED_BYTES = 64_000
TOO_SLOW = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
"""Encodings of Python that are none of mail; the cost of some grows with the square of a text."""
_ASCII = ("", "us-ascii", "ascii", "unknown-8bit", "7bit", "8bit", "default")
_ENCODED_WORD = re.compile(r"=\?([\w.:-]{1,40})(?:\*[\w-]*)?\?([bBqQ])\?([^?\s]{0,4000})\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)[ \t\r\n]+(?==\?)")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff]")


def decoded(data: bytes, charset: str) -> str:
    """Return ``data`` as text that a database can hold; it raises nothing."""
    named = _UNSEEN.sub("", charset).strip().lower().replace("_", "-")
    return _UNSEEN.sub("", _decoded(data, named))


def words(value: str) -> str:
    """Return a header's value with its encoded words (RFC 2047) read, on one line.

    >>> words("=?koi8-r?B?8NLJ18XU?= =?utf-8?q?=2C_Ani?=")
    'Привет, Ani'
    """
    joined = _BETWEEN_WORDS.sub(r"\1", value)
    return " ".join(_ENCODED_WORD.sub(_word, joined).split())


def _word(found: re.Match[str]) -> str:
    charset, way, text = found.groups()
    data = text.encode("utf-8", "replace")
    try:
        content = (
            b64decode(data + b"=" * (-len(data) % 4)) if way in "bB" else a2b_qp(data, header=True)
        )
    except (Error, ValueError):
        return found[0]
    return decoded(content, charset)


def _decoded(data: bytes, charset: str) -> str:
    if charset not in _ASCII and _is_usable(charset):
        with suppress(UnicodeError):  # UTF-16 without the mark that it begins with
            text = decode(data, charset)
            if charset not in ("utf-8", "utf8") or "\ufffd" not in text:
                return text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _is_mostly_utf8(data):
        return data.decode("utf-8", "replace")
    sample = data[:LOOKED_AT_BYTES]
    return decode(data, max(READINGS, key=lambda one: score(sample, one)[0] + READINGS[one][1]))


def _is_usable(charset: str) -> bool:
    if not is_known(charset):
        return False
    try:
        return codecs.lookup(charset).name.replace("_", "-") not in TOO_SLOW
    except LookupError:  # one of our own
        return True


def _is_mostly_utf8(data: bytes) -> bool:
    """Say whether few sequences are broken, as where a text was cut."""
    text = data[:JUDGED_BYTES].decode("utf-8", "replace")
    good = sum(letter > "\x7f" for letter in text) - text.count("\ufffd")
    return good > 10 * text.count("\ufffd")

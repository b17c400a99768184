"""A mail that came in, taken apart within bounds: headers, texts, names of what is attached.

Anybody may write to us, so nothing here costs more than its bytes. Python's own parser goes down
a multipart as deep as it is told to, and reads a header's value by rules whose cost grows with the
square of its length. Here a mail stays one piece of memory, parts are places in it, and their
number, depth and headers are limited; what lies beyond the limits is passed over.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message

from campaigns.delivery.inbox.charsets import decoded, words

MAIL_BYTES = 30_000_000
"""What SendGrid takes in, and more than mailboxes do (sendgrid.md 2.2)."""
HEADER_BYTES = 128 * 1024
HEADER_LINES = 2_000
VALUE_CHARACTERS = 8_000
CONTENT_CHARACTERS = 2_000
"""Of a header that is read by Python's rules for parameters."""
PARTS = 200
DEPTH = 10
TEXT_BYTES = 1_500_000
"""Of an encoded text: a person's answer of a million characters is none."""
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_FIELD = re.compile(r"^([!-9;-~]+)[ \t]*:[ \t]?(.*)$")

Headers = Mapping[str, list[str]]
"""Name in small letters → values, unfolded, as they came."""


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf of a mail, or of a form: where it lies, and what its headers say of it."""

    kind: str
    """Such as ``text/plain``."""
    start: int
    end: int
    charset: str
    encoding: str
    file_name: str
    field: str
    """Of a form: the name of its field."""
    attached: bool

    @property
    def size(self) -> int:
        """Bytes, about: base64 is not decoded to count them."""
        length = self.end - self.start
        return length * 3 // 4 if self.encoding == "base64" else length


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail, or the form that SendGrid posts in its place."""

    blob: bytes
    headers: Headers
    content_type: Message
    parts: tuple[Part, ...]

    def header(self, name: str) -> str:
        """Return the first value of a header in readable words, or an empty text."""
        values = self.headers.get(name.lower(), [""])
        return words(values[0])

    def raw(self, name: str) -> str:
        """Return all values of a header as they came, on one line each."""
        return "\n".join(self.headers.get(name.lower(), []))

    def content(self, part: Part, limit: int = TEXT_BYTES) -> bytes:
        """Return the beginning of a part, decoded from what it was wrapped in for the way."""
        data = self.blob[part.start : min(part.end, part.start + limit)]
        return _unwrapped(data, part.encoding)

    def text(self, part: Part) -> str:
        """Return a part as text."""
        return decoded(self.content(part), part.charset)


def read(blob: bytes, start: int = 0, end: int | None = None) -> Mail:
    """Return the mail that stands in ``blob`` between ``start`` and ``end``; it raises nothing."""
    end = len(blob) if end is None else end
    headers, begins = _headers(blob, start, end)
    found: list[Part] = []
    for part in _leaves(blob, headers, begins, end, 0):
        found.append(part)
        if len(found) == PARTS:
            break
    return Mail(blob, headers, _content(headers), tuple(found))


def fields_of(text: str) -> Headers:
    """Return the headers written in ``text``, one a line, folded lines joined."""
    found: dict[str, list[str]] = {}
    values: list[str] | None = None
    for line in text.splitlines()[:HEADER_LINES]:
        if line[:1] in " \t" and values:
            if len(values[-1]) < VALUE_CHARACTERS:
                values[-1] += " " + line.strip()[:VALUE_CHARACTERS]
        elif named := _FIELD.match(line[: VALUE_CHARACTERS + 100]):
            values = found.setdefault(named[1].lower(), [])
            values.append(named[2].strip()[:VALUE_CHARACTERS])
        else:
            values = None
    return found


def _headers(blob: bytes, start: int, end: int) -> tuple[Headers, int]:
    """Return the headers that begin at ``start``, and where what follows them begins."""
    if blob.startswith(b"From ", start):  # as a file of mails (mbox) parts them
        start = blob.find(b"\n", start, end) + 1 or end
    stops = [
        (at, at + len(mark))
        for mark in (b"\n\n", b"\n\r\n")
        if (at := blob.find(mark, max(start - 1, 0), end)) >= 0
    ]
    if blob[start : start + 1] == b"\n" or blob[start : start + 2] == b"\r\n":
        return {}, blob.find(b"\n", start, end) + 1
    stop, begins = min(stops, default=(end, end))
    head = blob[start : min(stop, start + HEADER_BYTES)]
    return fields_of(decoded(head, "utf-8")), begins


def _content(headers: Headers) -> Message:
    """Return the headers that have parameters, as Python reads those."""
    made = Message()
    for name in ("content-type", "content-disposition", "content-transfer-encoding"):
        value = headers.get(name, [""])[0]
        if value and len(value) <= CONTENT_CHARACTERS:
            made[name] = value
    return made


def _leaves(blob: bytes, headers: Headers, start: int, end: int, depth: int) -> Iterator[Part]:
    said = _content(headers)
    boundary = _parameter(said, "boundary")
    if said.get_content_maintype() != "multipart" or not boundary:
        yield _part(said, start, end)
        return
    if depth == DEPTH:
        return
    for begins, stops in _between(blob, boundary, start, end):
        inner, content_begins = _headers(blob, begins, stops)
        yield from _leaves(blob, inner, content_begins, stops, depth + 1)


def _between(blob: bytes, boundary: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the parts between the lines of a boundary begin and end."""
    begins = 0
    for at, after in _lines(blob, b"--" + boundary.encode("utf-8", "surrogateescape"), start, end):
        if begins:
            stops = at - 2 if blob[at - 2 : at] == b"\r\n" else at - 1
            yield begins, max(begins, stops)
        if blob.startswith(b"--", after):
            return
        begins = blob.find(b"\n", after, end) + 1
        if not begins:
            return
    if begins:  # the last line is missing: the mail was cut
        yield begins, end


def _lines(blob: bytes, line: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the places of a boundary's lines, and where what stands behind it begins.

    A boundary may begin as a longer one does, so what follows it counts.
    """
    at = start if blob.startswith(line, start) else blob.find(b"\n" + line, start, end) + 1
    for _ in range(10 * PARTS):
        if not at and not (start == 0 and blob.startswith(line)):
            return
        after = at + len(line)
        if blob[after : after + 1] in (b"", b"\r", b"\n", b" ", b"\t") or blob.startswith(
            b"--", after
        ):
            yield at, after
        at = blob.find(b"\n" + line, after - 1, end) + 1
        if not at:
            return


def _part(said: Message, start: int, end: int) -> Part:
    return Part(
        kind=said.get_content_type(),
        start=start,
        end=end,
        charset=_parameter(said, "charset"),
        encoding=str(said.get("content-transfer-encoding", "")).strip().lower(),
        file_name=words(
            _parameter(said, "filename", "content-disposition") or _parameter(said, "name")
        ),
        field=_parameter(said, "name", "content-disposition"),
        attached=said.get_content_disposition() == "attachment",
    )


def _parameter(said: Message, name: str, header: str = "content-type") -> str:
    """Return a parameter of a header; one in RFC 2231's form has a charset of its own."""
    value = said.get_param(name, "", header)
    if isinstance(value, tuple):
        charset, _, text = value
        return decoded(text.encode("latin-1", "replace"), charset or "utf-8")
    return str(value).strip()


def _unwrapped(data: bytes, encoding: str) -> bytes:
    if encoding == "quoted-printable":
        return binascii.a2b_qp(data)
    if encoding != "base64":
        return data
    letters = _NOT_BASE64.sub(b"", data)
    whole = len(letters) // 4 * 4
    rest = letters[whole:]
    padded = letters[:whole] + (rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b"")
    return base64.b64decode(padded)

"""What SendGrid's Inbound Parse posts: a form with the whole mail, or with the mail in pieces.

Source: SendGrid's reference of Inbound Parse. In pieces, each field may be in an alphabet of its
own, which ``charsets`` tells; headers and attachments stand in fields, too.
"""

from __future__ import annotations

from dataclasses import replace
from email.message import Message

import orjson

from campaigns.delivery.inbox.mail_parts import Headers, Mail, Part, fields_of, read

WHOLE = "email"
_TEXTS = {"text": "text/plain", "html": "text/html"}
_REPEATED = ("from", "to", "cc", "subject")
"""Fields that repeat a header; they stand in where the headers are missing."""


def kept(content_type: str, body: bytes) -> bytes:
    """Return a posted form as it is stored: with the boundary that it cannot be read without."""
    return b"Content-Type: " + content_type.encode("latin-1", "replace") + b"\r\n\r\n" + body


def mail_in(blob: bytes) -> tuple[Mail, str]:
    """Return the mail in what :func:`kept` returned, and to whom its envelope went."""
    form = read(blob)
    fields = {part.field: part for part in form.parts if part.field}
    to = _text(form, fields, "envelope", {})
    if WHOLE in fields:
        whole = fields[WHOLE]
        return read(blob, whole.start, whole.end), to
    return _in_pieces(form, fields), to


def _in_pieces(form: Mail, fields: dict[str, Part]) -> Mail:
    charsets = _json(_text(form, fields, "charsets", {}))
    headers: dict[str, list[str]] = dict(fields_of(_text(form, fields, "headers", charsets)))
    for name in _REPEATED:
        if name in fields and name not in headers:
            headers[name] = [" ".join(_text(form, fields, name, charsets).split())]
    parts = [
        replace(fields[name], kind=kind, charset=charsets.get(name, "utf-8"), field="")
        for name, kind in _TEXTS.items()
        if name in fields
    ]
    parts += [
        replace(part, field="", attached=True)
        for part in form.parts
        if part.field.startswith("attachment") and part.file_name
    ]
    return Mail(form.blob, headers, _content_type(headers), tuple(parts))


def _content_type(headers: Headers) -> Message:
    made = Message()
    for value in headers.get("content-type", [])[:1]:
        made["content-type"] = value[:2000]
    return made


def _text(form: Mail, fields: dict[str, Part], name: str, charsets: dict[str, str]) -> str:
    part = fields.get(name)
    if part is None:
        return ""
    return form.text(replace(part, charset=charsets.get(name, "utf-8")))


def _json(text: str) -> dict[str, str]:
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}

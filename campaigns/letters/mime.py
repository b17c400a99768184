"""A rendered letter as a message: what the outbox keeps, SMTP sends and a reader's program shows."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import datetime
from email.headerregistry import (
    Address,
    BaseHeader,
    HeaderRegistry,
    UniqueAddressHeader,
    UnstructuredHeader,
)
from email.message import EmailMessage
from email.policy import SMTP, Policy
from hashlib import sha256

from campaigns.errors import RenderError
from campaigns.letters.escape import clean
from campaigns.letters.render import Rendered
from campaigns.model.language import Language
from campaigns.store.options import Brand


class _Whole(UnstructuredHeader, BaseHeader):
    """A header that is never folded: Python would make encoded words of a long link.

    The mailbox providers for whom the link is meant cannot read those.
    """

    max_count = 1

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


class _Mailbox(UniqueAddressHeader, BaseHeader):  # type: ignore[misc] # as Python mixes them
    """An address whose name is broken between its words, never inside of one.

    RFC 2047 drops the white space between two encoded words. Some readers (Python's own parser)
    keep it, and would show a space in the middle of a long name.
    """

    max_count = 1

    def fold(self, *, policy: Policy) -> str:
        name, at = self.addresses[0].display_name, self.addresses[0].addr_spec
        if name.isascii():
            folded: str = super().fold(policy=policy)
            return folded
        break_ = policy.linesep + " "
        return f"{self.name}: {break_.join([*_encoded_words(name), f'<{at}>'])}{policy.linesep}"


def _encoded_words(name: str) -> list[str]:
    """Return ``name`` as encoded words of at most 75 characters (RFC 2047, section 2)."""
    parts: list[str] = []
    for word in re.findall(r"\S+\s*", name):
        if parts and len((parts[-1] + word).encode()) <= _ENCODED_WORD_BYTES:
            parts[-1] += word
        else:
            parts += _pieces(word)
    return [f"=?utf-8?b?{b64encode(part.encode()).decode('ascii')}?=" for part in parts]


def _pieces(word: str) -> list[str]:
    """Cut a word that is longer than one encoded word can hold."""
    step = _ENCODED_WORD_BYTES // 4  # no character takes more than four bytes
    if len(word.encode()) <= _ENCODED_WORD_BYTES:
        return [word]
    return [word[at : at + step] for at in range(0, len(word), step)]


_ENCODED_WORD_BYTES = 45
_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _Whole)
for _name in ("from", "to", "reply-to"):
    _HEADERS.map_to_type(_name, _Mailbox)
_POLICY = SMTP.clone(header_factory=_HEADERS)

# Armenian and Georgian letters take two and three bytes: base64 is half of quoted-printable.
_ENCODINGS = {Language.HY: "base64", Language.KA: "base64", Language.EN: "quoted-printable"}
_LINE_BREAK = re.compile(r"[\r\n]")


def message(
    rendered: Rendered,
    *,
    brand: Brand,
    to_address: str,
    to_name: str,
    language: Language,
    message_id: str,
    unsubscribe_url: str,
    date: datetime,
) -> EmailMessage:
    """Return the message, text first and HTML second, with the headers that mailbox providers ask for.

    ``List-Unsubscribe-Post`` (RFC 8058, one click) is only said for an https link: for another
    one the promise could not be kept. ``message_id`` stands between ``<`` and ``>``.

    Raises:
        RenderError: a value cannot stand in a header (a line break, an address that is none).
    """
    mail, brand = EmailMessage(policy=_POLICY), brand.told_in(language)
    _set(
        mail,
        "From",
        _address("from_address", brand.from_name or brand.shop_name, brand.from_address),
    )
    _set(mail, "To", _address("to_address", to_name, to_address))
    if brand.reply_to:
        _set(mail, "Reply-To", _address("reply_to", "", brand.reply_to))
    _set(mail, "Subject", clean(rendered.subject))
    _set(mail, "Date", date)
    _set(mail, "Message-ID", message_id)
    for name, value in unsubscribe_headers(unsubscribe_url).items():
        _set(mail, name, value)
    cte = _ENCODINGS[language]
    mail.set_content(rendered.text, charset="utf-8", cte=cte)
    mail.add_alternative(rendered.html, subtype="html", charset="utf-8", cte=cte)
    _set(mail, "Content-Language", str(language))  # last: new content clears such headers
    mail.set_boundary(f"=_{sha256(message_id.encode()).hexdigest()[:32]}")
    return mail


def unsubscribe_headers(url: str, mailto: str = "") -> dict[str, str]:
    """Return the headers by which a mailbox shows its own "unsubscribe" button (RFC 2369, 8058).

    ``mailto:…`` is for programs that do not know RFC 8058; the link comes first.
    """
    headers = {"List-Unsubscribe": f"<{url}>, <{mailto}>" if mailto else f"<{url}>"}
    if url.lower().startswith("https://"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _address(field: str, name: str, address: str) -> Address:
    try:
        return Address(clean(name), addr_spec=address)
    except (ValueError, IndexError, TypeError) as cause:
        raise RenderError("mail.header", field=field) from cause


def _set(mail: EmailMessage, name: str, value: object) -> None:
    if isinstance(value, str) and _LINE_BREAK.search(value):
        raise RenderError("mail.header", field=name)
    try:
        mail[name] = value
    except (ValueError, TypeError) as cause:
        raise RenderError("mail.header", field=name) from cause

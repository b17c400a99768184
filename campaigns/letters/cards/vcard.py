"""A shop's contact as vCard 4.0 (RFC 6350), which phones and address books take in.

What a shop typed can neither end a line nor a value: line breaks are gone already
(``escape.clean``), and what separates values is escaped (section 3.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaigns.letters.cards.data import Card, question, require_reachable

MEDIA_TYPE = "text/vcard; charset=utf-8"
MAX_OCTETS = 75
"""Of a line, without its end (section 3.2)."""
_SPECIAL = re.compile(r"[\\,;]")
_BREAK = re.compile(r"\r\n?|\n")


def vcard(card: Card) -> str:
    """Return the contact of a shop, lines folded and ended by CRLF.

    Raises:
        InputError: the shop has no name, or neither phone nor e-mail.
    """
    require_reachable(card)
    return "".join(f"{folded(line)}\r\n" for line in _lines(card))


def short_vcards(card: Card) -> Iterator[str]:
    """Yield what one needs to call or write, then ever less: it must fit the code on a card.

    Without parameters, which not every camera's reader understands; a phone is text by default.
    """
    require_reachable(card)
    known = {"TEL": card.phone_number or escaped(card.phone), "EMAIL": escaped(card.email),
             "URL": card.website_link}  # fmt: skip
    for kept in (("TEL", "EMAIL", "URL"), ("TEL", "EMAIL"), ("TEL",), ("EMAIL",)):
        ways = [f"{name}:{known[name]}" for name in kept if known[name]]
        if ways:
            lines = ("BEGIN:VCARD", "VERSION:4.0", f"FN:{escaped(card.shop)}", *ways, "END:VCARD")
            yield "".join(f"{line}\r\n" for line in lines)


def _lines(card: Card) -> Iterator[str]:
    language = f";LANGUAGE={card.language}"
    yield from ("BEGIN:VCARD", "VERSION:4.0", "KIND:org")
    yield f"FN{language}:{escaped(card.shop)}"
    yield f"ORG{language}:{escaped(card.shop)}"
    if card.phone_number:
        yield f"TEL;VALUE=uri;TYPE=work:tel:{card.phone_number}"
    elif card.phone:
        yield f"TEL;VALUE=text;TYPE=work:{escaped(card.phone)}"
    if card.email:
        yield f"EMAIL;TYPE=work:{escaped(card.email)}"
    if card.website_link:
        yield f"URL:{card.website_link}"
    if card.logo_url:
        yield f"LOGO:{card.logo_url}"
    if card.address:
        yield f"ADR;TYPE=work{language}:;;{escaped(card.address)};;;;"
    yield f"LANG:{card.language}"
    yield f"NOTE{language}:{escaped(note(card))}"
    yield "END:VCARD"


def note(card: Card) -> str:
    """Return what has no property of its own: who answers, when, and about what to ask."""
    who = ", ".join(part for part in (card.signer, card.role) if part)
    return "\n".join(part for part in (who, card.hours, question(card)) if part)


def escaped(text: str) -> str:
    r"""Return a value in which nothing separates or ends anything.

    >>> escaped("a, b; c\nd")
    'a\\, b\\; c\\nd'
    """
    return _BREAK.sub(r"\\n", _SPECIAL.sub(r"\\\g<0>", text))


def folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, none cut inside of a character."""
    pieces, size = [""], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > MAX_OCTETS:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += octets
    return "\r\n".join(pieces)

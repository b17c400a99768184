"""Addresses of our own for answers: a letter, and whether its reader answers it or leaves.

    r-<signed token>@replies.shop.am      an answer to the letter
    u-<signed token>@replies.shop.am      its reader leaves

The signed token is the one that the link to unsubscribe ends with, or its counted links, so that a
request carries it once. At most 50 characters stand before the @ (RFC 5321 section 4.5.3.1.1 allows 64).
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256

from campaigns.errors import InputError
from campaigns.store.signing import SEPARATOR, Signer

REPLY = "r-"
LEAVE = "u-"
UNSUBSCRIBE, CLICK = "unsubscribe", "click"
"""What a signature in an address was made for (``store.signing``)."""
MARK = 24
"""Characters, 96 bits, of what proves the id of a letter."""
_OWN = re.compile(r"\b([ru]-)([A-Za-z0-9_-]{1,40}~[A-Za-z0-9_-]{1,60})@")


def own_address(kind: str, unsubscribe_url: str, domain: str) -> str:
    """Return the address for what the reader of a letter writes.

    >>> own_address(REPLY, "https://shop.am/u/abc~def", "replies.shop.am")
    'r-abc~def@replies.shop.am'
    """
    return f"{kind}{unsubscribe_url.rpartition('/')[2]}@{domain}"


def own_addresses(written: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and the signed token of each address of ours in ``written``, as it comes.

    >>> list(own_addresses("Shop <r-abc~def@replies.shop.am>, ani@example.am"))
    [('r-', 'abc~def')]
    """
    for found in _OWN.finditer(written):
        yield found[1], found[2]


def letter_id(unsubscribe_url: str) -> str:
    """Return the id by which a letter is known in returned mail and in answers.

    It follows from the signed token of the link to leave, which cannot be told from it. Whoever
    has a counted link alone cannot make it.

    >>> letter_id("https://shop.am/u/abc~def")
    'abc~0c90b75c43b429f231b15408'
    """
    signed = unsubscribe_url.rpartition("/")[2]
    mark = sha256(signed.encode("ascii")).hexdigest()[:MARK]
    return f"{signed.rpartition(SEPARATOR)[0]}{SEPARATOR}{mark}"


def letter_of(signer: Signer, signed: str) -> str | None:
    """Return the token of the letter whose id, or whose link to leave, ``signed`` is."""
    token = signed.rpartition(SEPARATOR)[0]
    for key in signer.keys:
        ours = Signer([key]).sign(UNSUBSCRIBE, token)
        if any(hmac.compare_digest(each, signed) for each in (ours, letter_id(ours))):
            return token
    return None


def reader_of(signer: Signer, kind: str, signed: str) -> str | None:
    """Return the token of the letter whose address of ``kind`` this is. To answer, the token of a
    counted link is enough: a request to SendGrid carries no other (``transports.reply_tag``).
    """
    with suppress(InputError):
        return signer.check(UNSUBSCRIBE, signed)
    if kind == REPLY:
        with suppress(InputError):
            return signer.check_brief(CLICK, signed)
    return None

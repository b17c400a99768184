"""Addresses of our own for answers: a letter, and whether its reader answers it or leaves.

    r-<signed token>@replies.shop.am      an answer to the letter
    u-<signed token>@replies.shop.am      its reader leaves

The signed token is the one that the link to unsubscribe ends with, or its counted links, so that a
request carries it once. At most 50 characters stand before the @ (RFC 5321 section 4.5.3.1.1 allows 64).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

REPLY = "r-"
LEAVE = "u-"
PURPOSES = {REPLY: ("unsubscribe", "click"), LEAVE: ("unsubscribe",)}
"""What the signature of an address may have been made for (``store.signing``)."""
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

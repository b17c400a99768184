"""The letter as a whole: who can be answered, and whether its texts really take turns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from campaigns.letters.finding import Finding
from campaigns.letters.library import Texts
from campaigns.letters.similarity import CEILING, similarity
from campaigns.letters.source import read_priority
from campaigns.store.options import Brand

_NO_REPLY = re.compile(r"no[-_.]?reply|do[-_.]?not[-_.]?reply", re.IGNORECASE)


def reachable(texts: Texts, brand: Brand) -> Iterator[Finding]:
    """Whoever gets a letter can answer it and can call (practice 44)."""
    first = next(iter(texts))
    if _NO_REPLY.search(brand.reply_to or brand.from_address):
        yield Finding("error", first, 0, "check.no_reply", {"got": brand.reply_to})
    if not brand.phone.strip():
        yield Finding("warning", first, 0, "check.no_phone")


def alike(texts: Texts, _brand: Brand) -> Iterator[Finding]:
    """Texts that take turns are different letters (practice 37)."""
    for language, sources in texts.items():
        for (one, left), (other, right) in combinations(enumerate(sources, start=1), 2):
            if (found := similarity(left, right)) > CEILING:
                yield Finding("error", language, 0, "check.texts_alike",
                              {"first": one, "second": other, "got": round(found * 100),
                               "limit": round(CEILING * 100)}, number=other)  # fmt: skip


def priorities(texts: Texts, _brand: Brand) -> Iterator[Finding]:
    """Whichever text a reader gets, the letter matters as much (practice 45)."""
    for language, sources in texts.items():
        for number, source in enumerate(sources[1:], start=2):
            if read_priority(source) != read_priority(sources[0]):
                yield Finding("error", language, 0, "check.texts_differ", {"field": "priority"},
                              number=number)  # fmt: skip


LOOKS = (reachable, alike, priorities)

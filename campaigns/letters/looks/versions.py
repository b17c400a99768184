"""One text in its languages: all of them make the same offer, with the same blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from campaigns.letters.finding import Finding
from campaigns.letters.head import Head
from campaigns.letters.offer import read_offer
from campaigns.letters.source import read_source
from campaigns.model.language import Language

_BLOCK = re.compile(r"^[ \t]*\{\{[ \t]*(\w+)[ \t]*\}\}[ \t]*$", re.MULTILINE)


def differences(versions: Mapping[Language, str]) -> Iterator[Finding]:
    """Yield what the heads and blocks of the languages do not share, at the first that differs."""
    read = {language: read_source(source) for language, source in versions.items()}
    first, *others = read
    for name, aspect in _ASPECTS.items():
        wanted = aspect(read[first][0], read[first][1])
        for language in others:
            head, body, _ = read[language]
            if aspect(head, body) != wanted:
                yield Finding("error", language, _line(head, name), "check.languages_differ",
                              {"field": name, "first": str(first)})  # fmt: skip


def _offer(head: Head, _body: str) -> object:
    made = read_offer(head)
    return made and (made.before, made.now, made.until, made.link is None)


def _blocks(_head: Head, body: str) -> object:
    return [name for name in _BLOCK.findall(body) if name not in ("closing", "signer")]


def _line(head: Head, name: str) -> int:
    entries = [entry for key, entry in head.entries.items() if key.partition(".")[0] == name]
    return min((entry.line for entry in entries), default=0)


_ASPECTS: dict[str, Callable[[Head, str], object]] = {
    "offer": _offer,
    "blocks": _blocks,
    "designs": lambda head, _: sorted(head.designs),
    "register": lambda head, _: head.register,
    "priority": lambda head, _: head.priority,
    "questions": lambda head, _: len(head.group("questions")),
    "button": lambda head, _: sorted(head.group("button")),
    "image": lambda head, _: head.text("image"),
    "benefit": lambda head, _: bool(head.text("benefit")),
}
"""What must be the same, by the name of its lines."""

"""The translations in a catalogue (.po), each with the way back to the lines that hold it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from campaigns.language.proofreading.findings import Finding

_START = re.compile(r"^(msgid|msgid_plural|msgctxt|msgstr)(?:\[\d+\])?[ \t]+")
_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True, slots=True)
class Translation:
    """One ``msgstr``; ``places`` are line and column in the file of each of its characters."""

    text: str
    places: tuple[tuple[int, int], ...]

    def in_file(self, finding: Finding) -> Finding:
        """Return a finding of ``text`` with its line and column in the file."""
        if not self.places:
            return finding
        starts = [0, *(at + 1 for at, sign in enumerate(self.text) if sign == "\n")]
        if finding.line == 0:
            return replace(finding, line=self.places[0][0])
        at = min(starts[finding.line - 1] + finding.column - 1, len(self.places) - 1)
        line, column = self.places[at]
        return replace(finding, line=line, column=column)


def translations(source: str) -> Iterator[Translation]:
    """Yield every translation but the head of the catalogue; what is commented out is left out."""
    said, entry, is_head = "", _Entry(), False
    for number, line in enumerate([*source.splitlines(), ""], start=1):
        start = _START.match(line)
        if start or not line.startswith('"'):
            if said == "msgstr" and not is_head:
                yield entry.done()
            if said == "msgid":
                is_head = entry.is_empty()
            said, entry = start[1] if start else "", _Entry()
        entry.add(line, number, start.end() if start else 0)


class _Entry:
    """The strings of one keyword, put together line by line."""

    def __init__(self) -> None:
        self._signs: list[str] = []
        self._places: list[tuple[int, int]] = []

    def add(self, line: str, number: int, begin: int) -> None:
        if not line.startswith('"', begin):
            return
        at, end = begin + 1, len(line.rstrip()) - 1
        while at < end:
            escaped = _ESCAPED.match(line, at)
            self._signs.append(_MEANT.get(escaped[1], escaped[1]) if escaped else line[at])
            self._places.append((number, at + 1))
            at += 2 if escaped else 1

    def is_empty(self) -> bool:
        return not self._signs

    def done(self) -> Translation:
        return Translation("".join(self._signs), tuple(self._places))

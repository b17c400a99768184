"""What changed between two versions of a text: lines that went, came or stayed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

AROUND = 2
"""Unchanged lines shown before and after a change."""

Kind = Literal["same", "gone", "new", "skipped"]


@dataclass(frozen=True, slots=True)
class Change:
    """A line. Of a changed line ``parts`` tell what of it differs; of a gap ``skipped`` how many."""

    kind: Kind
    parts: tuple[tuple[str, bool], ...] = ()
    skipped: int = 0

    @property
    def text(self) -> str:
        """The whole line."""
        return "".join(words for words, _ in self.parts)


def changes(before: str, after: str) -> list[Change]:
    """Return what differs, with some lines around it; nothing when the texts are the same."""
    if before == after:
        return []
    old, new = before.splitlines(), after.splitlines()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    out: list[Change] = []
    done = 0
    for group in matcher.get_grouped_opcodes(AROUND):
        out += _gap(group[0][1] - done)
        for tag, i, j, k, m in group:
            if tag == "equal":
                out += [Change("same", ((line, False),)) for line in old[i:j]]
            else:
                out += _replaced(old[i:j], new[k:m])
        done = group[-1][2]
    return out + _gap(len(old) - done)


def _gap(lines: int) -> list[Change]:
    return [Change("skipped", skipped=lines)] if lines > 0 else []


def _replaced(old: list[str], new: list[str]) -> Iterator[Change]:
    pairs = list(zip(old, new, strict=False))
    for one, other in pairs:
        gone, come = _differing(one, other)
        yield Change("gone", gone)
        yield Change("new", come)
    for line in old[len(pairs) :]:
        yield Change("gone", ((line, True),))
    for line in new[len(pairs) :]:
        yield Change("new", ((line, True),))


def _differing(old: str, new: str) -> tuple[tuple[tuple[str, bool], ...], ...]:
    """Return both lines in parts: words that differ, and words that do not."""
    one, other = old.split(" "), new.split(" ")
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    gone: list[tuple[str, bool]] = []
    come: list[tuple[str, bool]] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        for out, words in ((gone, one[i:j]), (come, other[k:m])):
            if words:
                out.append((" ".join(words) + " ", tag != "equal"))
    return tuple(_trimmed(out) for out in (gone, come))


def _trimmed(parts: list[tuple[str, bool]]) -> tuple[tuple[str, bool], ...]:
    """Drop the space that was put behind the last word."""
    *first, (last, differs) = parts
    return (*first, (last[:-1], differs))

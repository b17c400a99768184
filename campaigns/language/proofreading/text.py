"""A text as its readers see it, with the way back to line and column of its source.

Merge fields, places of a catalogue, links, addresses and code are nobody's prose: in ``plain`` each
is one ``OBJECT``. Markup is taken out, so that a mark after ``</b>`` stands beside its word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from campaigns.language.proofreading.findings import Finding, Genre, Severity
from campaigns.language.proofreading.masking import OBJECT, head_end, mask
from campaigns.language.proofreading.remarks import REMARKS
from campaigns.model.language import Language

ENGLISH_ABBREVIATIONS = frozenset(
    ["etc", "vs", "approx", "no", "mr", "mrs", "ms", "dr", "inc", "ltd", "co", "st", "jr", "sr"]
)  # fmt: skip
"""What a dot follows that ends no sentence, in texts of every language."""

_WIDEST = 40
"""Letters shown beside a fault: a word may be endless."""

_WORD = re.compile(r"[^\W\d_]+(?:[՛՜՞\u00ad\u200b-\u200d\u0300-\u036f'’][^\W\d_]+)*[՛՜՞]?")
_INSIDE = re.compile("[՛՜՞\u00ad\u200b-\u200d]")
_LISTED = re.compile(
    r"\s*(?:[-*+•‣▪·–—>|]|\d{1,3}[.)]|[^\W\d_][.)])\s|.*<(?:li|td|th|dt|dd|option)\b"
)
_HEADING = re.compile(r"^\s*#|<(?:h[1-6]|title|button|label|a|th|mj-button|summary|legend)\b[^<]*$")
_UNSENT = ("title:", "about:")
_PARAGRAPH = re.compile(r"\S(?:.*?\S)??(?=\s*(?:\n\s*\n|\Z))", re.DOTALL)
# A stop, and what may close around it; an Armenian question or exclamation mark stands inside.
_STOP = re.compile(r"(?:։|[.!?…]+|(?<=[ա-և]):(?=\s+[Ա-Ֆ]))[»“”\")\]]*(?=\s|\Z)|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of ``plain`` at ``start``; ``bare`` has no emphasis, question or exclamation mark."""

    text: str
    start: int
    end: int
    bare: str


@dataclass(frozen=True)
class Text:
    """A source, the language it should be in, and what is read of it."""

    source: str
    language: Language
    genre: Genre
    plain: str = field(repr=False)
    origin: tuple[int, ...] = field(repr=False)
    """For each character of ``plain``, where it stands in ``source``; one more for the end."""

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Every word in order, hyphens and digits apart: «CRM-ն» gives CRM and ն."""
        return tuple(
            Word(found.group(), found.start(), found.end(), _INSIDE.sub("", found.group()))
            for found in _WORD.finditer(self.plain)
        )

    @cached_property
    def paragraphs(self) -> tuple[tuple[int, int], ...]:
        """Start and end in ``plain`` of what stands between empty lines."""
        return tuple(found.span() for found in _PARAGRAPH.finditer(self.plain))

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Start and end in ``plain`` of every sentence, its stop included."""
        ends = [0, *(found.end() for found in _STOP.finditer(self.plain)), len(self.plain)]
        return tuple(_stripped(self.plain, start, end) for start, end in pairwise(ends))

    def finding(
        self,
        start: int,
        end: int,
        code: str,
        suggestion: str | None = None,
        *,
        severity: Severity | None = None,
        **facts: object,
    ) -> Finding:
        """Return the remark ``code`` about ``plain[start:end]``, for which ``suggestion`` stands."""
        line, column = self.place(start)
        return Finding(
            line, column, _shown(self.plain[start:end]), code,
            severity or REMARKS[code].severity, facts,
            None if suggestion is None else _shown(suggestion), (start, end),
        )  # fmt: skip

    def instead(
        self,
        start: int,
        end: int,
        code: str,
        right: str,
        *,
        severity: Severity | None = None,
        **facts: object,
    ) -> Finding:
        """Return the same with the words around it, so that one sees where ``right`` belongs."""
        left, after = self.around(start, end)
        whole = f"{self.plain[left:start]}{right}{self.plain[end:after]}"
        found = self.finding(left, after, code, whole, severity=severity, **facts)
        return replace(found, span=(start, end))

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Return the extent of the words that ``plain[start:end]`` touches, on its own line."""
        left = start
        while left > 0 and start - left < _WIDEST and not self.plain[left - 1].isspace():
            left -= 1
        right = end
        while right < len(self.plain) and right - end < _WIDEST and not self.plain[right].isspace():
            right += 1
        return left, right

    def unbroken(self, start: int, end: int) -> bool:
        """Say whether ``plain[start:end]`` stands so in the source, with no code taken out."""
        return self.origin[end - 1] - self.origin[start] == end - 1 - start

    def listed(self, at: int) -> bool:
        """Say whether ``plain[at]`` stands in a line that begins like the item of a list."""
        return _LISTED.match(self.source, self._line_start(at), self.origin[at] + 1) is not None

    def heading(self, at: int) -> bool:
        """Say whether ``plain[at]`` stands in a heading, a title, a button or a label."""
        begin = self._line_start(at)
        return _HEADING.search(self.source, begin, self.origin[at] + 1) is not None

    def in_head(self, at: int) -> bool:
        """Say whether ``plain[at]`` stands in the head of a letter."""
        return self.origin[at] < head_end(self.source)

    def to_marketer(self, at: int) -> bool:
        """Say whether ``plain[at]`` is about a letter, in a line of its head that is never sent."""
        return self.in_head(at) and self.source.startswith(_UNSENT, self._line_start(at))

    def _line_start(self, at: int) -> int:
        return self._line_starts[self.place(at)[0] - 1]

    def nearest(self, where: int) -> int:
        """Return the character of ``plain`` that stands at or behind a place in the source."""
        return bisect_left(self.origin, where, hi=len(self.plain))

    def about(self, code: str, *, severity: Severity | None = None, **facts: object) -> Finding:
        """Return the remark ``code`` about the whole text."""
        return Finding(0, 0, "", code, severity or REMARKS[code].severity, facts)

    def place(self, at: int) -> tuple[int, int]:
        """Return line and column in the source of a character of ``plain``."""
        where = self.origin[at]
        line = bisect_right(self._line_starts, where)
        return line, where - self._line_starts[line - 1] + 1

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(at + 1 for at, mark in enumerate(self.source) if mark == "\n")]


def read(source: str, language: Language, genre: Genre) -> Text:
    """Return ``source`` as a text to be proofread."""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    plain, origin = mask(source, genre)
    return Text(source, language, genre, plain, origin)


def capitalised(word: str) -> str:
    """Return ``word`` with a capital; և has none of its own.

    >>> capitalised("և"), capitalised("եկեք")
    ('Եվ', 'Եկեք')
    """
    return f"Եվ{word[1:]}" if word.startswith("և") else word[:1].upper() + word[1:]


def matches(text: Text, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield where ``pattern`` stands in what is read of ``text``."""
    return pattern.finditer(text.plain)


def _shown(part: str) -> str:
    return part.replace(OBJECT, "{…}")


def _stripped(plain: str, start: int, end: int) -> tuple[int, int]:
    inner = plain[start:end]
    left = len(inner) - len(inner.lstrip())
    return start + left, max(start + left, start + len(inner.rstrip()))

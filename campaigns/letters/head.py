"""The head of a letter's text: named lines between two lines of ``---``.

What people write after the colon is text, also where YAML would see a list, a map or a comment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

import yaml

from campaigns.errors import RenderError
from campaigns.model.permission import Purpose
from campaigns.model.priority import Priority
from campaigns.model.register import Register

QUESTIONS = 3
GROUPS = {
    "button": ("text", "link"),
    "offer": ("name", "before", "now", "until", "terms", "link"),
    "questions": tuple(str(number) for number in range(1, QUESTIONS + 1)),
}
"""Heads of several indented lines."""
LINES = ("title", "about", "subject", "preheader", "purpose", "priority", "register", "benefit", "designs",
         "origin", "image", "image_alt", "testimonial")  # fmt: skip
HEAD_KEYS = (*LINES, *GROUPS)

_HEAD = re.compile(r"\A\ufeff?---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_BARE = re.compile(r"^([ \t]*(?:[\w.]+:|-))[ \t]+([^\s'\"|>](?:.*[^ \t\n])?)[ \t]*$", re.MULTILINE)

_Word = TypeVar("_Word", bound=StrEnum)


class Origin(StrEnum):
    """Who wrote a text (practice 20)."""

    HUMAN = "human"
    TEMPLATE = "template"
    """It came with the program."""
    MODEL = "model"
    """A language model wrote it or a part of it."""


class PriorityName(StrEnum):
    """How a head names a ``Priority``."""

    SERVICE = "service"
    RETENTION = "retention"
    PROMOTION = "promotion"
    ACQUISITION = "acquisition"


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands behind a key, and on which line of the letter."""

    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Head:
    """The named lines. Keys of a group are joined by a dot: ``offer.now``, ``questions.1``."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def get(self, key: str) -> Entry | None:
        """Return the entry of ``key``, None where nothing stands behind it."""
        found = self.entries.get(key)
        return found if found and found.value.strip() else None

    def text(self, key: str) -> str:
        """Return what stands behind ``key``; nothing when it is not there."""
        return found.value if (found := self.get(key)) else ""

    def group(self, name: str) -> dict[str, Entry]:
        """Return the lines of a group that are filled in."""
        return {key: found for key in GROUPS[name] if (found := self.get(f"{name}.{key}"))}

    @property
    def purpose(self) -> Purpose:
        """What consent the letter needs."""
        return self._word("purpose", Purpose, None)

    @property
    def priority(self) -> Priority:
        """How much it matters beside other letters to the same reader."""
        return Priority[self._word("priority", PriorityName, PriorityName.PROMOTION).name]

    @property
    def register(self) -> Register:
        """How near the letter is to its reader."""
        return self._word("register", Register, Register.NEUTRAL)

    @property
    def origin(self) -> Origin:
        """Who wrote it."""
        return self._word("origin", Origin, Origin.HUMAN)

    def require_known(self) -> None:
        """Refuse a word that means nothing where only certain words mean something.

        Raises:
            RenderError: with its line and the words that do.
        """
        for name in ("purpose", "priority", "register", "origin"):
            getattr(self, name)

    @property
    def designs(self) -> tuple[str, ...]:
        """The designs that the text names; none when it leaves the choice to us."""
        return tuple(one.strip() for one in self.text("designs").split(",") if one.strip())

    def _word(self, key: str, known: type[_Word], default: _Word | None) -> _Word:
        entry = self.get(key)
        if entry is None and default is not None:
            return default
        got, line = (entry.value, entry.line) if entry else ("", 1)
        try:
            return known(got)
        except ValueError as cause:
            raise RenderError(f"letter.{key}", line=line, got=got,
                              expected=", ".join(known)) from cause  # fmt: skip


def split(source: str) -> tuple[Head, str, int]:
    """Return a letter's head, its body, and the number of the body's first line.

    Raises:
        RenderError: there is no head, it cannot be read, or it lacks what every letter needs.
    """
    head, body, body_line = cut(source)
    for key in ("subject", "purpose"):
        if head.get(key) is None:
            raise RenderError("letter.head_missing", field=key)
    head.require_known()
    return head, body, body_line


def cut(source: str) -> tuple[Head, str, int]:
    """Return the same of a letter that is still being written, whatever its head lacks.

    Raises:
        RenderError: there is no head, or it cannot be read.
    """
    found = _HEAD.match(source)
    if found is None:
        raise RenderError("letter.head", line=1)
    head = _read(found.group(1))
    return head, source[found.end() :], source.count("\n", 0, found.end()) + 1


@lru_cache(maxsize=512)
def _read(lines: str) -> Head:
    """Read the lines of a head; kept, as every look at a letter asks for the same ones."""
    return Head(_entries(_yaml(lines)) if lines.strip() else {})


class _Loader(yaml.SafeLoader):
    """Reads no alias: a few lines of them would stand for a text without end."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError
        return super().compose_node(parent, index)


def _yaml(text: str) -> yaml.MappingNode:
    quoted = _BARE.sub(lambda line: f"{line[1]} '" + line[2].replace("'", "''") + "'", text)
    try:
        node = yaml.compose(quoted, Loader=_Loader)
    except (yaml.YAMLError, RecursionError) as cause:
        mark = getattr(cause, "problem_mark", None)
        raise RenderError("letter.head", line=mark.line + 2 if mark else 1) from cause
    if not isinstance(node, yaml.MappingNode):
        raise RenderError("letter.head", line=2)
    return node


def _entries(node: yaml.MappingNode) -> dict[str, Entry]:
    """Read names and texts only, so no tag, number or alias of YAML means anything here."""
    out: dict[str, Entry] = {}
    for key, value in node.value:
        line = key.start_mark.line + 2
        name = key.value if isinstance(key, yaml.ScalarNode) else "?"
        if name in GROUPS and not isinstance(value, yaml.ScalarNode):
            out |= _group(name, value)
        elif name in LINES and isinstance(value, yaml.ScalarNode):
            out[name] = _entry(value)
        elif name in HEAD_KEYS and _is_empty(value):
            continue
        else:
            raise _no_key(line, str(name), HEAD_KEYS)
    return out


def _group(name: str, node: yaml.Node) -> dict[str, Entry]:
    if isinstance(node, yaml.SequenceNode):
        pairs = [(str(number), one) for number, one in enumerate(node.value, start=1)]
    else:
        pairs = [(one.value, value) for one, value in node.value]
    out: dict[str, Entry] = {}
    for key, value in pairs:
        line = value.start_mark.line + 2
        if not isinstance(key, str) or key not in GROUPS[name]:
            got = key if isinstance(key, str) else "?"
            raise _no_key(line, f"{name}.{got}", [f"{name}.{one}" for one in GROUPS[name]])
        if not isinstance(value, yaml.ScalarNode):
            raise RenderError("letter.head", line=line)
        out[f"{name}.{key}"] = _entry(value)
    return out


def _entry(value: yaml.ScalarNode) -> Entry:
    return Entry(" ".join(value.value.split()), value.start_mark.line + 2)


def _is_empty(value: yaml.Node) -> bool:
    return isinstance(value, yaml.ScalarNode) and not value.value.strip()


def _no_key(line: int, got: str, expected: tuple[str, ...] | list[str]) -> RenderError:
    return RenderError("letter.head_key", line=line, got=got, expected=", ".join(expected))

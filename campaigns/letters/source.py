"""The source of a text: what may stand in it at all, and its head told from its body."""

from __future__ import annotations

import re

from campaigns.errors import RenderError
from campaigns.letters.head import Head, Origin, split
from campaigns.model.permission import Purpose
from campaigns.model.priority import Priority

MAX_CHARACTERS = 10_000
"""Seven times our longest letter. All that reads letters must be done within a second."""
EXAMPLE_MARKS = "⟨⟩"

# What would be taken for one of our own placeholders, or cannot be mailed.
# A numeric reference (&#57344;) could smuggle such a character in past this check.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ue000-\uf8ff]|&#[xX]?[0-9a-fA-F]+;?")
# No letter repeats a few characters hundreds of times, is white for so long, or has such words; but
# what is meant to keep us busy does.
_REPEATED = re.compile(r"(.{1,24}?)\1{200}|(\s)\s{100}|(\S{8})\S{600}", re.DOTALL)
_NO_MARKS = str.maketrans("", "", EXAMPLE_MARKS)


def read_source(source: str) -> tuple[Head, str, int]:
    """Return head, body and the line where the body begins, examples without their marks.

    Raises:
        RenderError: a character cannot be mailed, or the head cannot be read.
    """
    check_text(source)
    plain = source.replace("\r\n", "\n").replace("\r", "\n").translate(_NO_MARKS)
    found = split(plain)
    for entry in found[0].entries.values():  # in quotes, YAML can spell any character
        check_characters(entry.value, entry.line)
        if mark := next((one for one in EXAMPLE_MARKS if one in entry.value), ""):
            raise RenderError("letter.character", line=entry.line, got=_named(mark))
    return found


def read_purpose(source: str) -> Purpose:
    """Return what consent a letter needs, from its head alone.

    Raises:
        RenderError: the head cannot be read.
    """
    return read_source(source)[0].purpose


def read_priority(source: str) -> Priority:
    """Return how much a letter matters beside others, from its head alone.

    Raises:
        RenderError: the head cannot be read.
    """
    return read_source(source)[0].priority


def read_origin(source: str) -> Origin:
    """Return who wrote a text, from its head alone.

    Raises:
        RenderError: the head cannot be read.
    """
    return read_source(source)[0].origin


def check_text(source: str) -> None:
    """Refuse what is too long, repeats itself without end, or cannot be mailed.

    Raises:
        RenderError: it does; facts say where.
    """
    if len(source) > MAX_CHARACTERS:
        raise RenderError("input.too_long", field="letter", got=len(source), limit=MAX_CHARACTERS)
    source = source.replace("\r\n", "\n")
    if found := _REPEATED.search(source):
        line = source.count("\n", 0, found.start()) + 1
        got = next(one for one in found.groups() if one)
        raise RenderError("letter.repeated", line=line, got=got.strip() or "space")
    check_characters(source)


def check_characters(text: str, line: int = 1) -> None:
    """Refuse characters that cannot be mailed, or that stand for something in here.

    Raises:
        RenderError: there is one; ``line`` is where ``text`` begins.
    """
    if found := _FORBIDDEN.search(text):
        line += text.count("\n", 0, found.start())
        raise RenderError("letter.character", line=line, got=_named(found.group()))


def _named(found: str) -> str:
    return found if len(found) > 1 else f"U+{ord(found):04X}"

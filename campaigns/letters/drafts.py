"""A text that is being written, as a form shows it: the head by its keys, and the body.

Nothing but the form of the head's lines is lost on the way there and back: a body comes back as it
was, and examples keep their marks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from campaigns.letters.finding import Finding
from campaigns.letters.head import GROUPS, HEAD_KEYS, cut
from campaigns.letters.library import Texts
from campaigns.model.language import Language

SHARED = ("purpose", "priority", "register", "designs", "origin", "image", "testimonial",
          "offer.before", "offer.now", "offer.until", "offer.link")  # fmt: skip
"""Keys that a letter has once, whatever the language and the text."""
LISTED = ("title", "about")
"""Keys for the list of letters, which the first text has."""
BODY = "{{ contact | greeting }}\n\n\n\n{{ benefit }}\n\n{{ signature }}\n"
"""What a new text begins with."""
_YAML_MARKS = ("'", '"', "|", ">")


@dataclass(frozen=True, slots=True)
class Draft:
    """A text in parts. ``values`` holds what is filled in, parts of a group as ``offer.now``."""

    values: Mapping[str, str] = field(default_factory=dict)
    body: str = BODY
    lines: Mapping[str, int] = field(default_factory=dict)
    """Key → its line in the source."""
    body_line: int = 1
    """The line of the source on which the body begins."""


def read_draft(source: str) -> Draft:
    """Return a text in parts; nothing written yet is an empty text.

    Raises:
        RenderError: the head cannot be read.
    """
    if not source.strip():
        return Draft()
    head, body, body_line = cut(source.replace("\r\n", "\n").replace("\r", "\n"))
    filled = {key: entry for key, entry in head.entries.items() if entry.value}
    return Draft(
        {key: entry.value for key, entry in filled.items()}, body,
        {key: entry.line for key, entry in filled.items()}, body_line,
    )  # fmt: skip


def write_draft(values: Mapping[str, str], body: str) -> str:
    """Return the source of a text; keys with nothing behind them are left out."""
    lines = [line for key in HEAD_KEYS for line in _written(key, values)]
    return "\n".join(["---", *(lines or [""]), "---", body])


def put(source: str, key: str, value: str) -> str:
    """Return a text with another value behind a key of its head.

    Raises:
        RenderError: the head cannot be read.
    """
    draft = read_draft(source)
    return write_draft({**draft.values, key: value}, draft.body)


def put_body(source: str, body: str) -> str:
    """Return a text with another body.

    Raises:
        RenderError: the head cannot be read.
    """
    return write_draft(read_draft(source).values, body)


def new_text(like: str = "") -> str:
    """Return a text to begin with; what a letter has once is taken from another text of it.

    Raises:
        RenderError: the head of the other text cannot be read.
    """
    known = read_draft(like).values
    values = {key: known[key] for key in SHARED if key in known}
    return write_draft({"purpose": "offers", **values}, BODY)


def is_blank(source: str) -> bool:
    """Say whether nobody has written anything of a letter's own in a text.

    Raises:
        RenderError: the head cannot be read.
    """
    draft = read_draft(source)
    own = [key for key in draft.values if key not in (*SHARED, *LISTED)]
    return not own and draft.body.strip() in ("", BODY.strip())


def mended(source: str, finding: Finding) -> str | None:
    """Return a text with a remark's suggestion put in, None when its place is not certain."""
    lines = source.split("\n")
    if finding.suggestion is None or not finding.excerpt or not 0 < finding.line <= len(lines):
        return None
    line, words = lines[finding.line - 1], finding.excerpt
    begin, end = fault_in(line, finding)
    if end == 0 and line.count(words) == 1:
        begin = line.index(words)
        end = begin + len(words)
    if end == 0:
        return None
    lines[finding.line - 1] = line[:begin] + finding.suggestion + line[end:]
    return "\n".join(lines)


def fault_in(line: str, finding: Finding) -> tuple[int, int]:
    """Return where in its line the words of a remark begin and end, (0, 0) when they do not.

    >>> fault_in("Hello ⟨you⟩.", Finding("error", Language.EN, 1, "check.example", {}, 7, "you"))
    (6, 11)
    """
    at, words = finding.column - 1, finding.excerpt
    if at < 0 or not words:
        return 0, 0
    if line.startswith(words, at):
        return at, at + len(words)
    if line.startswith(f"⟨{words}", at):  # an example, with its marks
        return at, line.find("⟩", at) + 1
    return 0, 0


def written_texts(texts: Texts) -> Texts:
    """Return the texts that are more than begun: blank ones at the end of a language are dropped.

    Raises:
        RenderError: a head cannot be read.
    """
    kept: dict[Language, list[str]] = {}
    for language, sources in texts.items():
        last = max((at for at, one in enumerate(sources, 1) if not is_blank(one)), default=0)
        if last:
            kept[language] = sources[:last]
    return kept


def _written(key: str, values: Mapping[str, str]) -> list[str]:
    if key not in GROUPS:
        return [f"{key}: {_quoted(values[key])}"] if values.get(key, "").strip() else []
    parts = [(part, values.get(f"{key}.{part}", "")) for part in GROUPS[key]]
    if key == "questions":
        lines = [f"  - {_quoted(value)}" for _, value in parts if value.strip()]
    else:
        lines = [f"  {part}: {_quoted(value)}" for part, value in parts if value.strip()]
    return [f"{key}:", *lines] if lines else []


def _quoted(value: str) -> str:
    """Return a value as the head reads it; only what YAML would misread needs quotes."""
    plain = " ".join(value.split())
    return "'" + plain.replace("'", "''") + "'" if plain.startswith(_YAML_MARKS) else plain

"""What a proofreader says: a place, what is wrong there, and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from campaigns.language.catalogue import catalogue
from campaigns.language.proofreading.remarks import REMARKS
from campaigns.model.language import Language

Severity = Literal["error", "warning"]
Genre = Literal["letter", "interface", "page"]
"""A letter greets, thanks and is signed; a page of a site and a text of the interface do not."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark. Line and column count from 1, in characters; line 0 is the whole text.

    ``excerpt`` is what stands there and ``suggestion`` what to write in its place, where a machine
    can know it. ``error``: a reader sees that it is wrong, so the text may not go out. ``warning``:
    the author judges.
    """

    line: int
    column: int
    excerpt: str
    code: str
    severity: Severity
    facts: Mapping[str, object] = field(default_factory=dict, compare=False)
    suggestion: str | None = None
    span: tuple[int, int] = field(default=(0, 0), compare=False, repr=False)
    """Where the fault itself lies in what is read of the text; the excerpt may show more."""

    def says(self, reader: Language) -> str:
        """Return what is wrong and why, in the reader's language."""
        return said(self.code, {"got": self.excerpt, **self.facts}, reader)


def said(code: str, facts: Mapping[str, object], reader: Language) -> str:
    """Return a remark with its facts, in the reader's language."""
    return catalogue("core", reader).gettext(REMARKS[code].text).format_map(facts)

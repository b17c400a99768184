"""A finding: one thing that a look at a letter found, with the place to mend it."""

from __future__ import annotations

from dataclasses import dataclass, field

from campaigns.errors import RenderError
from campaigns.language.explanation import explain
from campaigns.language.proofreading.findings import Severity, said
from campaigns.language.proofreading.remarks import REMARKS
from campaigns.model.language import Language


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark. ``code`` and ``facts`` as in an error; ``line`` 0 stands for the whole letter.

    A remark of the proofreader tells the ``column``, what stands there and what to write instead.
    """

    severity: Severity
    language: Language
    line: int
    code: str
    facts: dict[str, object] = field(default_factory=dict)
    column: int = 0
    excerpt: str = ""
    suggestion: str | None = None
    number: int = 1
    """Which of the letter's texts."""

    def says(self, reader: Language) -> str:
        """Return the remark in the reader's language."""
        if self.code in REMARKS:
            return said(self.code, {"got": self.excerpt, **self.facts}, reader)
        return explain(RenderError(self.code, **self.facts), reader)

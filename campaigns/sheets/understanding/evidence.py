"""Why a column is taken for what it is: a code with the facts that a person may judge it by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from campaigns.language.formats import percent
from campaigns.language.labels import label
from campaigns.model.language import Language

HEADING = "heading"
"""Its heading says so."""
VALUES = "values"
"""Most of its values look so; ``look`` and ``share`` (percent) say how and how many."""
HEADING_AND_VALUES = "heading_and_values"
NOT_HEADING = "not_heading"
"""Its values look so, against what the heading says."""
REMEMBERED = "remembered"
NONE = "none"
COUNTS_ROWS = "counts_rows"
ORDER_TOTAL = "order_total"
"""The sum of the whole order stands on each of its lines: to add them up would count it again."""
LINE_AMOUNT = "line_amount"
"""It is the quantity times the price."""
UNSURE_BELOW = 0.55


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a column means what it means.

    ``confidence`` is between 0 and 1; below ``UNSURE_BELOW`` a person had better look. ``second``
    is what else it may be. ``type`` is that of a column kept as an attribute.
    """

    code: str
    confidence: float = 0.0
    second: str | None = None
    look: str | None = None
    share: int | None = None
    type: str | None = None

    @property
    def is_unsure(self) -> bool:
        """Whether a person had better look at this column."""
        return self.code != NONE and self.confidence < UNSURE_BELOW

    def to_json(self) -> dict[str, Any]:
        """Return the facts that there are, for the row of the upload."""
        found = {
            "code": self.code, "confidence": round(self.confidence, 2), "second": self.second,
            "look": self.look, "share": self.share, "type": self.type, "unsure": self.is_unsure,
        }  # fmt: skip
        return {name: value for name, value in found.items() if value is not None}


def in_words(evidence: Mapping[str, Any], language: Language) -> str:
    """Return what :meth:`Evidence.to_json` says, for a person.

    >>> in_words({"code": "values", "look": "address", "share": 94}, Language.EN)
    'by the values (e-mail addresses, 94%)'
    """
    words = label(f"evidence.{evidence['code']}", language)
    if "look" not in evidence:
        return words
    look = label(f"look.{evidence['look']}", language)
    return f"{words} ({look}, {percent(evidence['share'], language)})"

"""Why a column is taken for what it is, in words, and whether a person had better look."""

from __future__ import annotations

from campaigns.sheets.intake import Preview
from campaigns.sheets.understanding.evidence import in_words
from campaigns.ui.words import language


def reason(seen: Preview, heading: str) -> str:
    """Return in words what a column was recognised by."""
    return in_words(seen.evidence[heading], language())


def is_unsure(seen: Preview, heading: str) -> bool:
    """Say whether nothing but a guess stands behind what a column is taken for."""
    found = seen.evidence[heading]
    return bool(found["unsure"]) or found["code"] == "none"

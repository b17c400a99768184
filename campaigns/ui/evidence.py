"""Why a column is taken for what it is, in words, and whether a person had better look."""

from __future__ import annotations

from campaigns.sheets.intake import Preview
from campaigns.ui.words import label


def reason(seen: Preview, heading: str) -> str:
    """Return in words what a column was recognised by."""
    return label(f"evidence.{seen.evidence.get(heading, 'none')}")


def is_unsure(seen: Preview, heading: str) -> bool:
    """Say whether nothing but a guess stands behind what a column is taken for."""
    return seen.evidence.get(heading, "none") == "none"

"""What each finding says in English, and how grave it is, by code. Translated in ``core.po``.

Shape of a text: what is wrong - what is right, and why. Places: ``{got}``, what stands in the text,
and the facts that the rule names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from campaigns.errors import N_


@dataclass(frozen=True, slots=True)
class Remark:
    """The gravity of a finding where its rule names no other, and its English text."""

    severity: Literal["error", "warning"]
    text: str


MARKS: dict[str, Remark] = {
    "proof.colon_stop": Remark(
        "error", N_("a colon ends the sentence; the Armenian full stop is ։ (U+0589)")
    ),
}
"""Marks, letters and structure."""

WORDING: dict[str, Remark] = {}
"""Choice of words and spelling."""

REMARKS = MARKS | WORDING

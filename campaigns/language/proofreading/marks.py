"""Marks of punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaigns.language.proofreading.findings import Finding
from campaigns.language.proofreading.text import Text, matches
from campaigns.model.language import Language

_COLON = re.compile(r"(?<=[ա-և]):(?=[»)]?(?:\s|$))")


def colon_for_stop(text: Text) -> Iterator[Finding]:
    """Armenian: ``:`` where ``։`` ends a sentence."""
    if text.language is Language.HY:
        for found in matches(text, _COLON):
            yield text.finding(*found.span(), "proof.colon_stop", "։")


RULES = (colon_for_stop,)

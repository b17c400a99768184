"""How alike two texts of a letter are: for texts that take turns, and readers who remember."""

from __future__ import annotations

import re
from functools import lru_cache

from campaigns.letters.head import split
from campaigns.letters.source import EXAMPLE_MARKS

CEILING = 0.5
"""Two texts that share more than half of their runs of three words read as the same letter."""
RUN = 3
_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


@lru_cache(maxsize=512)
def similarity(one: str, other: str) -> float:
    """Return the share of runs of three words that two texts have in common (Jaccard), 0 to 1.

    Merge fields count as one word each, so that what is personal makes no two texts alike.

    Raises:
        RenderError: a head cannot be read.
    """
    left, right = _runs(one), _runs(other)
    return len(left & right) / len(left | right) if left | right else 1.0


def _runs(source: str) -> frozenset[tuple[str, ...]]:
    head, body, _ = split(source.replace("\r\n", "\n"))
    prose = f"{head.text('subject')}. {body}".translate({ord(mark): None for mark in EXAMPLE_MARKS})
    words = _WORD.findall(_CODE.sub(" x ", prose).lower())
    return frozenset(zip(*(words[at:] for at in range(RUN)), strict=False))

"""Which text and which design of a letter somebody gets (practice 37)."""

from __future__ import annotations

from typing import NamedTuple


class Pair(NamedTuple):
    """A text of a letter, counted from 1, in a design."""

    text: int
    design: str

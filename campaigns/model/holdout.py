"""Who gets nothing, so that what letters change can be seen beside what happens anyway.

A draw of 64 bits (``store.signing``) decides, never an order or a state: asked again, it says the
same. Holdouts of at most half leave a campaign worth its name.
"""

from __future__ import annotations

MOST_PER_CENT = 50
_DRAWS = 1 << 64


def is_held(number: int, per_cent: int) -> bool:
    """Say whether who drew ``number`` is held out, when ``per_cent`` of all are.

    >>> is_held(0, 0), is_held(0, 1), is_held((1 << 64) - 1, 50)
    (False, True, False)
    """
    return number * 100 < per_cent * _DRAWS

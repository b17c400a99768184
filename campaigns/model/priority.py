"""Which of two letters matters more to the same customer (practice 45)."""

from __future__ import annotations

from enum import IntEnum


class Priority(IntEnum):
    """The rank of a letter; the smaller number goes first. A letter's head names it in lower case.

    Practice 45: keeping customers comes before offers to everybody.
    """

    SERVICE = 0
    """About what the reader has bought or asked: apologies, promises kept, points that expire."""
    RETENTION = 1
    """To a reader whom the shop would lose: win-back, second purchase, thanks."""
    PROMOTION = 2
    """Offers and news to many; what a letter is when it says nothing."""
    ACQUISITION = 3
    """To bring new customers: referrals, recommendations to friends."""

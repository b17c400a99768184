"""What the large mailbox providers demand of bulk senders, beside what was found.

Sources: Google "Email sender guidelines" (February 2024, tightened November 2025), Yahoo "Sender
best practices", Microsoft "Strengthening email ecosystem" (Outlook.com, May 2025).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from campaigns.delivery.deliverability import Check, Light

DEMANDED, ADVISED = "demanded", "advised"


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that is asked of senders, by whom, and the topics of the checks that tell of it."""

    name: str
    topics: tuple[str, ...]
    gmail: str
    yahoo: str
    outlook: str


DEMANDS = (
    Demand("spf", ("spf",), DEMANDED, DEMANDED, DEMANDED),
    Demand("dkim", ("dkim",), DEMANDED, DEMANDED, DEMANDED),
    Demand("dmarc", ("dmarc",), DEMANDED, DEMANDED, DEMANDED),
    Demand("one_click", ("one_click", "address"), DEMANDED, DEMANDED, ADVISED),
    Demand("reply", ("reply",), ADVISED, ADVISED, DEMANDED),
    Demand("spam_rate", ("spam_rate",), DEMANDED, DEMANDED, ADVISED),
)
_WORST = (Light.BAD, Light.UNKNOWN, Light.WEAK, Light.GOOD)


def light_of(demand: Demand, checks: Iterable[Check]) -> Light:
    """Return how a demand is met: as the worst of its checks."""
    lights = [one.light for one in checks if one.topic in demand.topics]
    return min(lights, key=_WORST.index, default=Light.UNKNOWN)

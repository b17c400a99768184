"""What the large mailbox providers demand of bulk senders, beside what was found.

Sources: Google "Email sender guidelines" (February 2024, tightened November 2025), Yahoo "Sender
best practices", Microsoft "Strengthening email ecosystem" (Outlook.com, May 2025).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    """Return how a demand is met: as the worst of its checks; of several keys one is enough."""
    found = [one for one in checks if one.topic in demand.topics]
    lights = [_of_topic(topic, found) for topic in demand.topics]
    return min(lights, key=_WORST.index)


def _of_topic(topic: str, found: Sequence[Check]) -> Light:
    lights = [one.light for one in found if one.topic == topic]
    if topic == "dkim" and Light.GOOD in lights and Light.BAD in lights:
        return Light.WEAK  # mail is signed by one key; SendGrid will change to the other
    return min(lights, key=_WORST.index, default=Light.UNKNOWN)

"""What goes wrong at the fake SendGrid, and when.

A fault is a word, some with a number: a status (``400:2`` names the third person, ``429:5`` ends in
five seconds), ``slow:S`` answers after S seconds, and

- ``drop-before-body``, ``drop-after-body``: the connection is reset, nothing was taken;
- ``accept-then-drop``, ``accept-then-hang``, ``half-answer``: all were taken, nobody is told;
- ``hang``: nothing is taken and no answer comes;
- ``accept-then-close``: answered, and then the connection is closed without a word before.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

TAKES_ALL = frozenset({"accept-then-drop", "accept-then-hang", "half-answer", "accept-then-close"})
DROPS = frozenset({"drop-before-body", "drop-after-body", "accept-then-drop"})
HANGS = frozenset({"hang", "accept-then-hang"})
WORDINGS = {
    "named": "Does not contain a valid address.",
    "unknown": "Bad Request",
    "quoted": "The address {} is not valid.",
}
"""How a 400 speaks of an address: by its place in the request, by itself, or without a word of it."""


@dataclass
class Weather:
    """Faults that nobody asks for one by one. Each is looked for in the order of the fields."""

    queue: list[str] = field(default_factory=list)
    """One a request, in this order; an empty one is none."""
    by_number: dict[int, str] = field(default_factory=dict)
    """Number of the request (the first is 1) → fault."""
    by_connection: dict[int, str] = field(default_factory=dict)
    """Number of the connection (the first is 1) → fault of the requests that come over it."""
    windows: list[tuple[float, float, str]] = field(default_factory=list)
    """From, until (seconds after the first request), fault: an outage."""
    per_s: int = 0
    """Requests a second; the others are told 429, and to wait until the next second."""
    shares: dict[str, float] = field(default_factory=dict)
    """Fault → part of all requests that meet it."""
    seed: int = 1
    refuses: list[tuple[str, str]] = field(default_factory=list)
    """Pattern of addresses (``*@gone.example``), and one of ``WORDINGS``."""
    clock: Callable[[], float] = time.monotonic
    _begun: float | None = None
    _asked: Counter[int] = field(default_factory=Counter)
    _chance: random.Random | None = None

    def fault(self, number: int, connection: int) -> str:
        """The fault that request ``number`` meets, or an empty text."""
        now = self.clock()
        self._begun = now if self._begun is None else self._begun
        if self.queue:
            return self.queue.pop(0)
        found = self.by_number.get(number) or self.by_connection.get(connection)
        return found or self._of_time(now, now - self._begun) or self._by_chance()

    def refused(self, address: str) -> str | None:
        """The wording with which an address is refused, or None."""
        return next((how for pattern, how in self.refuses if fnmatchcase(address, pattern)), None)

    def change(self, wanted: dict[str, Any]) -> None:
        """Take over what came as JSON, where numbers that are keys are texts."""
        for name, value in wanted.items():
            keyed = name in ("by_number", "by_connection")
            setattr(
                self, name, {int(key): fault for key, fault in value.items()} if keyed else value
            )
        self._chance = None

    def _of_time(self, now: float, since_s: float) -> str:
        for begins, ends, fault in self.windows:
            if begins <= since_s < ends:
                return fault
        self._asked[int(now)] += 1
        return "429:1" if self.per_s and self._asked[int(now)] > self.per_s else ""

    def _by_chance(self) -> str:
        if not self.shares:
            return ""
        self._chance = self._chance or random.Random(self.seed)
        place = self._chance.random()
        for fault, share in self.shares.items():
            place -= share
            if place < 0:
                return fault
        return ""

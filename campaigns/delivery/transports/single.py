"""One reader a request, where a provider takes many: for letters that must not share anything.

The requests of one window are made one after another, and the rows tell of the window as a whole:
a transaction a reader would cost more than the request. A process that dies leaves a window in
doubt, and not a thousand readers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from campaigns import clock
from campaigns.delivery.transports import Fate, Outcome, Request, Transport, Verdict

WINDOW = 8
"""Requests between two transactions: eight at 200 ms still let a pause take effect within 2 s."""


@dataclass(frozen=True, slots=True)
class OneByOne:
    """Sends by ``inner``, one addressee at a time."""

    inner: Transport
    window: int = WINDOW
    monotonic_s: Callable[[], float] = clock.monotonic_s

    def send(self, request: Request, key: str, *, now: datetime, time_left_s: float) -> Outcome:
        """Ask for each addressee; after an answer that concerns them all nobody else is asked for."""
        deadline = self.monotonic_s() + time_left_s
        verdicts: list[Verdict] = []
        last = Outcome(())
        for place in range(request.count):
            left_s = deadline - self.monotonic_s()
            if left_s <= 0 or last.later or last.halt or _is_silent(last):
                break
            last = self.inner.send(request.part(place, 1), key, now=now, time_left_s=left_s)
            verdicts += last.verdicts
        rest = (Verdict(Fate.AGAIN),) * (request.count - len(verdicts))
        return Outcome(
            (*verdicts, *rest), provider_id=last.provider_id, http_status=last.http_status,
            error=last.error, later=last.later, retry_after_s=last.retry_after_s, halt=last.halt,
        )  # fmt: skip

    def close(self) -> None:
        """End what the inner one has open."""
        self.inner.close()


def _is_silent(outcome: Outcome) -> bool:
    return any(verdict.fate is Fate.UNKNOWN for verdict in outcome.verdicts)

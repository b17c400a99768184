"""What is broken, and when: drawn from a seed."""

from __future__ import annotations

import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.reliability.machines import Workers, wake
from bench.reliability.place import Place
from bench.reliability.work import Work

FULL_S = 1.0
WEATHER = {
    "shares": {
        "503": 0.01, "accept-then-drop": 0.01, "drop-after-body": 0.005, "half-answer": 0.005,
        "accept-then-close": 0.01, "429:1": 0.005, "slow:2.5": 0.005, "accept-then-hang": 0.005,
    },
    "refuses": [["*7@mail1.example", "named"], ["*3@mail2.example", "unknown"]],
}  # fmt: skip
"""The provider is ill now and then, too, and does not take everybody."""


@dataclass
class Chaos:
    """Breaks one thing at a time, and counts what it broke."""

    place: Place
    workers: Workers
    work: Work
    lease_s: float
    chance: random.Random
    done: Counter[str] = field(default_factory=Counter)
    waking: list[threading.Timer] = field(default_factory=list)

    def strike(self) -> None:
        """Break something, drawn by weight from what can be broken here."""
        kinds = self._kinds()
        [(name, _, step)] = self.chance.choices(kinds, [weight for _, weight, _ in kinds])
        if step():
            self.done[name] += 1

    def _kinds(self) -> list[tuple[str, int, Callable[[], bool]]]:
        kinds: list[tuple[str, int, Callable[[], bool]]] = [
            ("kill", 72, self._kill),
            ("kill all", 4, self._kill_all),
            ("stop beyond the lease", 8, self._stop),
            ("dispatcher lost", 4, self._lose_dispatcher),
            ("paused by a person", 4, self.work.pause_one),
            ("cancelled by a person", 1, self.work.cancel_one),
        ]
        if self.place.cluster is not None:
            kinds.append(("database restarted", 4, self._restart))
        if self.place.disk is not None:
            kinds.append(("disk full", 3, self._fill))
        return kinds

    def calm(self) -> None:
        """Wake whoever sleeps, and see that the database runs."""
        for timer in self.waking:
            timer.join()
        self._mend()

    def _kill(self) -> bool:
        return self.workers.signal(signal.SIGKILL, self.chance.randrange(99)) is not None

    def _kill_all(self) -> bool:
        for place in range(len(self.workers.living)):
            self.workers.signal(signal.SIGKILL, place)
        return True

    def _stop(self) -> bool:
        pid = self.workers.signal(signal.SIGSTOP, self.chance.randrange(99))
        if pid is None:
            return False
        timer = threading.Timer(2 * self.lease_s, wake, (pid,))
        timer.start()
        self.waking.append(timer)
        return True

    def _lose_dispatcher(self) -> bool:
        self.place.lose_dispatcher()
        return True

    def _restart(self) -> bool:
        self.place.restart_database()
        return True

    def _fill(self) -> bool:
        with self.place.full():
            time.sleep(FULL_S)
        self._mend()
        return True

    def _mend(self) -> None:
        """PostgreSQL that found no room for its log ends; an operator starts it again."""
        if self.place.cluster is not None and not self.place.cluster.is_up():
            self.place.cluster.start()

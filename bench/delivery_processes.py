"""The processes beside a measurement of sending: provider, workers, and somebody who looks at pages.

.venv/bin/python -m bench.delivery_processes work|look DATA PORT [DATABASE_URL] waits for its input to
end; ``work`` then sends, ``look`` then tells how long what a page asks of the store took.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from bench.delivery_shop import settings_of
from bench.own_process import _peak_mb as peak_mb
from campaigns import clock
from campaigns.delivery.dispatch import send_due
from campaigns.delivery.status import all_campaigns, status
from campaigns.jobs.rows import living
from campaigns.store.workspace import Workspace, open_workspace

NAME = "bench"
LOOKS_S = 0.05
"""Pause between two looks of the person at the page."""


def main() -> None:
    """Be one of the processes."""
    how, folder, port, url = [*sys.argv[1:], ""][:4]
    shop = open_workspace(settings_of(Path(folder), int(port), url))
    print("ready", flush=True)
    if how == "work":
        sys.stdin.read()
        send_due(shop, owner=clock.new_owner())
        print(json.dumps({"peak_mb": peak_mb()}), flush=True)
    else:
        print(json.dumps(_look(shop)), flush=True)


def _look(shop: Workspace) -> dict[str, float]:
    """Ask for what home and a campaign's page show, until our input ends; return milliseconds."""
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    took: list[float] = []
    while not ended.wait(LOOKS_S):
        began = time.perf_counter()
        with shop.database.read() as connection:
            status(connection, NAME)
            all_campaigns(connection)
            living(connection, now=clock.utcnow())
        took.append((time.perf_counter() - began) * 1000)
    p50, p99 = np.percentile(took or [0.0], [50, 99])
    return {"looks": len(took), "p50_ms": float(p50), "p99_ms": float(p99)}


class Beside:
    """A process that is ready, and what it tells at its end."""

    def __init__(self, module: str, *words: object) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *map(str, words)], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.first = self.process.stdout.readline().strip()
        self.told: dict[str, Any] = {}

    def begin(self) -> None:
        """End its input."""
        assert self.process.stdin is not None
        self.process.stdin.close()

    def end(self) -> None:
        """Wait until it has ended, and keep what it told."""
        assert self.process.stdout is not None
        self.told = json.loads(self.process.stdout.read() or "{}")
        self.process.wait()


@contextmanager
def beside(module: str, *words: object) -> Iterator[Beside]:
    """Have a process beside that works until the end of the block."""
    one = Beside(module, *words)
    try:
        yield one
    finally:
        one.begin()
        one.end()


def together(workers: int, *words: object) -> tuple[float, float]:
    """Return the seconds that workers need from when all stand ready, and the most memory of one."""
    each = [Beside("bench.delivery_processes", "work", *words) for _ in range(workers)]
    began = time.perf_counter()
    for one in each:
        one.begin()
    for one in each:
        one.end()
    return time.perf_counter() - began, max(one.told["peak_mb"] for one in each)


if __name__ == "__main__":
    main()

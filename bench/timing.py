"""Times ways of doing the same work side by side, interleaved, and prints rates and ratios."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """A way of doing the work, and how many things (rows, recipients) one run of it handles."""

    work: Callable[[], object]
    count: int


def compare(ways: Mapping[str, Way], *, rounds: int) -> dict[str, float]:
    """Run each way once a round, print medians, return what each handles in a core-second.

    The first way is what the others are held to. A slow way may handle fewer things a run: rates
    are compared.
    """
    wall: dict[str, list[float]] = {name: [] for name in ways}
    core: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            began, spent = time.perf_counter(), time.process_time()
            way.work()
            wall[name].append((time.perf_counter() - began) / way.count)
            core[name].append((time.process_time() - spent) / way.count)
    seconds = {name: statistics.median(each) for name, each in wall.items()}
    cores = {name: statistics.median(each) for name, each in core.items()}
    first = next(iter(ways))
    print(f"{'':34} {'per s':>11} {'per core-s':>11} {'ratio':>7} {'core ratio':>10}")
    for name in ways:
        print(f"{name:34} {1 / seconds[name]:11,.0f} {1 / cores[name]:11,.0f}"
              f" {seconds[first] / seconds[name]:7.1f} {cores[first] / cores[name]:10.1f}")  # fmt: skip
    return {name: 1 / each for name, each in cores.items()}

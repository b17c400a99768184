"""Times ways of doing the same work side by side, interleaved, and prints ratios."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping


def compare(ways: Mapping[str, Callable[[], object]], *, count: int, rounds: int) -> None:
    """Run each way once a round and print medians; the first way is what the others are held to.

    Args:
        ways: name → the work.
        count: how many things (rows, recipients) one run handles.
        rounds: how often each runs.
    """
    wall: dict[str, list[float]] = {name: [] for name in ways}
    core: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, work in ways.items():
            began, spent = time.perf_counter(), time.process_time()
            work()
            wall[name].append(time.perf_counter() - began)
            core[name].append(time.process_time() - spent)
    first = statistics.median(wall[next(iter(ways))])
    print(f"{'':34} {'seconds':>8} {'core-s':>8} {'per s':>10} {'ratio':>7}")
    for name in ways:
        took = statistics.median(wall[name])
        used = statistics.median(core[name])
        print(f"{name:34} {took:8.2f} {used:8.2f} {count / took:10,.0f} {first / took:7.1f}")

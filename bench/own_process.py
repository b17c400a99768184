"""Runs a way of doing something in a process of its own: time, core-seconds, memory of it alone."""

from __future__ import annotations

import importlib
import json
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run took: seconds of the clock and of all cores, the most memory it held."""

    seconds: float
    core: float
    peak_mb: float
    stages: dict[str, float] = field(default_factory=dict)
    """Parts of it, in seconds; what comes after it may stand here too."""


def measured(way: str, path: Path) -> Figures:
    """Run ``module:function`` on a file in a process of its own.

    The function yields when it is ready, then when it is done, with its stages; what it does
    after that is not counted.
    """
    done = subprocess.run(
        [sys.executable, "-m", "bench.own_process", way, str(path)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return Figures(**json.loads(done.stdout.splitlines()[-1]))


def median_of(runs: list[Figures]) -> Figures:
    """Return the medians; the memory is the most that any run held."""
    stages = {name: statistics.median(run.stages[name] for run in runs) for name in runs[0].stages}
    return Figures(
        statistics.median(run.seconds for run in runs),
        statistics.median(run.core for run in runs),
        max(run.peak_mb for run in runs), stages,
    )  # fmt: skip


def _main() -> None:
    module, _, name = sys.argv[1].partition(":")
    steps = getattr(importlib.import_module(module), name)(Path(sys.argv[2]))
    next(steps)
    began, spent = time.perf_counter(), time.process_time()
    stages = next(steps)
    seconds, core = time.perf_counter() - began, time.process_time() - spent
    peak_mb = _peak_mb()
    next(steps, None)
    print(json.dumps(asdict(Figures(seconds, core, peak_mb, stages))))


def _peak_mb() -> float:
    """The most memory that this program held; what getrusage tells counts its parent's too."""
    status = Path("/proc/self/status")
    if status.exists():
        [line] = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    _main()

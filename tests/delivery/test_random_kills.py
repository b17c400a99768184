"""A short run of the proof that anybody can repeat at length: see docs/reliability.md.

Under ``hold``: the other policies have to wait until it is too late for late events.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHORT = ("--kills", "4", "--readers", "120", "--pause-s", "0.3", "--deaths", "0.02")


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("dispatcher", "policy", "seed"), [("sqlite", "hold", 7), ("postgresql", "hold", 8)]
)
def test_workers_killed_at_random_lose_nobody_and_double_nobody(dispatcher, policy, seed):
    words = ("--dispatcher", dispatcher, "--policy", policy, "--seed", str(seed))
    done = subprocess.run(
        (sys.executable, "-m", "bench.reliability", *SHORT, *words),
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    found = report["messages"]
    assert report["kill -9"] >= 4
    assert report["bodies against the rules"] == 0
    assert (found["lost"], found["falsely_sent"], found["twice"]) == (0, 0, 0)
    assert found["accepted"] > 0

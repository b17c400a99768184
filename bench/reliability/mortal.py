"""`campaigns worker`, as it is, that dies of its own hand now and then: at the steps of a send.

Only this entry point of the proof hands ``send_due`` its checkpoints; the product has none.
"""

from __future__ import annotations

import functools
import os
import random
import signal
import sys
import threading
from datetime import timedelta
from pathlib import Path

from campaigns.cli import main
from campaigns.delivery.unsettled import doubt
from campaigns.jobs import handlers, periodic

GRACE = timedelta(seconds=8)
"""Longer than any request of the fake provider takes, its slowest and the stopped ones included."""


def live(environ: dict[str, str], deaths: float, seed: int, folder: str) -> None:
    """Be a worker, until killed; with chance ``deaths`` at each step of a send, by ourselves."""
    for name in [name for name in os.environ if name.startswith("CAMPAIGNS_")]:
        del os.environ[name]
    os.environ.update(environ)
    log = os.open(str(Path(folder) / "workers.log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
    chance, turn = random.Random(seed), threading.Lock()
    kills = os.open(str(Path(folder) / "kills.log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def checkpoint(point: str) -> None:
        with turn:
            if chance.random() < deaths:
                os.write(kills, f"{point}\n".encode())
                os.kill(os.getpid(), signal.SIGKILL)

    handlers.send_due = functools.partial(handlers.send_due, checkpoint=checkpoint)
    doubt.GRACE = GRACE
    periodic.EVERY[periodic.SETTLE_UNKNOWN] = timedelta(seconds=2)
    main.main(args=["worker"], standalone_mode=False)

"""The whole worker, killed where a job changes hands: ``python -m … SETTINGS POINT``.

POINT: ``kick`` (before a job's id is given to the dispatcher), ``claim`` (a thread has the id and not
yet the row), ``finish`` (the job is done and not yet called so).
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from campaigns.jobs import rows
from campaigns.jobs.dispatcher import Dispatcher
from campaigns.jobs.worker import run_worker
from campaigns.settings import Settings
from campaigns.store.workspace import open_workspace

STEPS = {"kick": (Dispatcher, "kick"), "claim": (rows, "claim"), "finish": (rows, "finish")}


def main(settings: str, point: str) -> None:
    given = json.loads(settings)
    workspace = open_workspace(Settings(**given | {"data": Path(given["data"])}))
    owner, name = STEPS[point]

    step = getattr(owner, name)

    def die(*args: Any, **named: Any) -> Any:
        if point == "finish" and args[1].kind != "send":
            return step(*args, **named)
        return os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, die)
    run_worker(workspace, stop=threading.Event(), threads=1)


if __name__ == "__main__":
    main(*sys.argv[1:])

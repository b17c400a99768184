"""A worker process that the crash tests kill: sends one campaign, and dies where it is told.

``python -m tests.delivery.worker SETTINGS CAMPAIGN [POINT [SIGNAL]]``; SETTINGS is JSON. At POINT
(a checkpoint of ``dispatch.send_campaign``) the process sends itself SIGNAL, once: SIGKILL, mid-breath,
or SIGSTOP, as when a machine sleeps.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from campaigns import clock
from campaigns.delivery import ledger
from campaigns.delivery.dispatch import send_campaign
from campaigns.settings import Settings
from campaigns.store.workspace import open_workspace


def main(settings: str, campaign_id: str, point: str = "", number: str = "SIGKILL") -> None:
    given = json.loads(settings)
    workspace = open_workspace(Settings(**given | {"data": Path(given["data"])}))
    ledger.sweep(workspace, clock.utcnow())

    points = [point]

    def checkpoint(name: str) -> None:
        if name in points:
            points.remove(name)
            os.kill(os.getpid(), signal.Signals[number])

    send_campaign(workspace, int(campaign_id), owner=clock.new_owner(), checkpoint=checkpoint)
    workspace.database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""A worker process that the crash tests kill: sends one campaign, and dies where it is told.

``python -m tests.delivery.worker SETTINGS CAMPAIGN [POINT]``; SETTINGS is JSON. At POINT (a
checkpoint of ``dispatch.send_campaign``) the process kills itself with SIGKILL, mid-breath.
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


def main(settings: str, campaign_id: str, point: str = "") -> None:
    given = json.loads(settings)
    workspace = open_workspace(Settings(**given | {"data": Path(given["data"])}))
    ledger.sweep(workspace, clock.utcnow())

    def checkpoint(name: str) -> None:
        if name == point:
            os.kill(os.getpid(), signal.SIGKILL)

    send_campaign(workspace, int(campaign_id), owner=clock.new_owner(), checkpoint=checkpoint)
    workspace.database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

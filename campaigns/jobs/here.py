"""One job in this very process, for scripts: no worker has to run, and one that does may help."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError

from campaigns import clock
from campaigns.errors import CampaignsError, InputError, NotFoundError
from campaigns.jobs.handlers import HANDLERS
from campaigns.jobs.progress import told
from campaigns.jobs.worker import Worker
from campaigns.model.progress import Progress, untold
from campaigns.model.states import JobState
from campaigns.store.work import find_job
from campaigns.store.workspace import Workspace

POLL_S = 0.2


def run_here(workspace: Workspace, key: str, *, show: Progress = untold) -> None:
    """Do the job called ``key``, or wait for the worker that has it.

    Raises:
        NotFoundError: nobody asked for such a job.
        CampaignsError: the job failed; with the code and the facts of its failure.
    """
    ended = threading.Event()
    worker = Worker(workspace, clock.new_owner(), threading.Event(), 1, HANDLERS, clock.utcnow)
    pulses = worker.start_pulses(ended)
    watch = threading.Thread(target=_watch, args=(workspace, key, show, ended), daemon=True)
    watch.start()
    try:
        while not _is_over(workspace, key, worker.run_job):
            clock.sleep_s(POLL_S)
    finally:
        ended.set()
        for pulse in pulses:
            pulse.join()
        watch.join()


def _is_over(workspace: Workspace, key: str, run: Callable[[int], None]) -> bool:
    with workspace.database.read() as connection:
        row = find_job(connection, key)
    if row is None:
        raise NotFoundError("not_found", kind="job", name=key)
    if row.state == JobState.FAILED:
        raise _error_of(row.error)
    if row.state == JobState.QUEUED:
        run(row.id)
        return _is_over(workspace, key, lambda _job_id: None)
    return bool(row.state == JobState.DONE)


def _watch(workspace: Workspace, key: str, show: Progress, ended: threading.Event) -> None:
    while not ended.wait(POLL_S):
        row = None
        with suppress(SQLAlchemyError), workspace.database.read() as connection:
            row = find_job(connection, key)
        if row is not None and (now := told(workspace.files, row.id, now=clock.utcnow())):
            show(now.done, now.total, stage=now.stage)


def _error_of(error: dict[str, object]) -> CampaignsError:
    facts = error["facts"] if isinstance(error["facts"], dict) else {}
    return InputError(str(error["code"]), **facts)

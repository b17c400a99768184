from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from campaigns.clock import sleep_s, utcnow
from campaigns.jobs import progress
from campaigns.jobs.progress import Told
from campaigns.jobs.rows import ALIVE_S
from campaigns.store.work import find_job
from tests.jobs.test_worker import _ask, _ended, working

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def files(sqlite_workspace):
    return sqlite_workspace.files


def test_what_was_told_last_is_read_back(files):
    progress.tell(files, 7, Told(1, 10, "reading", NOON))
    progress.tell(files, 7, Told(2, 10, "cleaning", NOON))

    assert progress.told(files, 7, now=utcnow()) == Told(2, 10, "cleaning", NOON)
    assert progress.told(files, 8, now=utcnow()) is None


def test_what_nobody_has_renewed_of_late_is_of_a_worker_that_is_gone(files):
    progress.tell(files, 7, Told(1, 10, "reading", NOON))
    later = utcnow() + timedelta(seconds=ALIVE_S + 1)

    assert progress.is_anybody_at_work(files, now=utcnow())
    assert progress.told(files, 7, now=later) is None
    assert not progress.is_anybody_at_work(files, now=later)


def test_what_ended_is_told_of_no_more(files):
    progress.tell(files, 7, Told(1, 10, "reading", NOON))

    progress.forget(files, 7)
    progress.forget(files, 7)

    assert progress.told(files, 7, now=utcnow()) is None
    assert list(files.path(progress.FOLDER).iterdir()) == []


@pytest.mark.slow
def test_progress_is_seen_while_an_import_holds_the_only_write_lock(workspace):
    seen = threading.Event()

    def import_of_a_million(turn):
        with turn.workspace.database.begin():
            turn.progress(3, 4, stage="storing")
            seen.wait(20)

    _ask(workspace, "a")
    with working(workspace, import_of_a_million):
        found = _told_of(workspace, "a")
        seen.set()
        _ended(workspace, "a")

    assert (found.done, found.total, found.stage) == (3, 4, "storing")
    assert timedelta(0) <= utcnow() - found.started < timedelta(minutes=1)
    # The row says that a job ended; what was told of it is taken back right after.
    assert list(workspace.files.path(progress.FOLDER).iterdir()) == []


def _told_of(workspace, key):
    for _ in range(100):
        with workspace.database.read() as connection:
            job_id = find_job(connection, key).id
        found = progress.told(workspace.files, job_id, now=utcnow())
        if found and found.total:
            return found
        sleep_s(0.05)
    raise AssertionError("nobody told of it")

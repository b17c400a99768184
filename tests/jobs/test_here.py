from __future__ import annotations

import threading

import pytest

from campaigns.clock import sleep_s, utcnow
from campaigns.errors import CampaignsError, NotFoundError
from campaigns.jobs import here, run_here
from campaigns.jobs.rows import claim, finish
from campaigns.store.work import ask, find_job


@pytest.fixture
def asked(workspace):
    with workspace.database.begin() as connection:
        return ask(connection, "probe", "probe:1", actor="ani", now=utcnow())


@pytest.fixture
def does(monkeypatch):
    """Say what a job of the kind ``probe`` does."""
    return lambda handler: monkeypatch.setattr(here, "HANDLERS", {"probe": handler})


def _refuse(_turn):
    raise NotFoundError("not_found", kind="file", name="x")


def _row(workspace):
    with workspace.database.read() as connection:
        return find_job(connection, "probe:1")


def test_a_job_is_done_here_with_no_worker(workspace, asked, does):
    done = []
    does(lambda turn: done.append(turn.claim.job_id))

    run_here(workspace, "probe:1")

    assert (done, _row(workspace).state) == ([asked], "done")


@pytest.mark.slow
def test_whoever_waits_here_sees_how_far_a_job_is(sqlite_workspace, does):
    shown = []
    with sqlite_workspace.database.begin() as connection:
        ask(connection, "probe", "probe:1", actor="ani", now=utcnow())

    def work(turn):
        turn.progress(3, 4, stage="reading")
        sleep_s(1.2)

    does(work)

    run_here(
        sqlite_workspace, "probe:1",
        show=lambda done, total, *, stage="": shown.append((done, total, stage)),
    )  # fmt: skip

    assert (3, 4, "reading") in shown


def test_a_job_that_fails_here_says_why(workspace, asked, does):
    does(_refuse)

    with pytest.raises(CampaignsError) as caught:
        run_here(workspace, "probe:1")

    assert (caught.value.code, caught.value.facts["kind"]) == ("not_found", "file")


@pytest.mark.slow
def test_a_job_that_a_worker_has_is_waited_for(workspace, asked, does):
    does(_refuse)
    with workspace.database.begin() as connection:
        held = claim(connection, asked, "a worker", lease_s=60, now=utcnow())
    waiting = threading.Thread(target=run_here, args=(workspace, "probe:1"))
    waiting.start()
    sleep_s(0.5)
    assert waiting.is_alive()

    with workspace.database.begin() as connection:
        finish(connection, held, None, now=utcnow())
    waiting.join(20)

    assert (waiting.is_alive(), _row(workspace).attempt) == (False, 1)


def test_work_that_nobody_asked_for_is_not_there(workspace):
    with pytest.raises(NotFoundError):
        run_here(workspace, "probe:1")

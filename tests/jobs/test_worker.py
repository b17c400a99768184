from __future__ import annotations

import threading
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from redis import Redis
from sqlalchemy.exc import OperationalError

from campaigns.clock import monotonic_s, sleep_s, utcnow
from campaigns.errors import InputError
from campaigns.jobs import rows, worker
from campaigns.jobs.dispatcher import FILE
from campaigns.jobs.handlers import SEND
from campaigns.jobs.worker import run_worker
from campaigns.store.tables import job
from campaigns.store.tables import worker as worker_table
from campaigns.store.work import ask, find_job
from tests.support.redis import needs_redis

PATIENCE_S = 20


@contextmanager
def working(workspace, handler, threads=2):
    """A worker whose one kind of job is ``handler``."""
    stop = threading.Event()
    running = threading.Thread(
        target=run_worker, args=(workspace,),
        kwargs={"stop": stop, "threads": threads, "handlers": {"probe": handler}},
    )  # fmt: skip
    running.start()
    try:
        yield stop
    finally:
        stop.set()
        running.join(PATIENCE_S)
        assert not running.is_alive()


def _ask(workspace, *keys):
    with workspace.database.begin() as connection:
        for key in keys:
            ask(connection, "probe", key, actor="ani", now=utcnow(), number=7)


def _ended(workspace, *keys):
    """Wait until the jobs are done or failed; return their rows."""
    until = monotonic_s() + PATIENCE_S
    while monotonic_s() < until:
        with workspace.database.read() as connection:
            found = [find_job(connection, key) for key in keys]
        if all(row.state in ("done", "failed") for row in found):
            return found
        sleep_s(0.05)
    raise AssertionError([(row.key, row.state) for row in found])


def test_what_one_step_of_the_ticker_stumbles_over_keeps_no_job_waiting(
    sqlite_workspace, monkeypatch
):
    def stumble(_workspace, **_more):
        raise ValueError

    monkeypatch.setattr(worker, "begin_due", stumble)
    _ask(sqlite_workspace, "a")

    with working(sqlite_workspace, lambda _turn: None):
        assert [row.state for row in _ended(sqlite_workspace, "a")] == ["done"]


def test_a_job_is_done_once(workspace):
    turns = []
    _ask(workspace, "a", "b", "c")

    with working(workspace, turns.append):
        found = _ended(workspace, "a", "b", "c")

    assert [(row.state, row.attempt, row.error) for row in found] == [("done", 1, None)] * 3
    assert sorted(turn.claim.key for turn in turns) == ["a", "b", "c"]
    assert {(turn.claim.args["number"], turn.claim.actor) for turn in turns} == {(7, "ani")}


@pytest.mark.slow
def test_two_workers_do_each_job_once(workspace):
    turns = []
    keys = [f"k{number}" for number in range(12)]
    _ask(workspace, *keys)

    with working(workspace, turns.append), working(workspace, turns.append):
        _ended(workspace, *keys)

    assert sorted(turn.claim.key for turn in turns) == sorted(keys)


def _refuse(_turn):
    raise InputError("input.empty", field="file")


def _break(_turn):
    raise ZeroDivisionError


def test_a_job_that_is_refused_says_why(sqlite_workspace):
    _ask(sqlite_workspace, "a")

    with working(sqlite_workspace, _refuse):
        (row,) = _ended(sqlite_workspace, "a")

    assert (row.state, row.error) == ("failed", {"code": "input.empty", "facts": {"field": "file"}})


@pytest.mark.slow
def test_a_job_that_breaks_leaves_a_reference_and_the_worker_goes_on(sqlite_workspace, caplog):
    _ask(sqlite_workspace, "a")

    with working(sqlite_workspace, _break):
        (row,) = _ended(sqlite_workspace, "a")
        _ask(sqlite_workspace, "b")
        _ended(sqlite_workspace, "b")

    assert row.error["code"] == "unexpected"
    assert row.error["facts"]["reference"] in caplog.text


@pytest.mark.slow
def test_a_job_that_the_database_refuses_is_tried_again(sqlite_workspace, monkeypatch):
    monkeypatch.setattr(worker, "AGAIN_S", 0.01)
    tries = []

    def stumble(turn):
        tries.append(turn.claim.attempt)
        if len(tries) < 3:
            raise OperationalError("select 1", {}, Exception("database is locked"))

    _ask(sqlite_workspace, "a")
    with working(sqlite_workspace, stumble):
        (row,) = _ended(sqlite_workspace, "a")

    assert (row.state, tries) == ("done", [1, 2, 3])


def test_a_job_that_never_ends_is_given_up(sqlite_workspace):
    _ask(sqlite_workspace, "a")
    with sqlite_workspace.database.begin() as connection:
        connection.execute(job.update().values(attempt=rows.ATTEMPTS))

    with working(sqlite_workspace, _break):
        (row,) = _ended(sqlite_workspace, "a")

    assert row.error == {"code": "job.gave_up", "facts": {"attempts": 5}}


@pytest.mark.slow
def test_the_dispatcher_may_be_lost_with_all_it_carries(sqlite_workspace):
    done = []
    keys = [f"k{number}" for number in range(6)]
    _ask(sqlite_workspace, *keys[:3])

    with working(sqlite_workspace, lambda turn: done.append(turn.claim.key)):
        _ended(sqlite_workspace, *keys[:3])
        for path in sqlite_workspace.settings.data.glob(FILE + "*"):
            path.unlink()
        _ask(sqlite_workspace, *keys[3:])
        with sqlite_workspace.database.begin() as connection:
            connection.execute(job.update().values(kicked_until=None))
        _ended(sqlite_workspace, *keys)

    assert sorted(done) == keys


@needs_redis
@pytest.mark.slow
def test_redis_may_be_emptied_with_all_it_carries(redis_workspace, redis_server):
    done, gate = [], threading.Event()
    keys = [f"k{number}" for number in range(6)]

    def handler(turn):
        assert gate.wait(PATIENCE_S)
        done.append(turn.claim.key)

    _ask(redis_workspace, *keys)
    with working(redis_workspace, handler), Redis.from_url(redis_server) as client:
        until_s = monotonic_s() + PATIENCE_S
        while not client.llen("huey.redis.campaigns") and monotonic_s() < until_s:
            sleep_s(0.01)
        client.flushall()
        gate.set()
        with redis_workspace.database.begin() as connection:
            connection.execute(job.update().values(kicked_until=None))
        _ended(redis_workspace, *keys)

    assert sorted(done) == keys


@pytest.mark.slow
def test_a_small_job_does_not_wait_for_a_send(sqlite_workspace):
    gate, sending = threading.Event(), threading.Event()

    def send(_turn):
        sending.set()
        assert gate.wait(PATIENCE_S)

    handlers = {"probe": lambda _turn: None, SEND: send}
    stop = threading.Event()
    running = threading.Thread(
        target=run_worker, args=(sqlite_workspace,),
        kwargs={"stop": stop, "threads": 1, "handlers": handlers},
    )  # fmt: skip
    with sqlite_workspace.database.begin() as connection:
        for number in range(3):
            ask(connection, SEND, f"send:{number}", actor="ani", now=utcnow())
    running.start()
    try:
        assert sending.wait(PATIENCE_S)
        _ask(sqlite_workspace, "small")
        (row,) = _ended(sqlite_workspace, "small")
        with sqlite_workspace.database.read() as connection:
            states = [find_job(connection, f"send:{number}").state for number in range(3)]
    finally:
        gate.set()
        stop.set()
        running.join(PATIENCE_S)

    assert row.state == "done"
    assert states.count("running") == 1  # and the others are left for other workers


@pytest.mark.slow
def test_a_long_job_keeps_its_lease(workspace, monkeypatch):
    seen = threading.Event()
    monkeypatch.setattr(worker.Worker, "_lease_s", 2.0)

    def slow(_turn):
        seen.wait(PATIENCE_S)

    _ask(workspace, "a")
    with working(workspace, slow):
        until = monotonic_s() + 3.5
        while monotonic_s() < until:
            sleep_s(0.1)
        with workspace.database.read() as connection:
            row = find_job(connection, "a")
        seen.set()
        _ended(workspace, "a")

    assert (row.attempt, row.state) == (1, "running")


def test_stopping_waits_for_the_job_in_hand_and_claims_no_other(sqlite_workspace):
    started = threading.Event()

    def slow(turn):
        started.set()
        while not turn.is_stopping():
            sleep_s(0.01)

    _ask(sqlite_workspace, "a")
    with working(sqlite_workspace, slow, threads=1) as stop:
        assert started.wait(PATIENCE_S)
        _ask(sqlite_workspace, "b")
        stop.set()
    with sqlite_workspace.database.read() as connection:
        states = {row.key: row.state for row in connection.execute(sa.select(job))}
        left = connection.execute(sa.select(worker_table)).all()

    assert (states, left) == ({"a": "done", "b": "queued"}, [])


@pytest.mark.parametrize(
    ("owner", "expected"),
    [("here:999999999:ab", True), ("there:999999999:ab", False), ("odd", False)],
)
def test_only_a_process_of_this_host_is_known_to_be_dead(owner, expected):
    assert worker._is_dead(owner, "here") is expected


def test_this_very_process_is_alive():
    import os  # noqa: PLC0415 - only its id is wanted

    assert not worker._is_dead(f"here:{os.getpid()}:ab", "here")

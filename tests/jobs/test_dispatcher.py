from __future__ import annotations

import pickle
import sqlite3
from contextlib import closing

import orjson
import pytest
from huey.registry import Message

from campaigns.jobs.dispatcher import FILE, JOBS, SENDS, Dispatcher, JsonSerializer
from tests.support.redis import needs_redis

EVIL = pickle.dumps({"id": "1", "name": "x", "args": [1]})


def test_a_message_is_rebuilt_from_json():
    serializer = JsonSerializer()
    message = Message(id="a-1", name="campaigns.jobs.run_job", args=(7,), retries=0, kwargs={})

    written = serializer.serialize(message)

    assert written == b'{"id":"a-1","name":"campaigns.jobs.run_job","args":[7]}'
    found = serializer.deserialize(written)
    assert (found.id, found.name, found.args, found.kwargs) == ("a-1", message.name, (7,), {})


def test_pickle_is_not_read():
    with pytest.raises(orjson.JSONDecodeError):
        JsonSerializer().deserialize(EVIL)


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgres", marks=pytest.mark.slow),
        pytest.param("redis", marks=[pytest.mark.slow, needs_redis]),
    ]
)
def carried(request):
    """A workspace whose jobs are carried by each of the three stores."""
    return request.getfixturevalue(f"{request.param}_workspace")


def test_an_id_comes_out_as_it_went_in(carried):
    done = []
    dispatcher = Dispatcher(carried, done.append)

    dispatcher.kick(7)

    assert dispatcher.backlog() == 1
    dispatcher.huey.execute(dispatcher.huey.dequeue())
    assert (done, dispatcher.backlog()) == ([7], 0)
    dispatcher.close()


def test_a_store_that_is_deleted_under_a_worker_carries_again(sqlite_workspace):
    dispatcher = Dispatcher(sqlite_workspace, print)
    for path in sqlite_workspace.settings.data.glob(FILE + "*"):
        path.unlink()

    dispatcher.kick(8)
    dispatcher.kick(9)

    assert dispatcher.backlog() >= 1
    dispatcher.close()


def test_a_store_that_is_broken_is_laid_anew(sqlite_workspace):
    dispatcher = Dispatcher(sqlite_workspace, print)
    with closing(sqlite3.connect(sqlite_workspace.settings.data / FILE)) as connection:
        connection.execute("DROP TABLE task")

    dispatcher.kick(8)
    assert dispatcher.backlog() == 0
    dispatcher.kick(9)

    assert dispatcher.backlog() == 1
    dispatcher.close()


def test_sends_and_other_jobs_do_not_wait_behind_one_another(carried):
    jobs, sends = [], []
    small = Dispatcher(carried, jobs.append, queue=JOBS)
    large = Dispatcher(carried, sends.append, queue=SENDS)

    large.kick(1)
    large.kick(2)
    small.kick(3)

    assert (small.backlog(), large.backlog()) == (1, 2)
    small.huey.execute(small.huey.dequeue())
    large.huey.execute(large.huey.dequeue())
    assert (jobs, sends) == ([3], [1])
    small.close()
    large.close()


def test_a_redis_that_is_away_loses_the_message_and_nothing_else(sqlite_workspace, caplog):
    object.__setattr__(sqlite_workspace.settings, "dispatcher_url", "redis://127.0.0.1:9/0")
    dispatcher = Dispatcher(sqlite_workspace, print)

    dispatcher.kick(8)

    assert dispatcher.backlog() == 0
    assert "is lost" in caplog.text
    dispatcher.close()

"""Huey, which carries the id of a job to a thread that is free: by a file, PostgreSQL or Redis.

Its own store may be lost at any time. Messages are JSON: whoever can write to the store must
not be able to run code of theirs here, which pickle would let them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import orjson
import sqlalchemy as sa
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey
from huey.api import TaskWrapper
from huey.registry import Message
from huey.serializer import Serializer
from redis import ConnectionPool

from campaigns.store.locks import Lock, wait_for
from campaigns.store.workspace import Workspace

JOBS = "campaigns"
SENDS = "campaigns_sends"
"""A queue of its own, so that no small job ever waits behind a send."""
FILE = "dispatcher.sqlite"
TASK = "run_job"
REDIS_WAIT_S = 5.0
"""A Redis that does not answer must not hold up the ticker; longer than Huey's own wait of 1 s."""

log = logging.getLogger(__name__)


class JsonSerializer(Serializer):  # type: ignore[misc]
    """Writes a message with its plain arguments as JSON; everything else of it stays unused."""

    def _serialize(self, data: Message) -> bytes:
        return orjson.dumps({"id": data.id, "name": data.name, "args": data.args})

    def _deserialize(self, data: bytes) -> Message:
        value = orjson.loads(bytes(data))
        return Message(
            id=str(value["id"]), name=str(value["name"]), retries=0, retry_delay=0,
            args=tuple(int(number) for number in value["args"]), kwargs={},
        )  # fmt: skip


class Dispatcher:
    """Hands ids of jobs to ``run``, in this process or another one of the same workspace."""

    def __init__(
        self, workspace: Workspace, run: Callable[[int], None], *, queue: str = JOBS
    ) -> None:
        self.huey = _huey(workspace, queue)
        self._task = TaskWrapper(self.huey, run, name=TASK)

    def backlog(self) -> int:
        """Return how many messages wait; 0 from a store that had to be laid anew."""
        try:
            return int(self.huey.pending_count())
        except Exception:  # noqa: BLE001 - whatever befell the store, it is disposable
            self._lay_anew()
            return 0

    def kick(self, job_id: int) -> None:
        """Hand over the id of a job, or lose it: the ticker will hand it over again."""
        try:
            self.huey.enqueue(self._task.s(job_id))
        except Exception:  # noqa: BLE001 - as above
            self._lay_anew()

    def close(self) -> None:
        self.huey.storage.close()
        if isinstance(self.huey, RedisHuey):
            self.huey.storage.pool.disconnect()

    def _lay_anew(self) -> None:
        log.warning("the store of the dispatcher is lost; it is laid anew")
        if not isinstance(self.huey, RedisHuey):  # which has nothing to lay
            self.huey.storage.close()
            self.huey.storage.initialize_schema()


def _huey(workspace: Workspace, queue: str) -> Huey:
    common = {"name": queue, "results": False, "serializer": JsonSerializer()}
    settings = workspace.settings
    if settings.dispatcher_url:
        pool = ConnectionPool.from_url(
            settings.dispatcher_url, socket_timeout=REDIS_WAIT_S,
            socket_connect_timeout=REDIS_WAIT_S,
        )  # fmt: skip
        return RedisHuey(connection_pool=pool, **common)
    if not workspace.database.is_postgresql:
        # Nothing here must survive a power cut, so no fsync.
        return SqliteHuey(filename=str(settings.data / FILE), fsync=False, **common)
    url = sa.make_url(settings.store_url).set(drivername="postgresql")
    dsn = url.render_as_string(hide_password=False)
    with workspace.database.begin() as connection:
        # Two workers that start at once may not both create its tables.
        wait_for(connection, Lock.DISPATCHING)
        # Polled, not listened to: a listening connection a thread is never closed by Huey.
        return PostgresHuey(dsn=dsn, blocking=False, **common)

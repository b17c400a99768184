"""The worker process: threads that do jobs, a ticker that finds them, a pulse that keeps leases.

One thread more does sends and nothing else: neither does an event wait behind a million letters, nor
does one worker take up the sends of two. Stopping: nothing new is claimed, a send ends after the
request it is at, an import is waited for. What is cut off all the same is taken up again when its
lease is over.
"""

from __future__ import annotations

import functools
import logging
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import InterfaceError, OperationalError

from campaigns import clock
from campaigns.delivery.batches import due_campaigns
from campaigns.delivery.heard.events import bodies_waiting
from campaigns.delivery.ledger import sweep
from campaigns.delivery.timing.schedule import begin_due
from campaigns.errors import CampaignsError, whereabouts
from campaigns.jobs import periodic, rows
from campaigns.jobs.dispatcher import JOBS, SENDS, Dispatcher
from campaigns.jobs.handlers import HANDLERS, INGEST_EVENTS, SEND, Handler, Turn
from campaigns.jobs.progress import Told, forget, tell
from campaigns.jobs.rows import Claim
from campaigns.store import work
from campaigns.store.tables import job
from campaigns.store.workspace import Workspace

THREADS = 2
TICK_S = 1.0
BEAT_S = 5.0
TELL_S = 0.5
AGAIN_S = 5.0
"""A job that the database refused is tried again after this, times its attempts so far."""
GRACE_S = 25.0
"""How long a worker that was asked to stop waits for its jobs."""
ACTOR = "worker"
TRANSIENT = (OperationalError, InterfaceError)
"""What the database raises when it is locked, restarts or cannot be reached."""

log = logging.getLogger(__name__)


def run_worker(
    workspace: Workspace,
    *,
    stop: threading.Event,
    threads: int = THREADS,
    handlers: Mapping[str, Handler] = HANDLERS,
    utcnow: Callable[[], datetime] = clock.utcnow,
) -> None:
    """Do jobs until ``stop`` is set. Any number of workers may run on one workspace."""
    Worker(workspace, clock.new_owner(), stop, threads, handlers, utcnow).run()


@dataclass(slots=True)
class _Running:
    """A job that a thread of ours is at."""

    claim: Claim
    renewed_s: float
    told: Told


@dataclass(frozen=True, slots=True)
class _Queue:
    """What is handed to some threads of each worker, and which jobs they take."""

    dispatcher: Dispatcher
    threads: int
    takes: sa.ColumnElement[bool]


@dataclass
class Worker:
    """One worker process. ``run`` blocks until ``stop`` is set and the jobs in hand are done."""

    workspace: Workspace
    owner: str
    stop: threading.Event
    threads: int
    handlers: Mapping[str, Handler]
    utcnow: Callable[[], datetime]
    _running: dict[int, _Running] = field(default_factory=dict)
    _telling: threading.Lock = field(default_factory=threading.Lock)
    _beaten_s: float = float("-inf")

    def run(self) -> None:
        log.info("worker %s starts with %d threads", self.owner, self.threads)
        self._guarded(self._inherit)
        queues = [
            _Queue(Dispatcher(self.workspace, self.run_job, queue=JOBS), self.threads,
                   job.c.kind != SEND),
            _Queue(Dispatcher(self.workspace, self.run_job, queue=SENDS), 1, job.c.kind == SEND),
        ]  # fmt: skip
        consumers = [_consumer(queue) for queue in queues]
        ended = threading.Event()
        pulses = self.start_pulses(ended)
        while not self.stop.is_set():
            self.tick(queues)
            for consumer in consumers:
                consumer.check_worker_health()
            self.stop.wait(TICK_S)
        self._end(consumers, ended, pulses)
        for queue in queues:
            queue.dispatcher.close()

    def _inherit(self) -> None:
        """Take up at once what workers of this machine left that are no more."""
        with self.workspace.database.begin() as connection:
            host = self.owner.partition(":")[0]
            rows.free_those_of(connection, lambda owner: _is_dead(owner, host))

    def tick(self, queues: Sequence[_Queue]) -> None:
        """Repair what dead workers left, ask for what the rows imply, hand out what is due."""
        now = self.utcnow()
        steps: tuple[Callable[[], object], ...] = (
            lambda: sweep(self.workspace, now),
            lambda: self._show_life(now),
            lambda: begin_due(self.workspace, now=now),
            lambda: self._ask(now),
            *(functools.partial(self._hand_out, queue, now) for queue in queues),
        )
        for step in steps:
            self._guarded(step)  # what one of them stumbles over keeps nothing else waiting

    def _hand_out(self, queue: _Queue, now: datetime) -> None:
        room = 2 * queue.threads - queue.dispatcher.backlog()
        with self.workspace.database.read() as connection:
            due = rows.due(connection, queue.takes, limit=room, now=now) if room > 0 else []
        if due:
            with self.workspace.database.begin() as connection:
                rows.mark_kicked(connection, due, now=now)
        for job_id in due:
            queue.dispatcher.kick(job_id)

    def run_job(self, job_id: int) -> None:
        """Claim a job, do it, and write what came of it. Called on a thread of Huey."""
        if self.stop.is_set():
            return
        with self.workspace.database.begin() as connection:
            mine = rows.claim(
                connection, job_id, self.owner, lease_s=self._lease_s, now=self.utcnow()
            )
        if mine is None:
            return
        begun = Told(0, 0, "", self.utcnow())
        self._running[job_id] = _Running(mine, clock.monotonic_s(), begun)
        try:
            self._conclude(mine, self._outcome(mine))
        except TRANSIENT as error:
            log.warning("job %s is put off: %s", mine.key, type(error).__name__)
            self._guarded(lambda: self._put_off(mine))
        finally:
            with self._telling:  # or a last word about it could come after its end
                del self._running[job_id]
                self._guarded(lambda: forget(self.workspace.files, job_id))

    def _outcome(self, mine: Claim) -> dict[str, Any] | None:
        """Do the job; return why it failed, or None.

        Raises:
            OperationalError, InterfaceError: the database does not answer; to be tried again.
        """
        if mine.attempt > rows.ATTEMPTS:
            return _problem(CampaignsError("job.gave_up", attempts=rows.ATTEMPTS))
        try:
            self.handlers[mine.kind](self._turn(mine))
        except CampaignsError as error:
            log.warning("job %s (%s) failed: %s", mine.key, mine.job_id, error.code)
            return _problem(error)
        except Exception as error:
            if isinstance(error, TRANSIENT) and mine.attempt < rows.ATTEMPTS:
                raise
            reference = clock.new_token()[:8]
            log.error("job %s (%s) failed, reference %s %s", mine.key, mine.job_id, reference,
                      whereabouts(error))  # fmt: skip
            return _problem(CampaignsError("unexpected", reference=reference))
        return None

    def _put_off(self, mine: Claim) -> None:
        with self.workspace.database.begin() as connection:
            wait_s = AGAIN_S * mine.attempt
            rows.give_back(connection, mine, wait_s=wait_s, now=self.utcnow())

    def _conclude(self, mine: Claim, error: Mapping[str, Any] | None) -> None:
        with self.workspace.database.begin() as connection:
            if not rows.finish(connection, mine, error, now=self.utcnow()):
                log.warning("job %s was taken over by another worker", mine.key)

    def _turn(self, mine: Claim) -> Turn:
        def progress(done: int, total: int, *, stage: str = "") -> None:
            running = self._running[mine.job_id]
            same = running.told.stage == stage
            started = running.told.started if same else self.utcnow()
            running.told = Told(done, total, stage, started)

        return Turn(self.workspace, mine, self.utcnow, self.stop.is_set, progress)

    @property
    def _lease_s(self) -> float:
        return self.workspace.settings.lease_s

    def _show_life(self, now: datetime) -> None:
        if clock.monotonic_s() - self._beaten_s < BEAT_S:
            return
        with self.workspace.database.begin() as connection:
            rows.beat(connection, self.owner, now=now)
        self._beaten_s = clock.monotonic_s()

    def _ask(self, now: datetime) -> None:
        """Ask for the work that rows of other stages imply: one send for each worker."""
        with self.workspace.database.read() as connection:
            wanted: dict[str, tuple[str, dict[str, int]]] = {}
            if bodies_waiting(connection):
                wanted[INGEST_EVENTS] = (INGEST_EVENTS, {})
            due = periodic.due(
                connection, now=now, every=periodic.every_of(self.workspace.settings)
            )
            wanted |= {kind: (kind, {}) for kind in due if kind in self.handlers}
            if due_campaigns(connection, now=now):
                senders = max(1, rows.living(connection, now=now))
                wanted |= {f"send:{sender}": (SEND, {}) for sender in range(senders)}
            new = set(wanted) - rows.open_keys(connection, wanted) if wanted else set()
        if not new:
            return
        with self.workspace.database.begin() as connection:
            for key in sorted(new):
                kind, args = wanted[key]
                work.ask(connection, kind, key, actor=ACTOR, now=now, **args)

    def start_pulses(self, ended: threading.Event) -> list[threading.Thread]:
        """Keep leases, and tell how far jobs are, until ``ended``: each on a thread of its own,
        since a lease may have to wait for the database and whoever looks at a page may not.
        """
        pulses = [
            threading.Thread(target=self._beat, args=(ended, every_s, step), name=name, daemon=True)
            for name, every_s, step in (("pulse", TICK_S, self._keep), ("told", TELL_S, self._tell))
        ]
        for pulse in pulses:
            pulse.start()
        return pulses

    def _beat(
        self, ended: threading.Event, every_s: float, step: Callable[[int, _Running], None]
    ) -> None:
        while not ended.wait(every_s):
            for job_id, running in list(self._running.items()):
                self._guarded(functools.partial(step, job_id, running))

    def _keep(self, _job_id: int, running: _Running) -> None:
        """Renew the lease of a running job in good time."""
        if clock.monotonic_s() - running.renewed_s < self._lease_s / 3:
            return
        with self.workspace.database.begin() as connection:
            if not rows.renew(connection, running.claim, lease_s=self._lease_s, now=self.utcnow()):
                log.warning("job %s was taken over by another worker", running.claim.key)
        running.renewed_s = clock.monotonic_s()

    def _tell(self, job_id: int, running: _Running) -> None:
        with self._telling:
            if job_id in self._running:
                tell(self.workspace.files, job_id, running.told)

    def _guarded(self, step: Callable[[], object]) -> None:
        """Do one step of ticker or pulse; whatever goes wrong, the next step may do better."""
        try:
            step()
        except TRANSIENT as error:
            log.warning("the database did not answer: %s", type(error).__name__)
        except Exception as error:  # noqa: BLE001 - a worker that stops helps nobody
            log.error("worker %s stumbled and goes on: %s", self.owner, whereabouts(error))

    def _end(
        self, consumers: Sequence[Any], ended: threading.Event, pulses: list[threading.Thread]
    ) -> None:
        log.info("worker %s stops", self.owner)
        for consumer in consumers:
            consumer.stop_flag.set()
        until_s = clock.monotonic_s() + GRACE_S
        for consumer in consumers:
            for _, thread in consumer.worker_threads:
                thread.join(max(0.0, until_s - clock.monotonic_s()))
        ended.set()
        for pulse in pulses:
            pulse.join(TICK_S * 2)
        self._guarded(self._sign_off)

    def _sign_off(self) -> None:
        with self.workspace.database.begin() as connection:
            for running in list(self._running.values()):
                rows.give_back(connection, running.claim, wait_s=0, now=self.utcnow())
            rows.leave(connection, self.owner)


def _consumer(queue: _Queue) -> Any:
    """Start Huey's threads for a queue."""
    consumer = queue.dispatcher.huey.create_consumer(
        workers=queue.threads, periodic=False, initial_delay=0.05, max_delay=0.5,
        scheduler_interval=60,
    )  # fmt: skip
    # Not consumer.start(), which would take the signals of this process.
    for thread in (consumer.scheduler, *(thread for _, thread in consumer.worker_threads)):
        thread.start()
    return consumer


def _is_dead(owner: str, host: str) -> bool:
    """Say whether ``owner`` (``clock.new_owner``) was a process of this host that is gone."""
    name, _, rest = owner.partition(":")
    pid = rest.partition(":")[0]
    if name != host or not pid.isdecimal() or os.name != "posix":
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _problem(error: CampaignsError) -> dict[str, Any]:
    facts = {name: value if isinstance(value, int) else str(value)
             for name, value in error.facts.items()}  # fmt: skip
    return {"code": error.code, "facts": facts}

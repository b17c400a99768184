"""Kill what sends, again and again, and prove that nobody is lost and nobody gets two.

.venv/bin/python -m bench.reliability --kills 500 --dispatcher sqlite|postgresql|redis
    --policy hold|reconcile|resend --seed N

Real `campaigns worker` processes with the real dispatcher and a real database send to a fake
SendGrid, a process of its own, that is ill now and then; the real `campaigns web` hears its events,
which come late, twice, out of order, and not all. Meanwhile workers are killed at random and at
every step of a send, stopped for longer than their lease, the database and the dispatcher go down,
and the disk is full. Prints one JSON document; exits 1 when a letter was lost, invented or doubled.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.reliability.chaos import WEATHER, Chaos
from bench.reliability.machines import (
    Provider,
    Workers,
    campaigns,
    provider,
    settings_for,
    wait_for,
    web,
)
from bench.reliability.mortal import GRACE
from bench.reliability.place import Place, place, settings_of
from bench.reliability.verdict import Verdict, verdict
from bench.reliability.work import Work, patiently
from campaigns.model.options import Policy
from campaigns.store.tables import worker
from campaigns.store.workspace import Workspace, open_workspace

LEASE_S = 3
BATCH = 10
CALLS = 4
KINDS = ("processed", "delivered")
MANNER = {"share": 0.8, "late_s": 2.0}
"""How events come while there is chaos; at its end, those that did not come do."""


def main() -> None:
    """Run, print what happened, and say by the exit code whether it held."""
    said = _arguments()
    with place(said.dispatcher) as here:
        found, report = _run(here, said)
    print(json.dumps(report, indent=1))
    sys.exit(0 if found.holds else 1)


def _arguments() -> argparse.Namespace:
    words = argparse.ArgumentParser(
        prog="bench.reliability", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    words.add_argument("--kills", type=int, default=500, help="kill -9 of workers, at least")
    words.add_argument("--dispatcher", choices=("sqlite", "postgresql", "redis"), default="sqlite")
    words.add_argument("--policy", type=Policy, choices=list(Policy), default=Policy.HOLD)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--readers", type=int, default=2_000, help="of each campaign")
    words.add_argument("--workers", type=int, default=3)
    words.add_argument(
        "--pause-s", type=float, default=1.0, help="between two blows, at most twice"
    )
    words.add_argument("--deaths", type=float, default=0.004, help="chance at each step of a send")
    words.add_argument("--delay-s", type=float, default=0.1, help="of each answer of the provider")
    words.add_argument("--keep-logs", type=Path, help="folder for what the processes say")
    return words.parse_args()


def _run(here: Place, said: argparse.Namespace) -> tuple[Verdict, dict[str, Any]]:
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        theirs = stack.enter_context(provider(here.folder, said.delay_s))
        environ = here.settings(
            **settings_for(theirs), lease_s=LEASE_S, batch_size=BATCH, calls=CALLS,
            public_url="https://shop.example",
        )  # fmt: skip
        _race(environ, here.folder)
        shop = open_workspace(settings_of(environ))
        stack.callback(shop.database.close)
        work = Work(shop, said.policy)
        work.lay(said.readers)
        work.begin()
        theirs.ask("/faults", {**WEATHER, "seed": said.seed})
        hook = stack.enter_context(web(environ, here.folder / "web.log"))
        workers = Workers(environ, here.folder, said.workers, said.deaths, said.seed * 100_000)
        stack.callback(workers.end)
        stack.callback(_save_logs, here.folder, said.keep_logs)
        chaos = Chaos(here, workers, work, LEASE_S, random.Random(said.seed))
        _break_things(chaos, theirs, hook, said)
        _settle(chaos, theirs, hook)
        workers.end()
        found = verdict(shop, theirs.ask("/figures")["accepted"])
        figures = theirs.ask("/figures")
        report = {
            "dispatcher": said.dispatcher, "policy": str(said.policy), "seed": said.seed,
            "seconds": round(time.monotonic() - began), "workers started": workers.started,
            "campaigns": work.made, "kill -9": workers.ends["killed"],
            "of these at a step of a send": dict(_deaths(here.folder)), "broken": dict(chaos.done),
            "ends": dict(workers.ends), "requests": figures["requests"],
            "bodies against the rules": len(figures["problems"]),
            "disk full": "tried" if here.disk else "not possible here: mounting needs root",
            "integrity": _integrity(shop), "messages": found.figures(), "holds": found.holds,
        }  # fmt: skip
    return found, report


def _race(environ: dict[str, str], folder: Path) -> None:
    """Start two workers at once where there is nothing yet; both have to come up."""
    log = folder / "race.log"
    if environ["CAMPAIGNS_DATABASE_URL"]:
        _together("upgrade", environ, log)
    with contextlib.ExitStack() as stack:
        both = [
            stack.enter_context(campaigns("worker", environ=environ, log=log)) for _ in range(2)
        ]
        try:
            wait_for(lambda: _living(environ) == 2, f"two workers at once; see {log}")
        finally:
            for one in both:
                one.kill()


def _together(verb: str, environ: dict[str, str], log: Path) -> None:
    with (
        campaigns(verb, environ=environ, log=log) as one,
        campaigns(verb, environ=environ, log=log) as other,
    ):
        assert (one.wait(60), other.wait(60)) == (0, 0), log.read_text()


def _living(environ: dict[str, str]) -> int:
    with contextlib.suppress(sa.exc.OperationalError, sa.exc.ProgrammingError):  # not there yet
        engine = sa.create_engine(settings_of(environ).store_url)
        try:
            with engine.connect() as connection:
                query = sa.select(sa.func.count()).select_from(worker)
                return connection.execute(query).scalar_one()
        finally:
            engine.dispose()
    return 0


def _break_things(chaos: Chaos, theirs: Provider, hook: str, said: argparse.Namespace) -> None:
    """Strike until enough workers were killed; meanwhile there is always something to send."""
    reported = 0
    while chaos.workers.ends["killed"] < said.kills:
        chaos.workers.replace_dead()
        time.sleep(chaos.chance.uniform(0, 2 * said.pause_s))
        chaos.strike()
        chaos.work.resume_paused()
        if chaos.work.waiting() < said.readers // 4:
            chaos.work.begin()
        if chaos.chance.random() < 0.2:
            sent = theirs.ask("/events", {"url": hook, "events": KINDS, "since": reported,
                                          "manner": MANNER | {"seed": reported}})  # fmt: skip
            reported += sent["events"] // len(KINDS)


def _settle(chaos: Chaos, theirs: Provider, hook: str) -> None:
    """Let what is left come to its end, and every event come in."""
    chaos.calm()
    chaos.workers.deaths = 0.0
    theirs.ask("/faults", {"shares": {}, "queue": []})

    def at_rest() -> bool:
        chaos.workers.replace_dead()
        chaos.work.resume_paused()
        return chaos.work.waiting() == 0

    wait_for(at_rest, "every message at rest", 300)
    _wait_for_late_requests()
    every = {"url": hook, "events": KINDS, "manner": {"per_post": 2_000}}
    # As SendGrid does: again, until the web says 200, which it may not after a restart of PostgreSQL.
    wait_for(lambda: theirs.ask("/events", every)["status"] == 200, "every event taken")
    wait_for(lambda: chaos.work.unheard() == 0, "every event understood", 300)
    if chaos.work.policy is not Policy.HOLD:
        _let_doubts_be_settled(chaos.work, at_rest)


def _let_doubts_be_settled(work: Work, at_rest: Callable[[], bool]) -> None:
    """Wait until the policy has nothing more to do: one letter sent again lets others be decided."""
    before, still_s = -1, 0.0
    while still_s < 2 * GRACE.total_seconds():
        wait_for(at_rest, "every message at rest", 300)
        time.sleep(2)
        now = work.unknown()
        still_s = still_s + 2 if now == before else 0.0
        before = now


def _wait_for_late_requests() -> None:
    """A request of a dead worker may still lie at the provider, which takes its time."""
    time.sleep(2 * LEASE_S)


def _deaths(folder: Path) -> Counter[str]:
    log = folder / "kills.log"
    return Counter(log.read_text().split()) if log.exists() else Counter()


def _integrity(shop: Workspace) -> str:
    if shop.database.is_postgresql:
        return "not asked of PostgreSQL"
    with shop.database.read() as connection:
        return str(patiently(lambda: connection.exec_driver_sql("PRAGMA integrity_check").scalar()))


def _save_logs(folder: Path, target: Path | None) -> None:
    if target is not None:
        target.mkdir(parents=True, exist_ok=True)
        for log in folder.glob("*.log"):
            (target / log.name).write_bytes(log.read_bytes())


if __name__ == "__main__":
    main()

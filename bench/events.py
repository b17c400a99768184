"""How fast what a provider reports is taken in: our way against row by row, on both databases.

.venv/bin/python -m bench.events [--readers 100000] [--naive 4000] [--only sqlite]

A campaign of so many readers is reported on as SendGrid does: for every letter ``processed`` and
``delivered``, opens of a third (some by Apple's proxy, some in haste), clicks, bounces; a twentieth
comes twice, in no order, in bodies of 768 kB. Storing a body (what SendGrid waits for) and taking it
in (what a worker does) are measured apart. The naive way looks each event up, inserts it, and
updates its message, a statement each, one transaction a body.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa

from bench.delivery_shop import NOW, fill
from campaigns.delivery import campaigns
from campaigns.delivery.heard import events
from campaigns.model.states import MessageState
from campaigns.settings import Settings
from campaigns.store.tables import batch, campaign, event, message, tally, webhook_body
from campaigns.store.workspace import Workspace, open_workspace
from tests.support.postgres import postgres

BODY_BYTES = 768_000
PERSON = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15"
Report = dict[str, Any]


def main() -> None:
    """Take the same events in on each database, ours and naively."""
    parser = argparse.ArgumentParser(prog="bench.events")
    parser.add_argument("--readers", type=int, default=100_000)
    parser.add_argument("--naive", type=int, default=4_000, help="events of the naive way")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("sqlite", "postgresql"):
            if said.only in (None, name):
                with _shop(Path(folder) / name, name, said.readers) as workspace:
                    _measure(name, workspace, said.naive)


@contextmanager
def _shop(folder: Path, database: str, readers: int) -> Iterator[Workspace]:
    if database == "sqlite":
        yield _sent(Settings(data=folder), readers)
        return
    with postgres() as url:
        yield _sent(Settings(data=folder, database_url=url), readers)


def _sent(settings: Settings, readers: int) -> Workspace:
    """Return a shop with a campaign of which every letter was accepted."""
    settings.data.mkdir(parents=True, exist_ok=True)
    workspace = open_workspace(settings, upgrade=True)
    fill(workspace, readers)
    campaigns.create(
        workspace, "bench", segment="everyone", letter="thank_you", actor="bench", now=NOW
    )
    campaigns.plan(workspace, "bench", actor="bench", now=NOW)
    with workspace.database.begin() as connection:
        connection.execute(message.update().values(state=MessageState.ACCEPTED, accepted_at=NOW))
        connection.execute(batch.update().values(state="accepted", accepted=batch.c.size))
        connection.execute(campaign.update().values(state="done"))
    return workspace


def _measure(name: str, workspace: Workspace, naive: int) -> None:
    bodies = _bodies(workspace)
    total = sum(len(orjson.loads(body)) for body in bodies)
    began = time.perf_counter()
    for body in bodies:
        events.keep_body(workspace, "sendgrid", body, now=NOW)
    kept_s = time.perf_counter() - began
    print(f"\n{name}: {total:,} events in {len(bodies)} bodies")
    print(f"stored before the answer: {total / kept_s:12,.0f} events a second,"
          f" {kept_s / len(bodies) * 1e3:.1f} ms a body")  # fmt: skip
    ours = _timed("ours", total, lambda: events.ingest(workspace, now=NOW))
    _check(workspace, bodies)
    some = orjson.loads(bodies[0])[:naive]
    for one in some:
        one["sg_event_id"] = f"naive-{one['sg_event_id']}"
    slow = _timed("row by row", len(some), lambda: _naively(workspace, some))
    print(f"ratio: {ours / slow:.1f}")
    began = time.perf_counter()
    with workspace.database.read() as connection:
        campaigns.status(connection, "bench")
    print(f"figures of the campaign, for a page: {(time.perf_counter() - began) * 1e3:.1f} ms")


def _timed(name: str, count: int, work: Callable[[], object]) -> float:
    """Print the rates of ``work``; return events of a second of the clock."""
    began, spent = time.perf_counter(), time.process_time()
    work()
    seconds, core = time.perf_counter() - began, time.process_time() - spent
    print(f"{name:12}: {count / seconds:12,.0f} events a second, {count / core:12,.0f} a core-second"
          " of this process")  # fmt: skip
    return count / seconds


def _bodies(workspace: Workspace) -> list[bytes]:
    """Return what SendGrid would post, the same every time."""
    with workspace.database.read() as connection:
        rows = connection.execute(sa.select(message.c.token, message.c.address)).all()
    chance = random.Random(7)
    made = [one for number, row in enumerate(rows) for one in _about(number, row, chance)]
    made += chance.sample(made, len(made) // 20)
    chance.shuffle(made)
    each = BODY_BYTES // len(orjson.dumps(made[0]))
    return [orjson.dumps(made[start : start + each]) for start in range(0, len(made), each)]


def _about(number: int, row: sa.Row[Any], chance: random.Random) -> Iterator[Report]:
    sent = int(NOW.timestamp())

    def told(kind: str, after: int, **more: object) -> Report:
        return {
            "email": row.address, "event": kind, "timestamp": sent + after, "x_m": row.token,
            "x_k": f"key{number // 1000}", "x_c": "1", "sg_event_id": f"{kind}{after}-{number:012}",
            "sg_message_id": f"{number:022}.recvd-7c-1", "smtp-id": f"<{number:022}@ismtpd>",
            **more,
        }  # fmt: skip

    yield told("processed", 1)
    if chance.random() < 0.02:
        yield told("bounce", 2, type="bounce", reason="550 5.1.1 no such user", status="5.1.1",
                   bounce_classification="Invalid Address")  # fmt: skip
        return
    yield told("delivered", 3, response="250 OK", tls=1)
    if chance.random() < 0.33:
        apple = chance.random() < 0.4
        yield told("open", 5 + chance.randrange(9_000), useragent="Mozilla/5.0" if apple else PERSON,
                   sg_machine_open=apple)  # fmt: skip
    if chance.random() < 0.05:
        yield told(
            "click", 9 + chance.randrange(9_000), useragent=PERSON, url="https://nur.example/"
        )


def _check(workspace: Workspace, bodies: Sequence[bytes]) -> None:
    """Stop when an event was lost or counted twice."""
    ids = {one["sg_event_id"] for body in bodies for one in orjson.loads(body)}
    bounced = {
        one["x_m"] for body in bodies for one in orjson.loads(body) if one["event"] == "bounce"
    }
    with workspace.database.read() as connection:
        stored = connection.scalar(sa.select(sa.func.count()).select_from(event))
        told = connection.scalar(sa.select(tally.c.messages).where(tally.c.what == "bounced"))
        left = connection.scalar(
            sa.select(sa.func.count()).where(webhook_body.c.ingested_at.is_(None))
        )
    if (stored, told, left) != (len(ids), len(bounced), 0):
        raise SystemExit(f"lost or counted twice: {stored} of {len(ids)}, {told} of {len(bounced)}")
    print(f"{len(ids):,} different events, each stored once")


def _naively(workspace: Workspace, some: Sequence[Report]) -> None:
    with workspace.database.begin() as connection:
        for one in some:
            known = connection.execute(
                sa.select(event.c.id).where(
                    event.c.provider == "sendgrid", event.c.provider_event_id == one["sg_event_id"]
                )
            ).first()
            row = connection.execute(
                sa.select(message).where(message.c.token == one["x_m"])
            ).first()
            if known or row is None:
                continue
            kind = {"open": "opened", "click": "clicked", "bounce": "bounced"}.get(
                one["event"], one["event"]
            )
            connection.execute(event.insert().values(
                provider="sendgrid", provider_event_id=one["sg_event_id"], message_id=row.id,
                kind=kind, at=NOW, received_at=NOW, raw=one,
            ))  # fmt: skip
            connection.execute(
                message.update().where(message.c.id == row.id).values(delivery=kind, heard_at=NOW)
            )


if __name__ == "__main__":
    main()

"""kill -9 of the worker in the middle of its work: another one goes on, nothing is lost or doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from campaigns.clock import monotonic_s, sleep_s, utcnow
from campaigns.delivery import campaigns
from campaigns.delivery.status import status
from campaigns.jobs.dispatcher import FILE
from campaigns.sheets import intake, reports
from campaigns.store.options import Brand, save_brand
from campaigns.store.tables import attempt, contact, message, refusal
from campaigns.store.work import find_job
from tests.support.sheets import arrive

pytestmark = pytest.mark.slow
PATIENCE_S = 60
PEOPLE = 8_000
READERS = 300


@contextmanager
def worker(workspace, **settings):
    """A worker process of its own on the workspace."""
    settings = {"data": workspace.settings.data, "lease_s": 3, "batch_size": 10} | settings
    if workspace.database.is_postgresql:
        settings["database_url"] = workspace.settings.database_url
    environ = {f"CAMPAIGNS_{name.upper()}": str(value) for name, value in settings.items()}
    with subprocess.Popen(
        [sys.executable, "-m", "campaigns.cli", "worker"], cwd=Path(__file__).parents[2],
        env=environ | {"PATH": os.environ["PATH"]}, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


def _until(condition):
    until_s = monotonic_s() + PATIENCE_S
    while monotonic_s() < until_s:
        if condition():
            return
        sleep_s(0.02)
    raise AssertionError("it did not happen in time")


def _import(workspace, folder, number):
    path = folder / "people.csv"
    with path.open("w", encoding="utf-8") as out:
        out.write("Customer ID,E-mail,First name,Language,Consent,Consent source\n")
        for n in range(number):
            out.write(f"C-{n},p{n}@example.am,Ani,en,yes,card\n")
        out.write("C-bad,not an address,Ani,en,yes,card\n")
    with path.open("rb") as source:
        (upload,) = arrive(workspace, source.read(), path.name, now=utcnow())
    mapping = intake.preview(workspace, upload).mapping
    intake.confirm(workspace, upload, mapping, actor="t", now=utcnow())
    return upload


def _job(workspace, key):
    with workspace.database.read() as connection:
        return find_job(connection, key)


def _count(workspace, table):
    with workspace.database.read() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def test_an_import_that_is_killed_is_taken_up_again(workspace, tmp_path):
    upload = _import(workspace, tmp_path, PEOPLE)
    key = f"upload:{upload}"

    with worker(workspace) as process:
        _until(lambda: reports.report(workspace, upload).state == "storing")
        sleep_s(0.1)  # into the one transaction
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert _job(workspace, key).state == "running"
    assert _count(workspace, contact) == 0
    for path in workspace.settings.data.glob(FILE + "*"):
        path.unlink()
    with worker(workspace):
        _until(lambda: _job(workspace, key).state == "done")

    found = reports.report(workspace, upload)
    assert (found.state, found.stored, found.refused) == ("done", PEOPLE, 1)
    assert (_count(workspace, contact), _count(workspace, refusal)) == (PEOPLE, 1)
    assert _job(workspace, key).attempt == 2


def test_a_send_that_is_killed_again_and_again_loses_nobody_and_doubles_nobody(workspace, tmp_path):
    object.__setattr__(workspace.settings, "batch_size", 10)  # of the plan, as of the worker
    upload = _import(workspace, tmp_path, READERS)
    with worker(workspace, lease_s=60):
        _until(lambda: _job(workspace, f"upload:{upload}").state == "done")
    _approved(workspace)
    campaigns.send(workspace, "Spring", actor="t", now=utcnow())

    for _kill in range(3):
        before = _accepted(workspace)
        with worker(workspace) as process:
            _until(lambda before=before: _accepted(workspace) >= min(before + 60, READERS))
            process.send_signal(signal.SIGKILL)
    with worker(workspace):
        _until(lambda: _status(workspace).state == "done")

    found = _status(workspace)
    letters = list(workspace.outbox.rglob("*.eml"))
    assert (found.waiting, found.failed) == (0, 0)
    assert found.accepted + found.unknown == READERS
    assert found.unknown <= 3 * 10  # at most the request that each kill cut off
    assert len({path.name for path in letters}) == len(letters)
    assert found.accepted <= len(letters) <= READERS
    with workspace.database.read() as connection:
        twice = sa.select(message.c.attempt_id).where(message.c.attempt_id.is_(None))
        assert connection.execute(twice).all() == []
        asked = connection.execute(sa.select(sa.func.sum(attempt.c.recipients))).scalar()
    assert READERS <= asked <= READERS + 3 * 10  # whoever the outbox lacks is asked for again


def _approved(workspace):
    brand = Brand(
        shop_name="Nur", legal_name="Nur LLC", postal_address="1 Abovyan Street, Yerevan",
        from_name="Nur", from_address="hello@nur.example", reply_to="hello@nur.example",
    )  # fmt: skip
    with workspace.database.begin() as connection:
        save_brand(connection, brand, actor="t", now=utcnow())
    campaigns.create(
        workspace, "Spring", segment="everyone", letter="thank_you", actor="t", now=utcnow()
    )
    campaigns.plan(workspace, "Spring", actor="t", now=utcnow())
    campaigns.approve(workspace, "Spring", actor="t", now=utcnow())


def _status(workspace):
    with workspace.database.read() as connection:
        return status(connection, "Spring")


def _accepted(workspace):
    return _status(workspace).accepted

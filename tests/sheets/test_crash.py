"""kill -9 while a file is taken in: it is there whole or not at all, and the next try ends the work."""

import io
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from campaigns.model.language import Language
from campaigns.model.states import UploadState
from campaigns.sheets import arrival, intake, reports
from campaigns.sheets.undo import undo
from campaigns.store import snapshots, tables
from tests.support.sheets import arrive, store, take_in, xlsx

ROOT = Path(__file__).parents[2]
SCRIPT = """
import os, signal, sys, threading
from datetime import UTC, datetime
from pathlib import Path
import sqlalchemy as sa
from campaigns.settings import Settings
from campaigns.sheets import arrival, intake
from campaigns.sheets.undo import undo
from campaigns.store.workspace import open_workspace

data, url, work, number, where = sys.argv[1:]
workspace = open_workspace(Settings(data=Path(data), database_url=url))
now = datetime(2026, 3, 2, 12, tzinfo=UTC)

def die(*_ignored):
    os.kill(os.getpid(), signal.SIGKILL)

def watch(_connection, _cursor, statement, *_rest):
    if statement.startswith(where):
        die()

def confirm(workspace, upload_id, now):
    mapping = intake.preview(workspace, upload_id).mapping
    intake.confirm(workspace, upload_id, mapping, actor="anna", now=now)

commits = []

def count(connection):
    commits.append(connection)
    if len(commits) == int(where.removeprefix("COMMIT ")):
        die()

if where.startswith("COMMIT"):
    sa.event.listen(workspace.database.engine, "commit", count)
elif where.isdigit():
    threading.Timer(int(where) / 1000, die).start()
else:
    sa.event.listen(workspace.database.engine, "before_cursor_execute", watch)
{
    "look": lambda: arrival.look(workspace, int(number), now=now),
    "confirm": lambda: confirm(workspace, int(number), now),
    "store": lambda: intake.store_upload(workspace, int(number), actor="anna", now=now),
    "undo": lambda: undo(workspace, int(number), actor="anna", now=now),
}[work]()
"""
PEOPLE = [
    ["Customer ID", "E-mail", "Name", "City", "Consent"],
    *([f"C-{n}", f"c{n}@example.com", "Անի", "Երևան", "այո"] for n in range(300)),
    ["C-1", "new1@example.com", None, "Գյումրի", "ոչ"],
    ["C-9999", "x@", None, None, None],
]
ORDERS = [
    ["Order ID", "Date", "Customer ID", "Amount"],
    *([number, "01.01.2026", f"C-{number % 7}", 100] for number in range(300)),
    [999, "?", "C-1", 100],
]
EARLIER = [
    PEOPLE[0],
    ["C-1", "c1@example.com", "Anna", "Gori", None],
    ["C-2", None, "Nino", "Gori", "no"],
]
KINDS = {"people": PEOPLE, "orders": ORDERS}
pytestmark = pytest.mark.slow


def _killed(workspace, work, number, where) -> bool:
    """Do the work in a process that dies at ``where``; say whether it died before it was done."""
    arguments = [workspace.settings.data, workspace.settings.database_url, work, number, where]
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, arguments)], cwd=ROOT, check=False
    )
    assert ended.returncode in (0, -signal.SIGKILL)
    return ended.returncode == -signal.SIGKILL


def _shown(workspace):
    """What is stored, without ids: those of PostgreSQL are not given twice."""
    contact, consent, rollup = tables.contact, tables.consent, tables.rollup
    values = [column for column in contact.c if column.name != "id"]
    told = [consent.c.purpose, consent.c.given, consent.c.language, consent.c.evidence]
    with workspace.database.read() as connection:
        people = connection.execute(sa.select(*values).order_by(contact.c.customer_id)).all()
        heard = connection.execute(
            sa.select(contact.c.customer_id, *told)
            .join_from(consent, contact)
            .order_by(consent.c.id)
        ).all()
        sums = connection.execute(
            sa.select(contact.c.customer_id, rollup.c.orders, rollup.c.revenue_minor)
            .join_from(rollup, contact)
            .order_by(contact.c.customer_id)
        ).all()
        refused = connection.execute(
            sa.select(
                tables.refusal.c.row_number, tables.refusal.c.reason, tables.refusal.c.cells
            ).order_by(tables.refusal.c.upload_id, tables.refusal.c.row_number)
        ).all()
        keys = connection.execute(
            sa.select(tables.former_key.c.key, contact.c.customer_id).join_from(
                tables.former_key, contact
            )
        ).all()
    orders = snapshots.orders(workspace).drop("contact_id").collect().rows()
    return people, heard, sums, refused, keys, sorted(orders, key=str)


def _waiting(workspace, now, rows):
    """An upload that is confirmed, in a store that knows somebody already."""
    take_in(workspace, xlsx(EARLIER), "earlier.xlsx", now=now)
    [upload_id] = arrive(workspace, xlsx(rows), now=now)
    mapping = intake.preview(workspace, upload_id).mapping
    intake.confirm(workspace, upload_id, mapping, actor="anna", now=now)
    return upload_id


def _ends_as_if_never_killed(workspace, now, upload_id):
    report = intake.store_upload(workspace, upload_id, actor="anna", now=now)
    assert report.rows == report.stored + report.merged + report.refused
    resumed = _shown(workspace)
    undo(workspace, upload_id, actor="anna", now=now)
    again = store(workspace, upload_id, now=now)
    assert (again.stored, again.merged, again.refused) == (report.stored, report.merged, 1)
    assert _shown(workspace) == resumed


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "where", ["INSERT INTO snapshot", "INSERT INTO audit", "COMMIT 1", "COMMIT 2"]
)
def test_a_killed_process_leaves_nothing_behind(workspace, now, kind, where):
    upload_id = _waiting(workspace, now, KINDS[kind])
    before = _shown(workspace)

    assert _killed(workspace, "store", upload_id, where)

    assert _shown(workspace) == before
    _ends_as_if_never_killed(workspace, now, upload_id)


@pytest.mark.parametrize("kind", KINDS)
def test_whenever_it_is_killed_an_upload_is_there_whole_or_not_at_all(sqlite_workspace, now, kind):
    workspace = sqlite_workspace
    upload_id = _waiting(workspace, now, KINDS[kind])
    before = _shown(workspace)
    for _ in range(4):
        _killed(workspace, "store", upload_id, random.Random().randint(600, 2500))
        if reports.report(workspace, upload_id).state == UploadState.DONE:
            break
        assert _shown(workspace) == before

    _ends_as_if_never_killed(workspace, now, upload_id)


@pytest.mark.parametrize("where", ["UPDATE snapshot", "COMMIT 1"])
def test_a_killed_undo_has_undone_nothing_and_ends_the_next_time(workspace, now, where):
    upload_id = _waiting(workspace, now, PEOPLE)
    before = _shown(workspace)
    intake.store_upload(workspace, upload_id, actor="anna", now=now)
    stored = _shown(workspace)

    assert _killed(workspace, "undo", upload_id, where)

    assert _shown(workspace) == stored
    undo(workspace, upload_id, actor="anna", now=now)
    assert _shown(workspace) == before


@pytest.mark.parametrize(
    ("work", "where"),
    [("look", "INSERT INTO upload"), ("look", "COMMIT 1"),
     ("confirm", "INSERT INTO sheet_mapping"), ("confirm", "COMMIT 1")],
)  # fmt: skip
def test_what_was_killed_before_storing_is_done_the_next_time(workspace, now, work, where):
    file_id = arrival.receive(
        workspace, io.BytesIO(xlsx(PEOPLE)), "a.xlsx", actor="anna", language=Language.EN, now=now
    )
    number = file_id if work == "look" else arrival.look(workspace, file_id, now=now)[0]

    assert _killed(workspace, work, number, where)

    [upload_id] = arrival.look(workspace, file_id, now=now)
    report = store(workspace, upload_id, now=now)
    assert (report.stored, report.merged, report.refused) == (300, 1, 1)
    _ = arrival.look(workspace, file_id, now=now)
    assert arrival.uploads_of(workspace, file_id) == [upload_id]

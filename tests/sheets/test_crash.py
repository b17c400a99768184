"""kill -9 while a file is being stored: nothing of it is there, and the next try stores all."""

import io
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from campaigns.sheets import intake
from campaigns.store import snapshots, tables
from tests.support.sheets import arrive, xlsx

ROOT = Path(__file__).parents[2]
SCRIPT = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
import sqlalchemy as sa
from campaigns.settings import Settings
from campaigns.sheets import intake
from campaigns.store.workspace import open_workspace

data, upload_id, where = sys.argv[1:]
workspace = open_workspace(Settings(data=Path(data)))
now = datetime(2026, 3, 2, 12, tzinfo=UTC)

def die(*_ignored):
    os.kill(os.getpid(), signal.SIGKILL)

def watch(_connection, _cursor, statement, *_rest):
    if statement.startswith(where):
        die()

sa.event.listen(workspace.database.engine, "before_cursor_execute", watch)
intake.store_upload(workspace, int(upload_id), actor="anna", now=now)
"""
ROWS = [
    ["Order ID", "Date", "Customer ID", "Amount"],
    *([number, "01.01.2026", "C-1", 100] for number in range(50)),
    [51, "?", "C-1", 100],
]


@pytest.mark.slow
@pytest.mark.parametrize(
    "where", ["INSERT INTO snapshot", "INSERT INTO refusal", "INSERT INTO audit"]
)
def test_a_killed_process_leaves_nothing_behind(sqlite_workspace, now, where):
    workspace = sqlite_workspace
    data = io.BytesIO(xlsx(ROWS))
    [upload_id] = arrive(workspace, data.getvalue(), "orders.xlsx", now=now)
    mapping = intake.preview(workspace, upload_id).mapping
    intake.confirm(workspace, upload_id, mapping, actor="anna", now=now)

    arguments = [str(workspace.settings.data), str(upload_id), where]
    killed = subprocess.run([sys.executable, "-c", SCRIPT, *arguments], cwd=ROOT, check=False)

    assert killed.returncode == -signal.SIGKILL
    assert snapshots.orders(workspace).collect().height == 0
    assert _number(workspace, tables.refusal) == 0
    report = intake.store_upload(workspace, upload_id, actor="anna", now=now)
    assert (report.stored, report.refused) == (50, 1)
    assert snapshots.orders(workspace).collect().height == 50
    assert _number(workspace, tables.refusal) == 1


def _number(workspace, table) -> int:
    with workspace.database.read() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()

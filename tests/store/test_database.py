from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from campaigns.errors import SettingsError
from campaigns.settings import Settings
from campaigns.store import database
from campaigns.store.tables import operator, refusal
from campaigns.store.work import ask, find_job
from campaigns.store.workspace import open_workspace


def test_two_processes_may_start_on_an_empty_folder_at_once(tmp_path):
    settings = Settings(data=tmp_path / "data")

    with ThreadPoolExecutor(2) as pool:
        workspaces = list(pool.map(lambda _: open_workspace(settings, upgrade=True), range(2)))

    assert workspaces[0].signer.keys == workspaces[1].signer.keys
    for workspace in workspaces:
        workspace.database.close()


def test_a_database_that_is_newer_than_the_program_is_refused(sqlite_workspace):
    with sqlite_workspace.database.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(SettingsError) as refused:
        open_workspace(sqlite_workspace.settings)

    assert refused.value.code == "store.newer"


def test_an_interrupted_transaction_leaves_nothing(workspace, now):
    def break_off():
        with workspace.database.begin() as connection:
            connection.execute(operator.insert().values(name="anna", language="hy", created_at=now))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()

    with workspace.database.read() as connection:
        assert connection.execute(sa.select(operator)).all() == []


def test_writers_at_once_wait_for_one_another(workspace, now):
    def add(number):
        with workspace.database.begin() as connection:
            count = connection.execute(sa.select(sa.func.count()).select_from(operator)).scalar()
            connection.execute(
                operator.insert().values(name=f"n{number}", language="hy", created_at=now)
            )
            return count

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(20)))

    with workspace.database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(operator)).scalar() == 20


def test_the_same_work_is_asked_for_once_until_it_is_done(workspace, now):
    with workspace.database.begin() as connection:
        first = ask(connection, "plan_campaign", "plan:1", actor="anna", now=now, campaign_id=1)
        second = ask(connection, "plan_campaign", "plan:1", actor="anna", now=now, campaign_id=1)

    with workspace.database.read() as connection:
        job = find_job(connection, "plan:1")
    assert first == second
    assert (job.state, job.args, job.created_at) == ("queued", {"campaign_id": 1}, now)


def test_a_writer_who_never_has_a_turn_is_told_so(sqlite_workspace, monkeypatch):
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 30)

    with (
        sqlite_workspace.database.begin(),
        pytest.raises(sa.exc.OperationalError, match="locked"),
        sqlite_workspace.database.begin(),
    ):
        pass

    with sqlite_workspace.database.begin() as connection:
        waits = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    assert waits == 30


def test_a_transaction_that_knows_the_parents_leaves_the_check_to_the_next(sqlite_workspace):
    orphan = refusal.insert().values(upload_id=77, row_number=1, reason="empty")
    with sqlite_workspace.database.begin(knows_parents=True) as connection:
        connection.execute(orphan)
        connection.get_transaction().rollback()

    with pytest.raises(sa.exc.IntegrityError), sqlite_workspace.database.begin() as connection:
        connection.execute(orphan)

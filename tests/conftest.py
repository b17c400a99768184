"""What every test may ask for: a workspace on each database, and a fixed noon."""

from __future__ import annotations

import gc
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import settings
from redis import Redis

from campaigns.settings import Settings
from campaigns.store.database import migrate, open_database
from campaigns.store.tables import metadata
from campaigns.store.workspace import Workspace, open_workspace
from tests.support.postgres import postgres
from tests.support.redis import redis

OURS = ", ".join(table.name for table in metadata.sorted_tables)
EMPTY = f"""DO $$ DECLARE foreign_tables text; BEGIN
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
  SELECT string_agg(quote_ident(tablename), ', ') INTO foreign_tables FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> ALL (string_to_array('alembic_version, {OURS}', ', '));
  IF foreign_tables IS NOT NULL THEN
    EXECUTE 'DROP TABLE ' || foreign_tables || ' CASCADE';
  END IF;
  TRUNCATE {OURS} RESTART IDENTITY CASCADE;
END $$"""
"""Ends other sessions, drops the dispatcher's tables, and empties ours."""
# A busy machine is slow, not wrong; and in CI a red run is about the change, not about chance.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


gc.disable()  # while modules are loaded and tests collected, nothing is garbage


def pytest_collection_finish() -> None:
    """Keep what was loaded out of the collector's way: it is walked thousands of times otherwise."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    """A migrated, empty SQLite file."""
    path = tmp_path_factory.mktemp("template") / "campaigns.sqlite"
    database = open_database(f"sqlite:///{path}")
    migrate(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres_server():
    with postgres() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_server) -> sa.URL:
    """The address of a migrated, empty PostgreSQL database."""
    server = sa.make_url(postgres_server)
    _execute(server, "CREATE DATABASE campaigns_template")
    url = server.set(database="campaigns_template")
    database = open_database(url.render_as_string(hide_password=False))
    migrate(database)
    database.close()
    return url


@pytest.fixture
def sqlite_workspace(tmp_path, sqlite_template):
    """A workspace on a fresh SQLite file."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(sqlite_template, data / "campaigns.sqlite")
    workspace = open_workspace(Settings(data=data))
    yield workspace
    workspace.database.close()


@pytest.fixture(scope="session")
def postgres_database(postgres_template) -> sa.URL:
    """The address of the database that the tests use one after another."""
    server = postgres_template.set(database="postgres")
    _execute(server, "CREATE DATABASE campaigns_test TEMPLATE campaigns_template")
    return postgres_template.set(database="campaigns_test")


@pytest.fixture
def postgres_workspace(tmp_path, postgres_database):
    """A workspace on an empty PostgreSQL database; emptied, which is faster than made anew."""
    url = postgres_database.render_as_string(hide_password=False)
    workspace = open_workspace(Settings(data=tmp_path / "data", database_url=url))
    yield workspace
    workspace.database.close()
    _execute(postgres_database, EMPTY)


@pytest.fixture(scope="session")
def redis_server():
    with redis() as url:
        yield url


@pytest.fixture
def redis_workspace(sqlite_workspace, redis_server):
    """A workspace on a fresh SQLite file whose jobs go by Redis."""
    object.__setattr__(sqlite_workspace.settings, "dispatcher_url", redis_server)
    yield sqlite_workspace
    with Redis.from_url(redis_server) as client:
        client.flushdb()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def workspace(request) -> Workspace:
    """The same test on both databases."""
    name = {"sqlite": "sqlite_workspace", "postgresql": "postgres_workspace"}[request.param]
    return request.getfixturevalue(name)


def _execute(url: sa.URL, statement: str) -> None:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()

"""One database, SQLite or PostgreSQL: how a transaction is opened, and which revision it needs.

On SQLite every write transaction is ``BEGIN IMMEDIATE`` on a WAL database with
``synchronous=FULL``: an intent that was committed survives a power cut.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from campaigns.clock import monotonic_s, sleep_s
from campaigns.errors import SettingsError
from campaigns.store import matching
from campaigns.store.locks import Lock, wait_for

BUSY_TIMEOUT_MS = 30_000
TURN_MS = 3
"""SQLite sleeps 1 ms, then 2 ms, before it says that somebody else is writing."""
CACHE_KIB = 64_000
"""Pages that a connection keeps: those of the batch that is being sent are asked for several times."""
POOL_SIZE = 20
AWAKE = {
    "connect_timeout": 10, "keepalives_idle": 20, "keepalives_interval": 10, "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}  # fmt: skip
"""To a PostgreSQL whose machine is gone without a word: noticed within a minute, not two hours."""
WAL_TRIES = 100
WAL_WAIT_S = 0.05
# At DEBUG SQLAlchemy tells each row that it reads, customers and all: nobody may switch that on.
logging.getLogger("sqlalchemy.engine.Engine").addFilter(lambda told: told.levelno > logging.DEBUG)


@dataclass(frozen=True, slots=True)
class Database:
    """An engine and its two kinds of transaction."""

    engine: sa.Engine

    @property
    def is_postgresql(self) -> bool:
        return self.engine.dialect.name == "postgresql"

    @contextmanager
    def begin(self, *, knows_parents: bool = False) -> Iterator[sa.Connection]:
        """One write transaction: committed at the end, rolled back on any error.

        ``knows_parents``: every row that a new one refers to was read or written in this very
        transaction, and nothing refers to what is deleted. SQLite, where nobody else writes
        meanwhile, then does not look each of them up again: a million rows cost a fourth less.
        """
        with self.engine.connect() as connection:
            connection.execution_options(campaigns_write=True, campaigns_parents=knows_parents)
            with connection.begin():
                yield connection

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """One consistent view that writes nothing and blocks no writer."""
        with self.engine.connect() as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Return the database at ``url``; nothing is created and nothing is read yet."""
    # hide_parameters: an error must not carry a customer's data into the log.
    # The connection used last is used next: SQLite keeps its pages while no other one writes.
    is_file = sa.make_url(url).get_backend_name() == "sqlite"
    engine = sa.create_engine(
        url, pool_size=POOL_SIZE, max_overflow=0, pool_use_lifo=True, hide_parameters=True,
        connect_args={} if is_file else AWAKE,
    )  # fmt: skip
    if is_file:
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
        sa.event.listen(engine, "checkin", _make_usual)
    return Database(engine)


def utc_of_database(connection: sa.Connection, now: datetime) -> datetime:
    """Return the moment that leases are measured by: the server's on PostgreSQL, else ``now``."""
    if connection.dialect.name != "postgresql":
        return now
    moment: datetime = connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
    return moment


def migrate(database: Database) -> None:
    """Bring the database to the newest revision. Safe when several processes start at once."""
    with database.begin() as connection:
        if database.is_postgresql:
            wait_for(connection, Lock.MIGRATING)
            connection.execute(sa.text("SET LOCAL lock_timeout = '10s'"))
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def require_current(database: Database) -> None:
    """Refuse a database that is older or newer than this program.

    Raises:
        SettingsError: the revision is not the one expected.
    """
    with database.read() as connection:
        got = MigrationContext.configure(connection).get_current_revision()
    *_, expected = known = _revisions()
    if got == expected:
        return
    code = "store.pending" if got is None or got in known else "store.newer"
    raise SettingsError(code, got=got or "-", expected=expected)


@cache
def _revisions() -> tuple[str, ...]:
    """All revisions that this program knows, the newest last. Alembic compiles each to tell."""
    scripts = ScriptDirectory.from_config(_config())
    return tuple(reversed([script.revision for script in scripts.walk_revisions()]))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (f"busy_timeout={BUSY_TIMEOUT_MS}", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    _use_wal(connection)
    matching.install(connection)


def _use_wal(connection: sqlite3.Connection) -> None:
    """Make the file a WAL database, once for good.

    SQLite does not wait for another process that does the same at this moment, so we do.
    """
    for _ in range(WAL_TRIES):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            sleep_s(WAL_WAIT_S)
        else:
            return
    connection.execute("PRAGMA journal_mode=WAL")


def _make_usual(connection: sqlite3.Connection | None, _record: object) -> None:
    """Take back what one transaction asked for: a wider cache (``store.bulk``), fewer checks."""
    if connection is not None:
        connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
        connection.execute("PRAGMA foreign_keys=ON")


def _begin_sqlite(connection: sa.Connection) -> None:
    """Begin; who wants to write asks every few milliseconds whether it is their turn.

    Left to itself SQLite soon sleeps for 100 ms at a time, in which other processes have their
    turn again and again, while all that wants to write in this one stands still.
    """
    asked = connection.get_execution_options()
    if not asked.get("campaigns_write", False):
        connection.exec_driver_sql("BEGIN DEFERRED")
        return
    if asked.get("campaigns_parents", False):
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")  # it has no effect after the BEGIN
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA busy_timeout={TURN_MS}")
    try:
        if not _is_our_turn(driver):
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # raises what every statement may raise
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


def _is_our_turn(driver: sqlite3.Connection) -> bool:
    """Begin to write, or say after ``BUSY_TIMEOUT_MS`` that others still do."""
    until = monotonic_s() + BUSY_TIMEOUT_MS / 1000
    while monotonic_s() < until:
        try:
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                return False
        else:
            return True
    return False

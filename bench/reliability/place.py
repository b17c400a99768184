"""Where a run lives: a small disk of its own, a database, and the store of the dispatcher."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from campaigns.jobs.dispatcher import FILE
from campaigns.settings import Settings
from tests.support.ports import free_port
from tests.support.postgres import Cluster, find_programs, own_cluster

DISK_MB = 768
HUEY_TABLES = (
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'huey%'"
)


@dataclass
class Place:
    """What a run may break. ``disk`` is small where the system lets us mount one, else None."""

    folder: Path
    data: Path
    disk: Path | None
    database_url: str = ""
    dispatcher_url: str = ""
    cluster: Cluster | None = None
    redis: Redis | None = None

    def settings(self, **more: object) -> dict[str, str]:
        """The environment of each process: settings by their names there."""
        given = {
            "data": self.data, "database_url": self.database_url,
            "dispatcher_url": self.dispatcher_url, **more,
        }  # fmt: skip
        return {f"CAMPAIGNS_{name.upper()}": str(value) for name, value in given.items()}

    def lose_dispatcher(self) -> None:
        """Delete the store of the dispatcher under the workers."""
        if self.redis is not None:
            self.redis.lose()
        elif self.database_url:
            self._drop_tables()
        else:
            for path in self.data.glob(FILE + "*"):
                path.unlink(missing_ok=True)

    def _drop_tables(self) -> None:
        engine = sa.create_engine(self.database_url, isolation_level="AUTOCOMMIT")
        with contextlib.suppress(sa.exc.OperationalError), engine.connect() as connection:
            connection.exec_driver_sql("SET lock_timeout = '2s'")
            tables = list(connection.execute(sa.text(HUEY_TABLES)).scalars())
            assert tables, "the dispatcher has no tables on this server"
            connection.exec_driver_sql(f"DROP TABLE {', '.join(tables)} CASCADE")
        engine.dispose()

    def restart_database(self) -> None:
        """Stop PostgreSQL as a power cut would, and start it again."""
        if self.cluster is not None:
            if self.cluster.is_up():
                self.cluster.stop_at_once()
            self.cluster.start()

    @contextlib.contextmanager
    def full(self) -> Iterator[None]:
        """Let nothing more fit on the disk."""
        assert self.disk is not None
        ballast = self.disk / "ballast"
        try:
            with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
                while file.write(bytes(1 << 16)):
                    pass
            yield
        finally:
            ballast.unlink(missing_ok=True)


@dataclass
class Redis:
    """A Redis of our own that keeps nothing."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        words = (
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(self.folder),
        )
        self.process = subprocess.Popen(("redis-server", *words), stdout=subprocess.DEVNULL)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            if self._answers():
                return
            time.sleep(0.05)
        raise AssertionError("redis-server does not answer")

    def _answers(self) -> bool:
        asked = ("redis-cli", "-p", str(self.port), "ping")
        return subprocess.run(asked, capture_output=True, check=False).returncode == 0

    def lose(self) -> None:
        """Kill it with all that it held, and start an empty one."""
        self.stop()
        self.start()

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()


@contextlib.contextmanager
def place(dispatcher: str) -> Iterator[Place]:
    """Yield a place for ``sqlite``, ``postgresql`` or ``redis`` (which goes with PostgreSQL)."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="campaigns-")))
        folder.chmod(0o711)  # the server of PostgreSQL is another user's
        disk = stack.enter_context(_small_disk(folder / "disk"))
        home = disk or folder
        found = Place(folder, home / "data", disk)
        if dispatcher != "sqlite":
            found.cluster = stack.enter_context(_postgresql(home / "pg"))
            found.database_url = _fresh_database(found.cluster)
        if dispatcher == "redis":
            found.redis = Redis(folder)
            found.redis.start()
            stack.callback(found.redis.stop)
            found.dispatcher_url = found.redis.url
        yield found


@contextlib.contextmanager
def _small_disk(path: Path) -> Iterator[Path | None]:
    path.mkdir()
    words = ("mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m,mode=0711", "tmpfs", str(path))
    can = sys.platform == "linux" and os.geteuid() == 0
    if not can or subprocess.run(words, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield path
    finally:
        subprocess.run(("umount", "-l", str(path)), check=True)


@contextlib.contextmanager
def _postgresql(folder: Path) -> Iterator[Cluster]:
    binaries = find_programs()
    assert binaries, "PostgreSQL's server programs are needed: install the package postgresql"
    folder.mkdir()
    with own_cluster(binaries, folder, "-c min_wal_size=32MB -c max_wal_size=128MB") as cluster:
        yield cluster
    shutil.rmtree(folder, ignore_errors=True)


def _fresh_database(cluster: Cluster) -> str:
    engine = sa.create_engine(cluster.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE campaigns")
    engine.dispose()
    made = sa.make_url(cluster.url).set(database="campaigns")
    return made.render_as_string(hide_password=False)


def settings_of(environ: dict[str, str]) -> Settings:
    """The settings as the processes read them."""
    return Settings.from_environ(environ)

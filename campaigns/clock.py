"""The only clock and source of ids. Everything below takes them as arguments."""

from __future__ import annotations

import secrets
import socket
import time
from datetime import UTC, datetime
from os import getpid


def utcnow() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the one place


def monotonic_s() -> float:
    """Return seconds on a clock that never goes back."""
    return time.monotonic()


def sleep_s(seconds: float) -> None:
    """Pause this thread."""
    time.sleep(seconds)


def new_token() -> str:
    """Return an opaque id: 15 random bytes as 20 URL-safe characters."""
    return secrets.token_urlsafe(15)


def new_owner() -> str:
    """Return a name for this process that no other process ever has."""
    return f"{socket.gethostname()}:{getpid()}:{secrets.token_hex(4)}"

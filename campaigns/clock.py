"""The only clock and source of ids. Everything below takes them as arguments."""

from __future__ import annotations

import secrets
import socket
import time
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from os import getpid

TOKEN_BYTES = 15
TOKEN_LETTERS = 20


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
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_tokens(count: int) -> list[str]:
    """Return ``count`` tokens as ``new_token`` makes them."""
    letters = urlsafe_b64encode(secrets.token_bytes(TOKEN_BYTES * count)).decode("ascii")
    return [letters[i : i + TOKEN_LETTERS] for i in range(0, len(letters), TOKEN_LETTERS)]


def new_owner() -> str:
    """Return a name for this process that no other process ever has."""
    return f"{socket.gethostname()}:{getpid()}:{secrets.token_hex(4)}"

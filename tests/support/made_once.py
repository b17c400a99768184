"""What many tests begin with is made once: a database that is the same becomes the same.

A shop with a running campaign takes a tenth of a second to make, and hundreds of tests begin with
one. On SQLite the whole database is looked at and put back. The key is what stands in it, the
settings and the arguments, so that tests which differ in any of them share nothing. On PostgreSQL
each test makes its own.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import asdict
from functools import wraps
from hashlib import sha256

OWN = ("data", "sendgrid_host")
"""Settings that are each test's own; of the account, only a trial knows the host."""
_seen: set[bytes] = set()
_made: dict[bytes, tuple[sqlite3.Connection, object]] = {}
"""What was asked for twice: only that is worth its memory."""


def made_once(make):
    """Let ``make(workspace, …)`` run twice at most for all that begin alike."""

    @wraps(make)
    def once(workspace, *words, **more):
        if workspace.database.is_postgresql:
            return make(workspace, *words, **more)
        key = _key(workspace, make.__name__, words, more)
        if key in _made:
            kept, result = _made[key]
            _put_back(workspace, kept)
            return deepcopy(result)
        result = make(workspace, *words, **more)
        if key in _seen:
            _made[key] = _kept(workspace), deepcopy(result)
        _seen.add(key)
        return result

    return once


def _key(workspace, *asked) -> bytes:
    settings = {k: v for k, v in asdict(workspace.settings).items() if k not in OWN}
    with _file(workspace) as file:
        return sha256(file.serialize() + repr((asked, settings)).encode()).digest()


def _kept(workspace) -> sqlite3.Connection:
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    with _file(workspace) as file:
        file.backup(kept)
    return kept


def _put_back(workspace, kept) -> None:
    with _file(workspace) as file:
        kept.backup(file)


@contextmanager
def _file(workspace):
    with workspace.database.engine.connect() as connection:
        connection.rollback()  # a copy is made outside of any transaction
        yield connection.connection.driver_connection

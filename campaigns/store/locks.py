"""Locks by name on PostgreSQL, each held until its transaction ends; SQLite has one writer anyway.

All names stand here: two that shared a number would let an upload hold up every letter, or an event
and an intent wait for each other.
"""

from __future__ import annotations

from enum import IntEnum, unique

import sqlalchemy as sa


@unique
class Lock(IntEnum):
    """What only one transaction at a time may do in a database."""

    MIGRATING = 720_301
    INTAKE = 720_302
    """An upload is confirmed or stored."""
    DISPATCHING = 720_303
    """The tables of the dispatcher are laid."""
    EVENTS = 720_304
    """Events are taken in."""
    STARTING = 720_305
    """A campaign begins to run; those who write an intent share it."""
    WRITING = 720_306
    """An intent is written beside those of other campaigns."""


def wait_for(connection: sa.Connection, lock: Lock, *, shared: bool = False) -> None:
    """Hold ``lock`` from now on, alone or with others who share it."""
    if connection.dialect.name == "postgresql":
        by = sa.func.pg_advisory_xact_lock_shared if shared else sa.func.pg_advisory_xact_lock
        connection.execute(sa.select(by(int(lock))))

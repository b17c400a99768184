"""Addresses: how they are compared, and which must never be sent to."""

from __future__ import annotations

import contextlib
import hashlib
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from campaigns.store.journal import record
from campaigns.store.tables import suppression


class SuppressionReason(StrEnum):
    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    OPERATOR = "operator"


def address_key(address: str) -> str:
    """Return what an address is compared by: trimmed, lower case, the domain in IDNA form.

    >>> address_key(" Ani@Example.AM ")
    'ani@example.am'
    """
    local, _, domain = address.strip().lower().rpartition("@")
    with contextlib.suppress(UnicodeError):  # an odd domain is compared as it is written
        domain = domain.encode("idna").decode("ascii")
    return f"{local}@{domain}"


def address_hash(key: str) -> str:
    """Return the SHA-256 of an address key: a suppression outlives the person's data."""
    return hashlib.sha256(key.encode("utf-8")).hexdigest()


def suppress(
    connection: sa.Connection,
    key: str,
    *,
    reason: SuppressionReason,
    source: str,
    actor: str,
    now: datetime,
) -> bool:
    """Put an address key on the list; the first reason stays. Say whether it was new."""
    hashed = address_hash(key)
    row = {"address_hash": hashed, "reason": reason, "source": source, "at": now, "actor": actor}
    try:
        with connection.begin_nested():  # two may say it at the same moment
            connection.execute(suppression.insert().values(row))
    except sa.exc.IntegrityError:
        return False
    record(
        connection, actor=actor, verb="suppress", subject=f"address:{hashed[:12]}", now=now,
        reason=reason, source=source,
    )  # fmt: skip
    return True


def suppressed_keys(connection: sa.Connection, keys: list[str]) -> set[str]:
    """Return those of ``keys`` (at most a batch of them) that are on the list."""
    by_hash = {address_hash(key): key for key in keys}
    found = connection.execute(
        sa.select(suppression.c.address_hash).where(suppression.c.address_hash.in_(by_hash))
    )
    return {by_hash[row.address_hash] for row in found}

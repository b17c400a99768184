"""Addresses: how they are compared, and which must never be sent to."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import polars as pl
import sqlalchemy as sa

from campaigns.errors import InputError
from campaigns.store import bulk
from campaigns.store.journal import record
from campaigns.store.tables import suppression

FROM_SHEET = "upload:"
"""Begins the source of what a sheet says; the number of the upload follows."""


class SuppressionReason(StrEnum):
    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    UNREACHABLE = "unreachable"
    """Letter after letter is turned away (``delivery.heard.reachability``)."""
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
    """Put an address key on the list; say whether it was not there.

    The first reason stays, but two give way to what has happened: one that only a sheet told, as
    the sheet can be taken back, and a wish to leave, as the person can take it back. Nobody is to
    get letters again by that.
    """
    hashed = address_hash(key)
    row = {"address_hash": hashed, "reason": reason, "source": source, "at": now, "actor": actor}
    try:
        with connection.begin_nested():  # two may say it at the same moment
            connection.execute(suppression.insert().values(row))
    except sa.exc.IntegrityError:
        new = False
        changed = _outrank(connection, row)
    else:
        new = changed = True
    if changed:
        record(
            connection, actor=actor, verb="suppress", subject=f"address:{hashed[:12]}", now=now,
            reason=reason, source=source,
        )  # fmt: skip
    return new


def _outrank(connection: sa.Connection, row: dict[str, object]) -> bool:
    """Take over a row that gives way to a new one; say whether it did."""
    left = SuppressionReason.UNSUBSCRIBED
    weaker = suppression.c.source.startswith(FROM_SHEET)
    if row["reason"] != left and not str(row["source"]).startswith(FROM_SHEET):
        weaker = sa.or_(weaker, suppression.c.reason == left)
    taken = connection.execute(
        suppression.update()
        .where(suppression.c.address_hash == row["address_hash"], weaker)
        .values(row)
    )
    return taken.rowcount == 1


def suppression_reason(connection: sa.Connection, key: str) -> str | None:
    """Return why an address key is on the list, or None."""
    query = sa.select(suppression.c.reason).where(suppression.c.address_hash == address_hash(key))
    found: str | None = connection.execute(query).scalar()
    return found


def lift(
    connection: sa.Connection, key: str, *, reason: SuppressionReason, actor: str, now: datetime
) -> bool:
    """Take an address key off the list if it stands there for ``reason``; say whether it did."""
    hashed = address_hash(key)
    lifted = connection.execute(
        sa.delete(suppression).where(
            suppression.c.address_hash == hashed, suppression.c.reason == reason
        )
    )
    if lifted.rowcount:
        record(
            connection, actor=actor, verb="suppress.lift", subject=f"address:{hashed[:12]}",
            now=now, reason=reason,
        )  # fmt: skip
    return bool(lifted.rowcount)


KEYS_A_QUERY = 10_000


def suppressed_among(connection: sa.Connection, keys: pl.Series) -> set[str]:
    """Return those of many keys that are on the list.

    The shorter of the two is read whole: a list is seldom as long as an audience, and of a key
    whose hash begins otherwise than all of the list's no more needs to be known.
    """
    known = keys.drop_nulls()
    listed = connection.execute(sa.select(sa.func.count()).select_from(suppression)).scalar_one()
    if listed > len(known):
        parts = (known[at : at + KEYS_A_QUERY].to_list()
                 for at in range(0, len(known), KEYS_A_QUERY))  # fmt: skip
        return set().union(*(suppressed_keys(connection, part) for part in parts))
    hashes = set(connection.execute(sa.select(suppression.c.address_hash)).scalars())
    if not hashes:
        return set()
    begins = np.array([int(one[:16], 16) for one in hashes], dtype=np.uint64)
    likely = known.filter(pl.Series(np.isin(_begins(known), begins)))
    return {key for key in likely if address_hash(key) in hashes}


def _begins(keys: pl.Series) -> npt.NDArray[np.uint64]:
    """Return the first eight bytes of the hash of each key."""
    begun, digests = hashlib.sha256().copy, []
    for key in keys.cast(pl.Binary).to_list():
        one = begun()  # a copy costs less than a new one
        one.update(key)
        digests.append(one.digest())
    return np.frombuffer(b"".join(digests), dtype=">u8")[::4].astype(np.uint64)


def suppressed_keys(connection: sa.Connection, keys: Sequence[str]) -> set[str]:
    """Return those of ``keys`` that are on the list."""
    if connection.execute(sa.select(suppression.c.address_hash).limit(1)).first() is None:
        return set()
    by_hash = {address_hash(key): key for key in keys}
    hashes = pl.DataFrame({"address_hash": list(by_hash)}, schema={"address_hash": pl.String})
    among = bulk.among(connection, [suppression.c.address_hash], hashes)
    found = connection.execute(sa.select(suppression.c.address_hash).where(among))
    return {by_hash[row.address_hash] for row in found}


def count_by_reason(connection: sa.Connection) -> dict[SuppressionReason, int]:
    """Return how many addresses are on the list, by reason."""
    query = sa.select(suppression.c.reason, sa.func.count()).group_by(suppression.c.reason)
    return {SuppressionReason(why): count for why, count in connection.execute(query)}


def stop_writing_to(connection: sa.Connection, address: str, *, actor: str, now: datetime) -> bool:
    """Put an address on the list at a person's word; say whether it was not there.

    Raises:
        InputError: this is no address.
    """
    key = address_key(address)
    local, _, domain = key.rpartition("@")
    if not local or "." not in domain or any(sign.isspace() for sign in key):
        raise InputError("suppression.address")
    return suppress(
        connection, key, reason=SuppressionReason.OPERATOR, source=actor, actor=actor, now=now
    )

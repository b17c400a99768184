"""The rows of trials: letters that a marketer sent to themselves on the way of a bulk send."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.delivery.transports import Fate
from campaigns.store.tables import trial


def was_accepted(connection: sa.Connection, account: str) -> bool:
    """Say whether SendGrid has taken a letter from the account of this fingerprint."""
    query = sa.select(trial.c.id).where(
        trial.c.account == account, trial.c.transport == "sendgrid",
        sa.or_(trial.c.outcome == Fate.ACCEPTED, trial.c.heard_at.is_not(None)),
    )  # fmt: skip
    return connection.execute(query.limit(1)).first() is not None


def newest(connection: sa.Connection, account: str) -> sa.Row[Any] | None:
    """Return the last trial of an account, or None."""
    query = sa.select(trial).where(trial.c.account == account).order_by(trial.c.id.desc()).limit(1)
    return connection.execute(query).first()


def find(connection: sa.Connection, token: str) -> sa.Row[Any] | None:
    """Return the trial of ``token``, or None."""
    return connection.execute(sa.select(trial).where(trial.c.token == token)).first()


def count_since(connection: sa.Connection, since: datetime, address_hash: str | None = None) -> int:
    """Return how many trials there were since a moment, to one address or to all."""
    query = sa.select(sa.func.count()).select_from(trial).where(trial.c.at > since)
    if address_hash:
        query = query.where(trial.c.address_hash == address_hash)
    found: int = connection.execute(query).scalar_one()
    return found


def intend(connection: sa.Connection, row: Mapping[str, Any]) -> None:
    """Write a trial before it is asked for: if we die now, nobody knows whether it left."""
    connection.execute(trial.insert().values(**row))


def conclude(connection: sa.Connection, token: str, **result: object) -> None:
    """Write what became of a trial."""
    connection.execute(trial.update().where(trial.c.token == token).values(**result))

"""Who did what: one audit row for every verb that changes something, in its transaction."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from campaigns.store.tables import audit


def record(
    connection: sa.Connection,
    *,
    actor: str,
    verb: str,
    subject: str,
    now: datetime,
    **facts: object,
) -> None:
    """Write that ``actor`` did ``verb`` to ``subject`` (``kind:id``); facts are ids and counts."""
    connection.execute(
        audit.insert().values(at=now, actor=actor, verb=verb, subject=subject, facts=facts)
    )

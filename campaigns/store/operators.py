"""The people who use the interface: for now one, the owner of this machine."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from campaigns.model.language import Language
from campaigns.store.tables import operator

OWNER = "owner"


def read_language(connection: sa.Connection, name: str) -> Language | None:
    """Return the interface language that an operator chose last, if they ever chose one."""
    saved = connection.execute(
        sa.select(operator.c.language).where(operator.c.name == name)
    ).scalar_one_or_none()
    return Language(saved) if saved in set(Language) else None


def save_language(
    connection: sa.Connection, name: str, language: Language, *, now: datetime
) -> None:
    """Keep which language an operator reads. A preference, so no audit row."""
    changed = connection.execute(
        operator.update().where(operator.c.name == name).values(language=language)
    )
    if not changed.rowcount:
        connection.execute(operator.insert().values(name=name, language=language, created_at=now))

"""The shop's limits as they are kept: how often customers hear from it, how many hear nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.errors import InputError
from campaigns.model.holdout import MOST_PER_CENT
from campaigns.model.limits import MOST_CAPS, MOST_DAYS, Cap, Limits, is_sound
from campaigns.store.journal import record
from campaigns.store.tables import setting

LIMITS = "limits"


def read_limits(connection: sa.Connection) -> Limits:
    """Return the limits as they were last saved, or the usual ones."""
    saved: dict[str, Any] | None = connection.execute(
        sa.select(setting.c.value).where(setting.c.name == LIMITS)
    ).scalar_one_or_none()
    if saved is None:
        return Limits()
    return Limits(tuple(Cap(*cap) for cap in saved["caps"]), saved["holdout"])


def save_limits(connection: sa.Connection, limits: Limits, *, actor: str, now: datetime) -> None:
    """Keep ``limits``; they hold for what is sent from now on.

    Raises:
        InputError: a cap is none that can be kept, or too many are held out.
    """
    caps = [(cap.days, cap.letters) for cap in sorted(limits.caps)]
    if not is_sound(limits.caps):
        got = ", ".join(f"{letters}/{days}" for days, letters in caps)
        raise InputError("limits.caps", got=got, most=MOST_CAPS, days=MOST_DAYS)
    require_share(limits.holdout)
    value = {"caps": caps, "holdout": limits.holdout}
    connection.execute(sa.delete(setting).where(setting.c.name == LIMITS))
    connection.execute(
        setting.insert().values(name=LIMITS, value=value, updated_at=now, updated_by=actor)
    )
    record(connection, actor=actor, verb="limits.save", subject=f"setting:{LIMITS}", now=now,
           **value)  # fmt: skip


def require_share(per_cent: int) -> None:
    """Refuse to hold out what is no share of an audience, or more than half of it.

    Raises:
        InputError: ``per_cent`` is not from 0 to 50.
    """
    if not 0 <= per_cent <= MOST_PER_CENT:
        raise InputError("limits.holdout", got=per_cent, most=MOST_PER_CENT)

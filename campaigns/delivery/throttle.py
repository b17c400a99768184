"""No faster than an account may: each request has its turn, on one time line for all workers.

A row an account says until when its time is promised. Whoever wants to ask for ``n`` recipients
is promised the next stretch of ``n / recipients_per_s`` seconds (or one request's, where that is
longer) and makes the call at its end. So turns come in the order in which they were asked for: a
large request waits longer and is never overtaken, and nothing is saved up while nobody sends.
Times are those of the database on PostgreSQL. Without a limit no row is touched.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from campaigns.delivery.account import read_account
from campaigns.delivery.transports.choice import OUTBOX, SENDGRID
from campaigns.settings import Settings
from campaigns.store.database import utc_of_database
from campaigns.store.tables import bucket
from campaigns.store.workspace import Workspace

SHARE = 20
"""A request has a twentieth of a second's recipients at most: no second has more than 105 %."""


BELIEVED = timedelta(hours=1)
"""Time that is promised for longer was promised by a clock that was wrong: nobody waits so long."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast an account may be asked; 0: as fast as one likes."""

    account: str
    recipients_per_s: int
    requests_per_s: int

    def window(self, given: int) -> int:
        """Return how many recipients a request may have of the ``given`` ones."""
        per_s = self.recipients_per_s
        if not per_s:
            return given
        fewest = -(-per_s // self.requests_per_s) if self.requests_per_s else 1
        return max(1, min(given, max(per_s // SHARE, fewest)))

    def lasts_s(self, recipients: int) -> float:
        """Return the seconds that a request takes of the account's time."""
        each = recipients / self.recipients_per_s if self.recipients_per_s else 0.0
        return max(each, 1 / self.requests_per_s if self.requests_per_s else 0.0)


def pace_of(workspace: Workspace, transport: str) -> Pace | None:
    """Return the pace of the account that a transport sends by; None: there is no limit."""
    settings = workspace.settings
    if transport == OUTBOX or not (settings.recipients_per_s or settings.requests_per_s):
        return None
    account = f"{transport}:{_fingerprint(workspace, settings, transport)}"
    return Pace(account, settings.recipients_per_s, settings.requests_per_s)


def _fingerprint(workspace: Workspace, settings: Settings, transport: str) -> str:
    if transport == SENDGRID:
        return read_account(workspace).fingerprint("")
    return hashlib.sha256(settings.smtp_url.encode()).hexdigest()[:32]


def take_turn(
    connection: sa.Connection, pace: Pace, recipients: int, *, now: datetime, patience_s: float
) -> tuple[bool, float]:
    """Take the next turn of an account.

    Returns:
        Whether it is ours, and the seconds until it comes. It is not taken when others have turns
        for longer than ``patience_s``.
    """
    _insert(connection, pace.account, now)
    query = sa.select(bucket.c.promised_until).where(bucket.c.account == pace.account)
    promised: datetime = connection.execute(query.with_for_update()).scalar_one()
    moment = utc_of_database(connection, now)  # after the lock, for which others may have waited
    if promised > moment + BELIEVED:
        promised = moment
    begins = max(promised, moment)
    if (queue_s := (begins - moment).total_seconds()) > patience_s:
        return False, queue_s
    ends = begins + timedelta(seconds=pace.lasts_s(recipients))
    connection.execute(
        bucket.update().where(bucket.c.account == pace.account).values(promised_until=ends)
    )
    return True, (ends - moment).total_seconds()


def _insert(connection: sa.Connection, account: str, now: datetime) -> None:
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(
        insert(bucket)
        .values(account=account, promised_until=utc_of_database(connection, now))
        .on_conflict_do_nothing(index_elements=["account"])
    )

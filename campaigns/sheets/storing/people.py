"""Sheets of contacts and of consents: cleaned, compared with who is known, written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.model.progress import Progress, untold
from campaigns.sheets.cleaning.people import IDENTITY_CONFLICT, CleanPeople
from campaigns.sheets.storing import contact_rows, late
from campaigns.sheets.storing.changes import Changes, changes_of
from campaigns.sheets.storing.outcome import REFUSED, Outcome
from campaigns.sheets.storing.plan import Plan, plan
from campaigns.store.workspace import Workspace


def store_people(
    workspace: Workspace,
    connection: sa.Connection,
    clean: CleanPeople,
    found: sa.Row[Any],
    *,
    actor: str,
    now: datetime,
    progress: Progress = untold,
) -> Outcome:
    """Insert and merge the contacts of a sheet, their consents and where each fact came from."""
    planned = _plan(connection, clean)
    owned = late.owned_orders(workspace, connection)
    contact_rows.write(
        workspace, connection, planned, found, actor=actor, now=now, progress=progress
    )
    if owned.height:
        late.sum_up_moved(workspace, connection, owned, late.owned_orders(workspace, connection))
    late.claim_conversations(workspace, connection, found.id, now)
    return _outcome(clean, planned)


def rehearse_people(connection: sa.Connection, clean: CleanPeople) -> Changes:
    """Return what storing the sheet would change; nothing is written."""
    changes = _outcome(clean, _plan(connection, clean)).changes
    return changes or Changes()


def _plan(connection: sa.Connection, clean: CleanPeople) -> Plan:
    known, former = contact_rows.known_about(connection, clean.frame)
    return plan(clean.frame, known, former)


def _outcome(clean: CleanPeople, planned: Plan) -> Outcome:
    rows = [(each.row, IDENTITY_CONFLICT, "customer_id") for each in planned.conflicts]
    conflicts = pl.DataFrame(rows, REFUSED, orient="row")
    refused = pl.concat([clean.refused.cast(REFUSED), conflicts])
    reasons = dict(refused.group_by("reason").len().sort("reason").iter_rows())
    notes = clean.notes + planned.notes
    stored = planned.new.height
    return Outcome(
        stored, planned.sources.height - stored, refused, dict(notes),
        changes_of(planned, reasons, notes),
    )  # fmt: skip

"""Calls, visits and messages into the store, each with its customer where that is known."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.sheets.cleaning.conversations import SAID
from campaigns.sheets.cleaning.row_frame import CleanRows
from campaigns.sheets.storing import upsert
from campaigns.sheets.storing.changes import Changes
from campaigns.sheets.storing.outcome import Outcome
from campaigns.sheets.storing.purchases import UNKNOWN_CUSTOMER
from campaigns.sheets.understanding.recognise import ROW
from campaigns.store.owners import WHO, owners
from campaigns.store.tables import conversation
from campaigns.store.workspace import Workspace

NAMES = ["key", "contact_id", *WHO, "at", *SAID, "attributes"]


def store_conversations(
    workspace: Workspace,
    connection: sa.Connection,
    clean: CleanRows,
    found: sa.Row[Any],
    *,
    now: datetime,
) -> Outcome:
    """Insert the conversations of a sheet that are new, and update those of which it says more."""
    news, notes = _news(connection, clean)
    upsert.write(
        workspace, connection, conversation, news, upload_id=found.id, now=now,
        created={"upload_id": found.id}, updated={},
    )  # fmt: skip
    stored = news.new.height
    changes = upsert.changes_of(clean, news.new, news.changed)
    return Outcome(
        stored, clean.frame.height - stored, clean.refused, {**clean.notes, **notes}, changes
    )


def rehearse_conversations(connection: sa.Connection, clean: CleanRows) -> Changes:
    """Return what storing the sheet would change."""
    news, _ = _news(connection, clean)
    return upsert.changes_of(clean, news.new, news.changed)


def _news(connection: sa.Connection, clean: CleanRows) -> tuple[upsert.News, dict[str, int]]:
    told = upsert.newest(clean.frame.drop(ROW))
    found = owners(connection, told.select(WHO).unique()).rename({"owner": "contact_id"})
    owned = told.join(found, on=WHO, how="left", nulls_equal=True, maintain_order="left")
    stored = upsert.known(connection, conversation, NAMES, told["key"])
    new = owned.join(stored.select("key"), on="key", how="anti", maintain_order="left")
    strangers = new["contact_id"].null_count()
    notes = {UNKNOWN_CUSTOMER: strangers} if strangers else {}
    return upsert.news(new, owned, stored), notes

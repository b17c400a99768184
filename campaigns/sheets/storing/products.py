"""Products into the store: one row a product, the newest non-empty value wins."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.sheets.cleaning.row_frame import CleanRows
from campaigns.sheets.storing import upsert
from campaigns.sheets.storing.changes import Changes
from campaigns.sheets.storing.outcome import Outcome
from campaigns.sheets.understanding.recognise import ROW
from campaigns.store.tables import product
from campaigns.store.workspace import Workspace

NAMES = ["key", "code", "name", "category", "price_minor", "currency", "attributes"]


def store_products(
    workspace: Workspace,
    connection: sa.Connection,
    clean: CleanRows,
    found: sa.Row[Any],
    *,
    now: datetime,
) -> Outcome:
    """Insert the products of a sheet that are new, and update those of which it says more."""
    news = _news(connection, clean)
    upsert.write(
        workspace, connection, product, news, upload_id=found.id, now=now,
        created={"created_at": now, "updated_at": now}, updated={"updated_at": now},
    )  # fmt: skip
    stored = news.new.height
    changes = upsert.changes_of(clean, news.new, news.changed)
    return Outcome(stored, clean.frame.height - stored, clean.refused, clean.notes, changes)


def rehearse_products(connection: sa.Connection, clean: CleanRows) -> Changes:
    """Return what storing the sheet would change."""
    news = _news(connection, clean)
    return upsert.changes_of(clean, news.new, news.changed)


def _news(connection: sa.Connection, clean: CleanRows) -> upsert.News:
    told = upsert.newest(clean.frame.drop(ROW))
    stored = upsert.known(connection, product, NAMES, told["key"])
    new = told.join(stored.select("key"), on="key", how="anti", maintain_order="left")
    named = new.with_columns(pl.coalesce("name", "code").alias("name"))
    return upsert.news(named, told, stored)

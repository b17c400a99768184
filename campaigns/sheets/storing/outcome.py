"""Clean rows into the store, inside the one transaction of their upload."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.model.language import Language
from campaigns.sheets.cleaning.people import Refused, people
from campaigns.sheets.storing import rows
from campaigns.sheets.storing.merge import Merged, merge
from campaigns.sheets.understanding.fields import Mapping
from campaigns.sheets.understanding.recognise import Table
from campaigns.store import rollups, snapshots
from campaigns.store.options import Brand
from campaigns.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows were new, how many told of what is known, and which were refused."""

    stored: int
    merged: int
    refused: list[Refused]
    notes: dict[str, int] = field(default_factory=dict)


def store_people(
    workspace: Workspace,
    connection: sa.Connection,
    sheet: Table,
    mapping: Mapping,
    found: sa.Row[Any],
    brand: Brand,
    actor: str,
    now: datetime,
) -> Outcome:
    """Insert and merge the contacts of a sheet, their consents and where each fact came from."""
    clean = people(sheet, mapping, Language(brand.default_language))
    merged = merge(clean.rows, rows.contacts_about(connection, clean.rows))
    rows.store_contacts(connection, merged, now)
    _keep_sources(workspace, connection, merged, found.id, now)
    rows.store_answers(connection, merged.answers, found, actor, now)
    rollups.recompute(workspace, connection, _with_new_keys(merged))
    refused = sorted([*clean.refused, *merged.refused], key=lambda each: each.row)
    return Outcome(len(merged.new), merged.merged, refused, dict(merged.notes + clean.notes))


def _keep_sources(
    workspace: Workspace, connection: sa.Connection, merged: Merged, upload_id: int, now: datetime
) -> None:
    """Write which row told of which contact."""
    if not merged.sources:
        return
    told = [(each.id, row) for each, row in merged.sources]
    snapshots.commit_file(
        workspace, connection, pl.DataFrame(told, snapshots.SOURCES, orient="row"),
        kind=snapshots.SOURCE, upload_id=upload_id, now=now,
    )  # fmt: skip


def _with_new_keys(merged: Merged) -> list[int]:
    """Contacts by whose keys older orders may be found now."""
    touched = [*merged.new, *(each for each in merged.known if each.changed)]
    return [each.id for each in touched if each.id is not None]

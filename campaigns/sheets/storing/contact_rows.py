"""The contacts that a sheet may be about, out of the store, and what it comes to, into it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.model.progress import STORING, Progress
from campaigns.sheets.storing.before import keep_before, keep_created
from campaigns.sheets.storing.joining import CONTACT
from campaigns.sheets.storing.merge import VALUES
from campaigns.sheets.storing.plan import KNOWN, PURPOSES, Plan
from campaigns.sheets.understanding.recognise import ROW
from campaigns.store import bulk, consents, snapshots
from campaigns.store.tables import consent, contact, former_key
from campaigns.store.workspace import Workspace

FEW_ROWS = 20_000
"""Up to here the contacts of a sheet are asked for by its keys."""
FEW_TIMES = 5
"""With so many contacts for each row of a larger sheet, it is still quicker to read them all."""
TOLD_ROWS = 50_000
"""So often it is told how far it is."""
IMPORTED = "imported"
"""Wording version of a consent that a sheet tells of: the words themselves we have not seen."""
ADDRESS = "address_key"
"""Kind of a former key: the only one that a contact may lose."""
_FORMER = {"key": pl.String, CONTACT: pl.Int64}
_ID = {"id": pl.Int64}


def known_about(
    connection: sa.Connection, people: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the contacts that the rows may be about, and the addresses that contacts had before.

    Contacts are in the columns of ``plan.KNOWN``; of former addresses there are ``key`` and
    ``contact``.
    """
    all_of_them = _reads_all(connection, people)
    query = sa.select(former_key.c.key, former_key.c.contact_id).where(former_key.c.kind == ADDRESS)
    if not all_of_them:
        query = query.where(bulk.among(connection, [former_key.c.key], _keys(people, ADDRESS)))
    former = bulk.fetch(connection, query, _FORMER)
    ids = None if all_of_them else _ids_about(connection, people, former)
    known = _contacts(connection, ids)
    return _with_answers(connection, people, known, ids), former


def write(
    workspace: Workspace,
    connection: sa.Connection,
    plan: Plan,
    found: sa.Row[Any],
    *,
    actor: str,
    now: datetime,
    progress: Progress,
) -> None:
    """Carry a plan out: what was before is kept first, so that it can be undone."""
    changed = plan.changed.rename({CONTACT: "id"})
    if changed.height:
        keep_before(workspace, connection, contact, changed["id"], found.id, now)
        _change(connection, plan, changed, now)
    ids = bulk.new_ids(connection, contact, plan.new.height)
    for part in plan.new.select(ids, *VALUES).iter_slices(TOLD_ROWS):
        bulk.insert(connection, contact, part, created_at=now, updated_at=now)
        progress(int(part["id"][-1] - ids[0] + 1), plan.sources.height, stage=STORING)
    keep_created(workspace, connection, contact, ids, found.id, now)
    named = pl.DataFrame({CONTACT: plan.new[CONTACT], "id": ids})
    _keep_sources(workspace, connection, _named(plan.sources, named), found.id, now)
    _answer(connection, _named(plan.answers, named), found, actor, now)
    _keep_former(workspace, connection, _named(plan.replaced, named), found.id, now)


def _reads_all(connection: sa.Connection, people: pl.DataFrame) -> bool:
    if people.height <= FEW_ROWS:
        return False
    number: int = connection.execute(sa.select(sa.func.count()).select_from(contact)).scalar_one()
    return number <= FEW_TIMES * people.height


def _keys(people: pl.DataFrame, name: str) -> pl.DataFrame:
    return people.select(pl.col(name).drop_nulls().unique())


def _ids_about(
    connection: sa.Connection, people: pl.DataFrame, former: pl.DataFrame
) -> pl.DataFrame:
    """Those who share a key with a row. Cards and phones have no index: they are asked for at once."""
    keys = {name: _keys(people, name) for name in ("customer_id", ADDRESS, "card_number", "phone")}
    asked = {
        name: bulk.among(connection, [contact.c[name]], values)
        for name, values in keys.items()
        if values.height
    }
    strong = [asked[name] for name in ("customer_id", ADDRESS) if name in asked]
    weak = [asked[name] for name in ("card_number", "phone") if name in asked]
    conditions = [*strong, sa.or_(*weak)] if weak else strong
    found = [
        bulk.fetch(connection, sa.select(contact.c.id).where(condition), _ID)
        for condition in conditions
    ]
    return pl.concat([former.select(pl.col(CONTACT).alias("id")), *found]).unique()


def _contacts(connection: sa.Connection, ids: pl.DataFrame | None) -> pl.DataFrame:
    columns, schema = bulk.as_stored(
        connection, [contact.c.id, *(contact.c[name] for name in VALUES)]
    )
    query = sa.select(*columns)
    if ids is not None:
        query = query.where(bulk.among(connection, [contact.c.id], ids))
    found = bulk.fetch(connection, query, schema)
    return found.with_columns(pl.col("birthday").str.to_date("%Y-%m-%d"))


def _with_answers(
    connection: sa.Connection, people: pl.DataFrame, known: pl.DataFrame, ids: pl.DataFrame | None
) -> pl.DataFrame:
    """Add what each contact has agreed to, for the purposes that the sheet says anything of."""
    for name, purpose in PURPOSES.items():
        said = pl.lit(None, pl.Boolean).alias(f"said {name}")
        if known.is_empty() or people[name].null_count() == people.height:
            known = known.with_columns(said)
            continue
        query = sa.select(consent.c.id, consent.c.contact_id, sa.cast(consent.c.given, sa.Integer))
        query = query.where(consent.c.purpose == purpose)
        if ids is not None:
            query = query.where(bulk.among(connection, [consent.c.contact_id], ids))
        schema = {"consent": pl.Int64, "id": pl.Int64, f"said {name}": pl.Int64}
        newest = bulk.fetch(connection, query, schema).sort("consent").unique("id", keep="last")
        answers = newest.select("id", pl.col(f"said {name}").cast(pl.Boolean))
        known = known.join(answers, on="id", how="left", maintain_order="left")
    return known.select(*KNOWN)


def _change(connection: sa.Connection, plan: Plan, changed: pl.DataFrame, now: datetime) -> None:
    """Write what differs. Addresses are freed first: one may have passed from contact to contact."""
    differing = [
        name for name in VALUES if not changed[name].equals(plan.before[name], null_equal=True)
    ]
    freed = plan.replaced.filter(pl.col(CONTACT) > 0).select(pl.col(CONTACT).alias("id")).unique()
    if freed.height:
        mine = bulk.among(connection, [contact.c.id], freed)
        connection.execute(contact.update().where(mine).values(address_key=None))
    bulk.update(connection, contact, changed.select("id", *differing), updated_at=now)


def _named(told: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Put the ids of the new contacts for what named them until now."""
    joined = told.join(named, on=CONTACT, how="left", maintain_order="left")
    ids = pl.coalesce("id", CONTACT).alias("contact_id")
    return joined.with_columns(ids).drop("id", CONTACT)


def _keep_sources(
    workspace: Workspace,
    connection: sa.Connection,
    sources: pl.DataFrame,
    upload_id: int,
    now: datetime,
) -> None:
    """Write which row told of which contact."""
    if sources.height:
        told = sources.select("contact_id", pl.col(ROW).alias("row_number"))
        snapshots.commit_file(
            workspace, connection, told, kind=snapshots.SOURCE, upload_id=upload_id, now=now
        )


def _answer(
    connection: sa.Connection,
    answers: pl.DataFrame,
    found: sa.Row[Any],
    actor: str,
    now: datetime,
) -> None:
    """Write the consents that the sheet tells of, each with its row as evidence."""
    proven = answers.select(
        "contact_id", "purpose", "given", "language",
        pl.col("source").fill_null(found.file_name), pl.col("at").fill_null(found.received_at),
        pl.format("upload:{} row:{}", pl.lit(found.id), ROW).alias("evidence"),
    )  # fmt: skip
    consents.add_consents(
        connection, proven, actor=actor, now=now, upload_id=found.id, channel="spreadsheet",
        wording_version=IMPORTED,
    )  # fmt: skip


def _keep_former(
    workspace: Workspace,
    connection: sa.Connection,
    replaced: pl.DataFrame,
    upload_id: int,
    now: datetime,
) -> None:
    """Remember the addresses that contacts had; of two who had the same, the last."""
    if replaced.is_empty():
        return
    rows = replaced.unique("key", keep="last").select(
        pl.lit(ADDRESS).alias("kind"), "key", "contact_id"
    )
    keys = rows.select("kind", "key")
    mine = bulk.among(connection, list(former_key.primary_key), keys)
    schema = {"kind": pl.String, "key": pl.String}
    there = bulk.fetch(
        connection, sa.select(former_key.c.kind, former_key.c.key).where(mine), schema
    )
    keep_before(workspace, connection, former_key, there, upload_id, now)
    bulk.delete(connection, former_key, there)
    bulk.insert(connection, former_key, rows, upload_id=upload_id)
    new = keys.join(there, on=["kind", "key"], how="anti")
    keep_created(workspace, connection, former_key, new, upload_id, now)

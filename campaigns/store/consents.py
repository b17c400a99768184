"""What a person agreed to: appended, never changed. The newest record of a purpose is in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import polars as pl
import sqlalchemy as sa

from campaigns.model.permission import Purpose
from campaigns.store import bulk
from campaigns.store.journal import record
from campaigns.store.tables import consent


@dataclass(frozen=True, slots=True)
class Proof:
    """How a consent came about: everything that the law asks one to be able to show."""

    wording_version: str
    language: str
    channel: str
    """``spreadsheet``, ``web``, ``till``, ``paper``, …"""
    at: datetime
    source: str
    """As the customer or the sheet put it: "card application 2025"."""
    evidence: str
    """Upload and row, form address, message token."""


def add_consent(
    connection: sa.Connection,
    contact_id: int,
    purpose: Purpose,
    *,
    given: bool,
    proof: Proof,
    actor: str,
    now: datetime,
    upload_id: int | None = None,
) -> int:
    """Append that a person gave (or withdrew) consent; return the record's id."""
    values = {
        "contact_id": contact_id, "purpose": purpose, "given": given, "actor": actor,
        "wording_version": proof.wording_version, "language": proof.language,
        "channel": proof.channel, "at": proof.at, "source": proof.source,
        "evidence": proof.evidence, "upload_id": upload_id, "recorded_at": now,
    }  # fmt: skip
    result = connection.execute(consent.insert().values(values).returning(consent.c.id))
    verb = "consent.give" if given else "consent.withdraw"
    record(connection, actor=actor, verb=verb, subject=f"contact:{contact_id}", now=now,
           purpose=purpose)  # fmt: skip
    consent_id: int = result.scalar_one()
    return consent_id


def add_consents(
    connection: sa.Connection,
    answers: pl.DataFrame,
    *,
    actor: str,
    now: datetime,
    upload_id: int,
    channel: str,
    wording_version: str,
) -> None:
    """Append many answers at once, with one audit row.

    Args:
        connection: the transaction that they belong to.
        answers: contact_id, purpose, given, language, at, source and evidence, as of ``Proof``.
        actor: who has them written down.
        now: when.
        upload_id: the sheet that told of them.
        channel: where the people said so, the same for all.
        wording_version: in which words they were asked, the same for all.
    """
    if answers.is_empty():
        return
    bulk.insert(
        connection, consent, answers, actor=actor, upload_id=upload_id, recorded_at=now,
        channel=channel, wording_version=wording_version,
    )  # fmt: skip
    given = int(answers["given"].sum())
    record(connection, actor=actor, verb="consent.import", subject=f"upload:{upload_id}", now=now,
           given=given, withdrawn=answers.height - given)  # fmt: skip


def newest(purpose: Purpose) -> sa.Subquery:
    """Return a subquery ``contact_id, consent_id``: the record in force for each contact."""
    return (
        sa.select(consent.c.contact_id, sa.func.max(consent.c.id).label("consent_id"))
        .where(consent.c.purpose == purpose)
        .group_by(consent.c.contact_id)
        .subquery("newest_consent")
    )


def latest_of(
    contact_id: sa.ColumnElement[int], purpose: Purpose | sa.ColumnElement[str]
) -> sa.ScalarSelect[int]:
    """Return the id of the record in force of one contact, to be joined on.

    For a batch of contacts this looks up an index; ``newest`` reads the whole table once.
    """
    kept = consent.alias("consent_in_force")
    return (
        sa.select(sa.func.max(kept.c.id))
        .where(kept.c.contact_id == contact_id, kept.c.purpose == purpose)
        .scalar_subquery()
    )

"""How a campaign stands. Figures come from batch rows, so that a page may ask every second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.delivery.heard import tallies
from campaigns.delivery.heard.tallies import BOUNCE
from campaigns.errors import NotFoundError
from campaigns.model.states import BatchState
from campaigns.store.tables import batch, campaign, left_out


@dataclass(frozen=True, slots=True)
class Status:
    """One campaign in figures. ``planned`` and those ``left_out`` are all whom the rule found."""

    campaign_id: int
    name: str
    state: str
    transport: str
    segment: str
    letter: str
    purpose: str
    planned: int
    accepted: int
    failed: int
    unknown: int
    waiting: int
    left_out: dict[str, int]
    languages: dict[str, int]
    events: dict[str, int]
    """What was heard (``tallies.WHATS``) → of how many messages: a reader who opens twice is one."""
    bounces: dict[str, int]
    """Why letters came back or were turned away → how many of them."""
    error: dict[str, Any] | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    starts_at: datetime | None
    """When a scheduled one begins by itself."""
    leaves_from: datetime | None
    """When the first of what waits leaves, if all of it waits for a moment."""


def row_of(connection: sa.Connection, name: str) -> sa.Row[Any]:
    """Return the campaign called ``name``.

    Raises:
        NotFoundError: there is none.
    """
    found = connection.execute(sa.select(campaign).where(campaign.c.name == name)).first()
    if found is None:
        raise NotFoundError("not_found", kind="campaign", name=name)
    return found


def status(connection: sa.Connection, name: str) -> Status:
    """Return how the campaign called ``name`` stands.

    Raises:
        NotFoundError: there is none.
    """
    return _status(connection, row_of(connection, name))


def all_campaigns(connection: sa.Connection) -> list[Status]:
    """Return every campaign, newest first."""
    rows = connection.execute(sa.select(campaign).order_by(campaign.c.id.desc())).all()
    return [_status(connection, row) for row in rows]


def _status(connection: sa.Connection, row: sa.Row[Any]) -> Status:
    figures = _figures(connection, row.id)
    heard = tallies.read(connection, [row.id])[row.id]
    return Status(
        campaign_id=row.id, name=row.name, state=row.state, transport=row.transport,
        segment=row.segment, letter=row.letter, purpose=row.purpose,
        planned=sum(figure.size for figure in figures),
        accepted=sum(figure.accepted for figure in figures),
        failed=sum(figure.failed for figure in figures),
        unknown=sum(figure.unknown for figure in figures),
        waiting=sum(_waiting(figure) for figure in figures),
        left_out=_counts(connection, left_out.c.reason, left_out.c.campaign_id == row.id),
        languages={figure.language: figure.size for figure in figures if figure.size},
        events={what: count for what, count in heard.items() if not what.startswith(BOUNCE)},
        bounces={what: count for what, count in heard.items() if what.startswith(BOUNCE)},
        error=row.error, created_at=row.created_at, started_at=row.started_at,
        finished_at=row.finished_at, starts_at=row.starts_at,
        leaves_from=_leaves_from(connection, row.id),
    )  # fmt: skip


def _figures(connection: sa.Connection, campaign_id: int) -> list[sa.Row[Any]]:
    columns = ("size", "accepted", "failed", "unknown")
    query = (
        sa.select(batch.c.language, *(sa.func.sum(batch.c[name]).label(name) for name in columns))
        .where(batch.c.campaign_id == campaign_id)
        .group_by(batch.c.language)
        .order_by(batch.c.language)
    )
    return list(connection.execute(query).all())


def _waiting(figure: sa.Row[Any]) -> int:
    waiting: int = figure.size - figure.accepted - figure.failed - figure.unknown
    return waiting


def _leaves_from(connection: sa.Connection, campaign_id: int) -> datetime | None:
    busy = sa.case((sa.or_(batch.c.owner.is_not(None), batch.c.not_before.is_(None)), 1), else_=0)
    query = sa.select(sa.func.sum(busy), sa.func.min(batch.c.not_before)).where(
        batch.c.campaign_id == campaign_id,
        batch.c.state.in_((BatchState.READY, BatchState.CLAIMED, BatchState.IN_FLIGHT)),
    )
    at_once, first = connection.execute(query).one()
    return None if at_once else first


def _counts(
    connection: sa.Connection, column: sa.Column[Any], which: sa.ColumnElement[bool]
) -> dict[str, int]:
    query = sa.select(column, sa.func.count()).where(which).group_by(column)
    return dict(iter(connection.execute(query)))

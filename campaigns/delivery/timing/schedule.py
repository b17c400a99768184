"""A campaign that leaves later: told when, started by the ticker, taken back.

approved | paused → scheduled (``starts_at``: when its first reader's letter leaves) → running
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.delivery import approval, caps
from campaigns.delivery.course import WORKER
from campaigns.delivery.moves import is_in, move, note, update
from campaigns.delivery.status import row_of
from campaigns.delivery.timing import leaving, regroup, windows
from campaigns.delivery.timing.stale import START_LATE, question
from campaigns.delivery.transports import problem
from campaigns.errors import CampaignsError, InputError
from campaigns.model.options import Schedule, options_of, stored
from campaigns.model.states import CampaignState
from campaigns.store.options import read_brand
from campaigns.store.snapshots import orders_in
from campaigns.store.tables import campaign
from campaigns.store.workspace import Workspace

log = logging.getLogger(__name__)


def schedule(
    workspace: Workspace, name: str, *, actor: str, now: datetime, **changes: Any
) -> datetime:
    """Let an approved or paused campaign begin by itself; return when its first letter leaves.

    Args:
        workspace: where the rows lie.
        name: of the campaign.
        actor: who decides.
        now: the present moment.
        changes: fields of ``model.options.Schedule``; ``at`` is the local day and time of each
            reader, empty: as soon as their window opens.

    Raises:
        InputError: a time that cannot be read or is past, no open hour or day, or nobody can be
            written to before the deadline.
        NotFoundError: there is no such campaign.
        ConflictError: it is neither approved nor paused, nor scheduled already.
        NotAllowedError: the sender is not complete.
    """
    with workspace.database.begin() as connection:
        approval.require_sender(read_brand(connection))
        row = _scheduled(connection, name)
        options = options_of(row.options)
        wanted = _checked(replace(options.schedule, **changes), connection, now)
        update(connection, row.id, options=stored(replace(options, schedule=wanted)))
        row = row_of(connection, name)
        if wanted.best_hour:
            regroup.by_hour(
                connection, row, batch_size=workspace.settings.batch_size, now=now,
                orders=lambda: orders_in(workspace, connection),
            )  # fmt: skip
        starts_at = leaving.arrange(connection, row, now=now)
        if starts_at is None:
            raise InputError("schedule.nobody")
        update(connection, row.id, starts_at=starts_at)
        note(connection, row.id, "schedule", actor, now, starts_at=starts_at.isoformat())
    return starts_at


def unschedule(workspace: Workspace, name: str, *, actor: str, now: datetime) -> None:
    """Let a scheduled campaign wait for a person again.

    Raises:
        NotFoundError: there is no such campaign.
        ConflictError: it is not scheduled.
    """
    with workspace.database.begin() as connection:
        row = move(connection, name, CampaignState.APPROVED, starts_at=None)
        update(connection, row.id, options=_without_time(row.options))
        note(connection, row.id, "unschedule", actor, now)


def leave_now(connection: sa.Connection, row: sa.Row[Any], *, now: datetime) -> None:
    """Forget the day and time that were said; let everything leave as soon as windows are open.

    Raises:
        InputError: nobody can be written to before the deadline.
    """
    update(connection, row.id, options=_without_time(row.options), starts_at=None)
    if leaving.arrange(connection, row_of(connection, row.name), now=now) is None:
        raise InputError("schedule.nobody")


def begin_due(workspace: Workspace, *, now: datetime) -> None:
    """Start the scheduled campaigns whose time has come; ask about those that are overdue.

    Called by every worker's ticker: of several, one finds the campaign still scheduled.
    """
    with workspace.database.read() as connection:
        query = (
            sa.select(campaign.c.name)
            .where(campaign.c.state == CampaignState.SCHEDULED, campaign.c.starts_at <= now)
            .order_by(campaign.c.starts_at, campaign.c.id)
        )
        due = list(connection.execute(query).scalars())
    for name in due:
        untried = _refusal(functools.partial(approval.require_tried, workspace, name))
        with workspace.database.begin() as connection:
            _begin(connection, name, now, untried)


def _begin(
    connection: sa.Connection, name: str, now: datetime, untried: dict[str, Any] | None
) -> None:
    caps.announce(connection)  # before its row is locked, as where a person begins it
    found = connection.execute(
        sa.select(campaign)
        .where(campaign.c.name == name, is_in(CampaignState.SCHEDULED), campaign.c.starts_at <= now)
        .with_for_update()
    ).first()
    if found is None:
        return  # another worker was faster, or a person changed their mind
    if error := _obstacle(connection, found, now) or untried:
        move(connection, name, CampaignState.PAUSED, error=error)
        note(connection, found.id, "pause", WORKER, now, error=error["code"])
    else:
        move(connection, name, CampaignState.RUNNING, started_at=now, error=None)
        note(connection, found.id, "start", WORKER, now)


def _obstacle(connection: sa.Connection, row: sa.Row[Any], now: datetime) -> dict[str, Any] | None:
    """Return why a campaign does not start by itself, as an error is stored."""
    if now - row.starts_at > START_LATE:
        return question(connection, row.starts_at)
    if options_of(row.options).sandbox:
        return problem("campaign.sandbox", name=row.name)
    return _refusal(lambda: approval.require_sender(read_brand(connection)))


def _refusal(requires: Callable[[], None]) -> dict[str, Any] | None:
    """Return what a requirement says, as an error is stored, or None where it is met."""
    try:
        requires()
    except CampaignsError as error:
        return problem(error.code, **error.facts)
    return None


def _scheduled(connection: sa.Connection, name: str) -> sa.Row[Any]:
    """Move a campaign to scheduled; one that is so already is arranged anew."""
    if row_of(connection, name).state == CampaignState.SCHEDULED:
        move(connection, name, CampaignState.APPROVED, is_in(CampaignState.SCHEDULED))
    return move(connection, name, CampaignState.SCHEDULED, error=None)


def _without_time(options: Mapping[str, Any]) -> dict[str, Any]:
    known = options_of(options)
    return stored(replace(known, schedule=replace(known.schedule, at="")))


def _checked(wanted: Schedule, connection: sa.Connection, now: datetime) -> Schedule:
    """Return the schedule in its usual spelling.

    Raises:
        InputError: it makes no sense.
    """
    if not (0 <= wanted.opens <= 23 and 0 <= wanted.closes <= 24):
        raise InputError("schedule.hours", got=f"{wanted.opens}–{wanted.closes}")
    days = "".join(sorted(set(wanted.weekdays)))
    if not days or not set(days) <= set(windows.EVERY_DAY):
        raise InputError("schedule.weekdays", got=wanted.weekdays)
    at, deadline = (_moment(field, getattr(wanted, field)) for field in ("at", "deadline"))
    zone = read_brand(connection).local_zone
    for field, told in (("at", at), ("deadline", deadline)):
        if told and windows.local(told, zone) <= now:
            raise InputError("schedule.past", field=field, got=told.replace("T", " "))
    if at and deadline and deadline <= at:
        raise InputError("schedule.deadline", got=deadline.replace("T", " "))
    return replace(wanted, weekdays=days, at=at, deadline=deadline)


def _moment(field: str, told: str) -> str:
    """Return a day and time as we keep it, in minutes; a day alone of a deadline ends at midnight."""
    if not told:
        return ""
    try:
        found = datetime.fromisoformat(told)
    except ValueError:
        raise InputError("schedule.moment", field=field, got=told) from None
    if found.tzinfo is not None:
        raise InputError("schedule.moment", field=field, got=told)
    return found.isoformat(timespec="minutes")

"""Changing what a marketer decides of one campaign, as long as its letters have not begun to leave."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.delivery.status import row_of
from campaigns.delivery.transports.choice import SENDGRID
from campaigns.errors import ConflictError, InputError
from campaigns.model.options import CampaignOptions, options_of, stored
from campaigns.model.states import CampaignState
from campaigns.store.journal import record
from campaigns.store.limits import require_share
from campaigns.store.tables import campaign
from campaigns.store.workspace import Workspace

OPEN = (
    CampaignState.DRAFT, CampaignState.PLANNED, CampaignState.APPROVED, CampaignState.SCHEDULED,
    CampaignState.PAUSED,
)  # fmt: skip


def read_options(connection: sa.Connection, name: str) -> CampaignOptions:
    """Return the options of a campaign.

    Raises:
        NotFoundError: there is no such campaign.
    """
    return options_of(row_of(connection, name).options)


def change(
    workspace: Workspace, name: str, *, actor: str, now: datetime, **changes: Any
) -> CampaignOptions:
    """Change options of a campaign that is not being sent; return them as they are then.

    Raises:
        NotFoundError: there is no such campaign.
        ConflictError: it is being sent, or over.
        InputError: ``holdout`` is no per cent from 0 to 50, or only SendGrid can do it.
    """
    with workspace.database.begin() as connection:
        mine = sa.select(campaign.c.id).where(campaign.c.name == name)
        connection.execute(mine.with_for_update())  # others change other options
        then = replace(read_options(connection, name), **changes)
        require_share(then.holdout)
        _require_sendgrid(connection, name, then)
        changed = connection.execute(
            campaign.update()
            .where(campaign.c.name == name, campaign.c.state.in_(_states_for(changes)))
            .values(options=stored(then))
            .returning(campaign.c.id)
        ).first()
        if changed is None:
            raise _closed(connection, name, _states_for(changes))
        record(
            connection, actor=actor, verb="campaign.options", subject=f"campaign:{changed.id}",
            now=now, **{key: str(value) for key, value in changes.items()},
        )  # fmt: skip
    return then


def _states_for(changes: Mapping[str, Any]) -> Collection[CampaignState]:
    """The policy is about what happens afterwards, so it may be changed when all else is over.

    What may have left counts for limits, so nobody says of it that it was only to be checked.
    """
    late = (CampaignState.RUNNING, CampaignState.DONE)
    if set(changes) == {"policy"}:
        return (*OPEN, *late)
    begun = {CampaignState.PAUSED} if changes.get("sandbox") else set()
    return [state for state in OPEN if state not in begun]


def _require_sendgrid(connection: sa.Connection, name: str, then: CampaignOptions) -> None:
    transport = row_of(connection, name).transport
    if (then.safe or then.sandbox) and transport != SENDGRID:
        raise InputError("campaign.sendgrid_only", name=name, got=transport)


def _closed(
    connection: sa.Connection, name: str, lawful: Collection[CampaignState]
) -> ConflictError:
    return ConflictError(
        "conflict.state", kind="campaign", name=name, got=row_of(connection, name).state,
        expected=", ".join(lawful),
    )  # fmt: skip

"""How a verb changes a campaign: only from a state that allows it, with an audit row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.delivery import approval, caps
from campaigns.delivery.status import row_of
from campaigns.delivery.timing import leaving
from campaigns.errors import ConflictError, NotAllowedError
from campaigns.model.options import options_of
from campaigns.model.states import CampaignState, may_move
from campaigns.store.journal import record
from campaigns.store.options import read_brand
from campaigns.store.tables import campaign
from campaigns.store.work import ask


def start(connection: sa.Connection, campaign_id: int, actor: str, now: datetime) -> None:
    """Ask for the sending, if the sender is still complete: settings change after an approval.

    Raises:
        NotAllowedError: the sender is no longer complete.
    """
    approval.require_sender(read_brand(connection))
    leaving.touch(connection, campaign_id, now=now)
    ask(connection, "send", "send:0", actor=actor, now=now)


def move(
    connection: sa.Connection,
    name: str,
    then: CampaignState,
    *conditions: sa.ColumnElement[bool],
    **changes: object,
) -> sa.Row[Any]:
    """Change a campaign's state where that is lawful; return it as it is then.

    Raises:
        NotFoundError: there is no such campaign.
        ConflictError: it may not become ``then``, or ``conditions`` do not hold.
    """
    if then is CampaignState.RUNNING:
        caps.announce(connection)
    lawful = [state for state in CampaignState if may_move(state, then)]
    found = connection.execute(
        campaign.update()
        .where(campaign.c.name == name, campaign.c.state.in_(lawful), *conditions)
        .values(state=then, **changes)
        .returning(*campaign.c)
    ).first()
    if found is None:
        raise conflict(row_of(connection, name), then)
    if then is CampaignState.RUNNING and options_of(found.options).sandbox:
        raise NotAllowedError("campaign.sandbox", name=name)
    return found


def require_move(row: sa.Row[Any], then: CampaignState) -> None:
    """Refuse what ``move`` would refuse, before anything is looked at.

    Raises:
        ConflictError: the campaign may not become ``then``.
    """
    if not may_move(CampaignState(row.state), then):
        raise conflict(row, then)


def conflict(row: sa.Row[Any], then: CampaignState) -> ConflictError:
    """Return what to say when a campaign may not become ``then``."""
    lawful = [state for state in CampaignState if may_move(state, then)]
    return ConflictError(
        "conflict.state", kind="campaign", name=row.name, got=row.state,
        expected=", ".join(lawful),
    )  # fmt: skip


def is_in(state: CampaignState) -> sa.ColumnElement[bool]:
    """Return the condition that a campaign is in ``state``."""
    return campaign.c.state == state


def update(connection: sa.Connection, campaign_id: int, **changes: object) -> None:
    """Write columns of a campaign."""
    connection.execute(campaign.update().where(campaign.c.id == campaign_id).values(**changes))


def note(
    connection: sa.Connection,
    campaign_id: int,
    verb: str,
    actor: str,
    now: datetime,
    **facts: object,
) -> None:
    """Write the audit row of a verb."""
    record(
        connection, actor=actor, verb=f"campaign.{verb}", subject=f"campaign:{campaign_id}",
        now=now, **facts,
    )  # fmt: skip

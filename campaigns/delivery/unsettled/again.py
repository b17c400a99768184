"""What a person decides once a campaign is over: the refused again, and what of the unknown."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from campaigns.delivery.moves import conflict, is_in, move, note, start
from campaigns.delivery.status import row_of
from campaigns.delivery.unsettled import settling
from campaigns.delivery.unsettled.refusals import retryable
from campaigns.model.states import CampaignState, MessageState
from campaigns.store import bulk
from campaigns.store.tables import message
from campaigns.store.workspace import Workspace


def retry(workspace: Workspace, name: str, *, actor: str, now: datetime) -> int:
    """Send a finished campaign again to those whom the provider refused; return how many.

    Those refused for good are no part of it (``delivery.unsettled.refusals``). Nor are those of whom nobody knows whether they were sent to: see ``settle``.

    Raises:
        NotFoundError: there is no such campaign.
        ConflictError: it is not finished.
    """
    with workspace.database.begin() as connection:
        row = _finished(connection, name)
        those = bulk.among(connection, [message.c.id], retryable(connection, row.id))
        count = settling.requeue(
            connection, row.id, MessageState.FAILED, those,
            batch_size=workspace.settings.batch_size,
        )  # fmt: skip
        _go_on(connection, row, count, actor, now)
        note(connection, row.id, "retry", actor, now, messages=count)
    return count


def settle(
    workspace: Workspace,
    name: str,
    *,
    decision: Literal["resend", "assume_sent"],
    actor: str,
    now: datetime,
) -> int:
    """Decide about messages of which no answer came and no event; return how many they were.

    Args:
        workspace: where the rows lie.
        name: of the campaign.
        decision: ``assume_sent``: nobody gets two letters, somebody may get none; ``resend``:
            nobody is left out, somebody may get two.
        actor: who decides.
        now: the present moment.

    Raises:
        NotFoundError: there is no such campaign.
        ConflictError: it is not finished.
    """
    with workspace.database.begin() as connection:
        if decision == "resend":
            row = _finished(connection, name)
            settled = settling.requeue(
                connection, row.id, MessageState.UNKNOWN,
                batch_size=workspace.settings.batch_size, resent=True,
            )  # fmt: skip
            _go_on(connection, row, settled, actor, now)
        else:
            row = row_of(connection, name)
            settled = settling.assume_sent(connection, row.id, now=now)
        note(connection, row.id, "settle", actor, now, decision=decision, messages=settled)
    return settled


def _finished(connection: sa.Connection, name: str) -> sa.Row[Any]:
    row = row_of(connection, name)
    if row.state != CampaignState.DONE:
        raise conflict(row, CampaignState.RUNNING)
    return row


def _go_on(
    connection: sa.Connection, row: sa.Row[Any], count: int, actor: str, now: datetime
) -> None:
    """Let a finished campaign run for those who wait again. Batches were locked before its row."""
    if count:
        move(connection, row.name, CampaignState.RUNNING, is_in(CampaignState.DONE),
             finished_at=None)  # fmt: skip
        start(connection, row.id, actor, now)

"""What a person decides once a campaign is over: the refused again, and what of the unknown."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from campaigns.delivery import settling
from campaigns.delivery.moves import conflict, is_in, move, note, start
from campaigns.delivery.status import row_of
from campaigns.model.states import CampaignState, MessageState
from campaigns.store.workspace import Workspace


def retry(workspace: Workspace, name: str, *, actor: str, now: datetime) -> int:
    """Send a finished campaign again to those whom the provider refused; return how many.

    Those of whom nobody knows whether they were sent to are no part of it: see ``settle``.

    Raises:
        NotFoundError: there is no such campaign.
        ConflictError: it is not finished.
    """
    return _again(workspace, name, MessageState.FAILED, "retry", actor, now)


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
    if decision == "resend":
        return _again(workspace, name, MessageState.UNKNOWN, "settle", actor, now)
    with workspace.database.begin() as connection:
        row = row_of(connection, name)
        settled = settling.assume_sent(connection, row.id, now=now)
        note(connection, row.id, "settle", actor, now, decision=decision, messages=settled)
    return settled


def _again(
    workspace: Workspace, name: str, state: MessageState, verb: str, actor: str, now: datetime
) -> int:
    with workspace.database.begin() as connection:
        row = row_of(connection, name)
        size = workspace.settings.batch_size
        count = settling.requeue(connection, row.id, state, batch_size=size)
        if row.state != CampaignState.DONE:
            raise conflict(row, CampaignState.RUNNING)
        if count:
            move(connection, name, CampaignState.RUNNING, is_in(CampaignState.DONE),
                  finished_at=None)  # fmt: skip
            start(connection, row.id, actor, now)
        note(connection, row.id, verb, actor, now, messages=count)
    return count

"""What a person does with a campaign: create, plan, preview, approve, send, pause, settle.

Each verb that changes something takes the actor, writes an audit row, and changes the campaign
only from a state from which that is lawful (``model.states.CAMPAIGN_MOVES``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import sqlalchemy as sa

from campaigns import clock
from campaigns.delivery import approval, course, preflight, reach
from campaigns.delivery import plan as planning
from campaigns.delivery.account import Account
from campaigns.delivery.audience import gather
from campaigns.delivery.heard import clicks
from campaigns.delivery.moves import is_in, move, note, require_move, start, update
from campaigns.delivery.plan import PlanReport
from campaigns.delivery.previews import Preview, preview
from campaigns.delivery.status import Status, all_campaigns, row_of, status
from campaigns.delivery.timing.schedule import leave_now
from campaigns.delivery.transports.choice import OUTBOX, TRANSPORTS
from campaigns.delivery.transports.sendgrid_account import require_right_to_send
from campaigns.delivery.unsettled.again import retry, settle
from campaigns.errors import ConflictError, InputError
from campaigns.letters import library
from campaigns.model.options import CampaignOptions, stored
from campaigns.model.states import CampaignState
from campaigns.segments import verbs as segments
from campaigns.segments.rule import parse
from campaigns.store.limits import require_share
from campaigns.store.options import read_brand
from campaigns.store.tables import campaign
from campaigns.store.workspace import Workspace

__all__ = [
    "PlanReport", "Preview", "Status", "all_campaigns", "approve", "cancel", "create", "pause",
    "plan", "preview", "resume", "retry", "send", "settle", "status",
]  # fmt: skip

MAX_NAME = 80


def create(
    workspace: Workspace,
    name: str,
    *,
    segment: str,
    letter: str,
    transport: str = OUTBOX,
    holdout: int = 0,
    actor: str,
    now: datetime,
) -> int:
    """Keep a new campaign: a saved segment (or a rule), a letter, a transport. Return its id.

    Raises:
        InputError: the name is empty or too long, the rule or the transport is not one, or
            ``holdout`` is no per cent from 0 to 50.
        ConflictError: the name is taken.
        NotFoundError: there is no such letter.
    """
    name = _checked_name(name)
    require_share(holdout)
    if transport not in TRANSPORTS:
        raise InputError("campaign.transport", got=transport, expected=", ".join(TRANSPORTS))
    with workspace.database.begin() as connection:
        if connection.execute(sa.select(campaign.c.id).where(campaign.c.name == name)).first():
            raise ConflictError("conflict.exists", kind="campaign", name=name)
        segment_name, rule = segments.resolve(connection, segment)
        chosen = library.load(connection, letter)
        campaign_id: int = connection.execute(
            campaign.insert()
            .values(
                name=name, segment=segment_name, rule=rule, letter=letter,
                purpose=chosen.purpose, transport=transport, state=CampaignState.DRAFT,
                texts={}, options=stored(CampaignOptions(holdout=holdout)), created_at=now,
                created_by=actor,
            )
            .returning(campaign.c.id)
        ).scalar_one()  # fmt: skip
        note(connection, campaign_id, "create", actor, now, transport=transport)
    return campaign_id


def plan(
    workspace: Workspace,
    name: str,
    *,
    actor: str,
    now: datetime,
    new_tokens: Callable[[int], Sequence[str]] = clock.new_tokens,
) -> PlanReport:
    """Freeze the audience and the letter as they are now; planned again, both are replaced.

    Raises:
        NotFoundError: there is no such campaign, or its letter is gone.
        ConflictError: it is approved already.
    """
    with workspace.database.begin(knows_parents=True) as connection:
        row = move(connection, name, CampaignState.PLANNED, planned_at=now)
        segment_name, text = segments.resolve(connection, row.segment)
        letter = library.load(connection, row.letter)
        update(connection, row.id, rank=letter.priority)
        audience = gather(workspace, connection, row.id, letter, parse(text), now=now)
        clicks.freeze(connection, row.id, letter.texts)
        planning.freeze(
            connection, row.id, audience, batch_size=workspace.settings.batch_size,
            new_tokens=new_tokens,
        )  # fmt: skip
        report = planning.report(audience)
        update(
            connection, row.id, segment=segment_name, rule=text, purpose=letter.purpose,
            texts={str(language): sources for language, sources in letter.texts.items()},
            planned=report.planned, left_out=audience.height - report.planned,
        )  # fmt: skip
        note(connection, row.id, "plan", actor, now, planned=report.planned)
    return report


def approve(
    workspace: Workspace,
    name: str,
    *,
    actor: str,
    now: datetime,
    probe: Callable[[str], bool] | None = None,
    account: Callable[[Account, str], None] = require_right_to_send,
) -> None:
    """Allow a planned campaign to be sent.

    Args:
        workspace: where the rows lie.
        name: of the campaign.
        actor: who approves.
        now: the present moment.
        probe: says whether a public address answers as us; by default it is really asked.
        account: raises when SendGrid does not let us send; by default it is really asked.

    Raises:
        NotAllowedError: something that ``approval`` looks at is not in order.
        ConflictError: it is not planned, or approved already.
    """
    with workspace.database.read() as connection:
        row = row_of(connection, name)
        require_move(row, CampaignState.APPROVED)
        approval.require_audience(connection, row)
        approval.require_sender(read_brand(connection))
    approval.require_green(row.letter, preflight.look(workspace, name, now=now))
    approval.require_reach(
        workspace, row.transport, name,
        probe=probe or reach.prober(workspace.signer), account=account,
    )  # fmt: skip
    with workspace.database.begin() as connection:
        same = campaign.c.planned_at == row.planned_at
        move(connection, name, CampaignState.APPROVED, same, approved_at=now, approved_by=actor)
        note(connection, row.id, "approve", actor, now)


def send(workspace: Workspace, name: str, *, actor: str, now: datetime) -> None:
    """Let the worker send an approved campaign; a scheduled one leaves now instead.

    "Now" is as soon as the window of each reader is open.

    Raises:
        InputError: nobody can be written to before the deadline.
        NotAllowedError: the sender is no longer complete, or the account is another one now.
        NotFoundError: there is no such campaign.
        ConflictError: it is neither approved nor scheduled.
    """
    approval.require_tried(workspace, name)
    with workspace.database.begin() as connection:
        ready = is_in(CampaignState.APPROVED) | is_in(CampaignState.SCHEDULED)
        row = move(connection, name, CampaignState.RUNNING, ready, started_at=now)
        leave_now(connection, row, now=now)
        start(connection, row.id, actor, now)
        note(connection, row.id, "send", actor, now)


def pause(workspace: Workspace, name: str, *, actor: str, now: datetime) -> None:
    """Make no further request. What is being asked at this moment is still answered.

    Raises:
        NotFoundError: there is no such campaign.
        ConflictError: it is not being sent.
    """
    with workspace.database.begin() as connection:
        row = move(connection, name, CampaignState.PAUSED, error=None)
        note(connection, row.id, "pause", actor, now)


def resume(workspace: Workspace, name: str, *, actor: str, now: datetime) -> None:
    """Go on with a paused campaign.

    Raises:
        NotAllowedError: the account is another one now, and took no letter to ourselves yet.
        NotFoundError: there is no such campaign.
        ConflictError: it is not paused.
    """
    approval.require_tried(workspace, name)
    with workspace.database.begin() as connection:
        since = sa.func.coalesce(campaign.c.started_at, now)
        row = move(connection, name, CampaignState.RUNNING, is_in(CampaignState.PAUSED), error=None,
                   started_at=since)  # fmt: skip
        start(connection, row.id, actor, now)
        note(connection, row.id, "resume", actor, now)


def cancel(workspace: Workspace, name: str, *, actor: str, now: datetime) -> None:
    """Send nothing more of a campaign, ever.

    Raises:
        NotFoundError: there is no such campaign.
        ConflictError: it is over.
    """
    with workspace.database.begin() as connection:
        row = move(connection, name, CampaignState.CANCELLED, finished_at=now)
        note(connection, row.id, "cancel", actor, now)
    with (
        workspace.database.begin() as connection
    ):  # a worker may hold a batch: its locks come first
        course.cancel_waiting(connection, row.id)


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise InputError("input.empty", field="name")
    if len(name) > MAX_NAME:
        raise InputError("input.too_long", field="name", got=len(name), limit=MAX_NAME)
    return name

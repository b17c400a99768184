"""A rehearsal with SendGrid: every request of a campaign is checked there, and none is sent.

The campaign stays approved and its messages stay as they were planned: nothing of a rehearsal
counts as sent, for caps or for what a reader gets next. What came of it is an audit row. A request
that is only checked may be asked again, whatever became of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
import sqlalchemy as sa

from campaigns.delivery.batches import Claim, lock, recount, rest
from campaigns.delivery.dispatch import open_run
from campaigns.delivery.lane import still_to_ask
from campaigns.delivery.run import SYSTEM, Clock, Run
from campaigns.delivery.status import row_of
from campaigns.delivery.transports import Fate, Manner, Outcome, Request, Transport
from campaigns.delivery.transports.choice import SENDGRID, open_transport
from campaigns.delivery.unsettled import settling
from campaigns.delivery.unsettled.refusals import refusals
from campaigns.errors import ConflictError, DeliveryError, InputError
from campaigns.model.progress import Progress, untold
from campaigns.model.states import BatchState, CampaignState, MessageState
from campaigns.store.journal import record
from campaigns.store.tables import audit, batch, campaign, message
from campaigns.store.workspace import Workspace

VERB = "campaign.rehearse"
REASONS = 10
"""Reasons of refusals that a report keeps; the others are summed up by their number alone."""
TIME_LEFT_S = 60.0
PATIENCE = 3
"""Times that a request without an answer is asked again: nothing is sent, so it may be."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What SendGrid would take and refuse. ``reasons``: errors as stored, with how many readers."""

    taken: int
    refused: int
    reasons: Sequence[tuple[Mapping[str, Any], int]] = ()


def rehearse(
    workspace: Workspace,
    name: str,
    *,
    actor: str,
    clock: Clock = SYSTEM,
    stop: Callable[[], bool] = lambda: False,
    progress: Progress = untold,
) -> Rehearsal:
    """Let SendGrid check every request of an approved campaign, and return what it said.

    Raises:
        NotFoundError: there is no such campaign.
        InputError: it does not leave by SendGrid.
        ConflictError: it is not approved.
        DeliveryError: SendGrid cannot be asked, or did not respect the sandbox.
    """
    with workspace.database.read() as connection:
        row = row_of(connection, name)
    if row.transport != SENDGRID:
        raise InputError("campaign.sendgrid_only", name=name, got=row.transport)
    if row.state != CampaignState.APPROVED:
        raise ConflictError(
            "conflict.state", kind="campaign", name=name, got=row.state,
            expected=CampaignState.APPROVED,
        )  # fmt: skip
    _put_back(workspace, row.id)
    run = open_run(workspace, row.id, actor, stop, clock, lambda _point: None)
    transport = open_transport(workspace, SENDGRID, run.brand)
    counts: Counter[str] = Counter()
    try:
        for request in _requests(run, transport.window):
            counts.update(_checked(request, transport, clock))
            progress(min(counts.total(), row.planned), row.planned)
    finally:
        transport.close()
        ours = _refused_here(workspace, row.id)
        _put_back(workspace, row.id)
    if stop():
        return Rehearsal(counts[""], 0)  # no report: it was not finished
    return _keep(workspace, row.id, counts + ours, actor, clock)


def last_rehearsal(connection: sa.Connection, campaign_id: int) -> Rehearsal | None:
    """Return what came of the newest rehearsal of a campaign since it was planned, if any."""
    subject = f"campaign:{campaign_id}"
    planned = sa.select(sa.func.max(audit.c.id)).where(
        audit.c.subject == subject, audit.c.verb == "campaign.plan"
    )
    facts = connection.execute(
        sa.select(audit.c.facts)
        .where(
            audit.c.subject == subject, audit.c.verb == VERB,
            audit.c.id > sa.func.coalesce(planned.scalar_subquery(), 0),
        )
        .order_by(audit.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()  # fmt: skip
    if facts is None:
        return None
    reasons = [(error, readers) for error, readers in facts["reasons"]]
    return Rehearsal(facts["taken"], facts["refused"], reasons)


def _requests(run: Run, window: int) -> Iterator[Request]:
    query: sa.Select[Any] = (
        sa.select(batch.c.id, batch.c.language, batch.c.text, batch.c.design)
        .where(batch.c.campaign_id == run.campaign.id, batch.c.state == BatchState.READY)
        .order_by(batch.c.id)
    )
    with run.workspace.database.read() as connection:
        rows = connection.execute(query).all()
    for row in rows:
        mine = Claim(row.id, run.campaign.id, row.language, row.text, row.design, run.owner, 0)
        for request in run.requests(mine, window):
            if run.stop():
                return
            yield replace(request, manner=Manner(sandbox=True))


def _checked(request: Request, transport: Transport, clock: Clock) -> Counter[str]:
    """Return what SendGrid says of one request: readers taken (the empty text), and by error."""
    counts: Counter[str] = Counter()
    waiting, silences = [request], 0
    while waiting:
        part = waiting.pop()
        outcome = transport.send(
            part, clock.new_token(), now=clock.utcnow(), time_left_s=TIME_LEFT_S
        )
        if outcome.http_status == 200:
            counts[""] += part.count
        elif _is_silent(outcome) and silences < PATIENCE:
            waiting, silences = [*waiting, part], silences + 1
        else:
            _require_told(outcome)
            counts.update(
                orjson.dumps(one.error, option=orjson.OPT_SORT_KEYS).decode()
                for one in outcome.verdicts
                if one.fate is Fate.REFUSED
            )
            waiting += still_to_ask(part, outcome)
    return counts


def _is_silent(outcome: Outcome) -> bool:
    silent = {one.fate for one in outcome.verdicts} == {Fate.UNKNOWN}
    return silent and (outcome.http_status is None or outcome.http_status >= 500)


def _require_told(outcome: Outcome) -> None:
    """Stop where an answer is not about readers, and at once where letters may have been sent."""
    if outcome.http_status == 202:
        raise DeliveryError("transport.sandbox_ignored")
    if outcome.halt or outcome.later or _is_silent(outcome):
        error = outcome.error or {"code": "transport.strange_answer", "facts": {"status": "?"}}
        raise DeliveryError(error["code"], **error["facts"])


def _refused_here(workspace: Workspace, campaign_id: int) -> Counter[str]:
    """Return whom we refuse to write to ourselves, as the letter cannot take their data."""
    with workspace.database.read() as connection:
        found = refusals(connection, campaign_id)
    return Counter({
        orjson.dumps(one.error, option=orjson.OPT_SORT_KEYS).decode(): one.messages for one in found
    })  # fmt: skip


def _put_back(workspace: Workspace, campaign_id: int) -> None:
    """Let those wait whom a rehearsal marked as refused, unless the campaign itself has begun."""
    with workspace.database.begin() as connection:
        failed = (message.c.campaign_id == campaign_id, settling.is_in(MessageState.FAILED))
        touched = connection.scalars(sa.select(message.c.batch_id).where(*failed).distinct())
        rows = [lock(connection, batch_id) for batch_id in sorted(touched)]
        if not _has_not_begun(connection, campaign_id):
            return
        connection.execute(
            message.update().where(*failed).values(state=MessageState.PENDING, error=None)
        )
        for row in rows:
            rest(connection, row, recount(connection, row.id))


def _has_not_begun(connection: sa.Connection, campaign_id: int) -> bool:
    """Say whether a campaign is approved; it stays so until this transaction ends."""
    query = sa.select(campaign.c.state).where(campaign.c.id == campaign_id).with_for_update()
    return bool(connection.execute(query).scalar_one() == CampaignState.APPROVED)


def _keep(
    workspace: Workspace, campaign_id: int, counts: Counter[str], actor: str, clock: Clock
) -> Rehearsal:
    taken = counts.pop("", 0)
    reasons = [(orjson.loads(error), readers) for error, readers in counts.most_common(REASONS)]
    found = Rehearsal(taken, counts.total(), reasons)
    with workspace.database.begin() as connection:
        record(
            connection, actor=actor, verb=VERB, subject=f"campaign:{campaign_id}",
            now=clock.utcnow(), taken=taken, refused=found.refused, reasons=reasons,
        )  # fmt: skip
    return found

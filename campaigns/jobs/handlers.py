"""What a job of each kind does. A handler may be started again at any moment after a crash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from campaigns.delivery.campaigns import plan
from campaigns.delivery.dispatch import send_due
from campaigns.delivery.heard.events import ingest, prune
from campaigns.delivery.inbox import mailbox, replies
from campaigns.delivery.sandbox import rehearse
from campaigns.delivery.suppression_lists import is_connected, pull
from campaigns.delivery.unsettled.doubt import settle_unknown
from campaigns.jobs.periodic import FETCH_MAIL, PRUNE_EVENTS, PULL_SUPPRESSIONS, SETTLE_UNKNOWN
from campaigns.jobs.rows import Claim
from campaigns.model.language import Language
from campaigns.model.progress import Progress
from campaigns.sheets.arrival import LOOK, look
from campaigns.sheets.intake import STORE, store_upload
from campaigns.sheets.rehearsals import REHEARSE, keep_rehearsal
from campaigns.sheets.reports import PROBLEM_BOOK, make_problem_book
from campaigns.sheets.undo import UNDO, undo
from campaigns.store.workspace import Workspace

PLAN_CAMPAIGN = "plan_campaign"
SEND = "send"
INGEST_EVENTS = "ingest_events"
REHEARSE_CAMPAIGN = "rehearse_campaign"


@dataclass(frozen=True, slots=True)
class Turn:
    """One run of a job: what it works with, and how it says how far it is."""

    workspace: Workspace
    claim: Claim
    utcnow: Callable[[], datetime]
    is_stopping: Callable[[], bool]
    progress: Progress


Handler = Callable[[Turn], None]


def _look(turn: Turn) -> None:
    look(turn.workspace, turn.claim.args["file_id"], now=turn.utcnow(), progress=turn.progress)


def _store_upload(turn: Turn) -> None:
    store_upload(
        turn.workspace, turn.claim.args["upload_id"], actor=turn.claim.actor,
        now=turn.utcnow(), progress=turn.progress,
    )  # fmt: skip


def _rehearse(turn: Turn) -> None:
    args = turn.claim.args
    keep_rehearsal(turn.workspace, args["upload_id"], args["mapping"], now=turn.utcnow())


def _undo(turn: Turn) -> None:
    undo(turn.workspace, turn.claim.args["upload_id"], actor=turn.claim.actor, now=turn.utcnow())


def _problem_book(turn: Turn) -> None:
    args = turn.claim.args
    make_problem_book(turn.workspace, args["upload_id"], Language(args["language"]))


def _plan_campaign(turn: Turn) -> None:
    plan(turn.workspace, turn.claim.args["name"], actor=turn.claim.actor, now=turn.utcnow())


def _send(turn: Turn) -> None:
    owner = f"{turn.claim.owner}/{turn.claim.job_id}"
    send_due(turn.workspace, owner=owner, stop=turn.is_stopping)


def _ingest_events(turn: Turn) -> None:
    replies.ingest(turn.workspace, now=turn.utcnow())  # it tells of events, so it comes first
    ingest(turn.workspace, now=turn.utcnow())


def _prune_events(turn: Turn) -> None:
    prune(turn.workspace, now=turn.utcnow())


def _fetch_mail(turn: Turn) -> None:
    mailbox.fetch(turn.workspace, now=turn.utcnow(), is_stopping=turn.is_stopping)


def _rehearse_campaign(turn: Turn) -> None:
    rehearse(
        turn.workspace, turn.claim.args["name"], actor=turn.claim.actor, stop=turn.is_stopping,
        progress=turn.progress,
    )  # fmt: skip


def _settle_unknown(turn: Turn) -> None:
    settle_unknown(turn.workspace, now=turn.utcnow())


def _pull_suppressions(turn: Turn) -> None:
    if is_connected(turn.workspace):
        pull(turn.workspace, actor=turn.claim.actor, now=turn.utcnow())


HANDLERS: dict[str, Handler] = {
    LOOK: _look,
    REHEARSE: _rehearse,
    STORE: _store_upload,
    UNDO: _undo,
    PROBLEM_BOOK: _problem_book,
    PLAN_CAMPAIGN: _plan_campaign,
    SEND: _send,
    INGEST_EVENTS: _ingest_events,
    PRUNE_EVENTS: _prune_events,
    FETCH_MAIL: _fetch_mail,
    SETTLE_UNKNOWN: _settle_unknown,
    REHEARSE_CAMPAIGN: _rehearse_campaign,
    PULL_SUPPRESSIONS: _pull_suppressions,
}

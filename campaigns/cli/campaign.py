"""``campaigns campaign``: planned, looked at, approved, sent, watched."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import asdict
from typing import Any

import click
from sqlalchemy.exc import SQLAlchemyError

from campaigns import clock
from campaigns.cli import campaign_outcome
from campaigns.cli.shell import Shell, verb
from campaigns.cli.stopping import stopping
from campaigns.cli.timing import schedule, unschedule
from campaigns.delivery import campaigns as verbs
from campaigns.delivery.dispatch import send_campaign
from campaigns.delivery.ledger import sweep
from campaigns.delivery.preflight import Outside, look
from campaigns.delivery.reach import is_alive
from campaigns.delivery.status import Status, all_campaigns, status
from campaigns.delivery.timing import leaving
from campaigns.delivery.transports.choice import OUTBOX, TRANSPORTS
from campaigns.delivery.trial import try_campaign
from campaigns.errors import DeliveryError
from campaigns.language.labels import label
from campaigns.model.holdout import MOST_PER_CENT
from campaigns.model.language import Language
from campaigns.model.states import CampaignState
from campaigns.store.workspace import Workspace

POLL_S = 0.5


@click.group()
def campaign() -> None:
    """Planned sends: a segment, a letter, a transport."""


@verb("list")
def list_campaigns(shell: Shell) -> None:
    """List the campaigns, newest first."""
    with shell.workspace() as workspace, workspace.database.read() as connection:
        found = all_campaigns(connection)
    shell.answer({"campaigns": [asdict(one) for one in found]})


@verb("create")
@click.argument("name")
@click.option("--segment", required=True, help="A saved name or a rule.")
@click.option("--letter", required=True, help="A name of: campaigns letter list")
@click.option("--transport", type=click.Choice(list(TRANSPORTS)), default=OUTBOX, show_default=True)
@click.option("--holdout", default=0, type=click.IntRange(0, MOST_PER_CENT),
              help="Per cent of the audience that gets nothing, to compare.")  # fmt: skip
def create(
    shell: Shell, name: str, segment: str, letter: str, transport: str, holdout: int
) -> None:
    """Create the campaign NAME as a draft."""
    with shell.workspace() as workspace:
        verbs.create(
            workspace, name, segment=segment, letter=letter, transport=transport,
            holdout=holdout, actor=shell.actor, now=clock.utcnow(),
        )  # fmt: skip
        _answer_status(shell, workspace, name)


@verb("plan")
@click.argument("name")
def plan(shell: Shell, name: str) -> None:
    """Freeze the audience: who is in, who is left out and why."""
    with shell.workspace() as workspace:
        found = verbs.plan(workspace, name, actor=shell.actor, now=clock.utcnow())
    shell.answer(asdict(found))


@verb("preview")
@click.argument("name")
@click.option("--per-language", default=1, show_default=True, type=click.IntRange(1, 20))
def preview(shell: Shell, name: str, per_language: int) -> None:
    """Show letters as real recipients would get them."""
    with shell.workspace() as workspace:
        found = verbs.preview(workspace, name, per_language=per_language, now=clock.utcnow())
    documents = [
        {"contact_id": one.contact_id, "language": str(one.language), "address": one.address,
         "subject": one.rendered.subject, "preheader": one.rendered.preheader,
         "text": one.rendered.text, "html": one.rendered.html}
        for one in found
    ]  # fmt: skip
    texts = [f"{d['address']} ({d['language']})\n{d['subject']}\n\n{d['text']}" for d in documents]
    shell.answer({"letters": documents}, f"\n{'-' * 72}\n".join(texts))


@verb("preflight")
@click.argument("name")
@click.option("--outside", is_flag=True, help="Ask too whether links answer, and SpamAssassin.")
@click.pass_context
def preflight(context: click.Context, shell: Shell, name: str, *, outside: bool) -> None:
    """Look for everything that keeps NAME from being approved. Exit 1 when there is an error."""
    asked = Outside(is_alive) if outside else None
    with shell.workspace() as workspace:
        found = look(workspace, name, now=clock.utcnow(), outside=asked)
    shell.answer({"findings": [asdict(one) | {"text": one.says(shell.language)} for one in found]})
    if any(one.severity == "error" for one in found):
        context.exit(1)


@verb("trial")
@click.argument("name")
@click.option("--to", required=True, help="Your own mailbox.")
@click.option("--language", "reader", type=click.Choice([str(one) for one in Language]),
              help="Of the letter  [default: the first that it has]")  # fmt: skip
def trial(shell: Shell, name: str, to: str, reader: str | None) -> None:
    """Send one letter of NAME to yourself, on the very way of all letters."""
    with shell.workspace() as workspace:
        found = try_campaign(
            workspace, name, to=to, language=Language(reader) if reader else None, is_own=True,
            actor=shell.actor,
        )  # fmt: skip
    shell.answer({
        "token": found.token, "transport": found.transport, "language": found.language,
        "subject": found.subject, "substitutions": found.substitutions,
        "outcome": found.verdict.fate,
    })  # fmt: skip
    if error := found.verdict.error:
        raise DeliveryError(error["code"], **error.get("facts", {}))


@verb("send")
@click.argument("name")
def send(shell: Shell, name: str) -> None:
    """Send an approved campaign and wait for its end. Workers that run help."""
    with shell.workspace() as workspace:
        found = send_and_wait(shell, workspace, name)
    shell.answer(asdict(found))
    if found.error:
        raise DeliveryError(found.error["code"], **found.error.get("facts", {}))


def _simple(name: str, about: str) -> click.Command:
    """Make the command of a verb that needs nothing but the name of a campaign."""

    @verb(name)
    @click.argument("name")
    def run(shell: Shell, name: str) -> None:
        with shell.workspace() as workspace:
            act(workspace, name, actor=shell.actor, now=clock.utcnow())
            _answer_status(shell, workspace, name)

    act = getattr(verbs, name)
    run.help = about
    return run


@verb("status")
@click.argument("name")
def show_status(shell: Shell, name: str) -> None:
    """Say how the campaign NAME stands."""
    with shell.workspace() as workspace:
        _answer_status(shell, workspace, name)


def send_and_wait(shell: Shell, workspace: Workspace, name: str) -> Status:
    """Send in this process, together with any worker, until the campaign no longer runs."""
    found = _status(workspace, name)
    if found.state == CampaignState.RUNNING:  # a person says so, however long it waited
        with workspace.database.begin() as connection:
            leaving.touch(connection, found.campaign_id, now=clock.utcnow())
    else:
        verbs.send(workspace, name, actor=shell.actor, now=clock.utcnow())
    _tell_waiting(shell, workspace, name)
    owner = clock.new_owner()
    with shell.counting(name) as show, stopping() as stop:
        watch = threading.Thread(target=_watch, args=(workspace, name, show, stop), daemon=True)
        watch.start()
        try:
            while not stop.is_set() and _status(workspace, name).state == CampaignState.RUNNING:
                sweep(workspace, clock.utcnow())
                send_campaign(workspace, found.campaign_id, owner=owner, stop=stop.is_set)
                stop.wait(0 if _status(workspace, name).state == CampaignState.DONE else POLL_S)
        finally:
            stop.set()
            watch.join()
    return _status(workspace, name)


def _tell_waiting(shell: Shell, workspace: Workspace, name: str) -> None:
    """Say that the readers' hours have not begun, or a silent command would look broken."""
    begins = _status(workspace, name).leaves_from
    if begins and begins > clock.utcnow():
        waiting = label("campaign.leaves_from", shell.language)
        click.echo(f"{name}: {waiting} {begins.astimezone():%Y-%m-%d %H:%M}", err=True)


def _watch(workspace: Workspace, name: str, show: Any, stop: threading.Event) -> None:
    while not stop.wait(POLL_S):
        with suppress(SQLAlchemyError):  # the sender meets it too, and says so
            found = _status(workspace, name)
            show(found.planned - found.waiting, found.planned)


def _status(workspace: Workspace, name: str) -> Status:
    with workspace.database.read() as connection:
        return status(connection, name)


def _answer_status(shell: Shell, workspace: Workspace, name: str) -> None:
    shell.answer(asdict(_status(workspace, name)))


for _command in (
    list_campaigns, create, plan, preview, preflight, trial, send, schedule, unschedule,
    show_status, *campaign_outcome.COMMANDS,
    _simple("approve", "Allow a planned campaign to be sent."),
    _simple("pause", "Halt a campaign after the requests that are under way."),
    _simple("resume", "Let a paused campaign go on."),
    _simple("cancel", "End a campaign; what was not sent will not be."),
):  # fmt: skip
    campaign.add_command(_command)

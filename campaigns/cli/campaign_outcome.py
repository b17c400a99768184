"""What a campaign is to do in doubt, and what a person decides of the refused and the unknown."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from campaigns import clock
from campaigns.cli.shell import Shell, verb
from campaigns.delivery import campaigns as verbs
from campaigns.delivery import options as choices
from campaigns.delivery.sandbox import rehearse as let_check
from campaigns.delivery.status import row_of, status
from campaigns.delivery.unsettled.refusals import Refusal, refusals
from campaigns.errors import CampaignsError
from campaigns.language.explanation import explain
from campaigns.model.options import Policy
from campaigns.store.workspace import Workspace


@verb("options")
@click.argument("name")
@click.option("--policy", type=click.Choice([str(one) for one in Policy]),
              help="What becomes of letters of which nobody knows.")  # fmt: skip
@click.option("--safe/--no-safe", default=None, help="SendGrid can be asked to take requests back.")
@click.option("--sandbox/--no-sandbox", default=None, help="SendGrid checks and sends nothing.")
@click.option("--single/--no-single", default=None, help="One request a reader.")
@click.option("--counts-clicks/--no-counts-clicks", default=None,
              help="Links lead over our address, and openings are told.")  # fmt: skip
def options(shell: Shell, /, name: str, policy: str | None, **flags: bool | None) -> None:
    """Show how NAME is sent, or change it before it is."""
    changes: dict[str, Any] = {flag: value for flag, value in flags.items() if value is not None}
    if policy:
        changes["policy"] = Policy(policy)
    with shell.workspace() as workspace:
        if changes:
            choices.change(workspace, name, actor=shell.actor, now=clock.utcnow(), **changes)
        with workspace.database.read() as connection:
            shell.answer(asdict(choices.read_options(connection, name)))


@verb("settle")
@click.argument("name")
@click.option("--decision", required=True, type=click.Choice(["resend", "assume_sent"]))
def settle(shell: Shell, name: str, decision: Any) -> None:
    """Decide what becomes of letters of which nobody knows whether they were sent."""
    with shell.workspace() as workspace:
        verbs.settle(workspace, name, decision=decision, actor=shell.actor, now=clock.utcnow())
        _answer_status(shell, workspace, name)


@verb("retry")
@click.argument("name")
@click.option("--why", is_flag=True, help="Only say why letters were refused.")
def retry(shell: Shell, name: str, *, why: bool) -> None:
    """Send once more to those whom the provider refused, but not for good."""
    with shell.workspace() as workspace:
        with workspace.database.read() as connection:
            found = refusals(connection, row_of(connection, name).id)
        count = 0
        if not why:
            count = verbs.retry(workspace, name, actor=shell.actor, now=clock.utcnow())
        told = {"retried": count, "refusals": [_told(shell, one) for one in found]}
    shell.answer(told)


@verb("rehearse")
@click.argument("name")
def rehearse(shell: Shell, name: str) -> None:
    """Let SendGrid check every request of an approved campaign, and send nothing."""
    with shell.workspace() as workspace, shell.counting(name) as show:
        found = let_check(workspace, name, actor=shell.actor, progress=show)
    reasons = [{**error, "messages": readers} for error, readers in found.reasons]
    shell.answer({"taken": found.taken, "refused": found.refused, "reasons": reasons})


def _told(shell: Shell, one: Refusal) -> dict[str, Any]:
    error = CampaignsError(one.error["code"], **one.error["facts"])
    return {**asdict(one), "text": explain(error, shell.language)}


def _answer_status(shell: Shell, workspace: Workspace, name: str) -> None:
    with workspace.database.read() as connection:
        shell.answer(asdict(status(connection, name)))


COMMANDS = (options, settle, retry, rehearse)

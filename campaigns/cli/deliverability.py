"""``campaigns deliverability``: will mailboxes take our letters?"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from campaigns import clock
from campaigns.cli.shell import Shell, verb
from campaigns.delivery.connecting import sending_of, with_return_path
from campaigns.delivery.deliverability import Check, Light
from campaigns.delivery.deliverability.dkim import SENDGRID_SELECTORS
from campaigns.delivery.deliverability.mail import one_click, read_mail, signatures
from campaigns.delivery.deliverability.names import asker, impatient
from campaigns.delivery.deliverability.report import Outside, look
from campaigns.delivery.deliverability.words import says, topic
from campaigns.delivery.reach import prober
from campaigns.errors import InputError

MARKS = {Light.GOOD: "+", Light.WEAK: "~", Light.BAD: "!", Light.UNKNOWN: "?"}


@verb("deliverability")
@click.argument("domain", required=False)
@click.option("--mail", type=click.Path(path_type=Path, dir_okay=False),
              help="A received mail: are its unsubscribe headers signed (RFC 8058)?")  # fmt: skip
@click.option("--selector", "selectors", multiple=True,
              help="Of a DKIM key; SendGrid's by default. May be repeated.")  # fmt: skip
@click.option("--server", help="Address of the name server to ask.")
@click.option("--port", default=53, show_default=True, help="Of the name server.")
@click.pass_context
def deliverability(
    context: click.Context,
    shell: Shell,
    domain: str | None,
    mail: Path | None,
    selectors: tuple[str, ...],
    server: str | None,
    port: int,
) -> None:
    """Look at SPF, DKIM, DMARC and links of DOMAIN (the sender's). Exit 1 when something is wrong."""
    if mail:
        checks = _of_mail(mail)
        document = {"checks": [asdict(one) for one in checks]}
    else:
        with shell.workspace() as workspace:
            sending = sending_of(workspace, domain, selectors or SENDGRID_SELECTORS)
            sending = with_return_path(workspace, sending)
            ask = impatient(asker([server] if server else [], port=port))
            outside = Outside(ask, prober(workspace.signer))
            report = look(sending, outside, now=clock.utcnow())
        checks, document = list(report.checks), report.document()
    for one, told in zip(checks, document["checks"], strict=True):
        told["text"] = says(one, shell.language)
    shell.answer(document, "\n\n".join(_lines(one, shell) for one in checks))
    if any(one.light is Light.BAD for one in checks):
        context.exit(1)


def _of_mail(path: Path) -> list[Check]:
    try:
        content = path.read_bytes()
    except OSError as cause:
        raise InputError("deliverability.mail") from cause
    mail = read_mail(content)
    return [one_click(mail), *signatures(mail)]


def _lines(check: Check, shell: Shell) -> str:
    head = f"{MARKS[check.light]} {topic(check.topic, shell.language)}\n  {says(check, shell.language)}"
    return "\n".join([head, *(f"    {one.name}  {one.kind}  {one.value}" for one in check.add)])

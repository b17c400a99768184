"""The same verbs for scripts: each command reads its words, calls a verb, shows what it did.

One JSON document with ``--json`` and nothing else on standard output; logs go to standard error.
Exit 0 done, 1 refused with a clear error, 2 wrong usage.
"""

from __future__ import annotations

import click

from campaigns.cli.campaign import campaign
from campaigns.cli.card import card
from campaigns.cli.deliverability import deliverability
from campaigns.cli.demo import demo
from campaigns.cli.events import events
from campaigns.cli.language import language
from campaigns.cli.letter import letter
from campaigns.cli.processes import ui, upgrade, web, worker
from campaigns.cli.rate import rate
from campaigns.cli.replies import replies
from campaigns.cli.report import report
from campaigns.cli.restoring import restored
from campaigns.cli.segment import segment
from campaigns.cli.shop import brand, limits
from campaigns.cli.suppression import suppression
from campaigns.cli.testimonial import testimonial
from campaigns.cli.timing import ramp_group
from campaigns.cli.undoing import importing
from campaigns.cli.up import up


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="campaigns")
def main() -> None:
    """From a customer spreadsheet to personal letters in Armenian, Georgian and English."""


for _command in (
    demo, up, ui, web, worker, upgrade, restored, importing, segment, letter, language, campaign, events,
    testimonial, card, replies, report, brand, limits, ramp_group, rate, deliverability, suppression,
):  # fmt: skip
    main.add_command(_command)

"""Everybody whom a campaign's rule finds, each with what they get and when, or why they get nothing.

The reasons are looked for in this order, and the first one counts: permission, other letters, hours,
what is left of the letter for them; of those who would be chosen, a share is held out.
"""

from __future__ import annotations

from datetime import datetime

import polars as pl
import sqlalchemy as sa

from campaigns.delivery import caps, pairing
from campaigns.delivery import plan as planning
from campaigns.delivery.holdout import hold_out
from campaigns.delivery.timing import zones
from campaigns.letters import quotes
from campaigns.letters.library import Letter
from campaigns.model.options import CampaignOptions, options_of
from campaigns.segments.rule import Rule
from campaigns.store.limits import read_limits
from campaigns.store.options import read_brand
from campaigns.store.snapshots import orders_in
from campaigns.store.suppressions import suppressed_among
from campaigns.store.tables import campaign
from campaigns.store.workspace import Workspace


def gather(
    workspace: Workspace,
    connection: sa.Connection,
    campaign_id: int,
    letter: Letter,
    rule: Rule,
    *,
    now: datetime,
) -> pl.DataFrame:
    """Return the audience as ``plan.freeze`` takes it."""
    people = planning.candidates(connection, rule, letter.purpose, now=now)
    suppressed = suppressed_among(connection, people["key"])
    audience = planning.choose(people, suppressed, letter.texts)
    if rivals := caps.rivals_at_planning(connection, campaign_id, now):
        audience = caps.deny(connection, audience, rivals)
    options = _options(connection, campaign_id)
    audience = zones.with_zones(
        connection, audience, options, now, rank=letter.priority,
        orders=lambda: orders_in(workspace, connection),
    )  # fmt: skip
    audience = planning.leave_out_repeated(
        _paired(workspace, connection, campaign_id, letter, audience)
    )
    return hold_out(
        audience, signer=workspace.signer, campaign_id=campaign_id, rank=letter.priority,
        of_shop=read_limits(connection).holdout, of_campaign=options.holdout,
    )  # fmt: skip


def _paired(
    workspace: Workspace,
    connection: sa.Connection,
    campaign_id: int,
    letter: Letter,
    audience: pl.DataFrame,
) -> pl.DataFrame:
    brand, quoted = read_brand(connection), quotes.published(connection)
    return pairing.paired(
        audience, pairing.last_pairs(connection, campaign_id, letter.name), letter.texts,
        {one: pairing.options(letter.texts[one], one, brand, quoted) for one in letter.texts},
        signer=workspace.signer, campaign_id=campaign_id,
    )  # fmt: skip


def _options(connection: sa.Connection, campaign_id: int) -> CampaignOptions:
    query = sa.select(campaign.c.options).where(campaign.c.id == campaign_id)
    return options_of(connection.execute(query).scalar_one())

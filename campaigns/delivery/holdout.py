"""Leaves out a share of those who would get a letter, so that its effect can be seen.

Two draws: one for all campaigns of the shop, by which the same customers hear nothing ever, and one
for each campaign. A letter about what a customer bought or asked for reaches also those who are held
out of all campaigns: it is owed to them.
"""

from __future__ import annotations

import polars as pl

from campaigns.model.holdout import is_held
from campaigns.model.permission import Denial
from campaigns.model.priority import Priority
from campaigns.store.signing import Signer


def hold_out(
    audience: pl.DataFrame,
    *,
    signer: Signer,
    campaign_id: int,
    rank: int,
    of_shop: int,
    of_campaign: int,
) -> pl.DataFrame:
    """Return the audience with those denied who would be chosen and are held out.

    Args:
        audience: contact_id and denial.
        signer: whose oldest key draws, as that one outlasts new keys.
        campaign_id: another campaign draws otherwise.
        rank: the letter's ``Priority``.
        of_shop: per cent of customers that no campaign reaches.
        of_campaign: per cent of the others that this one does not reach.
    """
    first = Signer(signer.keys[:1])
    shop = 0 if rank == Priority.SERVICE else of_shop
    for purpose, per_cent in (("holdout", shop), (f"holdout.{campaign_id}", of_campaign)):
        if per_cent:
            audience = _held(audience, first, purpose, per_cent)
    return audience


def _held(audience: pl.DataFrame, signer: Signer, purpose: str, per_cent: int) -> pl.DataFrame:
    chosen = audience["denial"].is_null()
    numbers = signer.draws(purpose, audience["contact_id"].filter(chosen).to_list())
    held = pl.Series([is_held(number, per_cent) for number in numbers], dtype=pl.Boolean)
    rows = chosen.arg_true().filter(held)
    return audience.with_columns(audience["denial"].scatter(rows, str(Denial.HOLDOUT)))

"""A share of those who would get a letter gets none: the same share however often it is asked."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.delivery import campaigns, options
from campaigns.delivery.holdout import hold_out
from campaigns.errors import InputError
from campaigns.model.limits import Limits
from campaigns.model.priority import Priority
from campaigns.store.limits import save_limits
from campaigns.store.signing import Signer
from tests.support.sending import LETTER, people

MANY = 5_000
PEOPLE = pl.DataFrame(
    {"contact_id": range(1, MANY + 1)}
).with_columns(denial=pl.when(pl.col("contact_id") % 5 == 0).then(pl.lit("suppressed")))  # fmt: skip
KEYS = st.text(min_size=1, max_size=8)
SHARES = st.integers(1, 50)
FEW = settings(max_examples=15)


def held(key, campaign_id, *, of_shop=0, of_campaign=0, rank=Priority.PROMOTION, keys=()):
    found = hold_out(
        PEOPLE, signer=Signer([key, *keys]), campaign_id=campaign_id, rank=rank, of_shop=of_shop,
        of_campaign=of_campaign,
    )  # fmt: skip
    assert found.filter(pl.col("denial") == "suppressed").height == MANY // 5
    return set(found.filter(pl.col("denial") == "holdout")["contact_id"])


def is_near(count, among, share):
    """Within five standard deviations of a draw: one run in three million is red by chance."""
    return abs(count - among * share) <= 5 * (among * share * (1 - share)) ** 0.5


@FEW
@given(key=KEYS, per_cent=SHARES)
def test_the_share_is_as_large_as_asked_and_another_campaign_draws_others(key, per_cent):
    share, chosen = per_cent / 100, MANY * 4 // 5
    one, two = (held(key, number, of_campaign=per_cent) for number in (1, 2))

    assert is_near(len(one), chosen, share)
    assert is_near(len(one & two), chosen, share**2)
    assert one == held(key, 1, of_campaign=per_cent)


@FEW
@given(key=KEYS, per_cent=SHARES)
def test_the_share_of_the_shop_is_the_same_in_all_campaigns_and_after_a_new_key(key, per_cent):
    one = held(key, 1, of_shop=per_cent)

    assert is_near(len(one), MANY * 4 // 5, per_cent / 100)
    assert one == held(key, 2, of_shop=per_cent, keys=["newer"])
    assert held(key, 1, of_shop=per_cent, rank=Priority.SERVICE) == set()


@FEW
@given(key=KEYS)
def test_both_shares_are_drawn_apart(key):
    shop, both = held(key, 1, of_shop=20), held(key, 1, of_shop=20, of_campaign=50)

    assert shop < both
    assert is_near(len(both - shop), MANY * 4 // 5 - len(shop), 0.5)


def test_a_plan_holds_out_and_says_so(sqlite_shop, now):
    people(sqlite_shop, now, 60, languages=("hy",))
    campaigns.create(
        sqlite_shop, "Spring", segment="everyone", letter=LETTER, holdout=40, actor="a", now=now
    )

    report = campaigns.plan(sqlite_shop, "Spring", actor="a", now=now)

    assert 0 < report.left_out["holdout"] < 60
    assert report == campaigns.plan(sqlite_shop, "Spring", actor="a", now=now)
    with sqlite_shop.database.begin() as connection:
        save_limits(connection, Limits(caps=(), holdout=50), actor="a", now=now)
    more = campaigns.plan(sqlite_shop, "Spring", actor="a", now=now)
    assert more.left_out["holdout"] > report.left_out["holdout"]


@pytest.mark.parametrize("per_cent", [-1, 51])
def test_a_share_that_leaves_no_campaign_is_refused(sqlite_shop, now, per_cent):
    def create(holdout):
        campaigns.create(
            sqlite_shop, "a", segment="everyone", letter=LETTER, holdout=holdout, actor="a", now=now
        )

    with pytest.raises(InputError, match="0 to 50"):
        create(per_cent)
    create(0)
    with pytest.raises(InputError, match="0 to 50"):
        options.change(sqlite_shop, "a", actor="a", now=now, holdout=per_cent)

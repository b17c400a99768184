from datetime import UTC, date, datetime, time, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.store.rollups import sums_of

LINES = st.lists(
    st.fixed_dictionaries(
        {
            "contact_id": st.integers(1, 3),
            "order_id": st.sampled_from(["1", "2", "3"]),
            "ordered_at": st.dates(date(2026, 1, 1), date(2026, 3, 1)).map(
                lambda day: datetime.combine(day, time(), UTC)
            ),
            "amount_minor": st.integers(-1000, 10_000),
            "product": st.sampled_from([None, "Tea", "Wine"]),
            "status": st.sampled_from([None, "paid", "cancelled"]),
        }
    ),
    max_size=15,
)
SCHEMA = {
    "contact_id": pl.Int64, "order_id": pl.String, "ordered_at": pl.Datetime("us", "UTC"),
    "amount_minor": pl.Int64, "product": pl.String, "status": pl.String,
}  # fmt: skip


def _sums(lines):
    return {
        row["contact_id"]: row for row in sums_of(pl.DataFrame(lines, schema=SCHEMA)).to_dicts()
    }


@pytest.mark.slow
@settings(deadline=None)
@given(LINES)
def test_sums_are_those_of_a_plain_computation(lines):
    sums = _sums(lines)
    counted = [line for line in lines if line["status"] != "cancelled"]

    assert set(sums) == {line["contact_id"] for line in counted}
    for contact_id, row in sums.items():
        own = [line for line in counted if line["contact_id"] == contact_id]
        days = sorted({line["ordered_at"] for line in own})
        assert row["revenue_minor"] == sum(line["amount_minor"] for line in own)
        assert row["orders"] == len({l["order_id"] for l in own if l["amount_minor"] >= 0})  # noqa: E741
        assert (row["first_order_at"], row["last_order_at"]) == (days[0], days[-1])
        if len(days) == 2:
            assert row["median_gap_days"] == (days[1] - days[0]) / timedelta(days=1)


def test_the_last_product_is_the_newest_that_has_a_name():
    line = {"contact_id": 1, "order_id": "1", "amount_minor": 1, "status": None}
    days = [datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2, 3)]

    sums = _sums(
        [
            line | {"ordered_at": days[1], "product": "Wine"},
            line | {"ordered_at": days[0], "product": "Tea"},
            line | {"ordered_at": days[2], "product": None},
        ]
    )

    assert sums[1]["last_product"] == "Wine"

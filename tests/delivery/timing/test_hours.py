"""The best hour, against figures worked out on paper."""

from __future__ import annotations

import polars as pl
import pytest

from campaigns.delivery.timing.hours import DEFAULT_HOUR, best_hours

HOURS = range(9, 20)


def _people(*zones):
    return pl.DataFrame({"contact_id": range(1, len(zones) + 1), "zone": zones})


def _did(*rows):
    schema = {"contact_id": pl.Int64, "hour": pl.Int64, "count": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _allowed(**zones):
    rows = [(zone, hour) for zone, hours in zones.items() for hour in hours]
    return pl.DataFrame(rows, schema={"zone": pl.String, "hour": pl.Int64}, orient="row")


def _best(people, did, allowed):
    return dict(best_hours(people, did, allowed).sort("contact_id").iter_rows())


@pytest.mark.parametrize(
    ("evenings", "hour"),
    [
        # Everybody: of 100 observations, 60 at 11 and 40 - n at 17 and n by customer 1 at 18.
        # Customer 1 at 18: (n + 20 · n/100) / (n + 20); at 11: (20 · 0.6) / (n + 20) = 12 / (n + 20).
        (9, 11),  # 9 + 1.8 = 10.8 < 12
        (10, 11),  # 10 + 2 = 12 = 12: the earlier of equals
        (11, 18),  # 11 + 2.2 = 13.2 > 12
    ],
)
def test_a_habit_wins_once_it_outweighs_everybodys(evenings, hour):
    did = _did((2, 11, 60), (2, 17, 40 - evenings), (1, 18, evenings))

    best = _best(_people("UTC", "UTC", "UTC"), did, _allowed(UTC=HOURS))

    assert best == {1: hour, 2: 11, 3: 11}


def test_a_habit_that_everybody_shares_a_little_counts_more():
    # At 18 everybody has 30 of 100; customer 1 did 6 times: 6 + 20 · 0.3 = 12 < 20 · 0.61 = 12.2,
    # and with 39 at 18 of 100: 6 + 20 · 0.39 = 13.8 > 12.2.
    people, allowed = _people("UTC", "UTC"), _allowed(UTC=HOURS)

    few = _best(people, _did((2, 11, 61), (2, 18, 24), (2, 9, 9), (1, 18, 6)), allowed)
    many = _best(people, _did((2, 11, 61), (2, 18, 33), (1, 18, 6)), allowed)

    assert (few[1], many[1]) == (11, 18)


def test_fewer_than_five_tell_nothing_of_one_customer():
    everybody = [(3, 11, 5)]

    four = _best(_people(*["UTC"] * 3), _did(*everybody, (1, 18, 4)), _allowed(UTC=HOURS))

    assert four == {1: 11, 2: 11, 3: 11}


def test_an_hour_outside_the_window_is_never_chosen():
    did = _did((1, 22, 50), (2, 23, 50), (2, 14, 1))

    assert _best(_people("UTC", "UTC"), did, _allowed(UTC=HOURS)) == {1: 14, 2: 14}


def test_without_any_history_ten_o_clock_or_the_open_hour_next_to_it():
    people, nothing = _people("A", "B", "C"), _did()

    best = _best(people, nothing, _allowed(A=HOURS, B=range(14, 20)))

    assert best == {1: DEFAULT_HOUR, 2: 14, 3: None}

"""Caps and windows of days."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.model.holdout import is_held
from campaigns.model.limits import USUAL, Cap, day_begins, is_sound, read_cap, window_begins

ZONE = "Asia/Tbilisi"


@pytest.mark.parametrize("text", ["", "0/7", "1/0", "2/91", "100/7", "1/7/7", "-1/7", "1.5/7"])
def test_what_is_no_cap_is_not_read_as_one(text):
    assert read_cap(text) is None


def test_caps_that_contradict_each_other_are_not_sound():
    assert is_sound(USUAL)
    assert is_sound([])
    assert not is_sound([Cap(7, 2), Cap(7, 3)])
    assert not is_sound([Cap(91, 1)])


@given(
    moment=st.integers(0, 4_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC)),
    days=st.integers(1, 90),
)
def test_a_window_holds_its_own_moment_and_whole_days(moment, days):
    begins, ends = window_begins(moment, ZONE, days), day_begins(moment, ZONE, later=1)

    assert begins <= moment < ends
    assert abs((ends - begins) - timedelta(days=days)) <= timedelta(hours=1)  # summer time


@given(number=st.integers(0, 2**64 - 1), per_cent=st.integers(0, 50))
def test_who_is_held_out_of_few_is_held_out_of_more(number, per_cent):
    assert not is_held(number, 0)
    assert not is_held(number, per_cent) or is_held(number, per_cent + 1)

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from campaigns.letters.changes import Change, changes

LINES = st.lists(st.sampled_from(["one", "two words", "two other words", "", "four"]), max_size=12)


@given(LINES, LINES)
def test_both_texts_can_be_read_from_their_changes(before, after):
    old, new = "\n".join(before), "\n".join(after)
    found = changes(old, new)

    kept = sum(one.skipped for one in found) + sum(one.kind == "same" for one in found)
    gone = [one.text for one in found if one.kind == "gone"]
    come = [one.text for one in found if one.kind == "new"]
    if found:
        assert kept + len(gone) == len(old.splitlines())
        assert kept + len(come) == len(new.splitlines())
    else:
        assert old == new or old.splitlines() == new.splitlines()


def test_only_the_words_that_differ_are_marked():
    assert changes("a\nthe price is 5", "a\nthe price is 6") == [
        Change("same", (("a", False),)),
        Change("gone", (("the price is ", False), ("5", True))),
        Change("new", (("the price is ", False), ("6", True))),
    ]


def test_long_stretches_that_stay_are_left_out():
    text = "\n".join(str(number) for number in range(20))

    first, *_rest, last = changes(text, text.replace("10", "ten"))

    assert (first.skipped, last.skipped) == (8, 7)

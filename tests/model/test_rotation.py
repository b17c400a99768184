from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from campaigns.model.rotation import Pair, choose_pair
from campaigns.store.signing import Signer

PAIRS = st.lists(
    st.builds(Pair, st.integers(1, 3), st.sampled_from(["note", "card", "story"])),
    min_size=1, max_size=9, unique=True,
)  # fmt: skip
ALIKE = st.dictionaries(st.integers(1, 3), st.sets(st.integers(1, 3)))


@pytest.mark.slow
@given(pairs=PAIRS, alike=ALIKE, numbers=st.lists(st.integers(0, 2**64 - 1), min_size=20))
def test_over_twenty_campaigns_nobody_gets_a_pair_twice_running(pairs, alike, numbers):
    last = None
    for number in numbers:
        pair = choose_pair(pairs, last, number, alike)
        if pair is None:
            assert pairs == [last]
            break
        assert pair in pairs
        assert pair != last
        last = pair


@given(pairs=PAIRS, number=st.integers(0, 2**64 - 1), last=st.data())
def test_another_text_is_chosen_where_there_is_one(pairs, number, last):
    before = last.draw(st.sampled_from(pairs))
    assume(any(pair.text != before.text for pair in pairs))

    assert choose_pair(pairs, before, number).text != before.text


def test_a_text_too_much_alike_counts_as_the_same():
    pairs = [Pair(1, "note"), Pair(1, "card"), Pair(2, "note"), Pair(3, "note")]

    got = {choose_pair(pairs, Pair(1, "note"), number, {1: [1, 2]}) for number in range(20)}

    assert got == {Pair(3, "note")}


def test_the_same_key_chooses_the_same_and_every_pair_gets_its_share():
    pairs = [Pair(text, design) for text in (1, 2) for design in ("note", "card", "story")]
    numbers = Signer(["secret"]).draws("rotation.1", range(1, 6_001))

    got = Counter(choose_pair(pairs, None, number) for number in numbers)

    assert numbers == Signer(["secret"]).draws("rotation.1", range(1, 6_001))
    assert numbers != Signer(["secret"]).draws("rotation.2", range(1, 6_001))
    assert all(abs(count - 1_000) < 120 for count in got.values())  # four standard deviations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.letters import tags
from campaigns.letters.columns import Column, column

TEXTS = st.lists(st.text("~^|`ab<ա😀", max_size=4), min_size=4, max_size=4)


def test_bytes_are_counted_the_worst_way():
    assert tags.worst_bytes({"a": "<ա"}) == len('{"a": "\\u003c\\u0561"}')


def test_many_tags_stay_distinct():
    assert len({tags.tag(number, "~^") for number in range(5000)}) == 5000


@settings(max_examples=30)
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_columns_share_a_number_exactly_when_they_are_equal(lists):
    unique, numbers = tags.shared({n: column(one) for n, one in enumerate(lists)}, 4)

    assert len(unique) == len({tuple(one) for one in lists})
    for number, one in enumerate(lists):
        assert [
            unique[numbers[number]].values[code] for code in unique[numbers[number]].codes
        ] == one


@settings(max_examples=30)
@given(st.text("~^|`$*!@+=;? a"), TEXTS)
def test_marks_are_in_no_word_and_in_as_few_values_as_can_be(words, values):
    marks = tags.marks_for([words], [column(values)])

    free = [mark for mark in tags.MARKS if mark not in words]
    if len(free) < 2:
        assert marks == ""
    else:
        joined = "".join(set(values))
        fewest = sorted(map(joined.count, free))[:2]
        assert not set(marks) & set(words)
        assert sorted(map(joined.count, marks)) == fewest


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 5000), st.sampled_from("aա<😀~")), min_size=1, max_size=6))
def test_whoever_has_more_than_fits_or_a_mark_stands_alone(sizes):
    values = [letter * count for count, letter in sizes]
    found = {"^0|": column(values), "^1|": Column(np.zeros(len(values), np.int32), ["x" * 100])}

    apart = tags.who_stands_alone(found, "~^", len(values))

    assert apart.tolist() == [
        "~" in one or tags.worst_bytes({"^0|": one, "^1|": "x" * 100}) > tags.MAX_BYTES
        for one in values
    ]

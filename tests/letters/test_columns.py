import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.letters.columns import column, columns_of, distinct, grouped
from campaigns.model.money import Money

VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(0, 3), st.sampled_from(["", "Ani", "ანი"]),
    st.just(Money(100, "AMD")), st.dictionaries(st.sampled_from("ab"), st.integers(0, 1)),
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(st.fixed_dictionaries({"a": VALUES}, optional={"b": VALUES}), max_size=12))
def test_each_recipient_is_found_again_as_given(rows):
    columns = columns_of(rows)

    found = [columns.row(index) for index in range(columns.count)]

    names = {name for row in rows for name in row}
    assert repr(found) == repr([{n: row.get(n) for n in found[0]} for row in rows] if rows else [])
    assert all(set(row) == names for row in found)


@settings(max_examples=40)
@given(st.lists(VALUES, max_size=20))
def test_equal_values_are_kept_once(values):
    assert len(column(values).values) == len({repr(value) for value in values})


ROWS = st.lists(
    st.fixed_dictionaries({
        "a": VALUES, "b": st.sampled_from("xyz"),
        "attributes": st.one_of(st.none(), st.dictionaries(st.sampled_from("pq"), VALUES)),
    }),
    min_size=1, max_size=12,
)  # fmt: skip
ASKED = st.sets(st.sampled_from(["a", "b", "attributes.p", "attributes.q", "missing"]))


def read(row, fields):
    """What a letter can read of one recipient."""
    attributes = row["attributes"] or {}
    return [
        attributes.get(one[11:]) if one[:11] == "attributes." else row.get(one) for one in fields
    ]


@settings(max_examples=40)
@given(ROWS, ASKED)
def test_who_is_alike_has_the_same_in_what_is_read_and_only_they(rows, fields):
    asked = sorted(fields)
    alike = columns_of(rows).alike(frozenset(fields))

    for row, code in zip(rows, alike.codes, strict=True):
        known = {"attributes": None, **alike.of(int(code))}
        assert repr(read(known, asked)) == repr(read(row, asked))
    nobody = any(one.startswith("attributes.") for one in asked)  # has none, or none at all
    kinds = {repr((read(row, asked), nobody and row["attributes"] is None)) for row in rows}
    assert len(set(alike.codes)) == len(kinds)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 300)), max_size=30))
def test_groups_hold_everybody_once_by_what_they_share(pairs):
    keys = [np.array([pair[place] for pair in pairs], np.int64) for place in (0, 1)]

    found = grouped(keys, [3, 301], len(pairs))

    assert sorted(row for rows in found for row in rows) == list(range(len(pairs)))
    assert len(found) == len(set(pairs))
    assert all(len({pairs[row] for row in rows}) == 1 for rows in found)


@settings(max_examples=40)
@given(st.lists(st.integers(0, 40)), st.sampled_from([41, 200_000]))
def test_codes_are_renumbered_to_those_that_there_are(codes, size):
    used, numbers = distinct(np.array(codes, np.int32), size)

    assert used.tolist() == sorted(set(codes))
    assert used[numbers].tolist() == codes


@pytest.mark.parametrize("count", [0, 3])
def test_a_letter_that_reads_nothing_reads_the_same_for_all(count):
    alike = columns_of([{"a": 1}] * count).alike(frozenset())

    assert alike.codes.tolist() == [0] * count
    assert alike.of(0) == {}

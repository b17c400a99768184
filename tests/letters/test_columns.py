from hypothesis import given
from hypothesis import strategies as st

from campaigns.letters.columns import column, columns_of
from campaigns.model.money import Money

VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(0, 3), st.sampled_from(["", "Ani", "ანი"]),
    st.just(Money(100, "AMD")), st.dictionaries(st.sampled_from("ab"), st.integers(0, 1)),
)  # fmt: skip


@given(st.lists(st.fixed_dictionaries({"a": VALUES}, optional={"b": VALUES}), max_size=12))
def test_each_recipient_is_found_again_as_given(rows):
    columns = columns_of(rows)

    found = [columns.row(index) for index in range(columns.count)]

    names = {name for row in rows for name in row}
    assert repr(found) == repr([{n: row.get(n) for n in found[0]} for row in rows] if rows else [])
    assert all(set(row) == names for row in found)


@given(st.lists(VALUES, max_size=20))
def test_equal_values_are_kept_once(values):
    assert len(column(values).values) == len({repr(value) for value in values})

import json

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.sheets.cleaning.attributes import encoded, typed
from campaigns.sheets.cleaning.cells import texts
from campaigns.sheets.understanding.fields import Mapping, SheetKind

CELLS = st.lists(st.one_of(st.none(), st.text(max_size=8)), min_size=3, max_size=3)


@settings(deadline=None, max_examples=60)
@given(CELLS, CELLS, st.text(min_size=1, max_size=5))
def test_what_is_encoded_is_the_json_of_the_filled_cells(first, second, heading):
    names = [heading, f"{heading} 2"]
    cells = texts(
        pl.DataFrame({names[0]: first, names[1]: second}, dict.fromkeys(names, pl.String)), names
    )
    found = encoded(cells.get_columns(), 3).to_list()

    for row, written in zip(cells.to_dicts(), found, strict=True):
        filled = {name: text for name, text in row.items() if text is not None}
        assert json.loads(written or "{}") == filled
        assert (written is None) == (not filled)


@pytest.mark.parametrize(
    ("kind", "written", "value", "note"),
    [
        ("number", "1 250,50", "1250.5", None),
        ("number", "15%", "15", None),
        ("number", "many", "many", "attribute_unreadable"),
        ("number", "-", None, None),
        ("date", "2 մարտի 2026 թ.", "2026-03-02", None),
        ("date", "02.03.2026 14:05", "2026-03-02T14:05:00", None),
        ("date", "երբևէ", "երբևէ", "attribute_unreadable"),
        ("yes_no", "დიახ", "yes", None),
        ("yes_no", "нет", "no", None),
        ("text", "1,50", "1,50", None),
        (None, "-", "-", None),
    ],
)
def test_an_attribute_is_written_as_its_type(kind, written, value, note):
    options = {"Points": {"type": kind}} if kind else {}
    mapping = Mapping(SheetKind.CONTACTS, {"Points": "attribute"}, options)
    read = typed(pl.Series("Points", [written]), mapping)

    assert (read.value.to_list(), read.note.to_list()) == ([value], [note])

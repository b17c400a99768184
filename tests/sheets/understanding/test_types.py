import polars as pl
import pytest

from campaigns.sheets.understanding.types import type_of
from campaigns.sheets.understanding.values import facts


def _type(*values):
    column = pl.Series("x", values, dtype=pl.String)
    return type_of(column, facts(column))


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "12 500", "1,250.00", "-3,5", None, "0.5"], "number"),
        (["12 500 ֏", "700 ֏"], "number"),
        (["1", "-", "n/a", "2"], "number"),
        (["007", "12"], "text"),
        (["37491234567", "37493111222"], "text"),
        (["15%", "20%"], "text"),
        (["01.02.2026", "2026-02-01", "1/2/26 14:30"], "date"),
        (["01.02.2026", "soon"], "text"),
        (["այո", "ոչ", None, " կი".strip()], "text"),
        (["այո", "ոչ", "yes", "კი", "нет"], "yes_no"),
        (["0", "1", "1"], "number"),
        (["+", "-", "+"], "yes_no"),
        (["-", "-"], "text"),
        (["x", "y"], "text"),
        ([None, None], "text"),
    ],
)
def test_a_column_is_of_the_type_that_all_of_its_values_have(values, kind):
    assert _type(*values) == kind


def test_one_value_far_down_makes_a_column_text():
    column = pl.Series("x", [*map(str, range(5000)), "many"], dtype=pl.String)

    assert type_of(column, facts(column.head(300))) == "text"

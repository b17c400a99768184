import polars as pl

from campaigns.language.people.person import read_person
from campaigns.sheets.cleaning.names import CELLS, READ, read_names

ROWS = [
    ("ՊԵՏՐՈՍՅԱՆ Անի", None, None, None),
    (None, "Նինո", "Բերիձե", "f"),
    (None, "տիկին Անի", "Պետրոսյան", None),
    ("n/a", None, None, "?"),
    (None, None, None, None),
    ("ՊԵՏՐՈՍՅԱՆ Անի", None, None, None),
]


def test_names_by_column_are_those_of_each_row():
    read = read_names(pl.DataFrame(ROWS, dict.fromkeys(CELLS, pl.String), orient="row"))

    assert dict(read.schema) == READ
    people = [
        read_person(full, given, family, gender=gender) for full, given, family, gender in ROWS
    ]
    assert read.drop("is_kept").rows() == [
        (one.given, one.family, one.gender, one.gender_evidence, one.usable, list(one.notes))
        for one in people
    ]
    assert read["is_kept"].to_list() == [False, False, True, False, False, False]

import json

import polars as pl

from campaigns.model.language import Language
from campaigns.sheets.cleaning.people import clean_people
from campaigns.sheets.cleaning.quality import quality
from campaigns.sheets.reading.grid import Grid
from campaigns.sheets.understanding.fields import Mapping, SheetKind
from campaigns.sheets.understanding.recognise import table

COLUMNS = {"E-mail": "address", "Name": "full_name", "Phone": "phone", "Note": "ignore"}


def _quality(*rows):
    names = [str(place) for place in range(len(COLUMNS))]
    cells = pl.DataFrame(
        [tuple(COLUMNS), *rows], schema=dict.fromkeys(names, pl.String), orient="row"
    )
    sheet = table(Grid("Sheet", cells))
    mapping = Mapping(SheetKind.CONTACTS, COLUMNS)
    found = quality(sheet, mapping, clean_people(sheet, mapping, Language.HY))
    return {column["heading"]: column for column in found}


def test_each_column_tells_how_much_is_filled_repaired_and_unreadable():
    found = _quality(
        ("ani@example.com ", "ԱՆԻ Պետրոսյան", "091234567", "x"),
        ("ani@example.com", None, "chgitem", "NULL"),
        ("ani@example", "Անի", "12345", None),
        ("aram@gmial.com", " Արամ", None, "x"),
    )

    assert found["E-mail"] == {
        "heading": "E-mail", "field": "address", "filled": 4, "empty": 0, "changed": 1,
        "unreadable": 1, "distinct": 3, "notes": {"address_typo": 1}, "rows": [4],
    }  # fmt: skip
    assert found["Name"] == {
        "heading": "Name", "field": "full_name", "filled": 3, "empty": 1, "changed": 2,
        "unreadable": 0, "distinct": 3, "notes": {"name_case": 1}, "rows": [],
    }  # fmt: skip
    assert (found["Phone"]["unreadable"], found["Phone"]["rows"]) == (1, [3])
    assert (found["Note"]["filled"], found["Note"]["field"]) == (2, "ignore")


def test_no_more_than_five_rows_are_named_and_all_of_it_is_json():
    found = _quality(*((f"a{place}@x.am", None, "?!7", None) for place in range(20)))

    assert found["Phone"]["unreadable"] == 20
    assert found["Phone"]["rows"] == [2, 3, 4, 5, 6]
    assert json.loads(json.dumps(found)) == found

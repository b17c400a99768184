from __future__ import annotations

import orjson
import pytest
from openpyxl import load_workbook

CONTRACT = {"file", "sheet", "kind", "rows", "stored", "refused", "merged", "upload", "reasons"}


def test_people_and_orders_are_taken_in_with_what_was_refused(run, sheets):
    people, orders = run.json("import", *sheets)["uploads"]

    assert set(people) >= CONTRACT
    assert (people["file"], people["kind"], people["rows"], people["stored"]) == (
        "people.csv", "contacts", 5, 4
    )  # fmt: skip
    assert (people["refused"], sum(people["reasons"].values())) == (1, 1)
    assert (orders["kind"], orders["stored"], orders["state"]) == ("orders", 3, "done")


def test_people_come_before_their_orders_whatever_the_order_of_the_files(run, sheets):
    run.json("import", sheets[1], sheets[0])

    assert run.json("segment", "count", "orders >= 2")["count"] == 1


def test_the_same_file_again_changes_nothing(run, sheets):
    run.json("import", *sheets)
    again = run.json("import", *sheets)["uploads"]

    assert [(one["stored"], one["merged"]) for one in again] == [(0, 4), (0, 3)]


def test_a_dry_run_says_what_would_happen_and_changes_nothing(run, sheets):
    found = run.json("import", *sheets, "--dry-run")["uploads"]

    assert [one["stored"] for one in found] == [4, 3]
    assert run.json("segment", "count", "everyone")["count"] == 0
    assert not list(run.data.glob("files/*"))


def test_refused_rows_come_back_in_a_book(run, sheets, tmp_path):
    book = tmp_path / "errors.xlsx"

    run.json("import", sheets[0], "--errors", str(book), "--lang", "hy")

    page = load_workbook(book).active
    rows = list(page.iter_rows(values_only=True))
    assert len(rows) == 6
    assert rows[5][:4] == ("C-5", "not an address", "Joe", "'=1+1")
    assert [bool(row[-1]) for row in rows] == [True, False, False, False, False, True]
    assert page["B6"].comment.text == rows[5][-1]


def test_a_mapping_says_what_the_columns_are(run, tmp_path):
    sheet, mapping = tmp_path / "odd.csv", tmp_path / "mapping.json"
    sheet.write_text("a,b,c\nani@example.am,Ani,dentist\n", encoding="utf-8")
    columns = {"a": "address", "b": "given_name", "c": "attribute"}
    mapping.write_bytes(orjson.dumps({"kind": "contacts", "columns": columns}))

    run.json("import", str(sheet), "--mapping", str(mapping))

    assert run.json("segment", "count", 'attribute "c" = "Dentist"')["count"] == 1


@pytest.mark.parametrize("text", ["no json", "[]", '{"x": {"kind": "contacts", "columns": {}}}'])
def test_a_mapping_that_cannot_be_used_is_explained(run, sheets, tmp_path, text):
    mapping = tmp_path / "mapping.json"
    mapping.write_text(text, encoding="utf-8")

    result = run("import", sheets[0], "--mapping", str(mapping))

    assert (result.exit_code, result.stdout, "mapping" in result.stderr) == (1, "", True)


def test_a_file_that_is_no_table_is_explained(run, tmp_path):
    path = tmp_path / "empty.xlsx"
    path.write_bytes(b"")

    result = run("import", str(path))

    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)

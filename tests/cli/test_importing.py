from __future__ import annotations

import sqlite3
from pathlib import Path

import orjson
import pytest
from openpyxl import Workbook, load_workbook

pytestmark = pytest.mark.slow

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


def test_a_dry_run_says_what_would_change_and_changes_nothing(run, sheets):
    run.json("import", sheets[0])
    before = _everything(run)
    people = Path(sheets[0])
    people.write_text(
        people.read_text("utf-8").replace("Երևան", "Գյումրի") + "C-6,new@example.am,Նարե,,hy,,,\n",
        encoding="utf-8",
    )

    [found] = run.json("import", str(people), "--dry-run")["uploads"]

    assert (found["rows"], found["stored"], found["merged"], found["refused"]) == (6, 1, 4, 1)
    assert found["changes"]["by_field"] == {"city": 1}
    assert found["mapping"]["columns"]["City"] == "city"
    assert "city" in run("import", str(people), "--dry-run").stdout
    assert _everything(run) == before


def test_a_person_may_say_what_the_rows_are(run, sheets):
    [found] = run.json("import", sheets[0], "--as", "consents")["uploads"]

    assert found["kind"] == "consents"


def test_a_dry_run_gives_the_book_of_problems_too(run, sheets, tmp_path):
    book = tmp_path / "problems.xlsx"

    run.json("import", sheets[0], "--dry-run", "--errors", str(book))

    assert load_workbook(book).active["B6"].comment


def test_what_columns_are_taken_for_is_shown_changed_and_given_back(run, sheets, tmp_path):
    before = _everything(run)
    shown = run("import", sheets[0], "--show-mapping")
    assert (shown.exit_code, _everything(run)) == (0, before)
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(shown.stdout.replace("City: city", "City: attribute"), encoding="utf-8")

    run.json("import", sheets[0], "--mapping", str(mapping))

    assert run.json("segment", "count", 'attribute "City" = "London"')["count"] == 2


def test_a_mapping_may_stand_under_the_names_of_file_and_sheet(run, sheets, tmp_path):
    mapping = tmp_path / "mapping.json"
    mapping.write_bytes(orjson.dumps(run.json("import", *sheets, "--show-mapping")))

    people, orders = run.json("import", *sheets, "--mapping", str(mapping))["uploads"]

    assert set(orjson.loads(mapping.read_bytes())) == {"people.csv", "orders.csv"}
    assert (people["stored"], orders["stored"]) == (4, 3)


def test_a_bad_file_does_not_lose_the_others(run, sheets, tmp_path):
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"%PDF-1.4 no table")

    result = run("import", str(bad), *sheets, "--json")

    found = orjson.loads(result.stdout)
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert [one["stored"] for one in found["uploads"]] == [4, 3]
    assert [(one["file"], one["code"]) for one in found["failed"]] == [
        ("bad.xlsx", "sheet.not_a_workbook")
    ]


def test_a_person_may_say_how_a_text_file_is_to_be_read(run, tmp_path):
    sheet = tmp_path / "t.csv"
    sheet.write_bytes("E-mail\tName, and more\nann@example.com\tАнна\n".encode("cp1251"))

    run.json("import", str(sheet), "--encoding", "cp1251", "--delimiter", "tab")

    assert run.json("segment", "count", "everyone")["count"] == 1


def test_a_delimiter_of_two_signs_is_wrong_usage(run, sheets):
    assert run("import", sheets[0], "--delimiter", ";;").exit_code == 2


def test_hidden_rows_may_be_left_out(run, tmp_path):
    path = tmp_path / "h.xlsx"
    book = Workbook()
    for row in (["E-mail", "Name"], ["ani@example.am", "Ani"], ["nino@example.ge", "Nino"]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.save(path)

    [left] = run.json("import", str(path), "--hidden-rows", "leave")["uploads"]
    [taken] = run.json("import", str(path), "--hidden-rows", "take")["uploads"]

    assert (left["rows"], taken["rows"]) == (1, 2)


def test_what_was_taken_in_is_listed_newest_first(run, sheets):
    run.json("import", *sheets)

    listed = run.json("import", "list", "--limit", "5")["uploads"]

    assert [one["file"] for one in listed] == ["orders.csv", "people.csv"]
    assert "people.csv" in run("import", "list").stdout


def test_an_upload_is_taken_back_wholly(run, sheets):
    run.json("import", sheets[0])
    before = _everything(run)[0]
    [orders] = run.json("import", sheets[1])["uploads"]

    report = run.json("import", "undo", str(orders["upload"]))

    assert (report["upload"], report["file"]) == (orders["upload"], "orders.csv")
    told = {"upload", "source_file", "refusal", "audit", "job", "snapshot", "sheet_mapping"}
    after = _everything(run)[0]
    assert {name for name in before if before[name] != after[name]} <= told
    assert run.json("import", "list")["uploads"][0]["state"] == "undone"


def test_an_upload_that_is_not_there_cannot_be_taken_back(run):
    result = run("import", "undo", "99")

    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)


def test_a_file_called_as_a_command_is_given_with_its_folder(run, sheets, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path(sheets[0]).rename("list")

    assert run.json("import", "./list")["uploads"][0]["file"] == "list"


def test_a_person_reads_reasons_in_words(run, sheets):
    told = run("import", sheets[0], "--lang", "hy").stdout

    assert "էլ. հասցեն սխալ է" in told
    assert "quality" not in told


def _everything(run):
    """All rows of all tables, and all files of the store."""
    found = {}
    database = sqlite3.connect(run.data / "campaigns.sqlite")
    for (name,) in database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table'"
    ).fetchall():
        found[name] = database.execute(f'SELECT * FROM "{name}"').fetchall()
    database.close()
    files = run.data / "files"
    return found, sorted(path.relative_to(files) for path in files.rglob("*") if path.is_file())


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

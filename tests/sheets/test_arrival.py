"""What is kept with a sheet that arrived: what it was taken for, why, and what was left out."""

from __future__ import annotations

import io
from dataclasses import replace

import sqlalchemy as sa
from openpyxl import Workbook

from campaigns.model.language import Language
from campaigns.sheets import arrival, intake
from campaigns.store.tables import upload
from tests.support.sheets import arrive, csv_file, store, xlsx

HEAD = ["E-mail", "Name", "Shoe", "City"]
ANI = ["ani@example.com", "Anahit", "42", "Yerevan"]
RUSSIAN = "Эл. почта;Имя\r\nanna@example.com;Анна\r\n".encode("cp1251")


def _kept(workspace, upload_id):
    with workspace.database.read() as connection:
        query = sa.select(upload.c.mapping).where(upload.c.id == upload_id)
        return connection.execute(query).scalar_one()


def test_a_sheet_keeps_its_place_its_evidence_and_its_remarks(workspace, now):
    data = xlsx([["Our customers"], HEAD, ANI, HEAD, ANI, [], ["Director ____"]])

    [upload_id] = arrive(workspace, data, now=now)

    kept = _kept(workspace, upload_id)
    assert (kept["heading_row"], kept["place"]["first"], kept["row_count"]) == (2, 3, 2)
    assert kept["remarks"] == {"headings_again": 1, "footer_rows": 1}
    assert kept["evidence"]["E-mail"] == {
        "code": "heading_and_values", "confidence": 1.0, "look": "address", "share": 100,
        "unsure": False,
    }  # fmt: skip
    assert kept["evidence"]["Shoe"]["type"] == "number"
    assert store(workspace, upload_id, now=now).notes.items() >= kept["remarks"].items()


def test_a_sheet_with_a_new_column_is_taken_as_the_last_one_like_it(sqlite_workspace, now):
    [first] = arrive(sqlite_workspace, csv_file([HEAD, ANI]), "a.csv", now=now)
    columns = {**intake.preview(sqlite_workspace, first).mapping.columns, "Name": "family_name"}
    store(
        sqlite_workspace, first, now=now, mapping=intake.Mapping(intake.SheetKind.CONTACTS, columns)
    )

    [second] = arrive(
        sqlite_workspace, csv_file([["Phone", *HEAD], ["091234567", *ANI]]), "b.csv", now=now
    )

    seen = intake.preview(sqlite_workspace, second)
    assert seen.mapping.columns == {**columns, "Phone": "phone"}
    assert seen.evidence["Name"]["code"] == "remembered"
    assert seen.evidence["Phone"]["code"] == "heading_and_values"
    assert not seen.remembered


def test_hidden_rows_are_left_out_when_a_person_says_so(sqlite_workspace, now):
    book = Workbook()
    for row in (HEAD, ANI, ["nino@example.com", "Nino", "38", "Tbilisi"]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    target = io.BytesIO()
    book.save(target)

    [upload_id] = arrive(sqlite_workspace, target.getvalue(), now=now)
    guessed = intake.preview(sqlite_workspace, upload_id).mapping
    left = replace(guessed, options={**guessed.options, "": {"hidden_rows": "leave"}})
    report = store(sqlite_workspace, upload_id, now=now, mapping=left)

    assert _kept(sqlite_workspace, upload_id)["remarks"] == {"hidden_rows": 1}
    assert (report.rows, report.stored) == (1, 1)


def test_the_name_of_a_file_tells_that_it_lists_refusals(sqlite_workspace, now):
    data = csv_file([["email", "created"], ["ani@example.com", "1443651125"]])

    [listed] = arrive(sqlite_workspace, data, "suppression_unsubscribes.csv", now=now)

    assert intake.preview(sqlite_workspace, listed).kind == "suppressions"


def test_a_file_tells_what_its_letters_may_be(sqlite_workspace, now):
    file_id = arrival.receive(
        sqlite_workspace, io.BytesIO(RUSSIAN), "a.csv", actor="anna", language=Language.EN, now=now
    )
    arrival.look(sqlite_workspace, file_id, now=now)

    facts = arrival.source_file(sqlite_workspace, file_id).facts

    assert (facts["encoding"], facts["delimiter"]) == ("cp1251", ";")
    assert facts["encodings"][0][0] == "cp1251"


def test_a_sheet_in_an_old_font_arrives_in_the_letters_that_were_meant(sqlite_workspace, now):
    data = b"elfosta;saxeli;gvari\r\nnino@example.com;nino;beriZe\r\n"

    [upload_id] = arrive(sqlite_workspace, data, "a.csv", now=now)

    seen = intake.preview(sqlite_workspace, upload_id)
    assert seen.headings == ["ელფოსტა", "სახელი", "გვარი"]
    assert seen.mapping.columns["გვარი"] == "family_name"
    assert {remark.code for remark in seen.marks.remarks} == {"legacy_font"}

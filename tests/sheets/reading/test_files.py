import contextlib
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from campaigns.errors import InputError
from campaigns.sheets.reading import files as read
from campaigns.sheets.reading import frames, old_books, plain
from campaigns.sheets.reading.files import grids
from tests.support.sheets import csv_file, xlsx

ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="Sheet1"><table:table-row>
<table:table-cell office:value-type="string"><text:p>E-mail</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""
ODS_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/"
 manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"""


def _cells(tmp_path: Path, data: bytes) -> list[tuple[str, list[tuple[str | None, ...]]]]:
    path = tmp_path / "file"
    path.write_bytes(data)
    return [(grid.sheet, grid.cells.rows()) for grid in grids(path)]


def _read_or_refused(path: Path) -> None:
    """Nothing but our own error may come out."""
    with contextlib.suppress(InputError):
        for grid in grids(path):
            assert grid.cells.width


def _code(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        _cells(tmp_path, data)
    return caught.value.code


def test_no_cell_is_lost_when_the_types_of_a_column_change(tmp_path):
    column = [*range(1500), *["text"] * 1500, *[date(2026, 3, 2)] * 1500]

    [(_, rows)] = _cells(tmp_path, xlsx([[value] for value in column]))

    assert [row[0] for row in rows] == [
        *map(str, range(1500)), *["text"] * 1500, *["2026-03-02"] * 1500
    ]  # fmt: skip


def test_cells_are_read_as_the_text_that_they_show(tmp_path):
    moment = datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001 - a sheet's times have no zone
    row = [37491234567, 12500.5, moment, True, None, "Անի"]

    [(_, rows)] = _cells(tmp_path, xlsx([row]))

    assert rows == [("37491234567", "12500.5", "2026-03-02 09:30:00", "true", None, "Անի")]


def test_rows_keep_the_numbers_of_the_sheet(tmp_path):
    [(_, rows)] = _cells(tmp_path, xlsx([[], [], ["a"], [], ["b"]]))

    assert rows == [(None,), (None,), ("a",), (None,), ("b",)]


def test_sheets_without_a_cell_are_left_out(tmp_path):
    names = [name for name, _ in _cells(tmp_path, xlsx(one=[["a"]], two=[], three=[["b"]]))]

    assert names == ["one", "three"]


def test_a_formula_is_not_evaluated(tmp_path):
    [(_, rows)] = _cells(tmp_path, xlsx([["=1+1", "x"]]))

    assert "x" in rows[0]
    assert "2" not in rows[0]


def test_an_open_document_sheet_is_read(tmp_path):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", ODS_MANIFEST)
        archive.writestr("content.xml", ODS_CONTENT.replace("\n", ""))

    assert _cells(tmp_path, target.getvalue()) == [("Sheet1", [("E-mail",)])]


def test_some_rows_of_a_long_text_file_are_read_from_its_beginning(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("name,city\n" + "Անի,Երևան\n" * 100_000, encoding="utf-8")

    [grid] = grids(path, limit=200)

    assert grid.cells.height == 200
    assert grid.cells.rows()[-1] == ("Անի", "Երևան")


def test_rows_of_a_text_file_may_differ_in_length(tmp_path):
    [(_, rows)] = _cells(tmp_path, b"Title\na,b\n1,2,3\n")

    assert rows == [("Title", None, None), ("a", "b", None), ("1", "2", "3")]


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 ...",
        b"\x89PNG\r\n",
        b"<html><table>",
        b"\x00\x01\x02" * 99,
    ],
)
def test_what_is_no_table_is_refused(tmp_path, data):
    assert _code(tmp_path, data) == "sheet.not_a_workbook"


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04 and nothing", xlsx([["a"]])[:-40], xlsx([["a"]])[:99]],
    ids=["head", "without-end", "begun"],
)
def test_a_workbook_that_was_not_copied_whole_says_so(tmp_path, data):
    assert _code(tmp_path, data) == "sheet.damaged"


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("photo.txt", "hello")

    assert _code(tmp_path, target.getvalue()) == "sheet.not_a_workbook"


def test_an_empty_file_is_refused(tmp_path):
    assert _code(tmp_path, b"") == "sheet.empty"


def test_an_encrypted_workbook_is_refused_as_such(tmp_path):
    container = read.OLE + bytes(600) + old_books.ENCRYPTED_PART + bytes(600)

    assert _code(tmp_path, container) == "sheet.encrypted"


def test_a_damaged_old_workbook_is_refused(tmp_path):
    assert _code(tmp_path, read.OLE + bytes(2000)) == "sheet.damaged"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as member,
    ):
        for _ in range(120):
            member.write(bytes(1_000_000))

    assert len(target.getvalue()) < 1_000_000
    assert _code(tmp_path, target.getvalue()) == "sheet.bomb"


def test_an_archive_that_lies_about_its_size_is_found_out(tmp_path):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(12_000_000))
    true, said = (12_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    path = tmp_path / "liar.xlsx"
    path.write_bytes(target.getvalue().replace(true, said))
    with zipfile.ZipFile(path) as archive:
        assert archive.infolist()[0].file_size == 1000

    assert _code(tmp_path, path.read_bytes()) == "sheet.damaged"


def test_a_file_that_is_too_large_is_refused_by_its_length_alone(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(read.TEXT_LIMIT_BYTES + 1)

    with pytest.raises(InputError) as caught:
        next(grids(path))
    assert caught.value.code == "sheet.too_large"


def test_a_sheet_of_too_many_cells_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(frames, "CELL_LIMIT", 5)
    monkeypatch.setattr(plain, "CELL_LIMIT", 5)

    assert _code(tmp_path, xlsx([[1, 2, 3], [4, 5, 6]])) == "sheet.too_many_cells"
    assert _code(tmp_path, csv_file([[1, 2, 3], [4, 5, 6]])) == "sheet.too_many_cells"


def test_a_text_file_with_an_unclosed_quote_is_read_or_refused(tmp_path):
    path = tmp_path / "file.csv"
    path.write_bytes(b'a,b\n1,"2\n' + b"x" * 2_000_000)

    with pytest.raises(InputError) as caught:
        list(grids(path))
    assert caught.value.code == "sheet.text"


_BOOK = bytearray(xlsx([["E-mail", "Name"], ["ani@example.com", "Ani"]]))


@pytest.mark.slow
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.tuples(st.integers(0, len(_BOOK) - 1), st.integers(0, 255)), max_size=12))
def test_a_damaged_workbook_is_read_or_refused_but_never_crashes(tmp_path, changes):
    data = bytearray(_BOOK)
    for place, value in changes:
        data[place] = value
    path = tmp_path / "file.xlsx"
    path.write_bytes(data)

    _read_or_refused(path)


def test_a_workbook_of_another_maker_with_no_sheets_is_refused_or_empty(tmp_path):
    book = Workbook()
    target = io.BytesIO()
    book.save(target)

    assert _cells(tmp_path, target.getvalue()) == []

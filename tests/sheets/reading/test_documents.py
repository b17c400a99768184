import io
import zipfile
from pathlib import Path

import pytest

from campaigns.errors import InputError
from campaigns.sheets.reading import events
from campaigns.sheets.reading.files import grids
from campaigns.sheets.reading.grid import Grid, Merge, Remark
from tests.sheets.reading.showcase import SHOWN

BOOKS = Path(__file__).parent / "books"
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>"""
TEXT = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'


def _document(rows: str, manifest: str = "") -> bytes:
    target = io.BytesIO()
    table = f'<table:table table:name="Sheet">{rows}</table:table>'
    body = f"<office:spreadsheet>{table}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", f"{HEAD}{body}</office:document-content>")
        if manifest:
            archive.writestr("META-INF/manifest.xml", manifest)
    return target.getvalue()


def _read(tmp_path: Path, data: bytes) -> list[Grid]:
    path = tmp_path / "book.ods"
    path.write_bytes(data)
    return list(grids(path))


def _code(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        _read(tmp_path, data)
    return caught.value.code


def _row(*cells: str, **said: str) -> str:
    attributes = "".join(f' table:{name.replace("_", "-")}="{text}"' for name, text in said.items())
    return f"<table:table-row{attributes}>{''.join(cells)}</table:table-row>"


@pytest.mark.parametrize(
    ("name", "card"),
    # LibreOffice saves fifteen digits in an .xlsx.
    [("libreoffice.ods", SHOWN["card"]), ("libreoffice.xlsx", "4000000000000000")],
)
def test_what_libreoffice_saved_is_read_as_it_is_shown(name, card):
    data, hidden, very = grids(BOOKS / name)

    assert dict(row[:2] for row in data.cells.rows()) == {**SHOWN, "card": card}
    assert data.cells["6"][0] == "merged"
    assert data.marks.merges == (Merge(1, 6, 2, 7),)
    assert data.marks.hidden_rows == (4,)
    assert data.marks.hidden_columns == (3, 4)
    assert hidden.cells.rows()[4] == (None, None, "x")
    assert [grid.marks.hidden for grid in (data, hidden, very)] == [False, True, True]


def test_repeated_rows_and_cells_stand_where_they_are_shown(tmp_path):
    rows = (
        _row('<table:table-cell table:number-columns-repeated="16384"/>', number_rows_repeated="3"),
        _row(
            '<table:table-cell table:number-columns-repeated="2"/>',
            TEXT.format(' table:number-columns-repeated="2"', "a"), number_rows_repeated="2",
        ),
        _row("<table:table-cell/>", visibility="filter", number_rows_repeated="1048571"),
    )  # fmt: skip

    [grid] = _read(tmp_path, _document("".join(rows)))

    assert grid.cells.rows() == [(None,) * 4] * 3 + [(None, None, "a", "a")] * 2


@pytest.mark.parametrize(
    ("columns", "rows"), [("1", "99999999"), ("16384", "999999"), ("999999999", "999999999")]
)
def test_endless_repetition_is_refused(tmp_path, monkeypatch, columns, rows):
    monkeypatch.setattr(events, "CELL_LIMIT", 9_000)
    cell = TEXT.format(f' table:number-columns-repeated="{columns}"', "a")

    assert (
        _code(tmp_path, _document(_row(cell, number_rows_repeated=rows))) == "sheet.too_many_cells"
    )


def test_texts_keep_lines_and_spaces_and_no_comments(tmp_path):
    cell = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>no</text:p>'
        '</office:annotation><text:p>a<text:s text:c="3"/>b</text:p><text:p>c<text:tab/>d</text:p>'
        "</table:table-cell>"
    )

    [grid] = _read(tmp_path, _document(_row(cell)))

    assert grid.cells.rows() == [("a   b\nc\td",)]


def test_covered_cells_and_formulas_without_result_are_told(tmp_path):
    spanned = TEXT.format(' table:number-columns-spanned="2" table:number-rows-spanned="1"', "m")
    covered = "<table:covered-table-cell><text:p>under</text:p></table:covered-table-cell>"
    formula = '<table:table-cell table:formula="of:=1+1"/>'

    [grid] = _read(tmp_path, _document(_row(spanned, covered, formula, TEXT.format("", "x"))))

    assert grid.cells.rows() == [("m", None, None, "x")]
    assert grid.marks.merges == (Merge(1, 0, 1, 1),)
    assert grid.marks.remarks == (Remark("without_result", {"count": 1}),)


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        ('"float" office:value="42"><text:p>00042</text:p>', "00042"),
        ('"float" office:value="12500"><text:p>12 500</text:p>', "12500"),
        ('"float" office:value="12500.5"><text:p>12 500,50 դր.</text:p>', "12500.5 դր."),
        ('"currency" office:currency="AMD" office:value="5"><text:p>5</text:p>', "5 AMD"),
        ('"percentage" office:value="0.155"><text:p>16%</text:p>', "15.5%"),
        ('"date" office:date-value="2026-03-02T09:30:00"><text:p>02.03.26</text:p>',
         "2026-03-02 09:30:00"),
        ('"time" office:time-value="PT09H29M59.999999S"><text:p>09:30</text:p>', "09:30:00"),
        ('"boolean" office:boolean-value="true"><text:p>WAHR</text:p>', "true"),
        ('"string"><text:p>#N/A</text:p>', "#N/A"),
    ],
)  # fmt: skip
def test_values_are_read_as_they_are_shown_but_never_rounded(tmp_path, cell, seen):
    row = _row(f"<table:table-cell office:value-type={cell}</table:table-cell>")

    [grid] = _read(tmp_path, _document(row))

    assert grid.cells.rows() == [(seen,)]


def test_what_is_no_sheet_is_refused(tmp_path):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(
            "content.xml", HEAD + "<office:text/></office:body></office:document-content>"
        )

    assert _read(tmp_path, _document("")) == []
    assert _code(tmp_path, target.getvalue()) == "sheet.not_a_workbook"
    assert _code(tmp_path, _document("</table>")) == "sheet.damaged"


def test_a_password_is_named(tmp_path):
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"

    assert _code(tmp_path, _document("", manifest)) == "sheet.encrypted"

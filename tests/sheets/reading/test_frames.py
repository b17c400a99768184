import io
import re
import zipfile

import openpyxl
import pytest

from campaigns.errors import InputError
from campaigns.sheets.reading.files import grids

RELATIONS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="xl/workbook.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>
</Relationships>"""


def _book(change, rows=2):
    book, source, target = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    for number in range(rows):
        book.active.append([f"a{number}@example.com", "Ani"])
    book.save(source)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name.endswith("sheet1.xml") else data)
    return target.getvalue()


def _with(rows):
    return lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>")


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b"<row r='1048576'><c t='n' r = 'XFD1048576'><v>1</v></c></row>",
        b'<row r="9"><c s="&gt;>" r="ZZZ99999999"><v>1</v></c></row>',
        b'<row r="99999999"><c><v>1</v></c></row>' + b'<row r="8"><c r="DZ8"><v>1</v></c></row>',
    ],
)
def test_one_cell_far_away_is_refused_before_the_reader_makes_room_for_all(tmp_path, rows):
    path = tmp_path / "far.xlsx"
    path.write_bytes(_book(_with(rows)))

    with pytest.raises(InputError) as caught:
        list(grids(path))
    assert caught.value.code == "sheet.too_many_cells"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "rows"),
    [
        (_with(b'<row r="1048576"><c r="A1048576" t="n"><v>1</v></c></row>'), 2),
        pytest.param(
            _with(b'<row r="3"><c r="XFD3"><v>1</v></c></row>'), 2, marks=pytest.mark.slow
        ),
        (lambda data: data.replace(b"</row>", b'<c r="XFD2" s="0"/></row>'), 4_000),
        (lambda data: re.sub(rb' r="[A-Z]*\d+"', b"", data), 3_000),
    ],
)
def test_what_people_make_by_accident_is_read(tmp_path, change, rows):
    path = tmp_path / "odd.xlsx"
    path.write_bytes(_book(change, rows))

    [grid] = grids(path, limit=10)
    assert grid.cells[0, 0] == "a0@example.com"


def test_a_binary_workbook_is_refused_as_such(tmp_path):
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", b"0")
        archive.writestr("_rels/.rels", RELATIONS.replace("workbook.xml", "workbook.bin"))

    with pytest.raises(InputError) as caught:
        list(grids(path))
    assert caught.value.code == "sheet.binary"

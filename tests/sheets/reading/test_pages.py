from pathlib import Path

import pytest

from campaigns.errors import InputError
from campaigns.sheets.reading.files import grids
from campaigns.sheets.reading.grid import Grid, Merge, Remark

BOOK = """<?xml version="1.0"{encoding}?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="Default"/><Style ss:ID="m"><NumberFormat ss:Format="#,##0\\ &quot;֏&quot;"/></Style>
<Style ss:ID="z"><NumberFormat ss:Format="00000"/></Style>
<Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style></Styles>
<Worksheet ss:Name="Клиенты"><Table><Column ss:Index="5" ss:Hidden="1" ss:Span="1"/>
<Row ss:Index="2"><Cell ss:Index="2" ss:MergeAcross="1"><Data ss:Type="String">Անի &amp; Co</Data></Cell>
<Cell ss:StyleID="m"><Data ss:Type="Number">12500</Data></Cell></Row>
<Row ss:Hidden="1"><Cell ss:StyleID="z"><Data ss:Type="Number">42</Data></Cell>
<Cell><Data ss:Type="DateTime">2026-03-02T00:00:00.000</Data></Cell>
<Cell ss:StyleID="p"><Data ss:Type="Number">0.15</Data></Cell>
<Cell><Data ss:Type="Boolean">1</Data></Cell><Cell ss:Formula="=1+1"/>
<Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell><ss:Data ss:Type="String"><B>bold</B> text</ss:Data></Cell>
</Row></Table></Worksheet>
<Worksheet ss:Name="Hidden"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible>
</WorksheetOptions></Worksheet></Workbook>"""
PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>no</title><style>td {{ color: red }}</style></head><body><p>Report</p>
<table><tr><th colspan=2>Անուն</th><th rowspan="2">ქალაქი</th></tr>
<tr><td>a<td> 1&nbsp;250,00 <br> b &amp; c</td></tr><tr style="display:none"><td>x</td></tr></table>
<script>var no = "<td>no</td>"</script></body></html>"""


def _read(tmp_path: Path, data: bytes) -> list[Grid]:
    path = tmp_path / "report.xls"
    path.write_bytes(data)
    return list(grids(path))


def _code(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        _read(tmp_path, data)
    return caught.value.code


@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", ' encoding="UTF-16"')]
)
def test_a_workbook_of_2003_is_read_as_it_is_shown(tmp_path, encoding, said):
    data, hidden = _read(tmp_path, BOOK.format(encoding=said).encode(encoding))

    assert (data.sheet, data.marks.hidden) == ("Клиенты", False)
    assert (hidden.sheet, hidden.marks.hidden) == ("Hidden", True)
    assert data.cells.rows() == [
        (None,) * 7,
        (None, "Անի & Co", None, "12500 ֏", None, None, None),
        ("00042", "2026-03-02", "15%", "true", None, "#N/A", "bold text"),
    ]
    assert data.marks.merges == (Merge(2, 1, 2, 2),)
    assert data.marks.hidden_rows == (3,)
    assert data.marks.hidden_columns == (4, 5)
    assert data.marks.remarks == (Remark("without_result", {"count": 1}),)


def test_a_workbook_of_2003_in_an_old_alphabet_is_read(tmp_path):
    text = BOOK.format(encoding=' encoding="windows-1251"').replace("֏", "р.").replace("Անի", "Аня")

    data, _ = _read(tmp_path, text.encode("cp1251"))

    assert data.sheet == "Клиенты"
    assert data.cells.row(1)[1:4] == ("Аня & Co", None, "12500 р.")


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_a_table_of_a_page_is_read(tmp_path, charset):
    [grid] = _read(tmp_path, PAGE.format(charset=charset).encode(charset))

    assert grid.cells.rows() == [
        ("Անուն", None, "ქალაქი"),
        ("a", "1\u00a0250,00\nb & c", None),
        ("x", None, None),
    ]
    assert grid.marks.merges == (Merge(1, 0, 1, 1), Merge(1, 2, 2, 2))
    assert grid.marks.hidden_rows == (3,)


def test_a_cell_stands_beside_the_one_that_reaches_down(tmp_path):
    page = b"<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>"

    [grid] = _read(tmp_path, page)

    assert grid.cells.rows() == [("a", "b"), (None, "c")]


def test_each_table_of_a_page_is_a_sheet(tmp_path):
    page = b"<table><tr><td>a<table><tr><td>in</td></tr></table></td></tr></table><table><tr><td>b"

    assert [(grid.sheet, grid.cells.rows()) for grid in _read(tmp_path, page)] == [
        ("1", [("in",)]), ("2", [("a",)]), ("3", [("b",)])
    ]  # fmt: skip


def test_a_flat_open_document_is_read(tmp_path):
    text = """<?xml version="1.0"?><office:document xmlns:office="o" xmlns:table="t" xmlns:text="x">
    <office:body><office:spreadsheet><table:table table:name="S"><table:table-row><table:table-cell>
    <text:p>a</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>
    </office:body></office:document>"""

    [grid] = _read(tmp_path, text.encode())

    assert (grid.sheet, grid.cells.rows()) == ("S", [("a",)])


@pytest.mark.parametrize("place", ['Row ss:Index="999999999"', 'Row ss:Span="999999999"'])
def test_a_cell_far_away_is_refused(tmp_path, place):
    rows = (
        f'<{place}></Row><{place}><Cell ss:Index="99"><Data ss:Type="Number">1</Data></Cell></Row>'
    )
    book = f'<?xml version="1.0"?><Workbook><Worksheet><Table>{rows}</Table></Worksheet></Workbook>'

    assert _code(tmp_path, book.encode()) == "sheet.too_many_cells"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html><body>Please log in</body></html>", "sheet.not_a_workbook"),
        (b'<?xml version="1.0"?><rss><channel/></rss>', "sheet.not_a_workbook"),
        (BOOK.format(encoding="").encode()[:900], "sheet.damaged"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><Workbook>&a;</Workbook>',
         "sheet.not_a_workbook"),
    ],
)  # fmt: skip
def test_what_holds_no_table_is_refused(tmp_path, data, code):
    assert _code(tmp_path, data) == code

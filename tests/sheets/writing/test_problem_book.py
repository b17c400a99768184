import io
import zipfile
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from campaigns.sheets.writing import excerpt
from campaigns.sheets.writing.book import RED, YELLOW
from campaigns.sheets.writing.problem_book import Problem, Sheet, write

HEADINGS = ["E-mail", "Name", "Since"]


def _sheet(
    path, problems=(), *, headings=HEADINGS, heading_row=1, name="Customers", rows=(), all_=True
):
    columns = {heading: place for place, heading in enumerate(headings, 1)}
    return Sheet(name, path, name, columns, heading_row, problems, all_, rows)


def _written(*sheets):
    data = write(sheets, problem="problem", rest="and more", is_ours=lambda text: text == "problem")
    return load_workbook(io.BytesIO(data))


@pytest.fixture
def customers(tmp_path):
    """A workbook as people make them: a title, colours, merges, widths, a hidden row, a formula."""
    book = Workbook()
    page = book.active
    page.title = "Customers"
    page.append(["Our dear customers"])
    page.merge_cells("A1:C1")
    page.append(HEADINGS)
    for number in range(3, 7):
        page.append([f"c{number}@", f"N{number}", date(2025, 1, number)])
    page["A1"].font = Font(bold=True, size=20)
    page["B4"].fill = PatternFill("solid", fgColor="FF00FF00")
    page["C4"].number_format = "dd.mm.yyyy"
    page.column_dimensions["B"].width = 33
    page.row_dimensions[5].hidden = True
    page.row_dimensions[3].height = 40
    page.freeze_panes = "B3"
    rule = DataValidation("list", formula1='"Ani,Aram"')
    rule.add("B3:B6")
    page.add_data_validation(rule)
    book.create_sheet("Other").append(["secret"])
    path = tmp_path / "customers.xlsx"
    book.save(path)
    return path


def test_the_whole_sheet_comes_back_with_the_fault_coloured_and_explained(customers):
    problem = Problem(4, "E-mail — wrong", ("E-mail",), {"E-mail": "c4@"})

    book = _written(_sheet(customers, [problem], heading_row=2))

    page = book.active
    assert book.sheetnames == ["Customers"]
    assert [cell.value for cell in page[2]] == [*HEADINGS, "problem"]
    assert page.max_row == 6
    assert (page["A4"].value, page["A4"].fill.fgColor.rgb) == ("c4@", RED)
    assert page["A4"].comment.text == "E-mail — wrong"
    assert (page["D4"].value, page["D4"].fill.fgColor.rgb) == ("E-mail — wrong", RED)
    assert page["D3"].value is None
    assert (page.auto_filter.ref, page.freeze_panes) == ("A2:D6", "B3")


@pytest.mark.slow
def test_what_people_did_to_their_sheet_survives(customers):
    page = _written(_sheet(customers, heading_row=2)).active

    assert (page["A1"].font.bold, page["A1"].font.size) == (True, 20)
    assert [str(merged) for merged in page.merged_cells.ranges] == ["A1:C1"]
    assert page["B4"].fill.fgColor.rgb == "FF00FF00"
    assert (page["C4"].number_format, page["C4"].value.day) == ("dd.mm.yyyy", 4)
    assert page.column_dimensions["B"].width == 33
    assert (page.row_dimensions[5].hidden, page.row_dimensions[3].height) == (True, 40)
    assert [rule.formula1 for rule in page.data_validations.dataValidation] == ['"Ani,Aram"']


@pytest.mark.slow
def test_a_hidden_row_that_needs_attention_is_shown(customers):
    page = _written(_sheet(customers, [Problem(5, "x", (), {})], heading_row=2)).active

    assert not page.row_dimensions[5].hidden


@pytest.mark.slow
def test_a_remark_is_yellow_and_a_refusal_red(customers):
    problems = [
        Problem(3, "maybe", ("Name",), {}, is_refused=False),
        Problem(4, "no", ("Name",), {}),
    ]

    page = _written(_sheet(customers, problems, heading_row=2)).active

    assert [page[f"B{row}"].fill.fgColor.rgb for row in (3, 4)] == [YELLOW, RED]


def test_a_book_that_comes_back_loses_its_old_marks(customers, tmp_path):
    first = tmp_path / "first.xlsx"
    _written(_sheet(customers, [Problem(4, "wrong", ("E-mail",), {})], heading_row=2)).save(first)

    page = _written(_sheet(first, [Problem(5, "other", ("Name",), {})], heading_row=2)).active

    assert [cell.value for cell in page[2]] == [*HEADINGS, "problem"]
    assert (page["D4"].value, page["A4"].comment) == (None, None)
    assert page["A4"].fill.fill_type is None
    assert page["D5"].value == "other"


def test_of_a_large_sheet_only_the_headings_and_the_rows_at_fault_come_back(customers, monkeypatch):
    monkeypatch.setattr(excerpt, "WHOLE_SHEET_BYTES", 0)
    problems = [Problem(4, "wrong", ("E-mail",), {}), Problem(6, "too", ("Name",), {})]

    page = _written(_sheet(customers, problems, heading_row=2)).active

    assert [[cell.value for cell in row][:2] for row in page.iter_rows()] == [
        ["Our dear customers", None], HEADINGS[:2], ["c4@", "N4"], ["c6@", "N6"],
    ]  # fmt: skip
    assert [page["D3"].value, page["D4"].value] == ["wrong", "too"]
    assert page["B3"].fill.fgColor.rgb == "FF00FF00"
    assert [str(merged) for merged in page.merged_cells.ranges] == ["A1:C1"]


@pytest.mark.slow
@settings(deadline=None, max_examples=30)
@given(
    rows=st.lists(st.lists(st.sampled_from([None, "ա", "x y", "<&>", 7, 2.5, True]), min_size=1, max_size=4),
                  min_size=1, max_size=12),
    data=st.data(),
)  # fmt: skip
def test_rows_that_are_cut_out_are_the_rows_that_stood_there(rows, data, tmp_path_factory):
    path = tmp_path_factory.mktemp("cut") / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("S")
    for place, row in enumerate(rows):
        page.write_row(place, 0, row)
    book.close()
    wanted = data.draw(st.sets(st.integers(1, len(rows))))
    before, excerpt.WHOLE_SHEET_BYTES = excerpt.WHOLE_SHEET_BYTES, 0
    try:
        cut = excerpt.cut_out(path, "S", wanted, headings=1)
    finally:
        excerpt.WHOLE_SHEET_BYTES = before

    found = load_workbook(cut.package).active
    for number in wanted:
        if number not in cut.rows:
            assert not any(cell is not None for cell in rows[number - 1])
            continue
        expected = [cell for cell in rows[number - 1] if cell is not None]
        assert [
            cell.value for cell in found[cut.rows[number]] if cell.value is not None
        ] == expected


def test_formulas_come_back_as_the_values_they_had(tmp_path):
    path = tmp_path / "f.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Customers")
    page.write_row(0, 0, ["E-mail", "Name"])
    page.write_formula(1, 0, '=HYPERLINK("http://example.com","x@")', None, "x@")
    page.write_formula(1, 1, "=1+1", None, 2)
    page.write_string(2, 0, "=cmd|' /C calc'!A0")
    page.data_validation(1, 1, 5, 1, {"validate": "list", "source": "=[1]Other!$A$1"})
    page.conditional_format(1, 1, 5, 1, {"type": "formula", "format": book.add_format({"bold": True}),
                                         "criteria": '=WEBSERVICE("http://example.com")=1'})  # fmt: skip
    page.conditional_format(1, 0, 5, 0, {"type": "formula", "format": book.add_format({"bold": True}),
                                         "criteria": "=LEN($A2)=0"})  # fmt: skip
    page.write_url(3, 0, "http://example.com")
    book.define_name("Evil", "=cmd|' /C calc'!A0")
    book.close()

    problem = Problem(2, "=1+1", ("E-mail",), {})
    data = write([_sheet(path, [problem], headings=["E-mail", "Name"])],
                 problem="problem", rest="", is_ours=lambda _: False)  # fmt: skip

    found = load_workbook(io.BytesIO(data)).active
    assert [found["A2"].value, found["B2"].value, found["A3"].value] == [
        "x@",
        2,
        "'=cmd|' /C calc'!A0",
    ]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    everything = "".join(parts.values())
    assert "<f>" not in parts["xl/worksheets/sheet1.xml"]
    assert all(
        word not in everything for word in ("WEBSERVICE", "Evil", "[1]", 'TargetMode="External"')
    )
    assert "LEN($A2)=0" in everything


@pytest.mark.slow
def test_a_sheet_without_headings_gets_a_row_of_them(tmp_path):
    path = tmp_path / "h.xlsx"
    book = Workbook()
    book.active.title = "Customers"
    book.active.append(["ani@example.am", "Ani"])
    book.active.append(["nino@", "Nino"])
    book.save(path)

    problem = Problem(2, "wrong", ("A",), {"A": "nino@", "B": "Nino"})
    page = _written(_sheet(path, [problem], headings=["A", "B"], heading_row=0)).active

    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["A", "B", "problem"], ["ani@example.am", "Ani", None], ["nino@", "Nino", "wrong"],
    ]  # fmt: skip


@pytest.mark.slow
def test_a_table_that_starts_elsewhere_is_marked_where_it_stands(tmp_path):
    path = tmp_path / "t.xlsx"
    book = Workbook()
    page = book.active
    page.title = "Customers"
    for row, cells in enumerate([["E-mail", "Name"], ["ani@", "Ani"]], 5):
        for column, text in enumerate(cells, 3):
            page.cell(row, column, text)
    book.save(path)

    problem = Problem(6, "wrong", ("E-mail",), {"E-mail": "ani@"})
    page = _written(_sheet(path, [problem], headings=["E-mail", "Name"], heading_row=5)).active

    assert page["C6"].comment.text == "wrong"
    assert (page["E5"].value, page["E6"].value) == ("problem", "wrong")


@pytest.mark.slow
def test_a_cell_below_a_merge_comes_back_with_the_text_it_stood_for(tmp_path, monkeypatch):
    monkeypatch.setattr(excerpt, "WHOLE_SHEET_BYTES", 0)
    path = tmp_path / "m.xlsx"
    book = Workbook()
    page = book.active
    page.title = "Customers"
    for row in (["Name", "E-mail"], ["Ani", "a@example.am"], [None, "wrong@"]):
        page.append(row)
    page.merge_cells("A2:A3")
    book.save(path)

    problem = Problem(3, "wrong", ("E-mail",), {"Name": "Ani", "E-mail": "wrong@"})
    page = _written(_sheet(path, [problem], headings=["Name", "E-mail"])).active

    assert [cell.value for cell in page[2]] == ["Ani", "wrong@", "wrong"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "content", [b"E-mail,Name,Since\nx,y,z\n", b"PK\x03\x04 broken", b"\xd0\xcf"]
)
def test_a_file_without_formats_comes_back_as_a_plain_book(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    rows = [(3, {"E-mail": "ani@", "Name": "=1+1"}), (4, {"Name": "Nino"})]

    problem = Problem(3, "wrong", ("E-mail",), {"E-mail": "ani@"})
    page = _written(_sheet(path, [problem], rows=rows)).active

    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        [*HEADINGS, "problem"], ["ani@", "'=1+1", None, "wrong"], [None, "Nino", None, None],
    ]  # fmt: skip
    assert page["A2"].fill.fgColor.rgb == RED


@pytest.mark.slow
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_a_part_with_declarations_is_not_opened(customers, tmp_path, part):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(customers) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                text = b'<!DOCTYPE x [<!ENTITY a "b">]>' + text.partition(b"?>\n")[2] or text
            target.writestr(name, text)

    with pytest.raises(excerpt.NotCuttableError):
        excerpt.cut_out(path, "Customers", {3}, headings=2)


@pytest.mark.slow
def test_a_book_says_when_not_all_problems_are_in_it(customers):
    page = _written(_sheet(customers, [Problem(4, "x", (), {})], heading_row=2, all_=False)).active

    assert page["D2"].comment.text == "and more"


def test_a_book_of_nothing_opens():
    assert _written().sheetnames == ["Sheet"]


@pytest.mark.slow
def test_sheets_of_several_files_stand_in_one_book(customers, tmp_path):
    text = tmp_path / "a.csv"
    text.write_text("x")

    book = _written(_sheet(customers, heading_row=2), _sheet(text, rows=[(2, {"Name": "Ani"})]))

    assert book.sheetnames == ["Customers", "Customers1"]

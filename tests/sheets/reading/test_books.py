import contextlib
import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from campaigns.errors import InputError
from campaigns.sheets.reading import package, shared_strings, sheet_text
from campaigns.sheets.reading.book_cells import column_letters, column_number
from campaigns.sheets.reading.files import grids
from campaigns.sheets.reading.grid import Grid, Merge, Options, Remark

BOOKS = Path(__file__).parent / "books"


def _read(tmp_path: Path, data: bytes, **how) -> list[Grid]:
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    return list(grids(path, **how))


def _rows(tmp_path: Path, data: bytes) -> list[tuple[str | None, ...]]:
    [grid] = _read(tmp_path, data)
    return grid.cells.rows()


def _written(write, **options) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, options)
    write(book)
    book.close()
    return target.getvalue()


def _saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _changed(data: bytes, change) -> bytes:
    """A workbook with its parts changed: name, content → new name, new content."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
    return target.getvalue()


def _sheet(xml: str, strings: str = "") -> bytes:
    """A workbook whose only sheet has these rows."""
    book = _written(lambda book: book.add_worksheet("Sheet").write("A1", "x"))

    def change(name, content):
        if name.endswith("sheet1.xml"):
            return name, f'<worksheet xmlns="http://x"><sheetData>{xml}</sheetData></worksheet>'
        return name, f"<sst>{strings}</sst>" if name.endswith("sharedStrings.xml") else content

    return _changed(book, change)


def _cut(monkeypatch, size: int) -> None:
    """Have sheets read in pieces of this size."""
    monkeypatch.setattr(package, "PIECE_BYTES", max(size, 200))
    monkeypatch.setattr(sheet_text, "CHUNK_BYTES", size)
    monkeypatch.setattr(shared_strings, "CHUNK_BYTES", size)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (12500, '#,##0 "֏"', "12500 ֏"),
        (12500.5, "[$֏-42B] #,##0.00", "12500.5 ֏"),
        (49.9, "#,##0.00\\ [$₾-437]", "49.9 ₾"),
        (1234.567, '"$"#,##0.00', "1234.567 $"),
        (-1234.5, '_-* #,##0.00\\ "₽"_-;\\-* #,##0.00\\ "₽"_-;_-* "-"??\\ "₽"_-', "-1234.5 ₽"),
        (9990, '#,##0\\ "դր."', "9990 դր."),
        (9990, "#,##0 AMD", "9990 AMD"),
        (15, '#,##0" шт."', "15"),
        (42, "00000", "00042"),
        (5551234567, "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "(555) 123-4567"),
        (5551234, "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "555-1234"),
        (91234567, "\\+374 00 000000", "+374 91 234567"),
        (37491234567, '"+"0', "+37491234567"),
        (42, '"C-"00000', "C-00042"),
        (12500, "#\\ ##0", "12500"),
        (0.15, "0%", "15%"),
        (0.155, "0%", "15.5%"),
        (0.07, "0.0%", "7%"),
        (46083, "dd.mm.yyyy", "2026-03-02"),
        (46083, "[$-409]d\\-mmm\\-yy;@", "2026-03-02"),
        (46083.395833333333, "yyyy-mm-dd hh:mm", "2026-03-02 09:30:00"),
        (0.395833333333, "hh:mm", "09:30:00"),
        (1.5, "[h]:mm", "36:00:00"),
        (1, "dd.mm.yyyy", "1900-01-01"),
        (59, "dd.mm.yyyy", "1900-02-28"),
        (61, "dd.mm.yyyy", "1900-03-01"),
        (-5, "dd.mm.yyyy", "-5"),
        (0.1 + 0.2, "General", "0.3"),
        (4000000000000001, "0", "4000000000000001"),
        (1.5e-7, "0.00E+00", "0.00000015"),
        (1e21, "General", "1000000000000000000000"),
        (12500, "General", "12500"),
    ],
)
def test_a_number_is_read_as_it_is_shown_but_never_rounded(tmp_path, value, code, seen):
    def write(book):
        book.add_worksheet().write_number(0, 0, value, book.add_format({"num_format": code}))

    assert _rows(tmp_path, _written(write)) == [(seen,)]


def test_days_may_be_counted_from_1904(tmp_path):
    def write(book):
        moment = datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001 - a sheet's times have no zone
        form = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        book.add_worksheet().write_datetime(0, 0, moment, form)

    assert _rows(tmp_path, _written(write, date_1904=True)) == [("2026-03-02 09:30:00",)]


def test_digits_that_the_file_has_are_kept(tmp_path):
    numbers = ("4000000000000001", "40000000000000012345", "4.000000000000001E+15", "12500.0")
    cells = "".join(f'<c r="{chr(65 + n)}1"><v>{text}</v></c>' for n, text in enumerate(numbers))

    assert _rows(tmp_path, _sheet(f'<row r="1">{cells}</row>')) == [
        ("4000000000000001", "40000000000000012345", "4000000000000001", "12500")
    ]


def test_texts_keep_runs_spaces_line_ends_and_escapes(tmp_path):
    def write(book):
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.write_rich_string(0, 0, bold, "bold", " plain ", bold, "bold")
        texts = (" a ", "one\ntwo", 'a & b <c> "d"', "_x000D_", "bell \a", "&lt;", "00123", "Անի")
        for column, text in enumerate(texts, 1):
            sheet.write_string(0, column, text)

    [row] = _rows(tmp_path, _written(write))

    assert row == (
        "bold plain bold", " a ", "one\ntwo", 'a & b <c> "d"', "_x000D_", "bell \a", "&lt;",
        "00123", "Անի",
    )  # fmt: skip


def test_shared_texts_are_read_in_every_form(tmp_path):
    strings = (
        "<si><t>a</t></si><si/><si><t/></si><si><t xml:space='preserve'> b</t></si>"
        "<si><r><t>c</t></r><r><rPr><b/></rPr><t>d</t></r><rPh sb='0' eb='1'><t>no</t></rPh></si>"
        "<si><t>one_x000D_&#10;two &amp;#169; &#xA9;</t></si>"
    )
    cells = "".join(f'<c r="A{n + 1}" t="s"><v>{n}</v></c>' for n in range(6))

    rows = _rows(tmp_path, _sheet(f"<row>{cells}</row>", strings))

    assert rows == [("a",), (None,), (None,), (" b",), ("cd",), ("one\ntwo &#169; ©",)]


def test_every_cell_is_what_openpyxl_says(tmp_path):
    values = (
        "text", 12, -2.5, True, False, date(2026, 3, 2), datetime(2026, 3, 2, 9, 30, 15),  # noqa: DTZ001
        time(9, 30), timedelta(hours=27, minutes=5), "#N/A", "=1/0", None, "a\nb", " x ",
    )  # fmt: skip
    book = openpyxl.Workbook()
    for row in range(60):
        for column in range(9):
            book.active.cell(2 + row * 2, 3 + column, values[(row * 5 + column * 3) % len(values)])
    data = _saved(book)
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True).active

    rows = _rows(tmp_path, data)

    assert rows == [
        tuple(_as_text(sheet.cell(row, column).value) for column in range(1, len(rows[0]) + 1))
        for row in range(1, len(rows) + 1)
    ]
    assert len(rows) >= 119
    assert len(rows[0]) == 11


def _as_text(value: object) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return str(value).removesuffix(" 00:00:00")
    if isinstance(value, timedelta):
        return f"{value // timedelta(hours=1)}:{value.seconds // 60 % 60:02}:00"
    return None if value is None else str(value)


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.just("\n"),
    min_size=1,
    max_size=9,
)


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    st.dictionaries(st.tuples(st.integers(1, 60), st.integers(1, 30)), _TEXT, min_size=1),
    st.sampled_from([40, 200, 1 << 20]),
)
def test_any_sparse_sheet_of_texts_comes_back_at_its_places(tmp_path, texts, chunk):
    book = openpyxl.Workbook()
    for (row, column), text in texts.items():
        book.active.cell(row, column).value = text
        book.active.cell(row, column).data_type = "s"
    with pytest.MonkeyPatch.context() as patch:
        _cut(patch, chunk)
        [grid] = _read(tmp_path, _saved(book), options=Options(font="none"))

    assert {
        (row, column): text
        for row, cells in enumerate(grid.cells.rows(), 1)
        for column, text in enumerate(cells, 1)
        if text is not None
    } == texts


def test_what_is_hidden_and_merged_is_told(tmp_path):
    def write(book):
        sheet = book.add_worksheet("Data")
        for row in range(20):
            sheet.write_row(row, 0, [f"r{row}", row, "x", "y", "z"])
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_column("D:E", None, None, {"hidden": True})
        sheet.merge_range("G1:H2", "merged")
        sheet.autofilter("A1:B20")
        sheet.filter_column(0, "x == r5")
        sheet.set_row(19, options={"hidden": True})
        for name, hide in (("Hidden", "hide"), ("Very", "very_hidden")):
            page = book.add_worksheet(name)
            page.write("C5", "x")
            getattr(page, hide)()
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Data!$B$1:$B$3"})
        book.add_chartsheet("Chart").set_chart(chart)
        book.add_worksheet("Empty")

    data, hidden, very = _read(tmp_path, _written(write))

    assert (data.sheet, hidden.sheet, very.sheet) == ("Data", "Hidden", "Very")
    assert (data.marks.hidden, hidden.marks.hidden, very.marks.hidden) == (False, True, True)
    assert data.marks.hidden_rows == (4, 20)
    assert data.marks.hidden_columns == (3, 4)
    assert data.marks.merges == (Merge(1, 6, 2, 7),)
    assert hidden.cells.rows()[4] == (None, None, "x")


def test_formulas_that_were_saved_without_results_are_counted(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["a", "=1+1", '="b"'])

    [grid] = _read(tmp_path, _saved(book))

    assert grid.cells.rows() == [("a",)]
    assert grid.marks.remarks == (Remark("without_result", {"count": 2}),)


def test_formulas_show_what_they_came_to(tmp_path):
    def write(book):
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("B1", '="a>b"&"c"', None, "ab & c")
        sheet.write_formula("C1", "=1/0", None, "#DIV/0!")
        sheet.write_formula("D1", "=TRUE", None, True)

    [grid] = _read(tmp_path, _written(write))

    assert grid.cells.rows() == [("2", "ab & c", "#DIV/0!", "true")]
    assert grid.marks.remarks == ()


@pytest.mark.parametrize(
    "rows",
    [
        "<row r='2'><c r='B2' t='inlineStr'><is><t>a</t></is></c><c r='C2'><v>5</v></c></row>",
        '<row r="2"><c t="inlineStr" r="B2"><is><t>a</t></is></c><c s="0" r="C2"><v>5</v></c></row>',
        '<row/><row><c/><c t="str"><v>a</v></c><c><v>5</v></c></row>',
        '<row r="2">\n <c\n r="B2" t="str">\n<v>a</v>\n</c>\n<c r="C2">\n<v>5</v></c></row>',
        '<row r="2"><c r="B2" t="inlineStr"><is><r><t>a</t></r></is></c><c r="C2"><v>5</v></c></row>',
        '<row r="2"><!-- <c> --><c r="B2" t="str"><v><![CDATA[a]]></v></c><c r="C2"><v>5</v></c></row>',
        '<row r="2"><c r="B2" t="str"><f>x</f><v>a</v></c><c r="C2"><f si="0"/><v>5</v></c></row>',
        '<row r="2"><c r="B2" t="str"><v>a</v></c><c r="C2"><v>5</v></c><c r="D2" s="7"/></row>',
        '<row r="2"><c r="B2" t="str"><v>a</v></c><c r="C2"><v>5</v></c><c r="D2"><v/></c></row>',
        '<row r="2"><c r="B2" t="str" foo="1" vm="2"><v>a</v></c><c r="C2" t="n"><v> 5 </v></c></row>',
    ],
)  # fmt: skip
def test_cells_are_read_in_every_form_that_xml_allows(tmp_path, rows):
    assert _rows(tmp_path, _sheet(rows)) == [(None, None, None), (None, "a", "5")]


def _prefixed(name: str, content: bytes) -> tuple[str, bytes]:
    if not name.endswith(("sheet1.xml", "workbook.xml", "styles.xml", "sharedStrings.xml")):
        return name, content
    text = content.decode().replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
    return name, text.replace("xmlns=", "xmlns:x=").encode()


def _utf_16(name: str, content: bytes) -> tuple[str, bytes]:
    if not name.endswith("sheet1.xml"):
        return name, content
    return name, content.decode().replace('"UTF-8"', '"UTF-16"').encode("utf-16")


def _moved(name: str, content: bytes) -> tuple[str, bytes]:
    new = name.replace("xl/worksheets/sheet1.xml", "XL\\Odd\\Tabelle.XML")
    return new, content.replace(b"worksheets/sheet1.xml", b"/xl/odd/../odd/tabelle.xml").replace(
        b"/xl//xl", b"/xl"
    )


@pytest.mark.parametrize("change", [_prefixed, _utf_16, _moved])
def test_workbooks_of_other_makers_are_read(tmp_path, change):
    def write(book):
        money = book.add_format({"num_format": '0 "֏"'})
        sheet = book.add_worksheet("Անուններ & այլ")
        sheet.write_row(0, 1, ["Անի", 5])
        sheet.write(1, 1, 5, money)
        sheet.set_row(1, options={"hidden": True})
        sheet.merge_range("C2:D3", "m")

    [grid] = _read(tmp_path, _changed(_written(write), change))

    assert grid.sheet == "Անուններ & այլ"
    assert grid.cells.rows() == [(None, "Անի", "5"), (None, "5 ֏", "m")]
    assert grid.marks.hidden_rows == (2,)
    assert grid.marks.merges == (Merge(2, 2, 3, 3),)


@pytest.mark.parametrize("chunk", [1, 300, 5_000])
def test_where_a_sheet_is_cut_makes_no_difference(tmp_path, monkeypatch, chunk):
    def write(book):
        sheet, money = book.add_worksheet(), book.add_format({"num_format": '0 "֏"'})
        for row in range(0, 90, 3):
            sheet.write_row(row, row % 7, [f"t{row}", row / 7])
            sheet.write_number(row, 9, row, money)
            sheet.set_row(row, options={"hidden": row % 2})

    data = _written(write)
    [whole] = _read(tmp_path, data)
    _cut(monkeypatch, chunk)

    [cut] = _read(tmp_path, data)

    assert cut.cells.equals(whole.cells)
    assert cut.marks == whole.marks
    assert whole.cells.height == 88


def test_the_first_rows_alone_are_read_when_asked_and_progress_is_told(tmp_path, monkeypatch):
    _cut(monkeypatch, 2_000)
    book = openpyxl.Workbook()
    for row in range(300):
        book.active.append([f"text {row}", row])
    data, told = _saved(book), []

    [grid] = _read(tmp_path, data, limit=5)
    _read(tmp_path, data, progress=told.append)

    assert grid.cells.rows()[-1] == ("text 4", "4")
    assert grid.cells.height == 5
    assert told == sorted(told)
    assert told[-1] == 300
    assert len(told) > 3


def _refusal(tmp_path: Path, data: bytes) -> tuple[str, dict]:
    with pytest.raises(InputError) as caught:
        _read(tmp_path, data)
    return caught.value.code, dict(caught.value.facts)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ('<row r="1"><c><v>1</v></row>', "sheet.broken"),
        (
            '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1" t="s"><v>7</v></c></row>',
            "sheet.broken",
        ),
        ('<row r="1"><c r="XFD1048576"><v>1</v></c></row>', "sheet.too_many_cells"),
    ],
)
def test_a_damaged_sheet_is_named(tmp_path, rows, code):
    assert _refusal(tmp_path, _sheet(rows))[0] == code
    assert _refusal(tmp_path, _sheet(rows))[1]["sheet"] == "Sheet"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_entities_are_refused(tmp_path, part):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    data = _changed(_sheet(""), lambda name, content: (name, bomb if name == part else content))

    assert _refusal(tmp_path, data)[0] == "sheet.not_a_workbook"


def test_a_sheet_that_is_not_in_the_file_is_named(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Name", "Ani"])
    book.create_sheet("Lost").append(["E-mail", "ani@example.com"])
    data = _changed(
        _saved(book), lambda name, content: (name.replace("sheet2", "elsewhere"), content)
    )

    assert _refusal(tmp_path, data) == ("sheet.broken", {"sheet": "Lost"})


def test_a_workbook_of_too_many_sheets_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("campaigns.sheets.reading.book_marks.SHEETS_LIMIT", 2)
    book = openpyxl.Workbook()
    for _ in range(2):
        book.create_sheet()

    assert _refusal(tmp_path, _saved(book)) == ("sheet.too_many_sheets", {"got": 3, "limit": 2})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1", "email": ""}', "sheet.shortcut"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\x00\x01", "sheet.not_a_workbook"),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_table_says_what_to_do(tmp_path, data, code):
    assert _refusal(tmp_path, data)[0] == code


def test_a_file_of_apple_numbers_says_what_to_do(tmp_path):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("Index/Document.iwa", b"1")

    assert _refusal(tmp_path, target.getvalue())[0] == "sheet.numbers"


@pytest.mark.parametrize("seed", range(12))
def test_columns_are_named_as_spreadsheets_do(seed):
    number = seed * 1400 + seed
    assert column_letters(number) == get_column_letter(number + 1)
    assert column_number(get_column_letter(number + 1)) == number


_SHOWCASE = (BOOKS / "libreoffice.xlsx").read_bytes()
_MUTABLE = ("sheet1.xml", "sharedStrings.xml", "styles.xml", "workbook.xml", "workbook.xml.rels")


@pytest.mark.slow
@settings(
    max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    st.sampled_from(_MUTABLE),
    st.lists(
        st.tuples(st.integers(0, 9_999), st.sampled_from('<>/"=&;!0129ArstvcN-. \xff\0')),
        min_size=1, max_size=12,
    ),
)  # fmt: skip
def test_a_workbook_with_damaged_xml_is_read_or_refused(tmp_path, part, changes):
    def change(name, content):
        data = bytearray(content)
        for place, sign in changes if name.endswith(part) else ():
            data[place % len(data)] = ord(sign)
        return name, bytes(data)

    with contextlib.suppress(InputError):
        assert all(grid.cells.width for grid in _read(tmp_path, _changed(_SHOWCASE, change)))

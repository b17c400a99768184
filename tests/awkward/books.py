"""Awkward workbooks, made with openpyxl and XlsxWriter, or as packages by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial
from typing import Any

import xlsxwriter
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from campaigns.sheets.reading.codecs import encode
from tests.awkward.expected import ALL, ANI, ANN, NINO, Expected, Person, Sheet, people, refused
from tests.awkward.texts import ARAM, GIORGI, HEADINGS, HY, KA

ORDERS = ("Order ID", "Date", "Customer ID", "Product", "Quantity", "Unit price", "Amount")


def _at(*moment: int) -> datetime:
    return datetime(*moment)  # type: ignore[arg-type]  # noqa: DTZ001 - a workbook's own time has no zone


def _openpyxl(draw: Callable[[Workbook, Worksheet], None]) -> bytes:
    book = Workbook()
    draw(book, book.worksheets[0])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _xlsxwriter(draw: Callable[[Any, Any], None], **options: object) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **options})
    draw(book, book.add_worksheet("Data"))
    book.close()
    return target.getvalue()


def _rows(page: Worksheet, *rows: tuple) -> None:
    for row in rows:
        page.append(list(row))


def _cells(person: Person) -> tuple[str | None, ...]:
    return person[:4]


def _table(page: Worksheet, headings: tuple = HEADINGS, *found: Person) -> None:
    _rows(page, headings, *map(_cells, found or ALL))


def _starts_at_c5(_book: Workbook, page: Worksheet) -> None:
    page["A1"] = "Մեր հաճախորդները"
    page["A2"] = "Հաշվետվություն 2026"
    for r, row in enumerate((HY, *map(_cells, ALL)), 5):
        for c, value in enumerate(row, 3):
            page.cell(r, c, value)


def _merged_title(_book: Workbook, page: Worksheet) -> None:
    page["A1"] = "მომხმარებელთა სია"
    page.merge_cells("A1:D1")
    _rows(page, KA, *map(_cells, ALL))


def _two_heading_rows(_book: Workbook, page: Worksheet) -> None:
    _rows(
        page,
        ("E-mail", "Customer", None, "Contact"),
        (None, "First name", "Last name", "Phone"),
        *map(_cells, ALL),
    )
    page.merge_cells("B1:C1")
    page.merge_cells("A1:A2")


def _blank_columns(_book: Workbook, page: Worksheet) -> None:
    for r, row in enumerate((HEADINGS, *map(_cells, ALL)), 1):
        for c, value in enumerate(row):
            page.cell(r, 1 + 2 * c, value)


def _blank_rows(_book: Workbook, page: Worksheet) -> None:
    _rows(page, HEADINGS, _cells(ANI), (), (), _cells(NINO), (), _cells(ANN))


def _with_total(_book: Workbook, page: Worksheet) -> None:
    _rows(
        page,
        ("Order ID", "Date", "Customer ID", "Amount"),
        (1, date(2026, 2, 1), "C-1", 12500),
        (2, date(2026, 2, 2), "C-2", 700),
        ("Ընդամենը", None, None, 13200),
    )


def _with_subtotals(_book: Workbook, page: Worksheet) -> None:
    _rows(
        page,
        ("Дата", "Номер заказа", "Клиент", "Сумма"),
        (date(2026, 2, 1), 1, "C-1", 12500),
        (date(2026, 2, 1), 2, "C-2", 700),
        ("Итого за 01.02.2026", None, None, 13200),
        (date(2026, 2, 2), 3, "C-1", 300),
        ("Итого за 02.02.2026", None, None, 300),
        ("Всего", None, None, 13500),
    )


def _hidden_row(_book: Workbook, page: Worksheet) -> None:
    _table(page)
    page.row_dimensions[3].hidden = True


def _hidden_sheet(book: Workbook, page: Worksheet) -> None:
    _table(page)
    other = book.create_sheet("Lists")
    _rows(other, ("E-mail", "First name"), ("old@example.com", "Old"))
    other.sheet_state = "hidden"


def _hidden_column(_book: Workbook, page: Worksheet) -> None:
    _table(page)
    page.column_dimensions["D"].hidden = True


def _formulas(book: Any, page: Any) -> None:
    page.write_row(0, 0, HEADINGS)
    for r, person in enumerate(ALL, 1):
        for c, value in enumerate(_cells(person)):
            page.write_formula(r, c, f'="{value}"', None, value)


def _formulas_without_values(_book: Workbook, page: Worksheet) -> None:
    _rows(page, ("E-mail", "First name", "City"), ("ann@example.com", "Ann", '="Lon"&"don"'))


def _dates_1904(book: Workbook, page: Worksheet) -> None:
    book.epoch = CALENDAR_MAC_1904
    _rows(page, ("E-mail", "First name", "Birthday"), ("ann@example.com", "Ann", date(1990, 3, 5)))


def _dates_and_times(_book: Workbook, page: Worksheet) -> None:
    _rows(
        page,
        ("Order ID", "Date", "Customer ID", "Amount"),
        (1, _at(2026, 2, 1, 14, 30), "C-1", 100),
        (2, "03.02.2026", "C-1", 200),
        (3, date(2026, 2, 4), "C-1", 300),
    )


def _numbers_as_text(book: Any, page: Any) -> None:
    page.write_row(0, 0, ("Customer ID", "E-mail", "Phone"))
    page.write_string(1, 0, "00042")
    page.write_string(1, 1, "ann@example.com")
    page.write_string(1, 2, "37491234567")


def _phones_as_numbers(book: Any, page: Any) -> None:
    page.write_row(0, 0, ("E-mail", "First name", "Phone"))
    page.write_row(1, 0, ("ani@example.com", "Անի", 37491234567))
    page.write_row(2, 0, ("nino@example.com", "ნინო", 599123456.0))


def _leading_zeros(book: Any, page: Any) -> None:
    code = book.add_format({"num_format": "00000"})
    page.write_row(0, 0, ("Customer ID", "E-mail"))
    page.write_number(1, 0, 42, code)
    page.write(1, 1, "ann@example.com")


def _money_by_format(book: Any, page: Any) -> None:
    page.write_row(0, 0, ("Order ID", "Date", "Customer ID", "Amount"))
    dram = book.add_format({"num_format": "#,##0 [$֏-42B]"})
    dollar = book.add_format({"num_format": "[$$-409]#,##0.00"})
    for r, (amount, style) in enumerate(((12500, dram), (9.99, dollar), (700, dram)), 1):
        page.write_row(r, 0, (r, f"0{r}.02.2026", "C-1"))
        page.write_number(r, 3, amount, style)


def _shares(book: Any, page: Any) -> None:
    page.write_row(0, 0, ("E-mail", "Discount"))
    page.write(1, 0, "ann@example.com")
    page.write_number(1, 1, 0.15, book.add_format({"num_format": "0%"}))


def _error_cells(book: Any, page: Any) -> None:
    page.write_row(0, 0, HEADINGS)
    page.write_row(1, 0, _cells(ANN))
    page.write_formula(2, 0, "=NA()", None, "#N/A")
    page.write(2, 1, "Lost")


def _rich_text(_book: Workbook, page: Worksheet) -> None:
    _rows(page, HEADINGS, _cells(ANN))
    page["B2"] = CellRichText("A", TextBlock(InlineFont(b=True), "nn"))


def _several_sheets(book: Workbook, page: Worksheet) -> None:
    page.title = "Պատվերներ"
    _rows(
        page,
        ("Պատվերի համար", "Ամսաթիվ", "Էլ. փոստ", "Գումար"),
        (1, date(2026, 2, 1), "ani@example.com", 100),
        (2, date(2026, 2, 2), "x@example.com", 5),
    )
    _table(book.create_sheet("Հաճախորդներ"), HY)
    book.create_sheet("Empty")


def _merged_in_body(_book: Workbook, page: Worksheet) -> None:
    _rows(
        page,
        ORDERS,
        (1, date(2026, 2, 1), "C-1", "Tea", 2, 100, 200),
        (None, None, None, "Cup", 1, 50, 50),
        (2, date(2026, 2, 2), "C-2", "Tea", 1, 100, 100),
    )
    for column in "ABC":
        page.merge_cells(f"{column}2:{column}3")


def _two_lines_in_a_cell(_book: Workbook, page: Worksheet) -> None:
    _rows(page, HEADINGS, ("ann@example.com", "Ann\n", " Walker", "+44 7911\n123456"))


def _headings_again(_book: Workbook, page: Worksheet) -> None:
    _rows(page, HEADINGS, _cells(ANI), HEADINGS, _cells(NINO), HEADINGS, _cells(ANN))


def _numbering_row(_book: Workbook, page: Worksheet) -> None:
    _rows(page, HEADINGS, (1, 2, 3, 4), *map(_cells, ALL))


def _signature(_book: Workbook, page: Worksheet) -> None:
    _rows(page, HY, *map(_cells, ALL), (), ("Գլխավոր հաշվապահ՝ ____________ Ս. Մելքոնյան",))


def _two_e_mails(_book: Workbook, page: Worksheet) -> None:
    _rows(page, HEADINGS, ("ann@example.com; ann.walker@example.org", "Ann", "Walker", None))


def _equal_headings(_book: Workbook, page: Worksheet) -> None:
    _rows(page, ("E-mail", "Size", "Size"), ("ann@example.com", 42, "L"))


def _look_alikes(_book: Workbook, page: Worksheet) -> None:
    # Cyrillic о and а among Latin letters
    _rows(page, HEADINGS, ("ann@example.com", "\u0410nn", "Walker", "+447911123456"))


def _side_by_side(_book: Workbook, page: Worksheet) -> None:
    _rows(
        page,
        (*HEADINGS, None, None, "City", "Shops"),
        (*_cells(ANI), None, None, "Երևան", 3),
        (*_cells(NINO), None, None, "თბილისი", 2),
        _cells(ANN),
    )


def _wide(_book: Workbook, page: Worksheet) -> None:
    _rows(page, (*HEADINGS, *(f"Q{n}" for n in range(300))), (*_cells(ANN), *range(300)))


def _legacy_armenian(_book: Workbook, page: Worksheet) -> None:
    def old(text: str | None) -> str | None:
        return text and encode(text.replace("Էլ.", "Էլ"), "armscii-8").decode("latin-1")

    for row in (HY, *map(_cells, (ANI, ARAM))):
        page.append([old(cell) if cell and cell[0] > "z" else cell for cell in row])
    for line in page.iter_rows():
        for cell in line:
            cell.font = Font(name="Arial Armenian")


def _acadnusx(_book: Workbook, page: Worksheet) -> None:
    _rows(
        page,
        ("elfosta", "saxeli", "gvari", "telefoni"),
        ("nino@example.com", "nino", "beriZe", 599123456),
        ("giorgi@example.com", "giorgi", "kapanaZe", 577111222),
    )
    for line in page.iter_rows(min_col=2):
        for cell in line:
            cell.font = Font(name="AcadNusx")


def _order_lines(_book: Workbook, page: Worksheet) -> None:
    _rows(
        page,
        ORDERS,
        (1, "01.02.2026", "C-1", "Tea", 2, 100, 200),
        (1, "01.02.2026", "C-1", "Cup", 1, 50, 50),
        (2, "02.02.2026", "C-2", "Tea", 1, 100, 100),
        (3, "03.02.2026", "C-1", "Tea", -1, 100, -100),
    )


def _without_amount(_book: Workbook, page: Worksheet) -> None:
    _rows(
        page,
        ORDERS[:6],
        (1, "01.02.2026", "C-1", "Tea", 2, 100),
        (1, "01.02.2026", "C-1", "Cup", 1, 50),
        (2, "02.02.2026", "C-2", "Tea", 3, 100),
    )


def _online_retail(_book: Workbook, page: Worksheet) -> None:
    _rows(
        page,
        (
            "InvoiceNo",
            "StockCode",
            "Description",
            "Quantity",
            "InvoiceDate",
            "UnitPrice",
            "CustomerID",
            "Country",
        ),
        (536365, "85123A", "LANTERN", 6, _at(2010, 12, 1, 8, 26), 2.5, 17850.0, "UK"),
        (536365, "71053", "HOLDER", 2, _at(2010, 12, 1, 8, 26), 3.0, 17850.0, "UK"),
        ("C536379", "D", "Discount", -1, _at(2010, 12, 1, 9, 41), 5.0, 17850.0, "UK"),
        (536370, "22728", "CLOCK", 1, _at(2010, 12, 1, 8, 45), 3.75, None, "France"),
    )


def _products(_book: Workbook, page: Worksheet) -> None:
    _rows(
        page,
        ("Ապրանքի կոդ", "Ապրանքի անվանում", "Կատեգորիա", "Գին"),
        ("T-1", "Թեյ", "Խմիչք", 1200),
        ("C-1", "Բաժակ", "Սպասք", "800 ֏"),
    )


def _calls(_book: Workbook, page: Worksheet) -> None:
    _rows(
        page,
        ("Call date", "Phone", "Employee", "Topic", "Result"),
        (_at(2026, 2, 1, 10), "+37491234567", "Sona", "Delivery", "solved"),
        (_at(2026, 2, 2, 11), "+995599123456", "Sona", "Price", "will call back"),
    )


def _consents(_book: Workbook, page: Worksheet) -> None:
    _rows(
        page,
        ("E-mail", "Consent", "Consent date", "Consent source"),
        ("ani@example.com", "այո", "01.02.2026", "shop"),
        ("ann@example.com", "no", None, None),
    )


def _odd_sheet_names(book: Workbook, page: Worksheet) -> None:
    page.title = "Հաճախորդներ & Co (1)"
    _table(page)


def _protected_sheet(_book: Workbook, page: Worksheet) -> None:
    _table(page)
    page.protection.sheet = True
    page.protection.password = "secret"


def _long_cells(_book: Workbook, page: Worksheet) -> None:
    _rows(page, (*HEADINGS, "Note"), (*_cells(ANN), "x" * 32_000))


def _times(_book: Workbook, page: Worksheet) -> None:
    _rows(page, ("E-mail", "First name", "Best hour"), ("ann@example.com", "Ann", time(14, 30)))


def _card_numbers(_book: Workbook, page: Worksheet) -> None:
    _rows(
        page,
        ("Card number", "First name", "Phone"),
        (4000000000000, "Անի", "+37491234567"),
        ("4000 0000 0000 1", "ნინო", "+995599123456"),
    )


def _other_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The package with one part changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", 8) as new:
        for member in old.infolist():
            content = old.read(member)
            new.writestr(member.filename, change(content) if member.filename == name else content)
    return target.getvalue()


def _plain() -> bytes:
    return _openpyxl(lambda _book, page: _table(page))


_SHEET = "xl/worksheets/sheet1.xml"
_FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
_ENTITY = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;">]>'
)


def _document() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return target.getvalue()


_XML_2003 = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="TDSheet"><Table>
<Row><Cell><Data ss:Type="String">E-mail</Data></Cell><Cell><Data ss:Type="String">Имя</Data></Cell>
</Row><Row><Cell><Data ss:Type="String">ann@example.com</Data></Cell><Cell>
<Data ss:Type="String">Ann</Data></Cell></Row></Table></Worksheet></Workbook>"""
_HTML = (
    "<html><meta charset='utf-8'><table><tr><th>E-mail</th><th>Անուն</th></tr>"
    "<tr><td>ani@example.com</td><td>Անի</td></tr></table></html>"
)


def _text_in_one_column(_book: Workbook, page: Worksheet) -> None:
    _rows(page, *((";".join(cell or "" for cell in row),) for row in (HY, *map(_cells, ALL))))


ONE = Expected((Sheet(stored=1),))
FILES: dict[str, tuple[Callable[[], bytes], Expected]] = {
    "starts_at_c5.xlsx": (partial(_openpyxl, _starts_at_c5), people(*ALL)),
    "merged_title.xlsx": (partial(_openpyxl, _merged_title), people(*ALL)),
    "two_heading_rows.xlsx": (partial(_openpyxl, _two_heading_rows), people(*ALL)),
    "blank_columns.xlsx": (partial(_openpyxl, _blank_columns), people(*ALL)),
    "blank_rows.xlsx": (partial(_openpyxl, _blank_rows), people(*ALL)),
    "total_row.xlsx": (partial(_openpyxl, _with_total), Expected(
        (Sheet("orders", stored=2, reasons={"totals_row": 1}),),
        sums={"C-1": 1250000, "C-2": 70000})),
    "subtotals.xlsx": (partial(_openpyxl, _with_subtotals), Expected(
        (Sheet("orders", stored=3, reasons={"totals_row": 3}),),
        sums={"C-1": 1280000, "C-2": 70000})),
    "hidden_row.xlsx": (partial(_openpyxl, _hidden_row), people(*ALL, notes=("hidden_rows",))),
    "hidden_sheet.xlsx": (partial(_openpyxl, _hidden_sheet), Expected(
        (Sheet(stored=3), Sheet("ignore")), ALL)),
    "hidden_column.xlsx": (partial(_openpyxl, _hidden_column), people(*ALL)),
    "formulas.xlsx": (partial(_xlsxwriter, _formulas), people(*ALL)),
    "formulas_without_values.xlsx": (partial(_openpyxl, _formulas_without_values), ONE),
    "dates_1904.xlsx": (partial(_openpyxl, _dates_1904), Expected(
        (Sheet(stored=1),), birthdays={"ann@example.com": "1990-03-05"})),
    "dates_and_times.xlsx": (partial(_openpyxl, _dates_and_times), Expected(
        (Sheet("orders", stored=3),), sums={"C-1": 60000})),
    "numbers_as_text.xlsx": (partial(_xlsxwriter, _numbers_as_text), people(
        ("ann@example.com", None, None, "+37491234567", "hy"))),
    "phones_as_numbers.xlsx": (partial(_xlsxwriter, _phones_as_numbers), people(
        ("ani@example.com", "Անի", None, "+37491234567", "hy"),
        ("nino@example.com", "ნინო", None, "+995599123456", "ka"))),
    "leading_zeros.xlsx": (partial(_xlsxwriter, _leading_zeros), ONE),
    "money_by_format.xlsx": (partial(_xlsxwriter, _money_by_format), Expected(
        (Sheet("orders", stored=2, reasons={"no_rate": 1}),), sums={"C-1": 1320000})),
    "shares.xlsx": (partial(_xlsxwriter, _shares), Expected(
        (Sheet(stored=1),), attributes={"ann@example.com": {"Discount": "15%"}})),
    "error_cells.xlsx": (partial(_xlsxwriter, _error_cells), Expected(
        (Sheet(stored=1, reasons={"no_key": 1}),), (ANN,))),
    "rich_text.xlsx": (partial(_openpyxl, _rich_text), people(ANN)),
    "several_sheets.xlsx": (partial(_openpyxl, _several_sheets), Expected(
        (Sheet("orders", stored=2), Sheet(stored=3)), ALL)),
    "merged_in_body.xlsx": (partial(_openpyxl, _merged_in_body), Expected(
        (Sheet("order_lines", stored=3),), sums={"C-1": 25000, "C-2": 10000})),
    "two_lines_in_a_cell.xlsx": (partial(_openpyxl, _two_lines_in_a_cell), people(ANN)),
    "headings_again.xlsx": (partial(_openpyxl, _headings_again), people(*ALL)),
    "numbering_row.xlsx": (partial(_openpyxl, _numbering_row), people(*ALL)),
    "signature.xlsx": (partial(_openpyxl, _signature), people(*ALL)),
    "two_e_mails.xlsx": (partial(_openpyxl, _two_e_mails), people(
        ("ann@example.com", "Ann", "Walker", None, "hy"))),
    "equal_headings.xlsx": (partial(_openpyxl, _equal_headings), Expected((Sheet(stored=1),), attributes={
        "ann@example.com": {"Size": "42", "Size (2)": "L"}})),
    "look_alikes.xlsx": (partial(_openpyxl, _look_alikes), people(ANN, notes=("name_letters",))),
    "side_by_side.xlsx": (partial(_openpyxl, _side_by_side), people(*ALL)),
    "wide.xlsx": (partial(_openpyxl, _wide), people(ANN)),
    "arial_armenian.xlsx": (partial(_openpyxl, _legacy_armenian), people(ANI, ARAM)),
    "acadnusx.xlsx": (partial(_openpyxl, _acadnusx), people(NINO, GIORGI)),
    "order_lines.xlsx": (partial(_openpyxl, _order_lines), Expected(
        (Sheet("order_lines", stored=4),), sums={"C-1": 15000, "C-2": 10000})),
    "without_amount.xlsx": (partial(_openpyxl, _without_amount), Expected(
        (Sheet("order_lines", stored=3),), sums={"C-1": 25000, "C-2": 30000})),
    "online_retail.xlsx": (partial(_openpyxl, _online_retail), Expected(
        (Sheet("order_lines", stored=3, reasons={"no_customer": 1}),), sums={"17850": 1600})),
    "products.xlsx": (partial(_openpyxl, _products), Expected((Sheet("products", stored=2),))),
    "calls.xlsx": (partial(_openpyxl, _calls), Expected((Sheet("conversations", stored=2),))),
    "consents.xlsx": (partial(_openpyxl, _consents), Expected((Sheet("consents", stored=2),))),
    "odd_sheet_names.xlsx": (partial(_openpyxl, _odd_sheet_names), people(*ALL)),
    "protected_sheet.xlsx": (partial(_openpyxl, _protected_sheet), people(*ALL)),
    "long_cells.xlsx": (partial(_openpyxl, _long_cells), people(ANN)),
    "times.xlsx": (partial(_openpyxl, _times), ONE),
    "card_numbers.xlsx": (partial(_openpyxl, _card_numbers), Expected((Sheet(stored=2),))),
    "text_in_one_column.xlsx": (partial(_openpyxl, _text_in_one_column), people(*ALL)),
    "macros.xlsm": (_plain, people(*ALL)),
    "wrong_ending.csv.xlsx": (lambda: b"E-mail;First name\r\nann@example.com;Ann\r\n", ONE),
    "xml_2003.xls": (_XML_2003.encode, ONE),
    "page.xls": (_HTML.encode, ONE),
    "no_rows.xlsx": (lambda: _openpyxl(lambda _book, page: _rows(page, HEADINGS)), refused("sheet.no_rows")),
    "blank.xlsx": (lambda: _openpyxl(lambda _book, _page: None), refused("sheet.empty")),
    "cut_off.xlsx": (lambda: _plain()[:2500], refused("sheet.damaged")),
    "document.xlsx": (_document, refused("sheet.not_a_workbook")),
    "report.pdf.xlsx": (lambda: b"%PDF-1.7\n" + bytes(200), refused("sheet.not_a_workbook")),
    "far_cell.xlsx": (
        lambda: _other_part(_plain(), _SHEET, lambda xml: xml.replace(b"</sheetData>", _FAR)),
        refused("sheet.too_many_cells")),
    "bomb.xlsx": (
        lambda: _other_part(_plain(), _SHEET, lambda xml: xml + b"<!--" + b" " * 300_000_000 + b"-->"), refused("sheet.bomb")),
    "entities.xlsx": (
        lambda: _other_part(_plain(), _SHEET, lambda xml: xml.replace(b"<worksheet", _ENTITY + b"<worksheet", 1)),
        refused("sheet.not_a_workbook")),
}  # fmt: skip

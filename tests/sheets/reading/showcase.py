"""A workbook of everything that cells show, and what must be read from it.

The files of ``books/`` are this workbook, saved by LibreOffice:

    python -m tests.sheets.reading.showcase showcase.xlsx
    soffice --headless --convert-to ods showcase.xlsx        (and xls, xlsx)
"""

from __future__ import annotations

import sys

import xlsxwriter

NUMBERS: tuple[tuple[str, float, str, str], ...] = (
    ("dram", 12500, '#,##0 "֏"', "12500 ֏"),
    ("dram of a locale", 12500.5, "[$֏-42B] #,##0.00", "12500.5 ֏"),
    ("lari", 49.9, "#,##0.00\\ [$₾-437]", "49.9 ₾"),
    ("dollar", 1234.5, '"$"#,##0.00', "1234.5 $"),
    ("word", 9990, '#,##0\\ "դր."', "9990 դր."),
    (
        "accounting", -1234.5,
        '_-* #,##0.00\\ "₽"_-;\\-* #,##0.00\\ "₽"_-;_-* "-"??\\ "₽"_-;_-@_-', "-1234.5 ₽",
    ),
    ("zeros", 42, "00000", "00042"),
    ("long phone", 5551234567, "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "(555) 123-4567"),
    ("short phone", 5551234, "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "555-1234"),
    ("plus", 37491234567, '"+"0', "+37491234567"),
    ("code", 42, '"C-"00000', "C-00042"),
    ("percent", 0.15, "0%", "15%"),
    ("percent not rounded", 0.155, "0%", "15.5%"),
    ("date", 46083, "dd.mm.yyyy", "2026-03-02"),
    ("date of a locale", 46083, "[$-409]d\\-mmm\\-yy;@", "2026-03-02"),
    ("moment", 46083.395833333333, "yyyy-mm-dd hh:mm", "2026-03-02 09:30:00"),
    ("time", 0.395833333333, "hh:mm", "09:30:00"),
    ("duration", 1.5, "[h]:mm", "36:00:00"),
    ("fraction", 0.1 + 0.2, "General", "0.3"),
    ("card", 4000000000000001, "0", "4000000000000001"),
    ("power", 1.5e-7, "0.00E+00", "0.00000015"),
    ("thousands", 12500, "#,##0", "12500"),
)  # fmt: skip
TEXTS = {
    "escapes": ' a & b <c> "d" ', "lines": "one\ntwo", "digits": "00123",
    "Անի": "ნინო", "like an escape": "_x000D_",
}  # fmt: skip
FORMULAS = {"formula": ("=1+1", 2, "2"), "formula of text": ('="a"&"b"', "ab", "ab"),
            "error": ("=1/0", "#DIV/0!", "#DIV/0!")}  # fmt: skip
SHOWN = {
    **{name: shown for name, _, _, shown in NUMBERS}, **TEXTS,
    **{name: shown for name, (_, _, shown) in FORMULAS.items()}, "runs": "bold plain",
}  # fmt: skip


def write(path: str) -> None:
    """Write the workbook."""
    book = xlsxwriter.Workbook(path)
    sheet, bold = book.add_worksheet("Data"), book.add_format({"bold": True})
    for row, (name, value, code, _) in enumerate(NUMBERS):
        sheet.write(row, 0, name)
        sheet.write_number(row, 1, value, book.add_format({"num_format": code}))
    for row, (name, text) in enumerate(TEXTS.items(), len(NUMBERS)):
        sheet.write_row(row, 0, [name])
        sheet.write_string(row, 1, text)
    for row, (name, (formula, value, _)) in enumerate(FORMULAS.items(), len(NUMBERS) + len(TEXTS)):
        sheet.write(row, 0, name)
        sheet.write_formula(row, 1, formula, None, value)
    sheet.write(len(SHOWN) - 1, 0, "runs")
    sheet.write_rich_string(len(SHOWN) - 1, 1, bold, "bold", " plain")
    sheet.set_row(3, options={"hidden": True})
    sheet.set_column("D:E", options={"hidden": True})
    sheet.merge_range("G1:H2", "merged")
    for name, hide in (("Hidden", "hide"), ("Very", "very_hidden")):
        page = book.add_worksheet(name)
        page.write("C5", "x")
        getattr(page, hide)()
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Data!$B$1:$B$3"})
    book.add_chartsheet("Chart").set_chart(chart)
    book.add_worksheet("Empty")
    book.close()


if __name__ == "__main__":
    write(sys.argv[1])

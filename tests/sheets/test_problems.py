"""Tests of campaigns/sheets/problems.py: which cell of the marketer's workbook is marked."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from campaigns.model.language import Language
from campaigns.sheets import reports
from campaigns.sheets.writing.book import RED
from tests.support.sheets import csv_file, take_in


def test_an_amount_without_a_rate_is_marked_where_its_currency_stands(sqlite_workspace, now):
    orders = [["Customer ID", "Date", "Amount"], ["C-1", "21.02.2026", "100 ₾"]]
    [found] = take_in(sqlite_workspace, csv_file(orders), "orders.csv", now=now)
    assert found.reasons == {"no_rate": 1}

    book = reports.problem_book_of(sqlite_workspace, [found.upload], Language.EN)

    [heading, row] = load_workbook(io.BytesIO(book)).worksheets[0].iter_rows()
    marked = [h.value for h, cell in zip(heading, row, strict=True) if cell.fill.fgColor.rgb == RED]
    assert marked == ["Amount", "problem"]

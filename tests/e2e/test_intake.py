"""A workbook of 100 000 customers: taken in, mended, taken back, in a browser, in Armenian."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from xlsxwriter import Workbook

from campaigns.language.labels import label
from campaigns.model.language import Language
from campaigns.ui.mapping_table import ROW_HEIGHT
from tests.e2e.conftest import Running
from tests.e2e.test_main_job import _, press
from tools.screenshots import settle

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300)]

ROWS = 100_000
BAD = 50
HEADINGS = ["Հաճախորդի կոդ", "Անուն", "Էլ. փոստ", "Համաձայնություն", "Ժժժ"]
LONG_MS = 120_000
HY = Language.HY


def test_a_large_workbook_is_taken_in_mended_and_taken_back(
    up: Running, page: Page, tmp_path: Path
):
    page.goto(f"{up.ui}/contacts?lang=hy")
    settle(page)

    drop(page, make_workbook(tmp_path / "հաճախորդներ.xlsx"))
    say_what_the_first_column_means(page, _("Leave it out"), columns=len(HEADINGS))
    press(page, "Yes, take it in")
    assert counts(page, "հաճախորդներ.xlsx") == [ROWS, ROWS - BAD, 0, BAD]
    assert "Ժժժ" not in attributes(up)

    mended = mend(download_problems(page, tmp_path / "problems.xlsx"), tmp_path / "ուղղված.xlsx")
    drop(page, mended)
    press(page, "Yes, take it in")
    assert counts(page, "ուղղված.xlsx")[1] == BAD
    assert contacts(up) == ROWS

    press(page, "Undo this upload…")
    press(page, "Yes, undo it")
    expect(page.get_by_text(label("upload.undone", HY)).first).to_be_visible(timeout=LONG_MS)
    assert contacts(up) == ROWS - BAD


def make_workbook(path: Path) -> Path:
    """Customers with valid addresses but for some, and one column that nobody can make out."""
    book = Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Հաճախորդներ")
    sheet.write_row(0, 0, HEADINGS)
    for number in range(ROWS):
        bad = number % (ROWS // BAD) == 7
        sheet.write_row(number + 1, 0, [
            f"C-{number:06}", "Անի", "չկա հասցե" if bad else f"ani{number}@example.am",
            "այո" if number % 3 else "ոչ", "ժ" * (number % 3),
        ])  # fmt: skip
    book.close()
    return path


def drop(page: Page, book: Path) -> None:
    """Drop a workbook into the page, and wait until it is asked about."""
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(book)
    expect(page.get_by_role("heading", name=_("Is this right?"))).to_be_visible(timeout=LONG_MS)
    settle(page)


def say_what_the_first_column_means(page: Page, meaning: str, *, columns: int) -> None:
    """Choose in the second cell of the first row, which is a canvas, as one does by keyboard."""
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    settle(page)
    box = table.bounding_box()
    row = ROW_HEIGHT
    head = box["height"] - columns * row
    page.mouse.click(box["x"] + 220, box["y"] + head + row / 2)
    page.wait_for_timeout(500)  # the canvas shows nowhere that it has the cell
    page.keyboard.press("Enter")
    list_of_meanings = page.locator("[id^=gdg-overlay] [role=combobox]")
    expect(list_of_meanings).to_be_attached()
    page.keyboard.type(meaning)
    expect(list_of_meanings).to_have_value(meaning)
    page.keyboard.press("Enter")
    expect(list_of_meanings).to_have_count(0)
    settle(page)


def counts(page: Page, file: str) -> list[int]:
    """Wait until a file is stored; return its rows: all, taken in, joined, refused."""
    heading = page.get_by_role("heading", name=re.compile(re.escape(file)))
    expect(heading).to_be_visible(timeout=LONG_MS)
    settle(page)
    shown = page.get_by_test_id("stMetricValue").all_inner_texts()
    return [int(re.sub(r"\D", "", text)) for text in shown[:4]]


def download_problems(page: Page, path: Path) -> Path:
    button = page.get_by_role("button", name=_("Download your workbook with the problems marked"))
    expect(button).to_be_visible(timeout=LONG_MS)
    settle(page)
    with page.expect_download() as download:
        button.click()
    download.value.save_as(path)
    return path


def mend(book: Path, target: Path) -> Path:
    """Write an address into each row that the book says has none."""
    workbook = load_workbook(book)
    sheet = workbook.worksheets[0]
    heading = {cell.value: cell.column for cell in sheet[1]}
    place, problem = heading["Էլ. փոստ"], heading[label("sheet.problem", HY)]
    mended = 0
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, problem).value:
            assert re.search("[ա-և]", sheet.cell(row, problem).value)
            sheet.cell(row, place).value = f"mended{row}@example.am"
            mended += 1
    assert mended == BAD
    workbook.save(target)
    return target


def contacts(up: Running) -> int:
    return _one(up, "SELECT count(*) FROM contact")


def attributes(up: Running) -> dict[str, str]:
    return json.loads(_one(up, "SELECT attributes FROM contact WHERE customer_id = 'C-000001'"))


def _one(up: Running, query: str):
    with sqlite3.connect(f"file:{up.data / 'campaigns.sqlite'}?mode=ro", uri=True) as connection:
        return connection.execute(query).fetchone()[0]

from pathlib import Path

import openpyxl
import polars as pl
import pytest

from campaigns.sheets.reading import book_cells
from campaigns.sheets.reading.book_cells import Cells, Look, cells_of
from campaigns.sheets.reading.book_marks import contents, formats
from campaigns.sheets.reading.package import opened
from campaigns.sheets.reading.shared_strings import strings_of
from campaigns.sheets.reading.sheet_text import SheetText
from tests.sheets.reading.showcase import write

LIBREOFFICE = Path(__file__).parent / "books" / "libreoffice.xlsx"


def _openpyxl(path: Path) -> None:
    book = openpyxl.load_workbook(LIBREOFFICE)
    book.active.append(["a", 1, None, "=1+1", True])
    book.save(path)


MAKERS = {
    "xlsxwriter": lambda path: write(str(path)),
    "openpyxl": _openpyxl,
    "libreoffice": lambda path: path.write_bytes(LIBREOFFICE.read_bytes()),
}


def _first_sheet(path: Path) -> tuple[bytes, Look]:
    with opened(path) as package:
        book = contents(package)
        known = book.strings in package
        strings = (
            strings_of(package.pieces(book.strings)) if known else pl.Series([], dtype=pl.String)
        )
        text = SheetText(package.pieces(book.pages[0].part))
        text.head()
        [(_, rows)] = text.chunks()
        return rows, Look(strings, formats(package, book.styles))


def _sorted(cells: Cells) -> pl.DataFrame:
    return cells.places.sort("row", "column")


@pytest.mark.parametrize("maker", MAKERS)
def test_what_is_read_at_once_is_what_the_xml_parser_reads(tmp_path, monkeypatch, maker):
    MAKERS[maker](tmp_path / "book.xlsx")
    rows, look = _first_sheet(tmp_path / "book.xlsx")
    at_once = cells_of(rows, 0, look)
    assert book_cells._at_once(rows) is not None
    monkeypatch.setattr(book_cells, "_at_once", lambda _rows: None)

    one_by_one = cells_of(rows, 0, look)

    assert _sorted(at_once).equals(_sorted(one_by_one))
    assert at_once.places.height >= 61
    assert at_once.without_result == one_by_one.without_result

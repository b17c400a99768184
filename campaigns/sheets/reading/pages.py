"""Tables that programs of accounting write under the name ``.xls``: pages of HTML, and XML.

Excel opens them and says that the file is of another form than its name; people take them for
workbooks. Read event by event; scripts are not run, nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from campaigns.errors import InputError
from campaigns.sheets.reading.documents import sheets as document_sheets
from campaigns.sheets.reading.events import filled
from campaigns.sheets.reading.grid import Grid
from campaigns.sheets.reading.html_tables import tables
from campaigns.sheets.reading.package import in_utf8
from campaigns.sheets.reading.xml_2003 import sheets as workbook_sheets

PIECE_BYTES = 1 << 20
PAGE_LIMIT_BYTES = 50_000_000
"""A page is kept whole while it is read."""
WORKBOOK = re.compile(rb"<(?:[\w.-]{1,40}:)?Workbook[\s>]")
DOCUMENT = re.compile(rb"<office:document[\s>]")


def page_grids(path: Path, *, limit: int | None) -> Iterator[Grid]:
    """Yield the tables of a page, or the sheets of a workbook written as XML.

    Raises:
        InputError: it holds no table, is damaged or larger than we take.
    """
    with path.open("rb") as file:
        head = file.read(PIECE_BYTES).replace(b"\0", b"")
    if WORKBOOK.search(head):
        yield from filled(workbook_sheets(in_utf8(_pieces(path))), limit)
    elif DOCUMENT.search(head):
        yield from filled(document_sheets(in_utf8(_pieces(path))), limit)
    else:
        yield from _tables(path, limit)


def _tables(path: Path, limit: int | None) -> Iterator[Grid]:
    found = list(filled(tables(_page(path)), limit))
    if not found:
        raise InputError("sheet.not_a_workbook")
    yield from found


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            yield piece


def _page(path: Path) -> bytes:
    size = path.stat().st_size
    if size > PAGE_LIMIT_BYTES:
        raise InputError("sheet.too_large", got=size // 10**6, limit=PAGE_LIMIT_BYTES // 10**6)
    return path.read_bytes()

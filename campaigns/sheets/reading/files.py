"""Files into tables of text. Nothing is interpreted here and no type is ever inferred.

Type inference silently turns later cells of another type into nulls (measured: 1,000 of 3,000
dates, phones and numbers lost), so every cell is read as the text that it shows. Formulas are
never evaluated: the value that the spreadsheet program last saved is read.

What a file is, its first bytes tell, not its name. Each form has a module of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from campaigns.errors import InputError
from campaigns.sheets.reading import plain
from campaigns.sheets.reading.book_fonts import drawn_fonts
from campaigns.sheets.reading.books import Progress, book_grids
from campaigns.sheets.reading.documents import document_grids
from campaigns.sheets.reading.fonts import converted_grid
from campaigns.sheets.reading.grid import Grid, Options
from campaigns.sheets.reading.lone_column import parted
from campaigns.sheets.reading.old_books import old_grids
from campaigns.sheets.reading.package import opened
from campaigns.sheets.reading.pages import page_grids

FILE_LIMIT_BYTES = 200_000_000
TEXT_LIMIT_BYTES = 1_000_000_000
"""Text is not packed, and is read without being held in memory."""
HEAD_BYTES = 512
"""So much of a file tells what it is."""
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP = b"PK\x03\x04"
OTHER_FILES = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf"
)  # fmt: skip
PAGES = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta", b"<head", b"<body", b"<!--")
"""How files begin that are written as XML or HTML, whatever their name says."""
SHORTCUT = b'"doc_id"'
"""In a file of Google Drive, which is but a link."""
NUMBERS = ("Index/Document.iwa", "Index.zip")
"""Parts of a file of Apple Numbers."""


def grids(
    path: Path,
    options: Options = Options(),  # noqa: B008 - frozen
    *,
    limit: int | None = None,
    sheet: str | None = None,
    progress: Progress = lambda _rows: None,
) -> Iterator[Grid]:
    """Yield the sheets of the file that hold anything, ``limit`` rows of each.

    Args:
        path: the file; what it is, its first bytes tell.
        options: what a person says of how it is to be read.
        limit: how many rows of each sheet.
        sheet: only the sheet of that name.
        progress: called with the number of rows read so far of a sheet.

    Raises:
        InputError: the file is no table, is encrypted, damaged, or larger than we take.
    """
    check_size(path)
    for grid in _grids(path, options, limit, progress):
        if sheet in (None, grid.sheet):
            yield parted(grid)


def is_book(path: Path) -> bool:
    """Say whether the file is a workbook, by how it begins; else it is taken for text."""
    return _is_book(_head(path))


def check_size(path: Path) -> None:
    """Refuse a file that is empty or larger than we take.

    Raises:
        InputError: it is.
    """
    check_length(path.stat().st_size, _head(path))


def check_length(size: int, head: bytes) -> None:
    """Refuse a file of ``size`` bytes that begins with ``head``, when it is empty or too large.

    Raises:
        InputError: it is.
    """
    if size == 0:
        raise InputError("sheet.empty")
    limit = FILE_LIMIT_BYTES if _is_book(head) else TEXT_LIMIT_BYTES
    if size > limit:
        raise InputError("sheet.too_large", got=size // 10**6, limit=limit // 10**6)


def check_text(path: Path) -> None:
    """Refuse what is neither a workbook nor text.

    Raises:
        InputError: it is a picture, another archive, or a shortcut to a sheet elsewhere.
    """
    head = _head(path)
    if head.startswith(b"{") and SHORTCUT in head:
        raise InputError("sheet.shortcut")
    if head.startswith(OTHER_FILES):
        raise InputError("sheet.not_a_workbook")


def _grids(path: Path, options: Options, limit: int | None, progress: Progress) -> Iterator[Grid]:
    head = _head(path)
    if head.startswith(ZIP):
        return _packed(path, options, limit, progress)
    if head.startswith(OLE) or _is_page(head):
        found = (
            old_grids(path, limit=limit) if head.startswith(OLE) else page_grids(path, limit=limit)
        )
        return (converted_grid(grid, options.font) for grid in found)
    check_text(path)
    return _text(path, options, limit)


def _packed(path: Path, options: Options, limit: int | None, progress: Progress) -> Iterator[Grid]:
    with opened(path) as package:
        if any(part in package for part in NUMBERS):
            raise InputError("sheet.numbers")
        if "content.xml" in package:
            drawn, found = {}, document_grids(package, limit=limit)
        else:
            found = book_grids(package, limit=limit, progress=progress)
            drawn = drawn_fonts(package)
        for grid in found:
            yield converted_grid(grid, options.font, drawn.get(grid.sheet, {}))


def _text(path: Path, options: Options, limit: int | None) -> Iterator[Grid]:
    grid = plain.read_text(path, options, limit)
    if grid.cells.width:
        yield grid


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def _is_book(head: bytes) -> bool:
    return head.startswith((ZIP, OLE)) or _is_page(head)


def _is_page(head: bytes) -> bool:
    return head.replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf \r\n\t").lower().startswith(PAGES)

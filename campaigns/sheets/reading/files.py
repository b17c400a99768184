"""Files into tables of text. Nothing is interpreted here and no type is ever inferred.

Type inference silently turns later cells of another type into nulls (measured: 1,000 of 3,000
dates, phones and numbers lost), so every cell is read as the text that it shows. Formulas are
never evaluated: the value that the spreadsheet program last saved is read.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import fastexcel
import polars as pl

from campaigns.errors import InputError
from campaigns.sheets.reading import plain
from campaigns.sheets.reading.extent import cells_within, is_plain
from campaigns.sheets.reading.grid import Grid, Marks, Options

FILE_LIMIT_BYTES = 200_000_000
UNPACKED_LIMIT_BYTES = 2_000_000_000
RATIO_LIMIT = 200
RATIO_FREE_BYTES = 100_000_000
"""Below this size, unpacked, any ratio is harmless: a sheet of equal cells packs very well."""
CELL_LIMIT = 60_000_000
MIDNIGHT = r"^(\d{4}-\d{2}-\d{2}) 00:00:00$"
"""How a date without a time is read from a workbook."""
ROWS_A_PIECE = 50_000
HEAD_BYTES = 1_000_000
PIECE_BYTES = 1 << 20
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP = b"PK\x03\x04"
ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
OTHER_FILES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
BINARY_BOOK = "workbook.bin"
"""An .xlsb; how far its cells reach cannot be known beforehand."""
PAGES = (b"<!doctype", b"<html", b"<?xml", b"{\\rtf")


def grids(
    path: Path,
    options: Options = Options(),  # noqa: B008 - frozen
    *,
    limit: int | None = None,
    sheet: str | None = None,
) -> Iterator[Grid]:
    """Yield the sheets of the file that hold anything, ``limit`` rows of each.

    Args:
        path: the file; what it is, its first bytes tell.
        options: what a person says of how it is to be read.
        limit: how many rows of each sheet.
        sheet: only the sheet of that name.

    Raises:
        InputError: the file is no table, is encrypted, or is larger than we take.
    """
    check_size(path)
    head = _head(path)
    if head.startswith((ZIP, OLE)):
        yield from _book(path, head, limit, sheet)
    else:
        yield from _text(path, head, options, limit)


def is_book(path: Path) -> bool:
    """Say whether the file is a workbook, by how it begins; else it is taken for text."""
    return _head(path).startswith((ZIP, OLE))


def check_size(path: Path) -> None:
    """Refuse a file that is empty or larger than we take.

    Raises:
        InputError: it is.
    """
    size = path.stat().st_size
    if size == 0:
        raise InputError("sheet.empty")
    if size > FILE_LIMIT_BYTES:
        raise InputError("sheet.too_large", got=size // 10**6, limit=FILE_LIMIT_BYTES // 10**6)


def check_unpacked(path: Path) -> None:
    """Refuse an archive that unpacks to more than we take, whatever its directory says.

    The reader trusts the lengths that the archive declares, and a hostile one lies. So a new file
    is unpacked once, to nowhere (0.5 GB a second).

    Raises:
        InputError: it is a bomb, or damaged.
    """
    if not zipfile.is_zipfile(path):
        return
    unpacked, packed = 0, path.stat().st_size
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if member.filename.lower().endswith(BINARY_BOOK):
                    raise InputError("sheet.not_a_workbook")
                member.file_size = UNPACKED_LIMIT_BYTES * 2  # what it says is not believed
                unpacked = _check_part(archive, member, unpacked, packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as cause:
        raise InputError("sheet.not_a_workbook") from cause


def _check_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, before: int, packed: int) -> int:
    """Unpack one part and look how far its cells reach; return the bytes unpacked so far."""
    unpacked = before

    def pieces() -> Iterator[bytes]:
        nonlocal unpacked
        with archive.open(member) as content:
            while piece := content.read(PIECE_BYTES):
                unpacked += len(piece)
                _check_ratio(unpacked, packed)
                yield piece

    plain_part = is_plain(found := pieces())
    for _ in found:  # the rest of a part that is not plain counts as well
        pass
    after, unpacked = unpacked, before
    if not plain_part and cells_within(pieces()) > CELL_LIMIT:
        raise InputError("sheet.too_many_cells", sheet=member.filename, limit=CELL_LIMIT)
    return after


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(512)


def _book(path: Path, head: bytes, limit: int | None, only: str | None) -> Iterator[Grid]:
    _check_container(path, head)
    book = _opened(path)
    for name in book.sheet_names:
        if only is not None and name != only:
            continue
        cells = _sheet(book, name, limit)
        if cells.width and cells.height:
            yield Grid(name, cells, Marks(from_book=True))


def _opened(path: Path) -> fastexcel.ExcelReader:
    try:
        return fastexcel.read_excel(path)
    except fastexcel.FastExcelError as cause:
        code = "sheet.encrypted" if "password" in str(cause).lower() else "sheet.not_a_workbook"
        raise InputError(code) from cause


def _sheet(book: fastexcel.ExcelReader, name: str, limit: int | None) -> pl.DataFrame:
    options: dict[str, Any] = {"header_row": None, "skip_rows": 0, "dtypes": "string"}
    try:
        sheet = book.load_sheet(name, n_rows=limit, **options)
    except fastexcel.FastExcelError as cause:
        raise InputError("sheet.broken", sheet=name) from cause
    if sheet.width * sheet.total_height > CELL_LIMIT:
        raise InputError("sheet.too_many_cells", sheet=name, limit=CELL_LIMIT)
    if not sheet.width or not sheet.height:
        return pl.DataFrame()
    frame: pl.DataFrame = sheet.to_polars()
    return frame.select(
        pl.col(old).cast(pl.String).str.replace(MIDNIGHT, "$1").alias(str(place))
        for place, old in enumerate(frame.columns)
    )


def _check_container(path: Path, head: bytes) -> None:
    if head.startswith(OLE):
        # An encrypted .xlsx is an OLE container too; an .xls is read as it is.
        if ENCRYPTED_PART in path.read_bytes():
            raise InputError("sheet.encrypted")
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile as cause:
        raise InputError("sheet.not_a_workbook") from cause
    _check_ratio(sum(member.file_size for member in members), path.stat().st_size)


def _check_ratio(unpacked: int, packed: int) -> None:
    bomb = unpacked > RATIO_FREE_BYTES and unpacked / packed > RATIO_LIMIT
    if bomb or unpacked > UNPACKED_LIMIT_BYTES:
        raise InputError("sheet.bomb", got=unpacked // 10**6)


def _text(path: Path, head: bytes, options: Options, limit: int | None) -> Iterator[Grid]:
    if head.startswith(OTHER_FILES) or head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(
        PAGES
    ):
        raise InputError("sheet.not_a_workbook")
    whole = limit is None or path.stat().st_size <= HEAD_BYTES
    text = plain.text_of(_bytes(path, whole=whole), options.encoding)
    rows = islice(plain.rows_of(text, whole=whole), limit)
    pieces = []
    cells = 0
    while piece := list(islice(rows, ROWS_A_PIECE)):
        pieces.append(_frame(piece))
        cells += pieces[-1].width * pieces[-1].height
        if cells > CELL_LIMIT:
            raise InputError("sheet.too_many_cells", sheet="", limit=CELL_LIMIT)
    frame = pl.concat(pieces, how="diagonal") if pieces else pl.DataFrame()
    if frame.width:
        yield Grid("", frame)


def _bytes(path: Path, *, whole: bool) -> bytes:
    """The whole file, or whole lines of its beginning when only some rows are wanted."""
    if whole:
        return path.read_bytes()
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    return head[: head.rfind(b"\n") + 1] or head


def _frame(rows: list[list[str]]) -> pl.DataFrame:
    width = max(len(row) for row in rows)
    full = [[*(cell or None for cell in row), *[None] * (width - len(row))] for row in rows]
    names = [str(number) for number in range(width)]
    return pl.DataFrame(full, schema=dict.fromkeys(names, pl.String), orient="row")

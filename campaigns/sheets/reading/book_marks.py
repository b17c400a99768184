"""What an .xlsx says beside its cells: hidden sheets, rows and columns, merges, number formats."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from campaigns.errors import InputError
from campaigns.sheets.reading.book_cells import column_number
from campaigns.sheets.reading.grid import Merge
from campaigns.sheets.reading.number_formats import BUILT_IN, PLAIN, Format, read
from campaigns.sheets.reading.package import Package
from campaigns.sheets.reading.sheet_text import row_after

SHEETS_LIMIT = 500
MERGES_LIMIT = 100_000
COLUMNS_LIMIT = 16_384
YES = ("1", "true", "on")
_HIDDEN = re.compile(rb"<(?:row|col)\b[^>]*\shidden\s*=\s*[\"'](?:1|true)[\"'][^>]*>")
_ROW = re.compile(rb"<row\b[^>]*>")
_ATTRIBUTE = re.compile(rb"\s(\w+)\s*=\s*[\"']([^\"']*)[\"']")
_MERGE = re.compile(
    rb"<mergeCell\b[^>]*\sref\s*=\s*[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})[\"']"
)


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """What the parts of a workbook are."""

    pages: tuple[Page, ...]
    strings: str
    styles: str
    from_1904: bool


def contents(package: Package) -> Contents:
    """Return what a workbook is made of; charts and macro sheets are left out.

    Raises:
        InputError: it lists no sheets, or more than we take.
    """
    start = _related(package, "").get("officeDocument", {})
    book = next(iter(start.values()), "xl/workbook.xml")
    if book not in package or book.endswith(".bin"):
        raise InputError("sheet.binary" if book in package else "sheet.not_a_workbook")
    root, parts = package.root(book), _related(package, book)
    known = parts.get("worksheet", {})
    pages = tuple(
        Page(sheet.get("name", ""), known[part], sheet.get("state", "visible") != "visible")
        for sheet in root.iter("sheet")
        if (part := _relation(sheet)) in known
    )
    if len(pages) > SHEETS_LIMIT:
        raise InputError("sheet.too_many_sheets", got=len(pages), limit=SHEETS_LIMIT)
    described = next(root.iter("workbookPr"), None)
    from_1904 = described is not None and described.get("date1904", "").lower() in YES
    strings, styles = (
        next(iter(parts.get(kind, {}).values()), "") for kind in ("sharedStrings", "styles")
    )
    return Contents(pages, strings, styles, from_1904)


def formats(package: Package, part: str) -> tuple[Format, ...]:
    """Return the number format of each style, in the order in which cells name them."""
    if part not in package:
        return ()
    root = package.root(part)
    codes: dict[str, str] = {str(number): code for number, code in BUILT_IN.items()}
    for written in root.iter("numFmt"):
        codes[written.get("numFmtId", "")] = written.get("formatCode", "")
    styles = next(root.iter("cellXfs"), ())
    return tuple(
        read(code) if (code := codes.get(style.get("numFmtId", "0"))) else PLAIN for style in styles
    )


def hidden_columns(head: bytes) -> list[int]:
    """Return the columns, from 0, that the head of a sheet says are hidden."""
    found: set[int] = set()
    for tag in _HIDDEN.finditer(head):
        if not tag[0].startswith(b"<col"):
            continue
        said = dict(_ATTRIBUTE.findall(tag[0]))
        first, last = (int(said.get(name, b"0")[:6] or 0) for name in (b"min", b"max"))
        found.update(range(max(first, 1) - 1, min(last, COLUMNS_LIMIT)))
    return sorted(found)


def hidden_rows(before: int, chunk: bytes) -> list[int]:
    """Return the hidden ones of some rows, those that a filter hides among them."""
    if b"hidden" not in chunk:
        return []
    found, row = [], before
    for tag in _ROW.finditer(chunk):
        row = row_after(row, tag[0])
        if _HIDDEN.fullmatch(tag[0]):
            found.append(row)
    return found


def merges(tail: bytes) -> Iterator[Merge]:
    """Yield the merged cells that the end of a sheet lists."""
    for left, top, right, bottom in _MERGE.findall(tail):
        yield Merge(
            int(top), column_number(left.decode()), int(bottom), column_number(right.decode())
        )


def _related(package: Package, part: str) -> dict[str, dict[str, str]]:
    """Return what a part refers to: kind → id → name of the part."""
    folder, name = posixpath.split(part)
    list_name = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, dict[str, str]] = {}
    if list_name in package:
        for relation in package.root(list_name).iter("Relationship"):
            target = relation.get("Target", "").replace("\\", "/")
            whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = relation.get("Type", "").rpartition("/")[2]
            if relation.get("TargetMode") != "External":
                found.setdefault(kind, {})[relation.get("Id", "")] = whole
    return found


def _relation(sheet: Element) -> str:
    return next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")

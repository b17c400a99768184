"""A small workbook cut out of a large one: one sheet, of it some rows, with their formats.

openpyxl keeps formats but needs 10 s and a gigabyte for a large workbook. So the XML of the sheet
is streamed, the wanted rows are cut out as they stand, and openpyxl gets only those. The package
around them is our own: macros, links to other files, drawings and names never come along.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

PIECE_BYTES = 1 << 20
PART_LIMIT_BYTES = 20_000_000
"""Of a part that is read whole: styles, names of sheets, what stands below the rows."""
WHOLE_SHEET_BYTES = 7_000_000
"""A sheet whose XML is no longer than this (about 200,000 cells) is taken whole."""
TRANSITIONAL = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_P = rb"(?:\w{1,9}:)?"
_SHEET_DATA = re.compile(rb"<(" + _P + rb")sheetData\s*(/?)>")
_STRINGS = re.compile(rb"<(" + _P + rb")sst[\s>][^>]*>?")
_ROW_NUMBER = re.compile(
    rb"<" + _P + rb"row(?:\s+(?!r\s*=)[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s+r\s*=\s*[\"'](\d+)"
)
_CELL_PLACE = re.compile(rb"(<" + _P + rb"c(?=\s)[^<>]*?\sr\s*=\s*[\"'][A-Z]{1,3})\d+")
_STRING = re.compile(
    rb"(<" + _P + rb"c(?=\s)[^<>]*?\st\s*=\s*[\"']s[\"'][^<>]*>\s*"
    rb"(?:<" + _P + rb"f\b[^<>]*/>|<" + _P + rb"f\b[^<>]*>[^<]*</" + _P + rb"f>)?"
    rb"\s*<" + _P + rb"v[^<>]*>\s*)(\d+)"
)  # fmt: skip
_BELOW = re.compile(
    rb"<(" + _P + rb")(mergeCells|conditionalFormatting|dataValidations)(?=[\s>]).*?</\1\2>",
    re.DOTALL,
)
_MERGE = re.compile(
    rb"<" + _P + rb"mergeCell\s[^<>]*ref\s*=\s*[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)[\"'][^<>]*>"
    rb"(?:</" + _P + rb"mergeCell>)?"
)


class NotCuttableError(Exception):
    """The file is no package of the kind that we know: .xls, .ods, .xlsb, text, or damaged."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A package that openpyxl can load, with one sheet."""

    package: io.BytesIO
    rows: dict[int, int] | None
    """Row of the sheet → row of the excerpt; None: the sheet is whole, all stand where they stood."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """Where things stand in the package."""

    sheets: dict[str, str]
    strings: str | None
    styles: str | None
    theme: str | None
    from_1904: bool


def cut_out(path: Path, sheet: str, wanted: Container[int], *, headings: int) -> Excerpt:
    """Return a sheet of an .xlsx or .xlsm: whole if it is small, else its ``wanted`` rows.

    Args:
        path: the workbook; it has been looked over for bombs already.
        sheet: its name.
        wanted: the rows to keep when it is too large to be taken whole, counted from 1.
        headings: the row that holds them; what stands above and including it is always kept.

    Raises:
        NotCuttableError: it is another kind of file, or has no such sheet.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = _parts(archive)
            name = parts.sheets[sheet]
            whole = archive.getinfo(name).file_size <= WHOLE_SHEET_BYTES
            cut = _cut(
                _pieces(archive, name), lambda row: whole or row <= headings or row in wanted
            )
            moves = None if whole else _moves(cut.rows, headings)
            strings = _strings_used(archive, parts.strings, cut.rows.values())
            package = _packed(archive, parts, _joined(cut, moves, strings), _table_of(strings))
            return Excerpt(package, moves)
    except (zipfile.BadZipFile, zlib.error, ET.ParseError, LookupError, OSError, EOFError) as cause:
        raise NotCuttableError(type(cause).__name__) from cause


@dataclass(frozen=True, slots=True)
class _Cut:
    """The XML of a sheet: what stands above the rows, the wanted rows by number, what is below."""

    opening: bytes
    prefix: bytes
    rows: dict[int, bytes]
    below: bytes


def _joined(cut: _Cut, moves: dict[int, int] | None, strings: dict[int, bytes]) -> bytes:
    rows = cut.rows.values() if moves is None else _moved(cut.rows, moves)
    below = cut.below if moves is None else _merges_moved(cut.below, moves)
    data, close = cut.prefix + b"sheetData>", b"</" + cut.prefix + b"worksheet>"
    return b"".join(
        (cut.opening, b"<", data, _renumbered(rows, strings), b"</", data, below, close)
    )


def _table_of(strings: dict[int, bytes]) -> bytes:
    texts = b"".join(strings[number] for number in sorted(strings))
    return b'<sst xmlns="' + TRANSITIONAL + b'"><si><t/></si>' + texts + b"</sst>"


def _parts(archive: zipfile.ZipFile) -> _Parts:
    root = next(iter(_related(archive, "", "/officeDocument").values()))
    book = _tree(archive, root)
    sheets = _related(archive, root, "/worksheet")
    names = {
        each.get("name", ""): sheets[identity]
        for each in book.iter()
        if _local(each.tag) == "sheet" and (identity := _attribute(each, "id")) in sheets
    }
    epoch = next((each for each in book.iter() if _local(each.tag) == "workbookPr"), None)
    from_1904 = epoch is not None and epoch.get("date1904", "0").lower() in ("1", "true")
    strings, styles, theme = (
        next(iter(_related(archive, root, kind).values()), None)
        for kind in ("/sharedStrings", "/styles", "/theme")
    )
    return _Parts(names, strings, styles, theme, from_1904)


def _related(archive: zipfile.ZipFile, part: str, kind: str) -> dict[str, str]:
    """Return id → name of the parts of a kind that ``part`` (empty: the package) refers to."""
    place = PurePosixPath(part)
    links = _tree(
        archive, str(place.parent / "_rels" / f"{place.name}.rels") if part else "_rels/.rels"
    )
    return {
        link.get("Id", ""): _absolute(place.parent, link.get("Target", ""))
        for link in links
        if link.get("Type", "").endswith(kind) and link.get("TargetMode") != "External"
    }


def _absolute(folder: PurePosixPath, target: str) -> str:
    parts: list[str] = []
    for step in PurePosixPath(
        target.lstrip("/") if target.startswith("/") else folder / target
    ).parts:
        if step == "..":
            del parts[-1:]
        else:
            parts.append(step)
    return "/".join(parts)


def _tree(archive: zipfile.ZipFile, name: str) -> ET.Element:
    return ET.fromstring(_whole(archive, name))  # noqa: S314 - bounded, and without declarations of its own


def _whole(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        text = part.read(PART_LIMIT_BYTES + 1)
    if len(text) > PART_LIMIT_BYTES:
        raise NotCuttableError(name)
    return _undeclared(text)


def _undeclared(text: bytes) -> bytes:
    """Return XML for openpyxl, in the namespace that it knows; an honest part declares nothing."""
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise NotCuttableError("declarations")
    return text.replace(STRICT, TRANSITIONAL)


def _attribute(element: ET.Element, name: str) -> str | None:
    return next(
        (value for key, value in element.items() if _local(key) == name and "}" in key), None
    )


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as part:
        while piece := part.read(PIECE_BYTES):
            yield piece


def _cut(pieces: Iterator[bytes], is_wanted: Callable[[int], bool]) -> _Cut:
    opening, prefix, rest = _opened(pieces)
    row, close, end = (mark + prefix + name for mark, name in _ROW_MARKS)
    rows: dict[int, bytes] = {}
    number = 0
    while True:
        *texts, rest = rest.split(close)
        for text in texts:
            start = text.rfind(row)
            found = _ROW_NUMBER.match(text, start)
            number = int(found[1]) if found else number + text.count(row)
            if is_wanted(number):
                rows[number] = text[start:] + close
        above, is_over, below = rest.partition(end)
        if is_over:
            return _Cut(opening, prefix, rows, _below(below, pieces, prefix))
        rest = above + _next(pieces, len(above))


_ROW_MARKS = ((b"<", b"row"), (b"</", b"row>"), (b"</", b"sheetData>"))


def _opened(pieces: Iterator[bytes]) -> tuple[bytes, bytes, bytes]:
    """Return the XML up to the first row, the prefix of its names, and what was read beyond."""
    text = b""
    while not (found := _SHEET_DATA.search(text)):
        text += _next(pieces, len(text))
    prefix, empty = found.groups()
    rest = text[found.end() :]
    if empty:
        rest = b"</" + prefix + b"sheetData>" + rest
    return _undeclared(text[: found.start()]), prefix, rest


def _next(pieces: Iterator[bytes], held: int) -> bytes:
    piece = next(pieces, b"")
    if not piece or held > PART_LIMIT_BYTES:
        raise NotCuttableError("no end")
    return piece


def _below(text: bytes, pieces: Iterator[bytes], prefix: bytes) -> bytes:
    """Return what stands below the rows and is worth keeping: merges, rules of format and input."""
    for piece in pieces:
        text += piece
        if len(text) > PART_LIMIT_BYTES:
            return b""
    return b"".join(found[0] for found in _BELOW.finditer(text) if found[1] == prefix)


def _moves(rows: Iterable[int], headings: int) -> dict[int, int]:
    """Say where each kept row goes: what stands above the table stays, the rest closes up."""
    moves = {number: number for number in rows if number <= headings}
    rest = sorted(number for number in rows if number > headings)
    return moves | dict(zip(rest, count(headings + 1), strict=False))


def _moved(rows: dict[int, bytes], moves: dict[int, int]) -> Iterator[bytes]:
    for number, text in rows.items():
        to = b"%d" % moves[number]
        found = _ROW_NUMBER.match(text)
        renamed = text[: found.start(1)] + to + text[found.end(1) :] if found else text
        yield _CELL_PLACE.sub(rb"\g<1>" + to, renamed)


def _merges_moved(below: bytes, moves: dict[int, int]) -> bytes:
    """Merges within rows that are kept go with them; the others are gone with their rows."""

    def moved(found: re.Match[bytes]) -> bytes:
        top, bottom = int(found[2]), int(found[4])
        if any(number not in moves for number in range(top, min(bottom, top + len(moves)) + 1)):
            return b""
        places = (found[1], moves[top], found[3], moves[bottom])
        return found[0].replace(
            b"%s%d:%s%d" % (found[1], top, found[3], bottom), b"%s%d:%s%d" % places
        )

    return _MERGE.sub(moved, below)


def _strings_used(
    archive: zipfile.ZipFile, name: str | None, rows: Iterable[bytes]
) -> dict[int, bytes]:
    """Return the shared strings that the rows refer to, by number."""
    wanted = {int(found[2]) for row in rows for found in _STRING.finditer(row)}
    if name is None or not wanted:
        return {}
    pieces = _pieces(archive, name)
    rest = next(pieces, b"")
    prefix = found[1] if (found := _STRINGS.search(rest)) else b""
    opening, close, empty = b"<" + prefix + b"si", b"</" + prefix + b"si>", b"<" + prefix + b"si/>"
    strings: dict[int, bytes] = {}
    number, last = 0, max(wanted)
    while number <= last:
        *texts, rest = rest.split(close)
        for text in texts:
            number += text.count(empty)
            if number in wanted:
                strings[number] = text[text.rfind(opening) :] + close
            number += 1
        piece = next(pieces, b"")
        if not piece:
            break
        rest += piece
    return {number: text.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
            for number, text in strings.items()}  # fmt: skip


def _renumbered(rows: Iterable[bytes], strings: dict[int, bytes]) -> bytes:
    """Let the rows refer to the strings as they are numbered in the excerpt; a lost one is empty."""
    places = {number: place for place, number in enumerate(sorted(strings), 1)}

    def renumbered(found: re.Match[bytes]) -> bytes:
        return found[1] + b"%d" % places.get(int(found[2]), 0)

    return b"".join(_STRING.sub(renumbered, row) for row in rows)


def _packed(archive: zipfile.ZipFile, parts: _Parts, sheet: bytes, strings: bytes) -> io.BytesIO:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as target:
        target.writestr("[Content_Types].xml", _TYPES)
        target.writestr("_rels/.rels", _links(("officeDocument", "xl/workbook.xml")))
        target.writestr("xl/workbook.xml", _BOOK % (b"1" if parts.from_1904 else b"0"))
        target.writestr(
            "xl/_rels/workbook.xml.rels",
            _links(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"),
                   ("sharedStrings", "sharedStrings.xml"), ("theme", "theme/theme1.xml")),
        )  # fmt: skip
        target.writestr("xl/worksheets/sheet1.xml", sheet)
        target.writestr("xl/sharedStrings.xml", strings)
        for name, kept in (("styles", parts.styles), ("theme/theme1", parts.theme)):
            if kept is not None:
                target.writestr(f"xl/{name}.xml", _whole(archive, kept))
    package.seek(0)
    return package


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = f"""<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"
ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"
ContentType="application/xml"/><Override PartName="/xl/workbook.xml"
ContentType="{_KIND}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml"
ContentType="{_KIND}.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml"
ContentType="{_KIND}.sharedStrings+xml"/></Types>"""
_BOOK = (
    b'<workbook xmlns="' + TRANSITIONAL + b'" xmlns:r="' + _OFFICE.encode() + b'">'
    b'<workbookPr date1904="%s"/><sheets><sheet name="Sheet" sheetId="1" r:id="rId1"/></sheets>'
    b"</workbook>"
)


def _links(*parts: tuple[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(parts, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'

"""OpenDocument sheets (.ods): read event by event, value and shown text side by side.

The file holds both what a cell is (``office:value``) and what it shows (``text:p``). The value
counts; what is shown beside it (currency, leading zeros, a mask) is put back from the text.

Source: OASIS OpenDocument 1.3, part 3, 9 (tables) and 19.385 ff. (values).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.parsers import expat

from campaigns.errors import InputError
from campaigns.sheets.reading.events import Seen, filled
from campaigns.sheets.reading.frames import CELL_LIMIT
from campaigns.sheets.reading.grid import Grid, Merge
from campaigns.sheets.reading.number_formats import PLAIN, Format, Look, sign_of
from campaigns.sheets.reading.package import Package, local

COLUMNS_LIMIT = 16_384
ROWS_LIMIT = 1_048_576
FAR = 10**8
"""Beyond any sheet; a cell there is refused as too far away."""
SHEETS_LIMIT = 500
HIDDEN = ("collapse", "filter")
ASIDE = frozenset(("annotation", "shapes", "tracked-changes", "frame", "custom-shape", "dde-links"))
"""What stands among the cells or in them and is no part of the table."""
_SPANS = frozenset(("number-columns-spanned", "number-rows-spanned"))
PERCENT = Format(Look.PERCENT, "%")
_TIME = re.compile(r"PT(\d{1,9})H(\d{1,9})M(\d{1,9}(?:[.,]\d{1,18})?)S")
_DIGIT = re.compile(r"\d")
_ENTRY = "META-INF/manifest.xml"


def document_grids(package: Package, *, limit: int | None) -> Iterator[Grid]:
    """Yield the sheets of a document that hold anything, ``limit`` rows of each.

    Raises:
        InputError: it is no sheet, is encrypted, damaged or larger than we take.
    """
    if _ENTRY in package and any(
        element.tag == "encryption-data" for element in package.root(_ENTRY).iter()
    ):
        raise InputError("sheet.encrypted")
    return filled(sheets(package.pieces("content.xml")), limit)


def sheets(pieces: Iterator[bytes]) -> Iterator[Seen]:
    """Yield the sheets of a document's content, one after the other.

    Raises:
        InputError: it is no sheet, damaged or larger than we take.
    """
    reader = _Reader()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    number = 0
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            while reader.done:
                number += 1
                if number > SHEETS_LIMIT:
                    raise InputError("sheet.too_many_sheets", got=number, limit=SHEETS_LIMIT)
                yield reader.done.pop(0)
        parser.Parse(b"", True)
    except expat.ExpatError as cause:
        raise InputError("sheet.damaged") from cause
    if not reader.is_sheet:
        raise InputError("sheet.not_a_workbook")


class _Reader:
    """Where the parser stands in the document."""

    def __init__(self) -> None:
        self.done: list[Seen] = []
        self.is_sheet = False
        self._sheet: Seen | None = None
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._aside = 0
        self._paragraphs = 0
        self._row, self._rows = 0, 1
        self._column = 0
        self._cell: dict[str, str] | None = None
        self._text: list[str] = []
        self._kept: list[tuple[int, str, Format, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "p" and self._cell is not None and not self._aside:
            self._paragraphs += 1
            if self._text:
                self._text.append("\n")
            return
        if self._aside or name in ASIDE:
            self._aside += 1
            return
        known = {local(key): value for key, value in attributes.items()}
        if self._cell is not None:
            self._inside(name, known)
        elif begin := _STARTS.get(name):
            begin(self, known)

    def text(self, text: str) -> None:
        if self._paragraphs and not self._aside:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if self._aside:
            self._aside -= 1
        elif finish := _ENDS.get(local(tag)):
            finish(self)

    def _inside(self, name: str, known: dict[str, str]) -> None:
        """Take what stands for spaces and line ends in the text of a cell."""
        if name == "s":
            self._text.append(" " * min(_count(known, "c"), 100))
        elif name in ("tab", "line-break"):
            self._text.append("\t" if name == "tab" else "\n")

    def end_paragraph(self) -> None:
        self._paragraphs -= self._paragraphs > 0

    def style(self, known: dict[str, str]) -> None:
        self._style = known.get("name", "")

    def table_style(self, known: dict[str, str]) -> None:
        if known.get("display") == "false":
            self._hidden_styles.add(self._style)

    def spreadsheet(self, _known: dict[str, str]) -> None:
        self.is_sheet = True

    def table(self, known: dict[str, str]) -> None:
        hidden = known.get("style-name") in self._hidden_styles
        self._sheet = Seen(known.get("name", ""), hidden)
        self._row, self._column = 0, 0

    def column(self, known: dict[str, str]) -> None:
        last = min(self._column + _count(known, "number-columns-repeated"), COLUMNS_LIMIT)
        if self._sheet and known.get("visibility") in HIDDEN:
            self._sheet.hidden_columns.update(range(self._column, last))
        self._column = last

    def row(self, known: dict[str, str]) -> None:
        self._rows = _count(known, "number-rows-repeated")
        self._column, self._kept = 0, []
        if self._sheet and known.get("visibility") in HIDDEN:
            last = min(self._row + self._rows, ROWS_LIMIT)
            self._sheet.hidden_rows.extend(range(self._row + 1, last + 1))

    def cell(self, known: dict[str, str]) -> None:
        self._cell, self._text = known, []

    def covered(self, known: dict[str, str]) -> None:
        """Pass over a cell that lies under another: nobody sees what it holds."""
        self._cell, self._text = {**known, "covered": "yes"}, []

    def end_cell(self) -> None:
        known, self._cell = self._cell or {}, None
        times = _count(known, "number-columns-repeated")
        kind, form, value = _value(known, "".join(self._text))
        if self._sheet and "covered" not in known:
            if not _SPANS.isdisjoint(known):
                self._merge(self._sheet, known)
            self._sheet.lacking += "formula" in known and "value-type" not in known and not value
            if value:
                self._kept.extend(
                    (self._column + place, kind, form, value)
                    for place in range(min(times, COLUMNS_LIMIT))
                )
        self._column = min(self._column + times, FAR)

    def end_row(self) -> None:
        if self._sheet and self._kept:
            if len(self._kept) * self._rows > CELL_LIMIT:
                raise InputError("sheet.too_many_cells", sheet=self._sheet.name, limit=CELL_LIMIT)
            for row in range(self._row + 1, self._row + self._rows + 1):
                for column, kind, form, value in self._kept:
                    self._sheet.add((row, column, kind, form, value))
        self._row = min(self._row + self._rows, FAR)

    def end_table(self) -> None:
        if self._sheet:
            self.done.append(self._sheet)
            self._sheet = None

    def _merge(self, sheet: Seen, known: dict[str, str]) -> None:
        across, down = _count(known, "number-columns-spanned"), _count(known, "number-rows-spanned")
        if across > 1 or down > 1:
            top = self._row + 1
            sheet.merges.append(Merge(top, self._column, top + down - 1, self._column + across - 1))


_STARTS = {
    "style": _Reader.style, "table-properties": _Reader.table_style,
    "spreadsheet": _Reader.spreadsheet, "table": _Reader.table, "table-column": _Reader.column,
    "table-row": _Reader.row, "table-cell": _Reader.cell, "covered-table-cell": _Reader.covered,
}  # fmt: skip
_ENDS = {
    "table-cell": _Reader.end_cell, "covered-table-cell": _Reader.end_cell,
    "table-row": _Reader.end_row, "table": _Reader.end_table, "p": _Reader.end_paragraph,
}  # fmt: skip


def _count(known: dict[str, str], name: str) -> int:
    """Return how often something is repeated, or how far it spans: once, where nothing is said."""
    said = known.get(name)
    if said is None:
        return 1
    return max(int(said[:9]), 1) if said.isdecimal() else 1


def _value(known: dict[str, str], text: str) -> tuple[str, Format, str]:
    """Return kind, format and value of a cell, from what it is and what it shows."""
    kind = known.get("value-type", "string")
    if kind in _MOMENTS:
        return "d" if kind == "date" else "str", PLAIN, _MOMENTS[kind](known)
    value = known.get("value", "")
    if kind == "float" and value == text:
        return "n", PLAIN, value  # most numbers show nothing but themselves
    if kind == "string" or not value or not _DIGIT.search(text):
        return "str", PLAIN, text or known.get("string-value", "")
    if kind == "percentage":
        return "n", PERCENT, value
    sign = sign_of(text) or (known.get("currency", "") if kind == "currency" else "")
    if not sign and _is_masked(text, value):
        return "str", PLAIN, text
    space = "" if sign == "%" else " "
    return "n", Format(Look.SIGN, space + sign) if sign else PLAIN, value


def _is_masked(text: str, value: str) -> bool:
    """Say whether the text shows the digits of a whole number, with zeros before or signs between."""
    if not value.isdecimal() or (re.fullmatch(r"-?[\d\s.,'’]*", text) and not text.startswith("0")):
        return False
    digits = "".join(_DIGIT.findall(text))
    return digits.lstrip("0") == value.lstrip("0") and text != value


def _time(value: str) -> str:
    found = _TIME.fullmatch(value)
    if not found:
        return value
    hours, minutes, parts = found.groups()
    seconds = int(hours) * 3600 + int(minutes) * 60 + round(float(parts.replace(",", ".")))
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


_MOMENTS: dict[str, Callable[[dict[str, str]], str]] = {
    "boolean": lambda known: known.get("boolean-value", ""),
    "date": lambda known: known.get("date-value", ""),
    "time": lambda known: _time(known.get("time-value", "")),
}
"""Kinds of which the value alone tells what is shown."""

"""Workbooks written as one XML file (Excel 2002 and 2003, 1C): read event by event.

Source: Microsoft, XML Spreadsheet Reference (Excel 2002).
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from campaigns.errors import InputError
from campaigns.sheets.reading.events import Seen
from campaigns.sheets.reading.grid import Merge
from campaigns.sheets.reading.number_formats import PLAIN, Format, read
from campaigns.sheets.reading.package import local

FARTHEST = 1_048_576
FAR = 10**8
"""Beyond any sheet; a cell there is refused as too far away."""
COLUMNS_LIMIT = 16_384
KINDS = {"Number": "n", "DateTime": "d", "Boolean": "b"}
NAMED = {
    "Percent": "0%", "Currency": '"$"#,##0', "Euro Currency": '"€"#,##0', "Short Date": "d",
    "General Date": "d", "Long Date": "d", "Medium Date": "d", "Short Time": "h", "Long Time": "h",
    "Medium Time": "h",
}  # fmt: skip
"""Formats that have a name there, by one that says the same."""
_NO_TIME = "1899-12-31T"


def sheets(pieces: Iterator[bytes]) -> Iterator[Seen]:
    """Yield the sheets of a workbook, one after the other.

    Raises:
        InputError: it is damaged, or larger than we take.
    """
    reader = _Reader()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            while reader.done:
                yield reader.done.pop(0)
        parser.Parse(b"", True)
    except expat.ExpatError as cause:
        raise InputError("sheet.damaged") from cause


class _Reader:
    """Where the parser stands in the workbook."""

    def __init__(self) -> None:
        self.done: list[Seen] = []
        self._formats: dict[str, Format] = {}
        self._style = ""
        self._sheet = Seen()
        self._row = self._column = 0
        self._form, self._kind = PLAIN, ""
        self._formula = False
        self._across = 0
        self._text: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        known = {local(key): value for key, value in attributes.items()}
        if begin := _STARTS.get(local(tag)):
            begin(self, known)

    def text(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if finish := _ENDS.get(local(tag)):
            finish(self)

    def style(self, known: dict[str, str]) -> None:
        self._style = known.get("ID", "")

    def number_format(self, known: dict[str, str]) -> None:
        code = known.get("Format", "")
        self._formats[self._style] = read(NAMED.get(code, code))

    def worksheet(self, known: dict[str, str]) -> None:
        self._sheet, self._row, self._column = Seen(known.get("Name", "")), 0, 0

    def column(self, known: dict[str, str]) -> None:
        first = _number(known, "Index", self._column + 1)
        self._column = min(first + _number(known, "Span", 0), COLUMNS_LIMIT)
        if known.get("Hidden") == "1":
            self._sheet.hidden_columns.update(range(first - 1, self._column))

    def row(self, known: dict[str, str]) -> None:
        first = _number(known, "Index", self._row + 1)
        last, self._column = min(first + _number(known, "Span", 0), FAR), 0
        if known.get("Hidden") == "1":
            hidden = range(max(first, self._row + 1), min(last, FARTHEST) + 1)
            self._sheet.hidden_rows.extend(hidden)
        self._row = last

    def cell(self, known: dict[str, str]) -> None:
        self._column = min(_number(known, "Index", self._column + 1), FAR)
        self._form = self._formats.get(known.get("StyleID", "Default"), PLAIN)
        self._formula = "Formula" in known
        across, down = (_number(known, name, 0) for name in ("MergeAcross", "MergeDown"))
        if across or down:
            left = self._column - 1
            self._sheet.merges.append(Merge(self._row, left, self._row + down, left + across))
        self._kind = ""
        self._across = across

    def data(self, known: dict[str, str]) -> None:
        self._kind, self._text = KINDS.get(known.get("Type", ""), "str"), []

    def end_data(self) -> None:
        value, self._text = "".join(self._text or ()), None
        self._formula = False
        if self._kind == "d":
            value = value.removesuffix(".000").removeprefix(_NO_TIME)
        if value:
            form = self._form if self._kind == "n" else PLAIN
            self._sheet.add((self._row, self._column - 1, self._kind, form, value))

    def end_cell(self) -> None:
        self._sheet.lacking += self._formula
        self._column = min(self._column + self._across, FAR)

    def visible(self, _known: dict[str, str]) -> None:
        self._text = []

    def end_visible(self) -> None:
        self._sheet.hidden = "".join(self._text or ()).strip() in ("SheetHidden", "SheetVeryHidden")
        self._text = None

    def end_worksheet(self) -> None:
        self.done.append(self._sheet)


_STARTS = {
    "Style": _Reader.style, "NumberFormat": _Reader.number_format, "Worksheet": _Reader.worksheet,
    "Column": _Reader.column, "Row": _Reader.row, "Cell": _Reader.cell, "Data": _Reader.data,
    "Visible": _Reader.visible,
}  # fmt: skip
_ENDS = {
    "Data": _Reader.end_data, "Cell": _Reader.end_cell, "Visible": _Reader.end_visible,
    "Worksheet": _Reader.end_worksheet,
}  # fmt: skip


def _number(known: dict[str, str], name: str, otherwise: int) -> int:
    said = known.get(name, "")
    return int(said[:9]) if said.isdecimal() else otherwise

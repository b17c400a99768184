"""The tables of a page of HTML."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from campaigns.errors import InputError
from campaigns.sheets.reading.events import Seen
from campaigns.sheets.reading.grid import Merge
from campaigns.sheets.reading.number_formats import PLAIN

TABLES_LIMIT = 500
SPAN_LIMIT = 1_000
HEAD_BYTES = 4_096
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f]+")
UNSEEN = frozenset(("script", "style", "head", "title"))
BREAKS = frozenset(("br", "p", "div", "li"))


def tables(data: bytes) -> Iterator[Seen]:
    """Yield the tables of a page that hold anything, named by their numbers.

    Raises:
        InputError: there are more than we take.
    """
    reader = _Reader()
    reader.feed(_decoded(data))
    reader.close()
    while reader.open:
        reader.handle_endtag("table")
    for number, sheet in enumerate(reader.done, 1):
        if number > TABLES_LIMIT:
            raise InputError("sheet.too_many_sheets", got=len(reader.done), limit=TABLES_LIMIT)
        sheet.name = str(number)
        yield sheet


class _Table:
    """A table while it is read; cells that span rows keep their places free below."""

    def __init__(self) -> None:
        self.seen = Seen()
        self.row, self.column = 0, 0
        self.taken: dict[int, int] = {}
        self.cell: list[str] | None = None
        self.span = (1, 1)


class _Reader(HTMLParser):
    """Where the parser stands in the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[_Table] = []
        self.done: list[Seen] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self._unseen += tag in UNSEEN
        if tag == "table":
            self.open.append(_Table())
        elif not self.open:
            return
        elif tag == "tr":
            self._end_cell()
            table = self.open[-1]
            table.row, table.column = table.row + 1, 0
            if re.search(r"display\s*:\s*none", known.get("style", "")) or "hidden" in known:
                table.seen.hidden_rows.append(table.row)
        elif tag in ("td", "th"):
            self._end_cell()
            self._begin_cell(known)
        elif tag in BREAKS and self.open[-1].cell:
            self.open[-1].cell.append("\0")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1].cell is not None and not self._unseen:
            self.open[-1].cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN and self._unseen > 0
        if self.open and tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if self.open and tag == "table":
            self.done.append(self.open.pop().seen)

    def _begin_cell(self, known: dict[str, str]) -> None:
        table = self.open[-1]
        table.row = max(table.row, 1)
        while table.taken.get(table.column, 0) >= table.row:
            table.column += 1
        table.cell = []
        table.span = (_span(known, "rowspan"), _span(known, "colspan"))

    def _end_cell(self) -> None:
        table = self.open[-1]
        if table.cell is None:
            return
        text = _shown("".join(table.cell))
        table.cell = None
        down, across = table.span
        if text:
            table.seen.add((table.row, table.column, "str", PLAIN, text))
        if down > 1 or across > 1:
            last = (table.row + down - 1, table.column + across - 1)
            table.seen.merges.append(Merge(table.row, table.column, *last))
            table.taken.update(dict.fromkeys(range(table.column, last[1] + 1), last[0]))
        table.column += across


def _span(known: dict[str, str], name: str) -> int:
    said = known.get(name, "1").strip()
    return min(max(int(said[:6]), 1), SPAN_LIMIT) if said.isdecimal() else 1


def _shown(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip(" \u00a0") for line in text.split("\0"))
    return "\n".join(line for line in lines if line)


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    declared = _CHARSET.search(data[:HEAD_BYTES])
    encoding = declared[1].decode() if declared else "utf-8"
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return data.decode("cp1251", "replace")

"""The cells of some rows of an .xlsx: where each stands, and the text that it shows.

Nearly every program writes cells in the same few forms, which are read in columns, at once
(``_at_once``). Where a piece holds anything else, counting tells, and it is read by the XML parser,
event by event (``_one_by_one``): some twenty times slower, and right for all XML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.parsers import expat
from xml.sax.saxutils import escape

import polars as pl

from campaigns.errors import InputError
from campaigns.sheets.reading.number_formats import PLAIN, Format
from campaigns.sheets.reading.number_text import value_text
from campaigns.sheets.reading.package import local
from campaigns.sheets.reading.xml_text import unescaped

FAR = 10**7
"""A place that says more than this is beyond any sheet, and as good as this."""
_FORMULA = rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)"
_FORMULAS = re.compile(_FORMULA + rb"(?:<v\s*/>|<v></v>)?")
_WITHOUT_RESULT = re.compile(
    rb"<c (?![^>]*t=\"str\")[^>]*>" + _FORMULA + rb"(?:<v\s*/>|<v></v>)?</c>"
)
_CELL = (
    r'^r="([A-Z]+)([0-9]+)"([^>]*)>'
    r'(?:<(?:v|is><t(?: xml:space="preserve")?)>([^<]*)</)?'
)
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_PLACE = re.compile(r"([A-Za-z]{1,9})(\d{1,12})")
_ALPHABET = 26
NO_CELLS = pl.DataFrame(schema={"row": pl.Int32, "column": pl.Int32, "text": pl.String})
RAW = {"row": pl.Int64, "letters": pl.String, "attributes": pl.String, "value": pl.String}


@dataclass(frozen=True, slots=True)
class Look:
    """What the cells of a workbook are looked up in."""

    strings: pl.Series
    """The texts that cells share."""
    formats: tuple[Format, ...] = ()
    """The number format of each style."""
    from_1904: bool = False

    def format(self, style: str) -> Format:
        number = int(style) if style.isdecimal() else 0
        return self.formats[number] if number < len(self.formats) else PLAIN


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells that hold something: ``row`` from 1, ``column`` from 0, ``text``."""

    places: pl.DataFrame
    without_result: int
    """Formulas that were saved without what they come to."""


def cells_of(chunk: bytes, before: int, look: Look) -> Cells:
    """Return the cells of some whole rows.

    Args:
        chunk: the rows, names without prefix.
        before: number of the row above.
        look: what the workbook's cells are looked up in.

    Raises:
        InputError: it is no XML, or refers to what does not exist.
    """
    try:
        raw = _at_once(chunk)
    except UnicodeDecodeError as cause:
        raise InputError("sheet.damaged") from cause
    if raw is None:
        raw = one_by_one(chunk, before)
    places = pl.concat([NO_CELLS, *_placed(raw.filter(pl.col("value") != ""), look)])
    empty_formulas = len(_WITHOUT_RESULT.findall(chunk)) if b"<f" in chunk else 0
    return Cells(places.filter(pl.col("text") != ""), empty_formulas)


def column_number(letters: str) -> int:
    """Return the number of a column, from 0.

    >>> column_number("A"), column_number("XFD")
    (0, 16383)
    """
    number = 0
    for letter in letters.upper()[:8]:
        number = number * _ALPHABET + ord(letter) - 64
    return min(number - 1, FAR)


def _at_once(chunk: bytes) -> pl.DataFrame | None:
    """Read the usual forms; None when the chunk holds any other."""
    if b"!" in chunk and b"<!" in chunk:  # a comment, or text in its raw form
        return None
    text = (_FORMULAS.sub(b"", chunk) if b"<f" in chunk else chunk).decode()
    cells = pl.Series([text]).str.split("<c ").explode().slice(1)
    found = cells.str.extract_groups(_CELL).struct.unnest()
    found.columns = ["letters", "row", "attributes", "value"]
    empty = found["value"].is_null()
    # Every tag of a cell was found, says where it stands, and holds a value or nothing.
    if cells.len() != chunk.count(b"<c") or found["letters"].null_count():
        return None
    if cells.filter(empty).str.contains("<(?:v|is)").any():
        return None
    return found.filter(~empty).with_columns(pl.col("row").cast(pl.Int64, strict=False))


def one_by_one(chunk: bytes, before: int) -> pl.DataFrame:
    """Read rows by the XML parser; cells without a place take the next one.

    Raises:
        InputError: it is no XML.
    """
    reader = _Reader(before)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(b"<sheetData>" + chunk + b"</sheetData>", True)
    except expat.ExpatError as cause:
        raise InputError("sheet.damaged") from cause
    return pl.DataFrame(reader.found, schema=RAW, orient="row")


class _Reader:
    """Where the parser stands in the rows."""

    def __init__(self, before: int) -> None:
        self.found: list[tuple[int, str, str, str]] = []
        self._row, self._column, self._attributes = before, -1, ""
        self._value: list[str] = []
        self._inside: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        self._inside.append(name)
        place = _PLACE.fullmatch(attributes.get("r", ""))
        if name == "row":
            number = attributes.get("r", "")
            self._row = int(number[:12]) if number.isdecimal() else self._row + 1
            self._column = -1
        elif name == "c":
            self._column = column_number(place[1]) if place else self._column + 1
            self._row = int(place[2]) if place else self._row
            self._attributes = "".join(
                f' {key}="{attributes[key]}"' for key in ("s", "t") if key in attributes
            )
            self._value = []

    def text(self, text: str) -> None:
        if self._inside[-1] in ("v", "t") and "rPh" not in self._inside:
            self._value.append(text)

    def end(self, tag: str) -> None:
        self._inside.pop()
        if local(tag) == "c":
            value = escape("".join(self._value))
            self.found.append((self._row, column_letters(self._column), self._attributes, value))


def column_letters(column: int) -> str:
    """Return the name of a column, from 0; the reverse of :func:`column_number`."""
    text, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, _ALPHABET)
        text = chr(65 + rest) + text
    return text


def _placed(raw: pl.DataFrame, look: Look) -> Iterator[pl.DataFrame]:
    """Yield the places and texts of cells of one kind and format after another."""
    kinds: list[tuple[str, Format]] = []

    def kind_number(attributes: str) -> int:
        kind = _kind(attributes, look)
        if kind not in kinds:
            kinds.append(kind)
        return kinds.index(kind)

    placed = raw.select(
        pl.col("row").fill_null(FAR).clip(0, FAR).cast(pl.Int32),
        _numbered(raw["letters"], column_number).alias("column"),
        _numbered(raw["attributes"], kind_number).alias("kind"),
        "value",
    )  # fmt: skip
    for number, kind in enumerate(kinds):
        some = placed.filter(pl.col("kind") == number)
        yield some.select("row", "column", _text(some["value"], *kind, look).alias("text"))


def _numbered(texts: pl.Series, number: Callable[[str], int]) -> pl.Series:
    """Return a number for each text, worked out once for each distinct one."""
    distinct = texts.unique()
    places = texts.cast(pl.Enum(distinct)).to_physical()
    return pl.Series([number(text) for text in distinct], dtype=pl.Int32).gather(places)


def _kind(attributes: str, look: Look) -> tuple[str, Format]:
    known = dict(_ATTRIBUTE.findall(attributes))
    kind = known.get("t", "n")
    return kind, look.format(known.get("s", "0")) if kind == "n" else PLAIN


def _text(values: pl.Series, kind: str, form: Format, look: Look) -> pl.Series:
    if kind == "s":
        return _shared(values, look.strings)
    return value_text(unescaped(values), kind, form, from_1904=look.from_1904)


def _shared(values: pl.Series, strings: pl.Series) -> pl.Series:
    try:
        return strings.gather(values.cast(pl.UInt32))
    except (pl.exceptions.InvalidOperationError, pl.exceptions.OutOfBoundsError) as cause:
        raise InputError("sheet.damaged") from cause

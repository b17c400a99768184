"""What a sheet is: where its headings stand, what each column means, contacts or orders.

Decisions over texts alone. Every guess carries its evidence, and a person may correct it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from campaigns.language.labels import label
from campaigns.model.language import Language
from campaigns.sheets.reading.grid import Grid, Marks
from campaigns.sheets.understanding.fields import (
    ATTRIBUTE,
    IGNORED,
    KEYS,
    WITH_ATTRIBUTES,
    Mapping,
    SheetKind,
)
from campaigns.sheets.understanding.vocabulary import ALONE, CONTACT_WORDS, ORDER_WORDS, key

ROW = "row number"
"""Column of a table that holds the sheet's own row number, counted from 1."""
HEADING_ROWS = 30
SHORTEST_PART = 4
"""A heading word shorter than this must stand alone: "id" is part of too many words."""
OF_ORDERS = frozenset({"order_id", "quantity", "product", "status", "currency"})
OF_PEOPLE = frozenset(
    {"given_name", "family_name", "full_name", "language", "gender", "birthday", "consent"}
)
"""Sheets of people may tell since when and how much they bought, so a date and a sum do not decide."""
PROBLEM_KEYS = frozenset(key(label("sheet.problem", language)) for language in Language)
"""Headings of the column that the error book adds: when it comes back corrected, it is no data."""
WORDS = {SheetKind.CONTACTS: CONTACT_WORDS, SheetKind.ORDERS: ORDER_WORDS}


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet below its headings: non-empty rows of text, with their numbers in ``ROW``."""

    sheet: str
    headings: list[str]
    heading_row: int
    rows: pl.DataFrame
    marks: Marks = field(default_factory=Marks)
    places: tuple[int, ...] = ()
    """Of each heading: which column of the grid it is, counted from 0."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A mapping with the evidence for each heading: ``heading``, ``values`` or ``none``."""

    mapping: Mapping
    evidence: dict[str, str]


def table(grid: Grid, heading_row: int | None = None) -> Table | None:
    """Return the grid as a table, or None when it holds nothing.

    Args:
        grid: the sheet as it stands.
        heading_row: where the headings are, counted from 1, when that is known already; 0 when
            the sheet has none.
    """
    top = [list(row) for row in grid.cells.head(HEADING_ROWS).iter_rows()]
    place = find_headings(top) if heading_row is None else heading_row - 1
    if place is None:
        return None
    named = top[place] if place >= 0 else [None] * grid.cells.width
    body = grid.cells.slice(place + 1).with_row_index(ROW, offset=place + 2)
    used = [
        i
        for i, name in enumerate(grid.cells.columns)
        if _used(named[i], body[name]) and key(named[i] or "") not in PROBLEM_KEYS
    ]
    headings = unique_headings([(i, named[i]) for i in used])
    names = [str(i) for i in used]
    rows = body.select(
        ROW, *(pl.col(old).alias(new) for old, new in zip(names, headings, strict=True))
    )
    filled = pl.any_horizontal(
        pl.col(name).str.strip_chars().str.len_bytes() > 0 for name in headings
    )
    return Table(
        grid.sheet, headings, place + 1, rows.filter(filled), grid.marks, tuple(used)
    )  # fmt: skip


def find_headings(rows: Sequence[Sequence[str | None]]) -> int | None:
    """Return which row holds the headings, counted from 0; -1 when the sheet has none.

    It is the row with the most known words, else the first that looks like headings (several
    texts, no numbers), else the first with anything in it. A row with an address in it is data.
    """
    scores = [sum(is_known(cell) for cell in row if cell) for row in rows]
    if max(scores, default=0) >= 2:
        return scores.index(max(scores))
    filled = [[cell.strip() for cell in row if cell and cell.strip()] for row in rows]
    texts = [i for i, row in enumerate(filled) if len(row) > 1 and not any(map(_number, row))]
    place = next(iter([*texts, *(i for i, row in enumerate(filled) if row)]), None)
    headless = place is not None and any("@" in cell for cell in filled[place])
    return -1 if headless else place


def is_known(heading: str) -> bool:
    """Say whether a text is a heading that we know, of either kind of sheet."""
    return any(_exact(heading, kind) or _part(heading, kind) for kind in WORDS)


def unique_headings(cells: list[tuple[int, str | None]]) -> list[str]:
    """Return one name for each column: its heading, numbered when it stands there twice, or the
    column's letter when it has none.

    >>> unique_headings([(0, "Name"), (1, " Name "), (2, None)])
    ['Name', 'Name (2)', 'C']
    """
    seen: set[str] = {ROW}
    names = []
    for place, cell in cells:
        base = " ".join((cell or "").split()) or column_letter(place)
        name, number = base, 2
        while name in seen:
            name, number = f"{base} ({number})", number + 1
        seen.add(name)
        names.append(name)
    return names


def column_letter(place: int) -> str:
    """Return the letter of a column, as spreadsheet programs show it.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def shape(headings: list[str]) -> str:
    """Return what sheets of the same headings share, whatever their order."""
    return hashlib.sha256("\n".join(sorted(map(key, headings))).encode()).hexdigest()


def guess(sheet: Table, kind: SheetKind | None = None) -> Guess:
    """Return what the sheet seems to be; ``kind`` when a person has said that already."""
    by_kind = {each: _fields(sheet, each) for each in WORDS}
    kind = kind or _kind(by_kind)
    found = by_kind.get(kind, {})
    rest = ATTRIBUTE if kind in WITH_ATTRIBUTES else IGNORED
    columns = {name: found[name][0] if name in found else rest for name in sheet.headings}
    evidence = {name: found[name][1] if name in found else "none" for name in sheet.headings}
    return Guess(Mapping(kind, columns), evidence)


def _kind(by_kind: dict[SheetKind, dict[str, tuple[str, str]]]) -> SheetKind:
    orders = {field for field, _ in by_kind[SheetKind.ORDERS].values()}
    contacts = {field for field, _ in by_kind[SheetKind.CONTACTS].values()}
    keyed = orders.intersection(KEYS[SheetKind.ORDERS])
    sold = len(orders & OF_ORDERS) >= len(contacts & OF_PEOPLE)
    if {"amount", "ordered_at"} <= orders and keyed and sold:
        return SheetKind.ORDERS
    if contacts.intersection(KEYS[SheetKind.CONTACTS]):
        return SheetKind.CONTACTS
    return SheetKind.IGNORE


def _fields(sheet: Table, kind: SheetKind) -> dict[str, tuple[str, str]]:
    """Return heading → (field, evidence); whole headings first, then parts, then the values."""
    found: dict[str, tuple[str, str]] = {}
    for match in (_exact, _part):
        for heading in sheet.headings:
            taken = {field for field, _ in found.values()}
            field = match(heading, kind, taken)
            if field and heading not in found:
                found[heading] = (field, "heading")
    if "address" not in {field for field, _ in found.values()}:
        found |= _address_by_values(sheet, set(found))
    return found


def _exact(heading: str, kind: SheetKind, taken: set[str] | None = None) -> str | None:
    word = key(heading)
    free = (field for field in WORDS[kind] if field not in (taken or ()))
    return next((field for field in free if word in WORDS[kind][field]), None)


def _part(heading: str, kind: SheetKind, taken: set[str] | None = None) -> str | None:
    whole = key(heading)
    parts = [
        (len(word), field)
        for field, words in WORDS[kind].items()
        for word in words
        if len(word) >= SHORTEST_PART and word not in ALONE and word in whole
    ]
    best = max(parts, default=(0, None))[1]  # the longest word decides, free or not
    return None if best in (taken or ()) else best


def _address_by_values(sheet: Table, taken: set[str]) -> dict[str, tuple[str, str]]:
    for heading in sheet.headings:
        values = sheet.rows.head(100)[heading].drop_nulls().to_list()
        addresses = sum("@" in value for value in values)
        if heading not in taken and addresses > len(values) / 2:
            return {heading: ("address", "values")}
    return {}


def _used(heading: str | None, values: pl.Series) -> bool:
    return bool(heading and heading.strip()) or values.null_count() < len(values)


def _number(text: str) -> bool:
    return text.replace(".", "").replace(",", "").replace(" ", "").replace("-", "").isdecimal()

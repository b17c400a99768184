"""The table in a sheet: where it stands, which rows and columns are its, and what was left out.

place (found once, from the whole sheet, and kept) → table (cut out, the same every time)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl

from campaigns.language.labels import label
from campaigns.model.language import Language
from campaigns.sheets.reading.grid import Grid, Marks, Merge
from campaigns.sheets.understanding import body_rows as body
from campaigns.sheets.understanding.blocks import choose
from campaigns.sheets.understanding.heading_rows import HEADLESS, Row, block, compose, find_headings
from campaigns.sheets.understanding.headings import is_known, tidy
from campaigns.sheets.understanding.vocabulary import key

ROW = "row number"
"""Column of a table that holds the sheet's own row number, counted from 1."""
TOP_ROWS = 30
"""Rows from the first one with anything in it, among which the headings stand."""
EMPTY_TOP = 5_000
PROBLEM_KEYS = frozenset(key(label("sheet.problem", language)) for language in Language)
"""Headings of the column that the problem book adds: when it comes back corrected, it is no data."""
HIDDEN_ROWS, HIDDEN_COLUMNS, HIDDEN_SHEET = "hidden_rows", "hidden_columns", "hidden_sheet"
UNITS_ROW, NUMBERING_ROW = "units_row", "numbering_row"
OTHER_TABLE, FILLED_DOWN, LISTS_ONE = "other_table", "filled_down", "lists_one"
MOST_OF_ONE = 60
"""Rows of a sheet that tells of one thing, a fact in each row."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands in its sheet. Rows are counted from 1, columns from 0."""

    heading_row: int
    """The lowest row of headings; 0 when there are none."""
    top: int
    """The highest row of headings, or the first row of data."""
    first: int
    """The first row of data."""
    last: int | None
    """The last row that is this table's; None: the sheet's last."""
    columns: tuple[int, ...]
    headings: tuple[str, ...]
    remarks: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Place:
        """Return the place that :meth:`to_json` wrote."""
        return cls(**{
            **value, "columns": tuple(value["columns"]), "headings": tuple(value["headings"]),
        })  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet below its headings: rows of text that are data, with their numbers in ``ROW``.

    ``remarks`` are codes (``note.<code>`` among the labels) of what was left out or is worth
    knowing, each with how many rows or columns it is about.
    """

    sheet: str
    headings: list[str]
    heading_row: int
    rows: pl.DataFrame
    marks: Marks
    place: Place
    remarks: Mapping[str, int] = field(default_factory=dict)

    @property
    def places(self) -> tuple[int, ...]:
        """Of each heading: which column of the grid it is, counted from 0."""
        return self.place.columns

    @property
    def lists_one(self) -> bool:
        """Whether each row is another fact about one thing, so that no row is a record."""
        return LISTS_ONE in self.remarks


def table(grid: Grid, place: Place | None = None, *, leave_hidden: bool = False) -> Table | None:
    """Return the table of a sheet, or None when the sheet holds nothing.

    Args:
        grid: the sheet as it stands, or its beginning when the place is known.
        place: where the table was found before.
        leave_hidden: leave out the rows that the sheet hides.
    """
    place = place or find(grid)
    if place is None:
        return None
    rows, merged = _filled_down(_body(grid, place), grid.marks.merges, place)
    names = list(place.headings)
    kept = body.filled(rows, names)
    again = kept & body.again(rows, names, _above(grid, place))
    feet = kept & ~again & body.feet(rows, names, ROW)
    hidden = (
        kept & rows[ROW].is_in(grid.marks.hidden_rows) if grid.marks.hidden_rows else ~kept & kept
    )
    keep = kept & ~again & ~feet & ~(hidden & leave_hidden)
    found = {
        body.HEADINGS_AGAIN: int(again.sum()), body.FOOTER: int(feet.sum()),
        HIDDEN_ROWS: int(hidden.sum()), FILLED_DOWN: merged, **place.remarks,
        **_of_reading(grid.marks),
    }  # fmt: skip
    return Table(
        grid.sheet, names, place.heading_row, rows if keep.all() else rows.filter(keep),
        grid.marks, place, {code: count for code, count in found.items() if count},
    )  # fmt: skip


def _of_reading(marks: Marks) -> Counter[str]:
    """What reading itself changed or found wanting: code → how many cells or signs."""
    found: Counter[str] = Counter()
    for remark in marks.remarks:
        found[remark.code] += int(remark.facts.get("count", 1))
    return found


def find(grid: Grid) -> Place | None:
    """Return where the table of a sheet stands; None when there is nothing in the sheet."""
    start = _first_filled(grid.cells)
    if start is None:
        return None
    top: list[Row] = list(grid.cells.slice(start, TOP_ROWS).iter_rows())
    columns, others = choose(grid.cells, top, start)
    lines = [[row[column] for column in columns] for row in top]
    place = find_headings(lines)
    if place is None:
        return None
    merges = _within(grid.marks.merges, columns)
    remarks = {**_of_marks(grid.marks, columns), OTHER_TABLE: others}
    one = _lists_one(grid.cells, columns, start)
    if place == HEADLESS or one:
        remarks[LISTS_ONE] = int(one)
        first = _first_of_data(lines)
        return _placed(grid, columns, [None] * len(columns), (0, start + first + 1), remarks)
    found = block(lines, place, merges, start)
    named = compose(lines, found, merges, start)
    remarks |= {UNITS_ROW: int(found.units), NUMBERING_ROW: int(found.numbering)}
    rows = (start + found.bottom + 1, start + found.first + 1)
    return _placed(grid, columns, named, rows, remarks, top=start + found.top + 1)


def _placed(
    grid: Grid,
    columns: Sequence[int],
    named: Sequence[str | None],
    rows: tuple[int, int],
    remarks: dict[str, int],
    *,
    top: int = 0,
) -> Place:
    """The place, without columns that hold nothing and that the problem book added."""
    heading_row, first = rows
    data = grid.cells.slice(first - 1)
    used = [
        (column, name)
        for column, name in zip(columns, named, strict=True)
        if _is_used(name, data[str(column)]) and key(name or "") not in PROBLEM_KEYS
    ]
    headings = unique_headings(used)
    place = Place(
        heading_row, top or first, first, None, tuple(column for column, _ in used), tuple(headings)
    )
    rows_below = _body(grid, place)
    kept = body.filled(rows_below, headings) & ~body.again(
        rows_below, headings, _above(grid, place)
    )
    other = body.next_table(rows_below, headings, ROW, kept)
    remarks[OTHER_TABLE] += other is not None
    last = other - 1 if other is not None else None
    return Place(
        heading_row, place.top, first, last, place.columns, place.headings,
        {code: count for code, count in remarks.items() if count},
    )  # fmt: skip


def unique_headings(cells: Sequence[tuple[int, str | None]]) -> list[str]:
    """Return one name for each column: its heading, numbered when it stands there twice, or the
    column's letter when it has none.

    >>> unique_headings([(0, "Name"), (1, " Name "), (2, None)])
    ['Name', 'Name (2)', 'C']
    """
    seen: set[str] = {ROW}
    names = []
    for place, cell in cells:
        base = tidy(cell or "") or column_letter(place)
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


def _body(grid: Grid, place: Place) -> pl.DataFrame:
    length = None if place.last is None else place.last - place.first + 1
    cells = grid.cells.slice(place.first - 1, length)
    return cells.select(
        pl.col(str(column)).alias(name)
        for column, name in zip(place.columns, place.headings, strict=True)
    ).with_row_index(ROW, offset=place.first)


def _above(grid: Grid, place: Place) -> list[Row]:
    """The rows from the first title to the first row of data, in the columns of the table."""
    if place.heading_row == 0:
        return []
    begin = max(0, place.top - 1 - TOP_ROWS)
    rows = grid.cells.slice(begin, place.first - 1 - begin)
    return list(rows.select(str(column) for column in place.columns).iter_rows())


def _filled_down(
    rows: pl.DataFrame, merges: Sequence[Merge], place: Place
) -> tuple[pl.DataFrame, int]:
    """Write what merged cells show into each row that they reach over; return in how many."""
    changed: list[pl.Series] = []
    reached: set[int] = set()
    for column, name in zip(place.columns, place.headings, strict=True):
        pairs = [
            (row - place.first, merge.top - place.first)
            for merge in merges
            if merge.left == column and merge.bottom > merge.top >= place.first
            for row in range(merge.top + 1, min(merge.bottom, place.first + rows.height - 1) + 1)
        ]
        if pairs:
            targets, sources = (list(each) for each in zip(*pairs, strict=True))
            values = rows[name]
            changed.append(values.clone().scatter(targets, values.gather(sources)))
            reached.update(targets)
    return rows.with_columns(changed), len(reached)


def _first_filled(cells: pl.DataFrame) -> int | None:
    """Which row is the first with anything in it, counted from 0."""
    if not cells.width or not cells.height:
        return None
    top = body.filled(cells.head(EMPTY_TOP), cells.columns)
    if not top.any():
        top = body.filled(cells, cells.columns)
    return int(top.arg_true()[0]) if top.any() else None


def _first_of_data(lines: Sequence[Row]) -> int:
    """Which row of a sheet without headings is the first that is no title above the data."""
    widths = [sum(map(_has_text, row)) for row in lines]
    return next(i for i, width in enumerate(widths) if 2 * width >= max(widths))


def _lists_one(cells: pl.DataFrame, columns: Sequence[int], start: int) -> bool:
    """Say whether headings stand one below the other, beside what they are of: one thing, or
    several, each in a column.
    """
    if cells.height - start > MOST_OF_ONE:
        return False
    used = [column for column in columns if not _is_empty(cells[str(column)])]
    if len(used) < 2:
        return False
    names = [text for text in cells[str(used[0])].drop_nulls().to_list() if text.strip()]
    known = [name for name in names if is_known(name)]
    right = [text for row in cells.select(map(str, used[1:])).iter_rows() for text in row if text]
    return (
        len(known) >= 3
        and len(known) >= 0.6 * len(names)
        and len(set(known)) == len(known)
        and not any(is_known(text) for text in right)
    )


def _of_marks(marks: Marks, columns: Sequence[int]) -> dict[str, int]:
    hidden = len(set(marks.hidden_columns).intersection(columns))
    return {HIDDEN_COLUMNS: hidden, HIDDEN_SHEET: int(marks.hidden)}


def _within(merges: Sequence[Merge], columns: Sequence[int]) -> list[Merge]:
    """The merges in places among the columns of the table."""
    order = {column: place for place, column in enumerate(columns)}
    return [
        Merge(merge.top, min(inside), merge.bottom, max(inside))
        for merge in merges
        if (inside := [order[c] for c in range(merge.left, merge.right + 1) if c in order])
    ]


def _is_used(name: str | None, values: pl.Series) -> bool:
    return bool(name and name.strip()) or not _is_empty(values)


def _is_empty(values: pl.Series) -> bool:
    if values.null_count() == len(values):
        return True
    return not (_any_text(values.head(1000)) or _any_text(values))


def _any_text(values: pl.Series) -> bool:
    return bool(values.str.contains(r"\S").any())


def _has_text(cell: str | None) -> bool:
    return bool(cell and cell.strip())

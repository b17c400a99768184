"""Where the headings of a sheet stand: below titles, in one row or several, or nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.sheets.reading.grid import Merge
from campaigns.sheets.understanding.headings import is_known, is_whole, tidy
from campaigns.sheets.understanding.looks import Look, looks
from campaigns.sheets.understanding.vocabulary import UNITS, key

Row = Sequence[str | None]
HEADLESS = -1
DATA = frozenset({Look.ADDRESS, Look.PHONE, Look.DATE, Look.MONEY})
FIGURES = frozenset({Look.NUMBER, Look.COMPACT_DATE, Look.EPOCH, Look.TIME})
LONGEST_HEADING = 120
MOST_ROWS = 3
FEWEST_NUMBERED = 3
FEWEST_RECORDS = 2
"""So many rows of data make a table; one below a few words may tell of the sheet."""
KNOWN_SHARE = 0.6
BETWEEN = " / "


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of headings, both ends included, and where the data begins; all counted from 0."""

    top: int
    bottom: int
    first: int
    units: bool = False
    numbering: bool = False


def find_headings(rows: Sequence[Row]) -> int | None:
    """Return which row holds the headings, counted from 0; -1 when the sheet has none.

    It is the row with the most known words; else the first that looks like headings (several texts,
    no data), unless data stands above it. None when there is nothing in the rows.
    """
    filled = [[cell.strip() for cell in row if cell and cell.strip()] for row in rows]
    scores = [(_known(row), len(row) > 1) for row in filled[: _end_of_first_table(filled)]]
    best = max(scores, default=(0, False))
    row = scores.index(best) if scores else 0
    if best[0] > 1 or (best[0] and best[0] >= len(filled[row]) / 2):
        return row
    place = next((i for i, row in enumerate(filled) if len(row) > 1 and not _has_data(row)), None)
    data = next((i for i, row in enumerate(filled) if _has_data(row)), None)
    if place is None:
        first = next((i for i, row in enumerate(filled) if row), None)
        if first is None or data is None:
            return first
        return HEADLESS if data == first or len(filled[data]) > len(filled[first]) else first
    above = data is not None and data < place and len(filled[data]) >= len(filled[place])
    return HEADLESS if above else place


def _end_of_first_table(filled: Sequence[Sequence[str]]) -> int | None:
    """Return the row below which headings would be those of another table, which may have more
    words that we know: the first records below headings; None when no headings stand above any.
    """
    for place, row in enumerate(filled):
        below = filled[place + 1 : place + 1 + FEWEST_RECORDS]
        records = len(below) == FEWEST_RECORDS and all(len(each) > 1 for each in below)
        if records and _known(row) >= max(2, KNOWN_SHARE * len(row)) and all(map(_has_data, below)):
            return place + 1
    return None


def block(rows: Sequence[Row], place: int, merges: Sequence[Merge], offset: int) -> Block:
    """Return the rows of headings around the one that was found.

    Args:
        rows: the top of the sheet.
        place: of the row with the headings, counted from 0.
        merges: of the sheet.
        offset: which row of the sheet the first of ``rows`` is, counted from 0.
    """
    top = bottom = place
    while (
        top > 0
        and bottom - top < MOST_ROWS - 1
        and _is_group_row(rows[top - 1], rows[top], _wide(merges, top - 1 + offset))
    ):
        top -= 1
    while (
        bottom + 1 < len(rows)
        and bottom - top < MOST_ROWS - 1
        and _is_sub_row(rows[bottom], rows[bottom + 1])
    ):
        bottom += 1
    return _below(rows, top, bottom)


def compose(
    rows: Sequence[Row], found: Block, merges: Sequence[Merge], offset: int
) -> list[str | None]:
    """Return one heading a column: the lowest text of it, with its group's where that is needed."""
    lines = [
        _spread(rows[i], rows[i + 1] if i < found.bottom else None, _wide(merges, i + offset))
        for i in range(found.top, found.bottom + 1)
    ]
    lowest = [_lowest(column) for column in zip(*lines, strict=True)]
    names = [texts[-1] if texts else None for texts in lowest]
    return [
        BETWEEN.join(texts) if len(texts) > 1 and _says_too_little(texts, names) else name
        for texts, name in zip(lowest, names, strict=True)
    ]


def _says_too_little(texts: Sequence[str], names: Sequence[str | None]) -> bool:
    """Whether a heading needs that of its group: it stands there twice, or is a word such as
    "code" that only means one thing beside it.
    """
    name = texts[-1]
    if names.count(name) > 1 or not is_known(name):
        return True
    return not is_whole(name) and is_whole(BETWEEN.join(texts))


def _lowest(column: Sequence[str | None]) -> list[str]:
    texts: list[str] = []
    for cell in column:
        text = tidy(cell or "")
        if text and text not in texts:
            texts.append(text)
    return texts


def _spread(row: Row, below: Row | None, wide: Sequence[Merge]) -> list[str | None]:
    """The row with each group's name above all columns of the group."""
    cells = list(row)
    if below is None:
        return cells
    merged = {column: merge.left for merge in wide for column in range(merge.left, merge.right + 1)}
    for column in range(1, len(cells)):
        if column in merged:
            cells[column] = row[merged[column]] if merged[column] < len(row) else None
        elif not _text(row[column]) and _text(below[column]) and not wide:
            cells[column] = cells[column - 1] if _text(below[column - 1]) else None
    return cells


def _is_group_row(upper: Row, lower: Row, wide: Sequence[Merge]) -> bool:
    """Say whether a row names groups of the headings below; a title spans the whole table."""
    filled = [column for column, cell in enumerate(upper) if _text(cell)]
    below = [column for column, cell in enumerate(lower) if _text(cell)]
    if not filled or not below or _has_data([_text(upper[column]) for column in filled]):
        return False
    if any(len(_text(upper[column])) > LONGEST_HEADING for column in filled):
        return False
    whole = any(merge.left <= below[0] and merge.right >= below[-1] for merge in wide)
    return not whole and (bool(wide) or len(filled) > 1)


def _is_sub_row(upper: Row, lower: Row) -> bool:
    """Say whether a row goes on with the headings: below groups stand their parts."""
    filled = [column for column, cell in enumerate(lower) if _text(cell)]
    texts = [_text(lower[column]) for column in filled]
    if not filled or _has_data(texts) or any(map(_is_figure, texts)):
        return False
    opened = [column for column in filled if not _text(upper[column])]
    known = sum(map(is_known, texts)) / len(texts)
    return bool(opened) and known >= KNOWN_SHARE and _spans(upper, opened)


def _spans(upper: Row, opened: Sequence[int]) -> bool:
    """Whether each column without a heading of its own stands right of one that has."""
    return all(any(_text(cell) for cell in upper[:column]) for column in opened)


def _below(rows: Sequence[Row], top: int, bottom: int) -> Block:
    """Skip what stands between headings and data: units, and columns numbered 1, 2, 3."""
    first, units, numbering = bottom + 1, False, False
    while first < len(rows):
        texts = [text for cell in rows[first] if (text := _text(cell))]
        if not units and texts and all(key(text) in UNITS or text in UNITS for text in texts):
            units = True
        elif not numbering and _is_numbering(rows, first):
            numbering = True
        else:
            break
        first += 1
    return Block(top, bottom, first, units, numbering)


def _is_numbering(rows: Sequence[Row], place: int) -> bool:
    """Say whether a row numbers the columns: 1, 2, 3 … while the next row holds more than whole
    numbers, which may go on counting.
    """
    texts = [text for cell in rows[place] if (text := _text(cell))]
    expected = [str(number) for number in range(1, len(texts) + 1)]
    if len(texts) < FEWEST_NUMBERED or [_plain(text) for text in texts] != expected:
        return False
    below = rows[place + 1] if place + 1 < len(rows) else ()
    rest = [text for cell in below if (text := _text(cell))]
    return not rest or not all(_plain(text).isdecimal() for text in rest)


def _plain(text: str) -> str:
    return text.strip("()[]").removesuffix(".0").removesuffix(".")


def _wide(merges: Sequence[Merge], row: int) -> list[Merge]:
    """The merges that begin in a row, counted from 0, and reach over several columns."""
    return [merge for merge in merges if merge.top == row + 1 and merge.right > merge.left]


def _known(texts: Sequence[str]) -> int:
    """How many cells are headings that we know; a row with data in it holds none."""
    if not texts or _has_data(texts):
        return 0
    return sum(is_known(text) for text in texts if len(text) <= LONGEST_HEADING)


def _has_data(texts: Sequence[str]) -> bool:
    return any(
        "@" in text or (_digits(text) and not looks(text).isdisjoint(DATA)) for text in texts
    ) or (all(map(_is_figure, texts)) and bool(texts))


def _digits(text: str) -> bool:
    return any(map(str.isdigit, text))


def _is_figure(text: str) -> bool:
    return text.isdecimal() or (_digits(text) and not looks(text).isdisjoint(FIGURES | DATA))


def _text(cell: str | None) -> str:
    return (cell or "").strip()

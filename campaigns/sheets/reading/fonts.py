"""Cells whose letters are not what they seem: typed for old fonts, or encoded twice.

Columns are judged by their values (and by the fonts that a workbook names); what is changed is
remarked with an example, and a person may say otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from campaigns.sheets.reading import acadnusx, old_bytes, twice_encoded
from campaigns.sheets.reading.grid import Grid, Marks, Remark

AS_IT_IS = "none"
NUSX = "acadnusx"
SAMPLE_ROWS = 100_000
"""So many rows tell what the columns of a longer sheet are."""
HEADING_ROWS = 30
NO_FONTS: Mapping[int, str] = {}
Cells = dict[str, str]
"""Cell as it stands → as it was meant, of those that differ."""


@dataclass(frozen=True, slots=True)
class _Change:
    """What is changed in one column."""

    column: str
    code: str
    cells: Cells
    font: str = ""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The rows, some of them that stand for all, and what a person or the workbook says."""

    lines: pl.LazyFrame
    sample: pl.DataFrame
    chosen: str | None
    drawn: Mapping[int, str] = field(default_factory=dict)

    def distinct(self, column: str, pattern: str) -> list[str]:
        """The different cells of a column that match, in the order of the sheet."""
        found = self.lines.select(column).filter(pl.col(column).str.contains(pattern))
        return found.unique(maintain_order=True).collect()[column].to_list()

    def font(self, column: str) -> str | None:
        """The font that a person or the workbook names for a column."""
        return self.chosen or self.drawn.get(int(column))


def converted_grid(grid: Grid, chosen: str | None, drawn: Mapping[int, str] = NO_FONTS) -> Grid:
    """Return a sheet of a workbook in the letters that were meant.

    Args:
        grid: the sheet as it stands.
        chosen: what a person says of the font: as in ``Options.font``.
        drawn: column → which of ``LEGACY_FONTS`` the workbook draws it in.
    """
    step = grid.cells.height // SAMPLE_ROWS + 1
    lines = grid.cells.lazy()
    sheet = _Sheet(lines, grid.cells.gather_every(step), chosen, drawn)
    after, marks = _convert(sheet, grid.marks, wide=False)
    return grid if after is lines else replace(grid, cells=after.collect(), marks=marks)


def convert(
    lines: pl.LazyFrame, marks: Marks, chosen: str | None, *, foreign: bool
) -> tuple[pl.LazyFrame, Marks]:
    """Return the rows of a text file in the letters that were meant, and marks that tell of it.

    Args:
        lines: the rows as they stand.
        marks: what is known of the file.
        chosen: what a person says of the font: as in ``Options.font``.
        foreign: Western letters beyond ASCII are in the file, so that all rows must be looked at.
    """
    sheet = _Sheet(lines, lines.head(SAMPLE_ROWS).collect(), chosen)
    return _convert(sheet, marks, wide=foreign)


def _convert(sheet: _Sheet, marks: Marks, *, wide: bool) -> tuple[pl.LazyFrame, Marks]:
    if sheet.chosen == AS_IT_IS:
        return sheet.lines, marks
    changes = [*_foreign_changes(sheet, wide=wide), *_nusx_changes(sheet)]
    lines = sheet.lines
    for change in changes:
        old, new = list(change.cells), list(change.cells.values())
        lines = lines.with_columns(pl.col(change.column).replace(old, new))
    fonts = {int(change.column): change.font for change in changes if change.font}
    told = tuple(_remark(sheet, change) for change in changes)
    return lines, replace(marks, fonts={**marks.fonts, **fonts}, remarks=marks.remarks + told)


def _remark(sheet: _Sheet, change: _Change) -> Remark:
    column = pl.col(change.column)
    count = sheet.lines.select(column.is_in(list(change.cells)).sum()).collect().item()
    before, after = list(change.cells.items())[-1]  # the first may be the heading
    facts: dict[str, Any] = {
        "column": int(change.column), "count": count, "before": before, "after": after
    }  # fmt: skip
    return Remark(change.code, facts | ({"font": change.font} if change.font else {}))


def _foreign_changes(sheet: _Sheet, *, wide: bool) -> list[_Change]:
    """What was encoded twice, or taken for Western letters."""
    said = bool(sheet.chosen or sheet.drawn)
    lines = sheet.lines if wide or said else sheet.sample.lazy()
    strange = f"{old_bytes.RUN}|{twice_encoded.trigger()}"
    if not said and not _matching(lines, strange):
        return []
    foreign = f"{old_bytes.FOREIGN}|{twice_encoded.trigger()}"
    columns = _matching(sheet.lines, foreign)
    found = {name: sheet.distinct(name, foreign) for name in columns}
    twice = {name: _changed(cells, twice_encoded.repaired) for name, cells in found.items()}
    rest = {name: [one for one in found[name] if one not in twice[name]] for name in columns}
    whole = old_bytes.reading(cell for cells in rest.values() for cell in cells)
    old = {name: _old_bytes(sheet, name, cells, whole) for name, cells in rest.items()}
    changes = [_Change(name, "double_encoded", cells) for name, cells in twice.items()]
    changes += [change for change in old.values() if change]
    return [change for change in changes if change.cells]


def _matching(lines: pl.LazyFrame, pattern: str) -> list[str]:
    """The columns that have a cell which matches."""
    found = lines.select(pl.all().str.contains(pattern).any()).collect()
    return [name for name in found.columns if found[name].item()]


def _old_bytes(sheet: _Sheet, column: str, cells: list[str], whole: str | None) -> _Change | None:
    named = sheet.font(column)
    sure = named in old_bytes.OLD
    old = named if sure else old_bytes.reading(cells) or whole
    if old is None or named == NUSX:
        return None
    changed = _changed(cells, lambda cell: old_bytes.converted(cell, old, sure=sure))
    return _Change(column, "legacy_font", changed, old)


def _nusx_changes(sheet: _Sheet) -> list[_Change]:
    named = {name for name in sheet.sample.columns if sheet.font(name) == NUSX}
    if not named and not _matching(sheet.sample.lazy(), acadnusx.TRIGGER):
        return []
    texts = {name: _texts(sheet.sample[name]) for name in sheet.sample.columns}
    found = {name: acadnusx.evidence(cells) for name, cells in texts.items()}
    heads = {name: _texts(sheet.sample[name].head(HEADING_ROWS)) for name in texts}
    sure = {name for name, evidence in found.items() if evidence.is_sure} | named
    told = any(acadnusx.is_sure_heading(cell) for cells in heads.values() for cell in cells)
    if not sure and not told:
        return []
    return [
        _Change(name, "legacy_font", cells, NUSX)
        for name, evidence in found.items()
        if (cells := _nusx_cells(sheet, name, evidence, heads[name], sure=name in sure))
    ]


def _nusx_cells(
    sheet: _Sheet, column: str, evidence: acadnusx.Evidence, head: list[str], *, sure: bool
) -> Cells:
    headings = _changed(head, lambda cell: acadnusx.heading(cell) or cell)
    if not sure and not evidence.may_follow:
        return headings
    doubtful = evidence.latin > 0 and sheet.chosen != NUSX
    cells = sheet.distinct(column, "[A-Za-z]")
    return _changed(cells, lambda cell: acadnusx.converted(cell, doubtful=doubtful)) | headings


def _changed(cells: list[str], change: Callable[[str], str]) -> Cells:
    return {cell: after for cell in cells if (after := change(cell)) != cell}


def _texts(cells: pl.Series) -> list[str]:
    """The different texts among the cells that have a letter of ASCII."""
    return cells.filter(cells.str.contains("[A-Za-z]")).unique(maintain_order=True).to_list()

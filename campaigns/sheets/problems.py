"""The rows of an upload that need attention: the refused ones, and those that came in with a doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.language.labels import label
from campaigns.model.language import Language
from campaigns.sheets.cleaning.people import TOTALS_ROW, CleanPeople, clean_people
from campaigns.sheets.staged import table_of, upload_row
from campaigns.sheets.storing import report_rows
from campaigns.sheets.understanding.fields import KEYS, SheetKind
from campaigns.sheets.understanding.fields import Mapping as Columns
from campaigns.sheets.understanding.recognise import ROW, Table
from campaigns.sheets.writing.problem_book import CELL_LIMIT, Problem, Sheet
from campaigns.store.options import read_brand
from campaigns.store.workspace import Workspace

DOUBTS = frozenset({
    "address_typo", "address_several", "consent_unclear", "phone_unreadable", "phone_several",
    "number_damaged", "date_unreadable", "birthday_impossible", "gender_unclear",
    "language_unclear", "attribute_unreadable", "name_unreadable", "name_several",
})  # fmt: skip
"""Remarks on a cell that a person can do something about; the others tell what was put right."""
INSTEAD = {"currency": ("amount", "unit_price")}
"""Which cell is marked where a sheet has no column of what is wrong: `100 ₾` tells the currency."""
OF_PEOPLE = (SheetKind.CONTACTS, SheetKind.CONSENTS)


def needs_attention(reasons: Mapping[str, int], notes: Mapping[str, int]) -> bool:
    """Say whether a person can mend something in a sheet; a row of totals is as it should be."""
    return any(reason != TOTALS_ROW for reason in reasons) or not DOUBTS.isdisjoint(notes)


def problem_sheet(workspace: Workspace, upload_id: int, language: Language) -> Sheet:
    """Return a sheet with what is wrong in it, in words.

    Raises:
        InputError: the file is gone.
        NotFoundError: there is no such upload.
    """
    found = upload_row(workspace, upload_id)
    table, mapping = table_of(workspace, found), Columns.from_json(found.mapping)
    room = CELL_LIMIT // len(table.headings)
    with workspace.database.read() as connection:
        refused = report_rows.refused_rows(connection, upload_id, room)
    problems = [_refusal(row, mapping, language) for row in refused]
    doubts = _doubts(workspace, found, table, mapping)
    problems += _remarks(doubts, table, language, room - len(problems)) if doubts else []
    shown = None if table.rows.height <= room else {problem.row for problem in problems}
    return Sheet(
        name=found.sheet or PurePath(found.file_name).stem,
        source=workspace.files.path(found.path), source_sheet=found.sheet,
        columns={name: place + 1 for name, place in zip(table.headings, table.places, strict=True)},
        heading_row=table.heading_row, problems=problems,
        is_all=len(problems) < room, rows=_cells(table, shown),
    )  # fmt: skip


def _refusal(row: sa.Row[Any], mapping: Columns, language: Language) -> Problem:
    reason = label(f"refusal.{row.reason}", language)
    places = map(mapping.heading, (row.column, *INSTEAD.get(row.column, ())) if row.column else ())
    place = next((name for name in places if name), None)
    if place is not None:
        return Problem(row.row_number, f"{place} — {reason}", (place,), row.cells)
    if row.reason == TOTALS_ROW:
        return Problem(row.row_number, reason, (), row.cells, is_refused=False)
    keys = [mapping.heading(name) for name in KEYS.get(mapping.kind, ())]
    return Problem(row.row_number, reason, tuple(name for name in keys if name), row.cells)


def _doubts(
    workspace: Workspace, found: sa.Row[Any], table: Table, mapping: Columns
) -> CleanPeople | None:
    """The sheet cleaned once more, as remarks on single cells are not kept; None: there are none."""
    if mapping.kind not in OF_PEOPLE or DOUBTS.isdisjoint(found.notes):
        return None
    with workspace.database.read() as connection:
        language = Language(read_brand(connection).default_language)
    return clean_people(table, mapping, language, today=found.finished_at.date())


def _remarks(clean: CleanPeople, table: Table, language: Language, room: int) -> list[Problem]:
    """One problem for each row, whatever is remarked of its cells."""
    meant = {each.row: each.suggestion for each in clean.suggestions}
    told = clean.remarks.filter(pl.col("note").is_in(DOUBTS)).unique(maintain_order=True)
    by_row = told.group_by(ROW, maintain_order=True).all().sort(ROW).head(max(room, 0))
    cells = dict(_cells(table, set(by_row[ROW])))
    problems = []
    for row, headings, notes in by_row.select(ROW, "heading", "note").iter_rows():
        lines = [
            f"{heading} — {label(f'note.{note}', language)}"
            + (f" → {meant[row]}" if note == "address_typo" and row in meant else "")
            for heading, note in zip(headings, notes, strict=True)
        ]
        faults = tuple(dict.fromkeys(headings))
        problems.append(Problem(row, "\n".join(lines), faults, cells[row], is_refused=False))
    return problems


def _cells(table: Table, shown: set[int] | None) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield rows by number, heading → text: those in ``shown``, or all."""
    rows = table.rows if shown is None else table.rows.filter(pl.col(ROW).is_in(shown))
    for row in rows.iter_rows(named=True):
        number = row.pop(ROW)
        yield number, {name: text for name, text in row.items() if text is not None}

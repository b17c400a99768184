"""A dirty sheet goes out as a problem book, is mended there, and comes back: nothing is lost."""

import io
import shutil

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from campaigns.model.language import Language
from campaigns.settings import Settings
from campaigns.sheets import reports
from campaigns.sheets.writing import excerpt
from campaigns.sheets.writing.book import RED
from campaigns.store import contacts
from campaigns.store.workspace import open_workspace
from tests.support.sheets import csv_file, take_in, xlsx

HEADINGS = ["Customer ID", "E-mail", "Name", "City", "Consent"]
ROW = st.tuples(
    st.sampled_from([None, " ", "C-{n}", " C-{n} "]),
    st.sampled_from([None, "c{n}@example.am", "C{n}@EXAMPLE.am ", "no address", "a@b", "@"]),
    st.sampled_from([None, "Անի", "ნინო", "'=1+1", "-", "O'Neil", "a,b"]),
    st.sampled_from([None, "Գյումրի", "'quoted", "x" * 50, "+1", "two\nlines"]),
    st.sampled_from([None, "այո", "no", "?"]),
)


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["small.xlsx", "large.xlsx", "text.csv"])
def test_a_mended_book_stores_every_row_once(
    layout, sqlite_template, tmp_path_factory, now, monkeypatch
):
    if layout == "large.xlsx":
        monkeypatch.setattr(excerpt, "WHOLE_SHEET_BYTES", 0)

    @settings(
        deadline=None,
        max_examples=8,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(rows=st.lists(ROW, min_size=1, max_size=40), titles=st.integers(0, 2))
    def holds(rows, titles):
        cells = [
            [cell and cell.replace("{n}", str(n)) for cell in row] for n, row in enumerate(rows)
        ]
        filled = [row for row in cells if any(cell and cell.strip() for cell in row)]
        assume(filled)
        folder = tmp_path_factory.mktemp("loop")
        shutil.copy(sqlite_template, folder / "campaigns.sqlite")
        workspace = open_workspace(Settings(data=folder))
        try:
            _go_round(workspace, [*[["Our customers"]] * titles, HEADINGS, *cells], layout, now)
        finally:
            workspace.database.close()

    holds()


def _go_round(workspace, sheet, name, now):
    data = csv_file(_quoted(sheet), delimiter=";") if name == "text.csv" else xlsx(sheet)
    [first] = take_in(workspace, data, name, now=now)
    assert first.rows == first.stored + first.merged + first.refused
    if not first.refused:
        return

    [again] = take_in(workspace, _mended(workspace, first.upload), "mended.xlsx", now=now)

    assert (again.refused, again.stored) == (0, first.refused)
    assert again.rows == again.stored + again.merged
    assert again.rows == first.rows or name == "large.xlsx"
    with workspace.database.read() as connection:
        assert contacts.totals(connection).contacts == first.stored + first.refused


def _quoted(sheet):
    return [['"' + cell.replace('"', '""') + '"' if cell else "" for cell in row] for row in sheet]


def _mended(workspace, upload_id):
    """The book with keys of its own in each refused row."""
    book = load_workbook(io.BytesIO(reports.problem_book_of(workspace, [upload_id], Language.EN)))
    page = book.active
    last = page.max_column
    for row in range(1, page.max_row + 1):
        if page.cell(row, last).fill.fgColor.rgb == RED:
            page.cell(row, 1, f"MENDED-{row}")
            page.cell(row, 2, f"mended{row}@example.am")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()

"""The ways that a file is read, each for a process of its own.

Each yields when it is ready (its packages are loaded), then when it is done, with the seconds of
its parts; what it does after that is not counted.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from campaigns.clock import utcnow
from campaigns.model.language import Language
from campaigns.settings import Settings

Parts = dict[str, float]


def by_openpyxl(path: Path) -> Iterator[Parts]:
    openpyxl = import_module("openpyxl")
    yield {}
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    for _ in sheet.iter_rows(values_only=True):
        pass
    yield {}


def by_pandas(path: Path) -> Iterator[Parts]:
    pandas = import_module("pandas")
    import_module("openpyxl")
    yield {}
    pandas.read_excel(path, dtype=str)
    yield {}


def bare_book(path: Path) -> Iterator[Parts]:
    fastexcel, _ = import_module("fastexcel"), import_module("polars")
    yield {}
    book = fastexcel.read_excel(path)
    book.load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_polars()
    yield {}


def bare_scan(path: Path) -> Iterator[Parts]:
    polars = import_module("polars")
    yield {}
    polars.scan_csv(path).collect()
    yield {}


def take_in(path: Path) -> Iterator[Parts]:
    """Receive, look, confirm as guessed, store; the problem book comes after."""
    arrival, intake, reports, workspaces = (
        import_module(f"campaigns.{name}")
        for name in ("sheets.arrival", "sheets.intake", "sheets.reports", "store.workspace")
    )
    with tempfile.TemporaryDirectory() as folder:
        workspace = workspaces.open_workspace(Settings(data=Path(folder)))
        yield {}
        marks = [time.perf_counter()]
        with path.open("rb") as source:
            file_id = arrival.receive(
                workspace, source, path.name, actor="bench", language=Language.HY, now=utcnow()
            )
        [upload_id] = arrival.look(workspace, file_id, now=utcnow())
        marks.append(time.perf_counter())
        mapping = intake.preview(workspace, upload_id).mapping
        intake.confirm(workspace, upload_id, mapping, actor="bench", now=utcnow())
        done = intake.store_upload(workspace, upload_id, actor="bench", now=utcnow())
        marks.append(time.perf_counter())
        if done.rows != done.stored + done.merged + done.refused or not done.stored:
            raise SystemExit(f"rows were lost: {done}")
        parts = {
            "received and read": marks[1] - marks[0],
            "cleaned and stored": marks[2] - marks[1],
        }
        yield parts
        if done.needs_attention:
            reports.make_problem_book(workspace, upload_id, Language.HY)
            parts["(then the problem book)"] = time.perf_counter() - marks[2]
        workspace.database.close()

"""How fast a workbook becomes stored contacts: openpyxl row by row, the bare read, and ours.

.venv/bin/python -m bench.intake [ROWS]
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl

from bench.timing import compare
from campaigns.clock import utcnow
from campaigns.model.language import Language
from campaigns.settings import Settings
from campaigns.sheets import arrival, intake
from campaigns.sheets.reading.files import grids
from campaigns.store.workspace import Workspace, open_workspace

ROUNDS = 3
HEADINGS = ["Customer ID", "E-mail", "Name", "Phone", "Language", "City", "Birthday", "Consent"]


def main() -> None:
    """Make a workbook of ROWS customers and take it in in three ways."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "customers.xlsx"
        _write(book, count)
        print(f"{count:,} customers × {len(HEADINGS)} columns, {book.stat().st_size / 1e6:.1f} MB")
        compare(
            {
                "openpyxl, row by row, nothing kept": lambda: _by_openpyxl(book),
                "read as text, nothing kept": lambda: list(grids(book)),
                "read, cleaned, stored (ours)": lambda: _take_in(book),
            },
            count=count, rounds=ROUNDS,
        )  # fmt: skip


def _write(path: Path, count: int) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Customers")
    sheet.append(HEADINGS)
    names = ("Անի Պետրոսյան", "ნინო ბერიძე", "Ann Walker", "Դավիթ Սարգսյան", "გიორგი კაპანაძე")
    for n in range(count):
        sheet.append([
            f"C-{n:07}", f"customer{n}@example.com", names[n % 5], f"+3749{1_000_000 + n}",
            ("hy", "ka", "en")[n % 3], ("Երևան", "თბილისი")[n % 2],
            f"{1 + n % 28:02}.{1 + n % 12:02}.{1950 + n % 55}", ("այո", "კი", "no")[n % 3],
        ])  # fmt: skip
    book.save(path)


def _by_openpyxl(path: Path) -> int:
    book = openpyxl.load_workbook(path, read_only=True)
    return sum(len(row) for row in book.active.iter_rows(values_only=True))


def _take_in(path: Path) -> None:
    with _workspace() as workspace:
        source = io.BytesIO(path.read_bytes())
        file_id = arrival.receive(
            workspace, source, path.name, actor="bench", language=Language.EN, now=utcnow()
        )
        for upload in arrival.look(workspace, file_id, now=utcnow()):
            mapping = intake.preview(workspace, upload).mapping
            intake.confirm(workspace, upload, mapping, actor="bench", now=utcnow())
            intake.store_upload(workspace, upload, actor="bench", now=utcnow())


@contextmanager
def _workspace() -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(Settings(data=Path(folder)))
        yield workspace
        workspace.database.close()


if __name__ == "__main__":
    main()

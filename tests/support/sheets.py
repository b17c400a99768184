"""Sheets in memory, and the whole way of one into a workspace, for tests."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook

from campaigns.model.language import Language
from campaigns.sheets import arrival, intake
from campaigns.sheets.reports import UploadReport
from campaigns.sheets.understanding.fields import Mapping
from campaigns.store.workspace import Workspace

Rows = Iterable[Sequence[Any]]


def xlsx(rows: Rows = (), **sheets: Rows) -> bytes:
    """A workbook of one sheet, or of several by their names."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, content in (sheets or {"Sheet": rows}).items():
        page = book.create_sheet(name)
        for row in content:
            page.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def csv_file(rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    text = "\r\n".join(delimiter.join(str(cell) for cell in row) for row in rows)
    return text.encode(encoding)


def take_in(
    workspace: Workspace,
    data: bytes,
    name: str = "customers.xlsx",
    *,
    now: datetime,
    mapping: Mapping | None = None,
) -> list[UploadReport]:
    """Receive, confirm as guessed (or as given), and store every sheet of a file."""
    ids = arrive(workspace, data, name, now=now)
    return [store(workspace, upload_id, now=now, mapping=mapping) for upload_id in ids]


def arrive(
    workspace: Workspace, data: bytes, name: str = "customers.xlsx", *, now: datetime
) -> list[int]:
    """Receive a file and look at it; return its uploads."""
    file_id = arrival.receive(
        workspace, io.BytesIO(data), name, actor="anna", language=Language.EN, now=now
    )
    return arrival.look(workspace, file_id, now=now)


def store(
    workspace: Workspace, upload_id: int, *, now: datetime, mapping: Mapping | None = None
) -> UploadReport:
    chosen = mapping or intake.preview(workspace, upload_id).mapping
    intake.confirm(workspace, upload_id, chosen, actor="anna", now=now)
    return intake.store_upload(workspace, upload_id, actor="anna", now=now)

"""``campaigns import``: a file in, its rows stored, and what was refused told."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa

from campaigns import clock
from campaigns.cli.shell import Shell, verb
from campaigns.errors import InputError
from campaigns.jobs import run_here
from campaigns.sheets import arrival, intake
from campaigns.sheets import reports as outcomes
from campaigns.sheets.intake import Preview
from campaigns.sheets.reports import UploadReport
from campaigns.sheets.understanding.fields import EXAMPLE, SheetKind
from campaigns.sheets.understanding.fields import Mapping as Columns
from campaigns.store.options import read_brand, save_brand
from campaigns.store.tables import sheet_mapping
from campaigns.store.workspace import Workspace, open_workspace

AUTO = "auto"
ORDER = list(SheetKind)
"""People first, so that their orders find them."""


@verb("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--as", "kind", type=click.Choice([AUTO, *SheetKind]), default=AUTO,
    help="What the rows are; by default the headings tell.",
)  # fmt: skip
@click.option(
    "--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='JSON: {"kind": …, "columns": {heading: field}}, or one such for each name of a sheet.',
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say what would happen; change nothing.")
@click.option(
    "--errors", type=click.Path(dir_okay=False, path_type=Path),
    help="Write the refused rows, each with its problem, to this workbook.",
)  # fmt: skip
def import_files(
    shell: Shell,
    files: tuple[Path, ...],
    *,
    kind: str,
    mapping: Path | None,
    dry_run: bool,
    errors: Path | None,
) -> None:
    """Take in customers and orders from FILES (.xlsx, .csv)."""
    given = None if mapping is None else _mappings(mapping)
    with shell.workspace() as real, _target(real, dry_run=dry_run) as workspace:
        reports = import_all(shell, workspace, files, kind=kind, given=given)
        if errors is not None:
            ids = [report.upload for report in reports if report.refused]
            errors.write_bytes(outcomes.problem_book_of(workspace, ids, shell.language))
    shell.answer({"uploads": [asdict(report) for report in reports]})


def import_all(
    shell: Shell,
    workspace: Workspace,
    files: tuple[Path, ...],
    *,
    kind: str = AUTO,
    given: Mapping[str, Columns] | None = None,
) -> list[UploadReport]:
    """Receive every file, confirm every sheet, store people before orders; return the reports."""
    found = []
    for path in files:
        with path.open("rb") as source:
            file_id = arrival.receive(
                workspace, source, path.name, actor=shell.actor, language=shell.language,
                now=clock.utcnow(),
            )  # fmt: skip
        run_here(workspace, arrival.job_key(file_id))
        ids = arrival.uploads_of(workspace, file_id)
        previews = [intake.preview(workspace, upload_id, kind=_kind(kind)) for upload_id in ids]
        found += [(preview, _mapping(preview, previews, given)) for preview in previews]
    found.sort(key=lambda pair: ORDER.index(pair[1].kind))
    return [_store(shell, workspace, preview, mapping) for preview, mapping in found]


def _store(shell: Shell, workspace: Workspace, preview: Preview, mapping: Columns) -> UploadReport:
    upload_id = preview.upload_id
    intake.confirm(workspace, upload_id, mapping, actor=shell.actor, now=clock.utcnow())
    if mapping.kind is not SheetKind.IGNORE:
        with shell.counting(preview.sheet or preview.file_name) as show:
            run_here(workspace, f"upload:{upload_id}", show=show)
    return outcomes.report(workspace, upload_id)


def _kind(name: str) -> SheetKind | None:
    return None if name == AUTO else SheetKind(name)


def _mapping(
    preview: Preview, all_of_file: list[Preview], given: Mapping[str, Columns] | None
) -> Columns:
    if given is None:
        return preview.mapping
    names = [one.sheet for one in all_of_file]
    for name in given:
        if name and name not in names:
            raise InputError("import.sheet", got=name, expected=", ".join(names))
    return given.get("", given.get(preview.sheet, preview.mapping))


def _mappings(path: Path) -> dict[str, Columns]:
    """Read one mapping for every sheet (kept under "") or one for each name."""
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    try:
        document: Any = json.loads(text)
    except ValueError as cause:
        raise InputError("mapping.form", example=EXAMPLE) from cause
    if not isinstance(document, dict) or "columns" in document:
        return {"": Columns.parse(text)}
    return {name: Columns.parse(json.dumps(value)) for name, value in document.items()}


@contextmanager
def _target(workspace: Workspace, *, dry_run: bool) -> Iterator[Workspace]:
    """Yield the workspace; for a dry run an empty one that knows its brand and its mappings."""
    if not dry_run:
        yield workspace
        return
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(workspace.settings, data=Path(folder), database_url="")
        scratch = open_workspace(settings)
        try:
            _copy_habits(workspace, scratch)
            yield scratch
        finally:
            scratch.database.close()


def _copy_habits(workspace: Workspace, scratch: Workspace) -> None:
    with workspace.database.read() as connection:
        brand = read_brand(connection)
        mappings = [dict(row._mapping) for row in connection.execute(sa.select(sheet_mapping))]  # noqa: SLF001 - its public way to a dict
    with scratch.database.begin() as connection:
        save_brand(connection, brand, actor="cli", now=clock.utcnow())
        if mappings:
            connection.execute(sheet_mapping.insert(), mappings)

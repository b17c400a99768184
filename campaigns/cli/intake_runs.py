"""Files on their way in from the command line: looked at, stored, or only tried out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from campaigns import clock
from campaigns.cli.mapping_files import Given, understood, with_hidden_rows
from campaigns.cli.shell import Shell
from campaigns.errors import CampaignsError
from campaigns.jobs import run_here
from campaigns.sheets import arrival, intake, reports
from campaigns.sheets.intake import Preview
from campaigns.sheets.reading.grid import Options
from campaigns.sheets.reports import UploadReport
from campaigns.sheets.storing.changes import Changes
from campaigns.sheets.understanding.fields import Mapping, SheetKind
from campaigns.store.options import read_brand, save_brand
from campaigns.store.tables import sheet_mapping
from campaigns.store.workspace import Workspace, open_workspace

ORDER = list(SheetKind)
"""People first, so that their orders find them."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of all files: how they are to be read, and what is in them."""

    kind: SheetKind | None = None
    given: Given = field(default_factory=Given)
    options: Options = field(default_factory=Options)
    hidden_rows: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A file of which nothing, or not every sheet, was taken in."""

    file: str
    error: CampaignsError


@dataclass(slots=True)
class Run:
    """Files that are taken in one after the other: one that is bad does not stop the others."""

    shell: Shell
    workspace: Workspace
    failures: list[Failure] = field(default_factory=list)

    def look_at(self, files: tuple[Path, ...], said: Said) -> list[tuple[Preview, Mapping]]:
        """Receive every file and have its sheets read; return them with what they are.

        Raises:
            InputError: a mapping was given for a sheet that there is not.
        """
        found = [one for path in files for one in self._look(path, said)]
        if not self.failures:
            said.given.check(found)
        pairs = [
            (one, with_hidden_rows(said.given.mapping(one), said.hidden_rows)) for one in found
        ]
        return sorted(pairs, key=lambda pair: ORDER.index(pair[1].kind))

    def store(self, pairs: list[tuple[Preview, Mapping]]) -> list[UploadReport]:
        """Confirm and store every sheet; return what became of those that could be."""
        done = []
        for preview, mapping in pairs:
            with self._going_on(preview.file_name):
                done.append(self._store(preview, mapping))
        return done

    def rehearse(
        self, pairs: list[tuple[Preview, Mapping]], against: Workspace
    ) -> list[tuple[Preview, Mapping, Changes]]:
        """Compare every sheet with the store of ``against``, of which nothing changes."""
        done = []
        for preview, mapping in pairs:
            with self._going_on(preview.file_name):
                changes = intake.rehearse(
                    self.workspace, preview.upload_id, mapping, now=clock.utcnow(), against=against
                )
                done.append((preview, mapping, changes))
        return done

    @contextmanager
    def _going_on(self, file: str) -> Iterator[None]:
        try:
            yield
        except CampaignsError as error:
            self.failures.append(Failure(file, error))

    def _look(self, path: Path, said: Said) -> list[Preview]:
        with self._going_on(path.name):
            with path.open("rb") as source:
                file_id = arrival.receive(
                    self.workspace, source, path.name, actor=self.shell.actor,
                    language=self.shell.language, now=clock.utcnow(), options=said.options,
                )  # fmt: skip
            with self.shell.counting(path.name) as show:
                run_here(self.workspace, arrival.job_key(file_id), show=show)
            ids = arrival.uploads_of(self.workspace, file_id)
            return [self._preview(upload_id, said.kind) for upload_id in ids]
        return []

    def _preview(self, upload_id: int, kind: SheetKind | None) -> Preview:
        found = intake.preview(self.workspace, upload_id)
        if kind is None or found.marks.hidden:
            return found
        return intake.preview(self.workspace, upload_id, kind=kind)

    def _store(self, preview: Preview, mapping: Mapping) -> UploadReport:
        upload_id = preview.upload_id
        intake.confirm(
            self.workspace, upload_id, mapping, actor=self.shell.actor, now=clock.utcnow()
        )
        if mapping.kind is not SheetKind.IGNORE:
            with self.shell.counting(preview.sheet or preview.file_name) as show:
                run_here(self.workspace, f"upload:{upload_id}", show=show)
        return reports.report(self.workspace, upload_id)


@contextmanager
def apart(workspace: Workspace) -> Iterator[Workspace]:
    """Yield an empty workspace that knows the brand and the mappings of another one.

    Files are read there when nothing may change.
    """
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


def rehearsed(preview: Preview, mapping: Mapping, changes: Changes) -> dict[str, Any]:
    """Return what a sheet would come to, in the form of a report."""
    return {
        "upload": None, "file": preview.file_name, "sheet": preview.sheet, "kind": mapping.kind,
        "state": "rehearsed", "rows": preview.row_count if mapping.kind != SheetKind.IGNORE else 0,
        "stored": changes.new, "merged": changes.changed + changes.unchanged,
        "refused": changes.refused, "reasons": changes.reasons, "notes": changes.notes,
        "changes": asdict(changes), "mapping": understood(preview) | mapping.to_json(),
    }  # fmt: skip

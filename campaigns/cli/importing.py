"""``campaigns import``: files in, their rows stored, and what was refused told."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from campaigns.cli import mapping_files
from campaigns.cli.intake_runs import Failure, Run, Said, apart, rehearsed
from campaigns.cli.mapping_files import Given
from campaigns.cli.shell import Shell, lines, verb
from campaigns.language.explanation import explain
from campaigns.language.labels import label
from campaigns.model.language import Language
from campaigns.sheets import reports
from campaigns.sheets.reading.grid import LEGACY_FONTS, Options
from campaigns.sheets.reports import UploadReport
from campaigns.sheets.understanding.fields import SheetKind
from campaigns.store.workspace import Workspace

AUTO = "auto"
TAB = ("tab", "\\t")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
TOLD = (
    "upload", "file", "sheet", "kind", "state", "rows", "stored", "merged", "refused", "seconds",
)  # fmt: skip
"""What of a report a person reads on a terminal, beside reasons and notes; ``--json`` tells all."""

COUNTED = ("new", "changed", "unchanged", "consents_given", "consents_withdrawn")


@verb("files")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option(
    "--as", "kind", type=click.Choice([AUTO, *(kind.value for kind in SheetKind)]), default=AUTO,
    help="What the rows are; by default headings and values tell.",
)  # fmt: skip
@click.option(
    "--mapping", type=FILE,
    help="JSON or YAML as --show-mapping prints it: what the columns of the sheets are.",
)  # fmt: skip
@click.option(
    "--show-mapping", is_flag=True, help="Print what the columns are taken for; change nothing."
)
@click.option("--dry-run", is_flag=True, help="Say what would change; change nothing.")
@click.option(
    "--errors", type=click.Path(dir_okay=False, path_type=Path),
    help="Write the sheets that need attention, each problem marked, to this workbook.",
)  # fmt: skip
@click.option("--encoding", help="Of text files, such as cp1251; by default they tell.")
@click.option("--delimiter", help="Of text files: one sign, or the word tab.")
@click.option(
    "--font", type=click.Choice([*LEGACY_FONTS, "none"]),
    help="The old font whose signs stand for Armenian or Georgian letters.",
)  # fmt: skip
@click.option(
    "--hidden-rows", type=click.Choice(["take", "leave"]), help="What to do with hidden rows."
)
def import_files(
    shell: Shell,
    /,
    files: tuple[Path, ...],
    *,
    show_mapping: bool,
    dry_run: bool,
    errors: Path | None,
    **words: Any,
) -> None:
    """Take in spreadsheets: customers, orders, products, calls, consents.

    Beside FILES there are two commands: `campaigns import list` shows what was taken in, and
    `campaigns import undo` takes it back. A file of such a name is given as ./undo.
    """
    said = _said(**words)
    with shell.workspace() as workspace:
        if show_mapping:
            _show_mapping(shell, workspace, files, said)
        elif dry_run:
            _try_out(shell, workspace, files, said, errors)
        else:
            _take_in(shell, workspace, files, said, errors)


def import_all(shell: Shell, workspace: Workspace, files: tuple[Path, ...]) -> list[UploadReport]:
    """Take in files as they are understood; return what became of their sheets.

    Raises:
        CampaignsError: one of them could not be taken in; the others are.
    """
    run = Run(shell, workspace)
    done = run.store(run.look_at(files, Said()))
    if run.failures:
        raise run.failures[0].error
    return done


def told(report: dict[str, Any], language: Language) -> dict[str, Any]:
    """Return what a person reads of a report, its codes in words."""
    said = {name: report[name] for name in TOLD if report.get(name) is not None}
    for name, prefix in (("reasons", "refusal"), ("notes", "note")):
        found = {label(f"{prefix}.{code}", language): n for code, n in report[name].items()}
        said |= {name: found} if found else {}
    changes = _changes(report["changes"], language)
    return {**said, "changes": changes} if changes else said


def _changes(changes: dict[str, Any], language: Language) -> dict[str, int]:
    """What of the changes is not nothing: people, consents, and the fields that get other values."""
    fields = {f"field.{name}": n for name, n in changes.get("by_field", {}).items()}
    counted = {name: changes.get(name, 0) for name in COUNTED}
    named = {label(code, language): n for code, n in fields.items()}
    return {name: n for name, n in (counted | named).items() if n}


def _take_in(
    shell: Shell, workspace: Workspace, files: tuple[Path, ...], said: Said, errors: Path | None
) -> None:
    run = Run(shell, workspace)
    done = run.store(run.look_at(files, said))
    _write_problems(workspace, done, errors, shell.language)
    _answer(shell, [asdict(one) for one in done], run.failures)


def _try_out(
    shell: Shell, workspace: Workspace, files: tuple[Path, ...], said: Said, errors: Path | None
) -> None:
    with apart(workspace) as scratch:
        run = Run(shell, scratch)
        pairs = run.look_at(files, said)
        found = [rehearsed(*one) for one in run.rehearse(pairs, workspace)]
        if errors is not None:
            _write_problems(scratch, Run(shell, scratch).store(pairs), errors, shell.language)
    _answer(shell, found, run.failures)


def _show_mapping(shell: Shell, workspace: Workspace, files: tuple[Path, ...], said: Said) -> None:
    with apart(workspace) as scratch:
        run = Run(shell, scratch)
        shown = mapping_files.shown([preview for preview, _ in run.look_at(files, said)])
    shell.answer(shown, mapping_files.as_yaml(shown))
    _end(shell, run.failures)


def _write_problems(
    workspace: Workspace, done: list[UploadReport], path: Path | None, language: Language
) -> None:
    if path is not None:
        ids = [one.upload for one in done if one.refused or one.needs_attention]
        path.write_bytes(reports.problem_book_of(workspace, ids, language))


def _answer(shell: Shell, uploads: list[dict[str, Any]], failures: list[Failure]) -> None:
    failed = [
        {"file": one.file, "code": one.error.code, "text": explain(one.error, shell.language)}
        for one in failures
    ]
    text = lines({"uploads": [told(one, shell.language) for one in uploads]})
    if uploads or shell.as_json:
        shell.answer({"uploads": uploads, "failed": failed}, "\n".join(text).rstrip())
    _end(shell, failures)


def _end(shell: Shell, failures: list[Failure]) -> None:
    for one in failures:
        click.echo(explain(one.error, shell.language), err=True)
    if failures:
        raise click.exceptions.Exit(1)


def _said(
    *,
    kind: str,
    mapping: Path | None,
    encoding: str | None,
    delimiter: str | None,
    font: str | None,
    hidden_rows: str | None,
) -> Said:
    sign = "\t" if delimiter in TAB else delimiter
    if sign is not None and len(sign) != 1:
        raise click.BadParameter("one sign, or the word tab", param_hint="--delimiter")
    return Said(
        None if kind == AUTO else SheetKind(kind),
        Given() if mapping is None else mapping_files.read(mapping),
        Options(encoding, sign, font), hidden_rows,
    )  # fmt: skip

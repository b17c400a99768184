"""``campaigns language``: put words into their cases, and read texts as an editor would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from campaigns.cli.inflecting import inflect_table
from campaigns.cli.shell import Shell, verb
from campaigns.errors import N_
from campaigns.language.catalogue import translate
from campaigns.language.labels import label
from campaigns.language.proofreading.files import Checked, check_paths
from campaigns.language.proofreading.findings import Finding
from campaigns.model.language import Language


@click.group()
def language() -> None:
    """Grammar: words in their cases, texts proofread."""


@verb("check")
@click.argument(
    "paths", metavar="FILE…", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
@click.option(
    "--text-language", type=click.Choice([str(one) for one in Language]),
    help="Language of the texts, where neither the file's name nor its letters tell it rightly.",
)  # fmt: skip
@click.pass_context
def check(
    context: click.Context, shell: Shell, paths: tuple[Path, ...], text_language: str | None
) -> None:
    """Proofread FILE: letters (.md), catalogues (.po), texts and pages (.txt, .html, .mjml).

    A folder stands for all of them in it; the languages of one letter are compared with each
    other. Exit 1 when there is an error.
    """
    checked = check_paths(paths, Language(text_language) if text_language else None)
    found = [one for file in checked for one in file.findings]
    errors = sum(one.severity == "error" for one in found)
    shell.answer(
        {
            "files": [_file(file, shell.language) for file in checked],
            "errors": errors,
            "warnings": len(found) - errors,
        },
        "\n".join([*_lines(checked, shell.language), _sum(shell, errors, len(found) - errors)]),
    )
    if errors:
        context.exit(1)


def _sum(shell: Shell, errors: int, warnings: int) -> str:
    text = N_("errors: {errors}, warnings: {warnings}")
    return translate("core", text, shell.language, errors=errors, warnings=warnings)


def _lines(checked: list[Checked], reader: Language) -> Iterator[str]:
    for file in checked:
        for one in file.findings:
            place = f"{file.path}:{one.line}:{one.column}"
            what = ": ".join(filter(None, (one.says(reader), one.excerpt)))
            right = "" if one.suggestion is None else f" → {one.suggestion}"
            yield f"{place}: {label(f'severity.{one.severity}', reader)}: {what}{right}"


def _file(file: Checked, reader: Language) -> dict[str, object]:
    return {
        "file": str(file.path),
        "language": str(file.language),
        "findings": [_finding(one, reader) for one in file.findings],
    }


def _finding(one: Finding, reader: Language) -> dict[str, object]:
    return {
        "line": one.line, "column": one.column, "excerpt": one.excerpt, "code": one.code,
        "severity": one.severity, "message": one.says(reader), "suggestion": one.suggestion,
    }  # fmt: skip


for _command in (inflect_table, check):
    language.add_command(_command)

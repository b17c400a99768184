"""``campaigns letter``: texts of letters, checked, and rendered for one contact."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click
import sqlalchemy as sa

from campaigns import clock
from campaigns.cli.shell import Shell, verb
from campaigns.delivery.recipients import sample_values
from campaigns.errors import InputError, NotFoundError
from campaigns.letters import library, parcel
from campaigns.letters.check import findings
from campaigns.letters.design import DESIGN, designs
from campaigns.letters.finding import Finding
from campaigns.letters.mime import message
from campaigns.letters.render import Rendered, compile_text
from campaigns.model.language import Language
from campaigns.store import contacts
from campaigns.store.options import Brand, read_brand
from campaigns.store.workspace import Workspace

FORMATS = ("eml", "html", "txt")
EXAMPLE = "check.example"


@click.group()
def letter() -> None:
    """Letters: one Markdown text for each language."""


@verb("list")
def list_letters(shell: Shell) -> None:
    """List the letters that are there."""
    with shell.workspace() as workspace, workspace.database.read() as connection:
        found = library.names(connection)
    shell.answer({"letters": [asdict(one) for one in found]})


@verb("check")
@click.argument("name", metavar="[LETTER]", required=False)
@click.pass_context
def check(context: click.Context, shell: Shell, name: str | None) -> None:
    """Look for mistakes in LETTER, or in all letters. Exit 1 when there is an error.

    The examples of a shipped letter are told, and are no mistake: it is there to be filled in.
    """
    with shell.workspace() as workspace, workspace.database.read() as connection:
        brand = read_brand(connection)
        names = [name] if name else [info.name for info in library.names(connection)]
        found = {
            one: findings(library.load(connection, one).texts, brand) for one in names
        }  # fmt: skip
    shell.answer({
        "letters": {one: [_written(shell, finding) for finding in all_of] for one, all_of in found.items()}
    })  # fmt: skip
    if any(_is_mistake(one, finding) for one, all_of in found.items() for finding in all_of):
        context.exit(1)


def _is_mistake(name: str, finding: Finding) -> bool:
    is_to_fill_in = finding.code == EXAMPLE and name in library.shipped()
    return finding.severity == "error" and not is_to_fill_in


@verb("save")
@click.argument("name", metavar="LETTER")
@click.argument("texts", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def save(shell: Shell, name: str, texts: tuple[Path, ...]) -> None:
    """Keep a new version of LETTER from TEXTS: a folder, a .zip, or files such as hy.md, ka.2.md."""
    sources = _sources(texts)
    with shell.workspace() as workspace, workspace.database.begin() as connection:
        version = library.save(connection, name, sources, actor=shell.actor, now=clock.utcnow())
    shell.answer({"letter": name, "version": version})


@verb("export")
@click.argument("name", metavar="LETTER")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path))
def export(shell: Shell, name: str, out: Path) -> None:
    """Write the texts of LETTER into the folder --out, which `letter save` reads again."""
    with shell.workspace() as workspace, workspace.database.read() as connection:
        found = library.load(connection, name)
    out.mkdir(parents=True, exist_ok=True)
    written = list(parcel.files(found.texts))
    for file, source in written:
        (out / file).write_text(source, encoding="utf-8", newline="")
    shell.answer({"letter": name, "version": found.version, "files": [file for file, _ in written]})


@verb("versions")
@click.argument("name", metavar="LETTER")
def versions(shell: Shell, name: str) -> None:
    """List the versions of LETTER, the newest first."""
    with shell.workspace() as workspace, workspace.database.read() as connection:
        found = library.versions(connection, name)
    shell.answer({"versions": [asdict(one) for one in found]})


# Its --lang is the language of the letter.
@verb("render", answers=False)
@click.argument("name", metavar="LETTER")
@click.option("--contact", "key", required=True, help="Customer id or e-mail address.")
@click.option(
    "--text",
    "number",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Which of the letter's texts.",
)
@click.option("--design", default=DESIGN, show_default=True, type=click.Choice(designs()))
@click.option("--format", "form", type=click.Choice(FORMATS), default="txt", show_default=True)
def render(shell: Shell, name: str, key: str, number: int, design: str, form: str) -> None:
    """Print LETTER as one contact would get it, in the language of --lang."""
    with shell.workspace() as workspace:
        click.echo(
            _rendered(workspace, name, key, shell.language, form, (number, design)), nl=False
        )


def _rendered(
    workspace: Workspace,
    name: str,
    key: str,
    language: Language,
    form: str,
    pair: tuple[int, str],
) -> bytes:
    number, design = pair
    now = clock.utcnow()
    with workspace.database.read() as connection:
        found = library.load(connection, name)
        brand = read_brand(connection)
        person = contacts.find(connection, key)
        if person is None:
            raise NotFoundError("not_found", kind="contact", name="")
        if number > len(found.texts.get(language, [])):
            file = library.file_name(language, number)
            raise NotFoundError("not_found", kind="letter", name=f"{name}/{file}")
        (values,) = sample_values(
            workspace, connection, [person.id], language=language, purpose=found.purpose, now=now
        )
    source = found.texts[language][number - 1]
    rendered = compile_text(source, language, brand, design=design).render(values)
    if form != "eml":
        return (rendered.html if form == "html" else rendered.text).encode()
    return _eml(rendered, brand, person, language, str(values["unsubscribe_url"]))


def _eml(
    rendered: Rendered,
    brand: Brand,
    person: sa.Row[tuple[object, ...]],
    language: Language,
    url: str,
) -> bytes:
    if not person.address:
        raise InputError("input.empty", field="address")
    name = " ".join(part for part in (person.given_name, person.family_name) if part)
    domain = brand.from_address.rpartition("@")[2] or "localhost"
    mail = message(
        rendered, brand=brand, to_address=person.address, to_name=name, language=language,
        message_id=f"preview-{person.id}@{domain}", unsubscribe_url=url, date=clock.utcnow(),
    )  # fmt: skip
    return mail.as_bytes()


def _written(shell: Shell, finding: Finding) -> dict[str, object]:
    return asdict(finding) | {"text": finding.says(shell.language)}


def _sources(paths: tuple[Path, ...]) -> library.Texts:
    """Return the letter in a folder, an archive, or some files."""
    first = paths[0]
    if len(paths) == 1 and first.suffix.lower() == ".zip":
        return parcel.unpack(first.read_bytes())
    if len(paths) == 1 and first.is_dir():
        paths = tuple(first.glob("*.md"))
    return parcel.read_files((one.name, one.read_bytes()) for one in paths)


for _command in (list_letters, check, save, export, versions, render):
    letter.add_command(_command)

"""``campaigns segment``: rules, how many they find, and whom."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from campaigns import clock
from campaigns.cli.shell import Shell, verb
from campaigns.model.money import Money
from campaigns.segments import verbs
from campaigns.segments.verbs import Person
from campaigns.sheets.writing.book import write_list

EXPORT_LIMIT = 1_000_000
HEADINGS = (
    "customer_id",
    "name",
    "language",
    "city",
    "orders",
    "revenue",
    "currency",
    "last_order_at",
)


@click.group()
def segment() -> None:
    """Rules over contacts. RULE is a saved name or a rule, such as 'orders >= 2'."""


@verb("list")
def list_segments(shell: Shell) -> None:
    """List the saved rules."""
    with shell.workspace() as workspace, workspace.database.read() as connection:
        found = verbs.named(connection)
    shell.answer({"segments": [asdict(one) for one in found]})


@verb("count")
@click.argument("rule")
def count(shell: Shell, rule: str) -> None:
    """Count the people that RULE finds."""
    with shell.workspace() as workspace, workspace.database.read() as connection:
        name, text = verbs.resolve(connection, rule)
        number = verbs.count(connection, text, now=clock.utcnow())
    shell.answer({"segment": name, "rule": text, "count": number}, str(number))


@verb("explain")
@click.argument("rule")
def explain(shell: Shell, rule: str) -> None:
    """Say what each part of RULE finds alone, and show a few people."""
    now = clock.utcnow()
    with shell.workspace() as workspace, workspace.database.read() as connection:
        name, text = verbs.resolve(connection, rule)
        found = verbs.explain(connection, text, now=now)
        people = verbs.sample(connection, text, size=5, now=now)
    shell.answer({
        "segment": name, "rule": text, "count": found.count, "total": found.total,
        "by_language": found.by_language, "parts": dict(found.parts),
        "sample": [_shown(person) for person in people],
    })  # fmt: skip


@verb("save")
@click.argument("name")
@click.argument("rule")
def save(shell: Shell, name: str, rule: str) -> None:
    """Keep RULE under NAME."""
    with shell.workspace() as workspace:
        verbs.save(workspace, name, rule, actor=shell.actor, now=clock.utcnow())
        with workspace.database.read() as connection:
            kept, text = verbs.resolve(connection, name)
    shell.answer({"segment": kept, "rule": text})


@verb("remove")
@click.argument("name")
def remove(shell: Shell, name: str) -> None:
    """Forget the rule kept under NAME."""
    with shell.workspace() as workspace:
        verbs.remove(workspace, name, actor=shell.actor, now=clock.utcnow())
    shell.answer({"removed": name})


@verb("export")
@click.argument("rule")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def export(shell: Shell, rule: str, out: Path) -> None:
    """Write the people that RULE finds to the workbook OUT (.xlsx)."""
    with shell.workspace() as workspace, workspace.database.read() as connection:
        name, text = verbs.resolve(connection, rule)
        people = verbs.sample(connection, text, size=EXPORT_LIMIT, now=clock.utcnow())
    out.write_bytes(write_list(name, HEADINGS, map(_cells, people)))
    shell.answer({"segment": name, "people": len(people), "out": str(out)})


def _shown(person: Person) -> dict[str, object]:
    shown = asdict(person)
    minor, currency = shown.pop("revenue_minor"), shown.pop("currency")
    return shown | {"revenue": str(Money(minor, currency)) if currency else None}


def _cells(person: Person) -> list[str]:
    last, revenue = person.last_order_at, Money(person.revenue_minor, person.currency or "AMD")
    return [
        person.customer_id or "", person.name, person.language, person.city or "",
        str(person.orders), str(revenue.amount), person.currency or "",
        last.date().isoformat() if last else "",
    ]  # fmt: skip


for _command in (list_segments, count, explain, save, remove, export):
    segment.add_command(_command)

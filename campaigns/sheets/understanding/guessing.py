"""What a sheet seems to be: its kind, the meaning of each column, and why."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from campaigns.sheets.understanding import evidence as why
from campaigns.sheets.understanding.columns import Meaning, meanings
from campaigns.sheets.understanding.evidence import Evidence
from campaigns.sheets.understanding.fields import (
    ATTRIBUTE,
    IGNORED,
    WITH_ATTRIBUTES,
    Mapping,
    SheetKind,
)
from campaigns.sheets.understanding.headings import counts_rows, matches
from campaigns.sheets.understanding.kinds import Seen, kind_of
from campaigns.sheets.understanding.lines import Lines, Role, role_of
from campaigns.sheets.understanding.looks import Look
from campaigns.sheets.understanding.memory import closest, is_complete, recalled
from campaigns.sheets.understanding.tables import ROW, Table
from campaigns.sheets.understanding.types import TEXT, type_of
from campaigns.sheets.understanding.values import NUMBERS, Facts, facts, fit, sample
from campaigns.sheets.understanding.vocabulary import TOTALS, key

ORDERS = (SheetKind.ORDERS, SheetKind.ORDER_LINES)
SEVERAL_WORDS = 0.5
SURE = 1.0


@dataclass(frozen=True, slots=True)
class Guess:
    """A mapping, with the evidence for each heading."""

    mapping: Mapping
    evidence: dict[str, Evidence]

    def evidence_to_json(self) -> dict[str, dict[str, Any]]:
        """Return the evidence as it stands in the row of an upload."""
        return {name: found.to_json() for name, found in self.evidence.items()}


def guess(
    sheet: Table, kind: SheetKind | None = None, *, known: Mapping | None = None, name: str = ""
) -> Guess:
    """Return what the sheet seems to be.

    Args:
        sheet: the table.
        kind: what a person has said that it is.
        known: a mapping that was confirmed for a sheet like this; what it says is taken over.
        name: of the file and the sheet, which may tell what it lists.
    """
    columns = {each: facts(values) for each, values in _columns(sheet).items()}
    if known is not None and kind in (None, known.kind):
        return _as_known(sheet, columns, known)
    seen = _seen(sheet, columns, (kind,) if kind else tuple(SheetKind), name)
    settled, found, dropped = _settled(sheet, kind or _kind(sheet, seen), seen)
    if kind is not None and settled is not kind:  # what a person said holds
        settled, found, dropped = kind, dict(seen.meanings[kind]), {}
    return _guess(sheet, columns, settled, found, dropped)


def understand(
    sheet: Table, exact: Mapping | None, others: Iterable[Mapping], *, name: str = ""
) -> tuple[Guess, bool]:
    """Return what the sheet seems to be, by what people confirmed of sheets like it, and whether
    one of just these headings is among them.

    Args:
        sheet: the table.
        exact: what was confirmed for a sheet of the same shape.
        others: what was confirmed for other sheets, the newest first.
        name: of the file and the sheet.
    """
    if sheet.marks.hidden:
        return guess(sheet, name=name), False  # it is left out until a person says otherwise
    if exact is not None and is_complete(sheet.headings, exact) and _still_fits(sheet, exact):
        return guess(sheet, exact.kind, known=exact), True
    fresh = guess(sheet, name=name)
    kind = fresh.mapping.kind
    near = closest(sheet.headings, (each for each in others if each.kind is kind))
    if sheet.heading_row == 0 or near is None or kind is SheetKind.IGNORE:
        return fresh, False
    return guess(sheet, kind, known=near), False


def _still_fits(sheet: Table, known: Mapping) -> bool:
    """Sheets without headings look all alike: what was confirmed must fit the values too."""
    if sheet.heading_row:
        return True
    return all(
        fit(known.columns[name], facts(values)) >= 0
        for name, values in _columns(sheet).items()
        if name in known.columns
    )


def _columns(sheet: Table) -> dict[str, pl.Series]:
    part = sample(sheet.rows)
    part = part.filter(~pl.Series(map(_is_total, part.drop(ROW).iter_rows()), dtype=pl.Boolean))
    return {name: part[name] for name in sheet.headings}


def _is_total(cells: tuple[str | None, ...]) -> bool:
    """Rows that sum up the others tell nothing of the columns that they leave empty."""
    first = next((cell for cell in cells if cell and cell.strip()), "")
    return key(first.strip().split(" ", maxsplit=1)[0]) in TOTALS


def _seen(sheet: Table, columns: dict[str, Facts], kinds: tuple[SheetKind, ...], name: str) -> Seen:
    headless = sheet.heading_row == 0
    found = {kind: meanings(columns, kind, headless=headless) for kind in kinds}
    return Seen(columns, found, f"{name} {sheet.sheet}")


def _kind(sheet: Table, seen: Seen) -> SheetKind:
    if sheet.marks.hidden or sheet.lists_one:
        return SheetKind.IGNORE
    return kind_of(seen, Lines.of(sheet.rows, seen.by_field(SheetKind.ORDER_LINES)))


def _settled(
    sheet: Table, kind: SheetKind, seen: Seen
) -> tuple[SheetKind, dict[str, Meaning], dict[str, Evidence]]:
    """The kind, its columns, and those of money that are not what their headings say."""
    found = dict(seen.meanings.get(kind, {}))
    if kind is SheetKind.CONTACTS:
        return kind, _with_whole_names(found, seen.facts), {}
    if kind is SheetKind.ORDER_LINES:
        return _lines(sheet, seen, found)
    return kind, found, {}


def _with_whole_names(
    found: dict[str, Meaning], columns: Dictionary[str, Facts]
) -> dict[str, Meaning]:
    """A "Name" holds whole names when most of its values do and no column has surnames."""
    fields = {meaning.field for meaning in found.values()}
    if not fields.isdisjoint({"family_name", "full_name"}):
        return found
    return {
        name: replace(meaning, field="full_name") if _is_whole(meaning, columns[name]) else meaning
        for name, meaning in found.items()
    }


def _is_whole(meaning: Meaning, found: Facts) -> bool:
    whole = found.shares.get(Look.FULL_NAME, 0.0)
    return meaning.field == "given_name" and whole >= SEVERAL_WORDS


def _lines(
    sheet: Table, seen: Seen, found: dict[str, Meaning]
) -> tuple[SheetKind, dict[str, Meaning], dict[str, Evidence]]:
    headings = {meaning.field: name for name, meaning in found.items()}
    lines = Lines.of(sheet.rows, headings)
    price, quantity = headings.get("unit_price"), headings.get("quantity")
    roles = {
        name: role_of(lines, name, price=price, quantity=quantity)
        for name in _of_money(sheet, seen, found)
    }
    totals = {
        name: Evidence(why.ORDER_TOTAL, SURE) for name, role in roles.items() if role is Role.TOTAL
    }
    amount = headings.get("amount")
    better = next((name for name, role in roles.items() if role is Role.LINE), None)
    better = better or (amount if amount not in totals else None)
    rest = {name: meaning for name, meaning in found.items() if meaning.field != "amount"}
    if better is None and amount is not None and not (price and quantity):
        return _once_an_order(seen)
    if better is None:
        return SheetKind.ORDER_LINES, {n: m for n, m in rest.items() if n not in totals}, totals
    told = roles.get(better) is Role.LINE
    proof = Evidence(why.LINE_AMOUNT, SURE) if told else found[better].evidence
    rest[better] = Meaning("amount", SURE, SURE, proof)
    return SheetKind.ORDER_LINES, rest, {n: e for n, e in totals.items() if n != better}


def _of_money(sheet: Table, seen: Seen, found: dict[str, Meaning]) -> list[str]:
    """The columns whose headings may mean an amount and whose values are numbers."""
    return [
        name
        for name in sheet.headings
        if any(match.field == "amount" for match in matches(name, SheetKind.ORDER_LINES))
        and (name not in found or found[name].field == "amount")
        and seen.facts[name].share(NUMBERS) >= SEVERAL_WORDS
    ]


def _once_an_order(
    seen: Seen,
) -> tuple[SheetKind, dict[str, Meaning], dict[str, Evidence]]:
    """Lines without prices below one total: without their products they are one order, told again."""
    columns = seen.meanings.get(SheetKind.ORDERS) or meanings(seen.facts, SheetKind.ORDERS)
    of_lines = {"product", "quantity"}
    kept = {name: each for name, each in columns.items() if each.field not in of_lines}
    left = {
        name: Evidence(why.ORDER_TOTAL, SURE)
        for name, each in columns.items()
        if each.field in of_lines
    }
    return SheetKind.ORDERS, kept, left


def _guess(
    sheet: Table,
    columns: Dictionary[str, Facts],
    kind: SheetKind,
    found: Dictionary[str, Meaning],
    dropped: Dictionary[str, Evidence],
) -> Guess:
    rest = ATTRIBUTE if kind in WITH_ATTRIBUTES else IGNORED
    fields: dict[str, str] = {}
    evidence: dict[str, Evidence] = {}
    options: dict[str, dict[str, str]] = {}
    for name in sheet.headings:
        if name in found:
            fields[name], evidence[name] = found[name].field, found[name].evidence
        elif name in dropped or (counts_rows(name) and columns[name].rises):
            fields[name] = IGNORED
            evidence[name] = dropped.get(name) or Evidence(why.COUNTS_ROWS, SURE)
        else:
            fields[name], evidence[name] = rest, Evidence(why.NONE)
            if rest == ATTRIBUTE:
                _add_type(sheet, name, columns[name], evidence, options)
    return Guess(Mapping(kind, fields, options), evidence)


def _add_type(
    sheet: Table,
    name: str,
    found: Facts,
    evidence: dict[str, Evidence],
    options: dict[str, dict[str, str]],
) -> None:
    kind = type_of(sheet.rows[name], found)
    evidence[name] = replace(evidence[name], type=kind)
    if kind != TEXT:
        options[name] = {"type": kind}


def _as_known(sheet: Table, columns: dict[str, Facts], known: Mapping) -> Guess:
    """What was confirmed for the same headings holds; further headings are guessed and marked."""
    same, options = recalled(sheet.headings, known)
    news = {name: found for name, found in columns.items() if name not in same}
    fresh = meanings(
        news, known.kind, headless=sheet.heading_row == 0, taken=frozenset(same.values())
    )
    guessed = _guess(sheet, columns, known.kind, fresh, {})
    fields = {name: same.get(name, guessed.mapping.columns[name]) for name in sheet.headings}
    evidence = {
        name: Evidence(why.REMEMBERED, SURE) if name in same else guessed.evidence[name]
        for name in sheet.headings
    }
    kept = {name: each for name, each in guessed.mapping.options.items() if name not in same}
    return Guess(Mapping(known.kind, fields, kept | options), evidence)

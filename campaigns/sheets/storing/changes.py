"""What taking a sheet in would change, or did: counts, and a few examples."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl

from campaigns.model.permission import Purpose
from campaigns.sheets.storing.joining import CONTACT
from campaigns.sheets.storing.merge import Conflict
from campaigns.sheets.storing.plan import Plan
from campaigns.sheets.understanding.recognise import ROW

MOST_CONFLICTS = 100
MOST_EXAMPLES = 10
_SHOWN = (
    "customer_id", "card_number", "address", "given_name", "family_name", "phone", "city", "gender",
    "birthday", "language", "attributes",
)  # fmt: skip
"""The fields that a person knows of; the others follow from them."""


@dataclass(frozen=True, slots=True)
class Example:
    """A value of something known that a row changes."""

    row: int
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Every row of a sheet is new, changes something known, repeats what is known, or is refused."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    by_field: dict[str, int] = field(default_factory=dict)
    """How many known things get another value of each field."""
    consents_given: int = 0
    """How many people agree to letters, and how many do not want them."""
    consents_withdrawn: int = 0
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    """Rows whose keys belong to two people: ``row``, the ``contacts`` (ids) and ``rows`` of the
    sheet that say otherwise. The first ``MOST_CONFLICTS``."""
    examples: list[Example] = field(default_factory=list)
    reasons: dict[str, int] = field(default_factory=dict)
    """Why rows would be refused."""
    notes: dict[str, int] = field(default_factory=dict)

    def counts(self) -> dict[str, Any]:
        """Return what is kept with the upload: no values of customers."""
        kept = asdict(self)
        return {name: kept[name] for name in kept if name not in ("examples", "reasons", "notes")}


def changes_of(plan: Plan, reasons: dict[str, int], notes: Counter[str]) -> Changes:
    """Return what a plan of contacts comes to.

    Args:
        plan: what is to be written.
        reasons: why rows are refused, those of conflicts included.
        notes: what is taken in, but not as the sheet says.
    """
    letters = plan.answers.filter(pl.col("purpose") == Purpose.OFFERS)
    given = letters.filter("given")[CONTACT].n_unique()
    rest = plan.sources.height - plan.new.height - plan.changed.height
    return Changes(
        new=plan.new.height, changed=plan.changed.height, unchanged=rest,
        refused=sum(reasons.values()), by_field=_by_field(plan), consents_given=given,
        consents_withdrawn=letters.filter(~pl.col("given"))[CONTACT].n_unique(),
        conflicts=[_told(each) for each in plan.conflicts[:MOST_CONFLICTS]],
        examples=_examples(plan), reasons=reasons, notes=dict(+notes),
    )  # fmt: skip


def _by_field(plan: Plan) -> dict[str, int]:
    """Both frames are in the order of the contacts."""
    found = {name: int(plan.changed[name].ne_missing(plan.before[name]).sum()) for name in _SHOWN}
    return {name: number for name, number in found.items() if number}


def _told(conflict: Conflict) -> dict[str, Any]:
    known = [ref for ref in conflict.contacts if ref > 0]
    return {
        "row": conflict.row, "contacts": known,
        "rows": [-ref for ref in conflict.contacts if ref < 0],
    }  # fmt: skip


def _examples(plan: Plan) -> list[Example]:
    shown = plan.changed.head(MOST_EXAMPLES)[CONTACT]
    told = plan.sources.filter(pl.col(CONTACT).is_in(shown.implode()))
    rows = dict(told.select(CONTACT, ROW).iter_rows())
    found = [
        Example(rows[after[CONTACT]], name, _text(before[name]), _text(after[name]))
        for before, after in zip(
            plan.before.head(MOST_EXAMPLES).to_dicts(), plan.changed.head(MOST_EXAMPLES).to_dicts(),
            strict=True,
        )
        for name in _SHOWN
        if before[name] != after[name]
    ]  # fmt: skip
    return sorted(found, key=lambda each: each.row)[:MOST_EXAMPLES]


def _text(value: object) -> str | None:
    return None if value is None else str(value)

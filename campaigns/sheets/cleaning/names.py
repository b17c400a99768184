"""Cells of names into names, column by column: each distinct name is read once."""

from __future__ import annotations

import polars as pl

from campaigns.language.people.notes import LEFT_OUT
from campaigns.language.people.person import Person, read_person

CELLS = ("full_name", "given_name", "family_name", "gender")
READ: dict[str, pl.DataType | type[pl.DataType]] = {
    "given_name": pl.String,
    "family_name": pl.String,
    "gender": pl.String,
    "gender_evidence": pl.String,
    "name_is_usable": pl.Boolean,
    "notes": pl.List(pl.String),
    "is_kept": pl.Boolean,
}
"""Columns of what was read; ``is_kept``: something of the cells is in none of them."""


def read_names(cells: pl.DataFrame) -> pl.DataFrame:
    """Return ``READ`` of each row of the columns ``CELLS``."""
    distinct = cells.unique()
    people = [
        read_person(full, given, family, gender=gender)
        for full, given, family, gender in distinct.iter_rows()
    ]
    read = pl.DataFrame([_row(person) for person in people], READ, orient="row")
    keys = [f"written {name}" for name in CELLS]
    known = pl.concat(
        [distinct.rename(dict(zip(CELLS, keys, strict=True))), read], how="horizontal"
    )
    found = cells.join(
        known,
        left_on=CELLS,
        right_on=keys,
        how="left",
        nulls_equal=True,
        maintain_order="left",
        suffix=" read",
    )
    return found.select((f"{name} read" if name in CELLS else name) for name in READ).rename(
        lambda name: name.removesuffix(" read")
    )


def _row(
    person: Person,
) -> tuple[str | None, str | None, str | None, str | None, bool, list[str], bool]:
    is_kept = bool(person.notes) and person.usable and not LEFT_OUT.isdisjoint(person.notes)
    return (
        person.given, person.family, person.gender, person.gender_evidence, person.usable,
        list(person.notes), is_kept,
    )  # fmt: skip

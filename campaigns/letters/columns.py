"""Recipients by column: what is known of a million people, each distinct value once.

A column is codes into its distinct values, so whatever is made of a value (a case, a price in
words, an escaped name) is made once for everybody who has it. ``Columns.row`` is the same person
as plain values, for the reference path.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigns.letters.fields import Values

Codes = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Column:
    """``values[codes[i]]`` is the value of recipient ``i``."""

    codes: Codes
    values: Sequence[object]

    def changed(self, change: Callable[[object], object]) -> Column:
        """Return the column with ``change`` made to each distinct value, once."""
        return Column(self.codes, [change(value) for value in self.values])

    def take(self, rows: NDArray[np.intp]) -> Column:
        """Return the column of some recipients."""
        return Column(self.codes[rows], self.values)


@dataclass(frozen=True, slots=True)
class Columns:
    """What is known of ``count`` recipients: field → column. A field that is not there is unknown."""

    count: int
    columns: Mapping[str, Column]

    def row(self, index: int) -> Values:
        """Return one recipient as plain values."""
        return {name: one.values[one.codes[index]] for name, one in self.columns.items()}

    def take(self, rows: NDArray[np.intp]) -> Columns:
        """Return some of the recipients."""
        return Columns(len(rows), {name: one.take(rows) for name, one in self.columns.items()})


def column(values: Sequence[object]) -> Column:
    """Return a column of one value a recipient, equal ones made one."""
    known: dict[object, int] = {}
    kept: list[object] = []
    codes = np.empty(len(values), np.int32)
    for index, value in enumerate(values):
        code = codes[index] = known.setdefault(_key(value), len(kept))
        if code == len(kept):
            kept.append(value)
    return Column(codes, kept)


def columns_of(rows: Sequence[Values]) -> Columns:
    """Return plain recipients by column."""
    names = dict.fromkeys(name for row in rows for name in row)
    return Columns(len(rows), {name: column([row.get(name) for row in rows]) for name in names})


def _key(value: object) -> object:
    """1 and True are equal, yet read differently; a mapping has no hash."""
    return (type(value), repr(value) if isinstance(value, Mapping) else value)

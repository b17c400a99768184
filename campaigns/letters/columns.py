"""Recipients by column: what is known of a million people, each distinct value once.

A column is codes into its distinct values, so whatever is made of a value (a case, a price in
words, an escaped name) is made once for everybody who has it. ``Columns.row`` is the same person
as plain values, for the reference path.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campaigns.letters.fields import Values

_MANY = "attributes"
Codes = NDArray[np.int32]
Rows = NDArray[np.intp]
_COMPACT = 1 << 16
"""Codes up to here are renumbered by a table whatever their count; more of them by sorting."""


@dataclass(frozen=True, slots=True)
class Column:
    """``values[codes[i]]`` is the value of recipient ``i``."""

    codes: Codes
    values: Sequence[object]

    def changed(self, change: Callable[[object], object]) -> Column:
        """Return the column with ``change`` made to each distinct value, once."""
        return Column(self.codes, [change(value) for value in self.values])

    def take(self, rows: Rows) -> Column:
        """Return the column of some recipients."""
        return Column(self.codes[rows], self.values)

    def kept_once(self) -> Column:
        """Return the column with equal values, texts all of them, made one."""
        known: dict[object, int] = {}
        numbers = [known.setdefault(value, len(known)) for value in self.values]
        if len(known) == len(numbers):
            return self
        return Column(np.array(numbers, np.int32)[self.codes], list(known))


@dataclass(frozen=True, slots=True)
class Alike:
    """Recipients by what they have in some fields: the same code, the same values.

    ``of(code)`` are those values.
    """

    codes: Codes
    count: int
    of: Callable[[int], Values]


@dataclass(frozen=True, slots=True)
class Columns:
    """What is known of ``count`` recipients: field → column. A field that is not there is unknown."""

    count: int
    columns: Mapping[str, Column]

    def row(self, index: int) -> Values:
        """Return one recipient as plain values."""
        return {name: one.values[one.codes[index]] for name, one in self.columns.items()}

    def alike(self, fields: frozenset[str]) -> Alike:
        """Return the recipients by what they have in ``fields``, ``attributes.x`` among them."""
        found = self._read(fields)
        if not found:
            return Alike(np.zeros(self.count, np.int32), 1, lambda _: {})
        if len(found) == 1:
            [(name, one)] = found.items()
            return Alike(one.codes, len(one.values), lambda code: {name: one.values[code]})
        codes, first = _combined(list(found.values()))
        columns = Columns(self.count, found)
        return Alike(codes, len(first), lambda code: columns.row(first[code]))

    def _read(self, fields: frozenset[str]) -> dict[str, Column]:
        """Return the columns that are read; of attributes no more than those asked for."""
        found = {name: self.columns[name] for name in sorted(fields) if name in self.columns}
        asked = sorted(name.partition(".")[2] for name in fields if name.startswith(f"{_MANY}."))
        if asked and _MANY in self.columns:
            found[_MANY] = _narrowed(self.columns[_MANY], asked)
        return found

    def take(self, rows: Rows) -> Columns:
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


def distinct(codes: Codes, size: int) -> tuple[Rows, Codes]:
    """Return which of ``size`` codes are there, in order, and the codes as numbers into those."""
    if size > 4 * len(codes) + _COMPACT:
        few, numbers = np.unique(codes, return_inverse=True)
        return few.astype(np.intp), numbers.astype(np.int32)
    there = np.zeros(size, bool)
    there[codes] = True
    used = np.flatnonzero(there)
    if len(used) == size:
        return used, codes
    return used, (np.cumsum(there, dtype=np.int32) - np.int32(1))[codes]


def grouped(keys: Sequence[NDArray[Any]], sizes: Sequence[int], count: int) -> list[Rows]:
    """Return the places of each combination of keys that there is; ``keys[i]`` are below ``sizes[i]``."""
    codes, size = combined(keys, sizes, count)
    if size < 2:
        return [np.arange(count)] if count else []
    order = np.argsort(codes.astype(np.uint16) if size <= _COMPACT else codes, kind="stable")
    return np.split(order, np.cumsum(np.bincount(codes))[:-1])


def combined(keys: Sequence[NDArray[Any]], sizes: Sequence[int], count: int) -> tuple[Codes, int]:
    """Return one code for each combination of keys that there is, and how many there are."""
    codes, size = np.zeros(count, np.int64), 1
    for key, below in zip(keys, sizes, strict=True):
        codes, size = codes * below + key, size * below
        if size > _COMPACT:
            used, codes = np.unique(codes, return_inverse=True)
            size = len(used)
    used, numbers = distinct(codes.astype(np.int32), size)
    return numbers, len(used)


def _combined(columns: list[Column]) -> tuple[Codes, list[int]]:
    """Return one code for each combination of values that there is, and a row that has it."""
    codes, size = combined(
        [one.codes for one in columns], [len(one.values) for one in columns], len(columns[0].codes)
    )
    first = np.zeros(size, np.intp)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return codes, first.tolist()


def _narrowed(attributes: Column, names: list[str]) -> Column:
    """Return a column of attributes with no more than those of ``names``."""
    known: dict[str, int] = {}
    kept: list[object] = []
    numbers = np.empty(len(attributes.values), np.int32)
    for index, value in enumerate(attributes.values):
        found = [value.get(name) for name in names] if isinstance(value, Mapping) else None
        number = numbers[index] = known.setdefault(repr(found), len(kept))
        if number == len(kept):
            kept.append(found and dict(zip(names, found, strict=True)))
    return Column(numbers[attributes.codes], kept)


def _key(value: object) -> object:
    """1 and True are equal, yet read differently; a mapping has no hash."""
    return (type(value), repr(value) if isinstance(value, Mapping) else value)

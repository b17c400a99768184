"""A sheet as it stands: text, and beside it what text does not tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl

LEGACY_FONTS = ("armscii-8", "acadnusx", "geostd8", "georgian-academy", "cp1251")
"""Fonts that drew Armenian, Georgian or Russian letters in the places of Latin ones, named by the
alphabet whose bytes they took for Latin-1; ``acadnusx`` by its keyboard (also AcadMtavr, LitNusx).
"""


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells that are shown as one. Rows count from 1, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that reading changed, for a person to see: nothing is changed silently.

    ``broken_bytes``: ``count`` bytes are in no alphabet. ``nul_bytes``: ``count`` were left out.
    ``legacy_font``: ``count`` cells of ``column`` were written for ``font``; ``before`` and
    ``after`` are an example. ``double_encoded``: the same for text that was encoded twice.
    """

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Marks:
    """What the cells as text do not tell of their sheet."""

    from_book: bool = False
    """Numbers were numbers there: 33.333 is more likely a computed sum than thousands."""
    hidden: bool = False
    """A person who opens the workbook does not see this sheet."""
    hidden_rows: tuple[int, ...] = ()
    """Counted from 1, ascending."""
    hidden_columns: tuple[int, ...] = ()
    """Counted from 0, ascending."""
    merges: tuple[Merge, ...] = ()
    fonts: Mapping[int, str] = field(default_factory=dict)
    """Column → which of ``LEGACY_FONTS`` its text was written for; the cells are converted."""
    encoding: str = ""
    """Of a text file; empty for a workbook."""
    delimiter: str = ""
    encodings: tuple[tuple[str, float], ...] = ()
    """Encodings that the bytes may be in, likeliest first, with what speaks for each, 0 to 1."""
    remarks: tuple[Remark, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Marks:
        """Return the marks that :meth:`to_json` wrote, after a way through JSON too."""
        return cls(**{
            **value,
            "hidden_rows": tuple(value["hidden_rows"]),
            "hidden_columns": tuple(value["hidden_columns"]),
            "merges": tuple(Merge(**merge) for merge in value["merges"]),
            "encodings": tuple((name, share) for name, share in value.get("encodings", ())),
            "remarks": tuple(Remark(**remark) for remark in value.get("remarks", ())),
            "fonts": {int(column): font for column, font in value["fonts"].items()},
        })  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet as it stands: columns of text ("0", "1", …), row 0 being the sheet's row 1."""

    sheet: str
    cells: pl.DataFrame
    marks: Marks = field(default_factory=Marks)


@dataclass(frozen=True, slots=True)
class Options:
    """What a person says of how a file is to be read; None: what the file itself tells."""

    encoding: str | None = None
    delimiter: str | None = None
    font: str | None = None
    """One of ``LEGACY_FONTS`` for all columns, or ``none``: the text is as it should be."""

    def to_json(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value is not None}

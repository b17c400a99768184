"""What separates the cells of a text file."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from contextlib import suppress

DELIMITERS = (";", "\t", "|", ",")
SPACES = " "
"""Columns of figures that stand below each other, with any number of spaces between."""
LEAST_COLUMNS = 3
"""Fewer columns between spaces may as well be words."""
SAMPLE_ROWS = 200
_NAMED = re.compile(r"\ufeff?sep=(.)\r?\n?$", re.IGNORECASE)
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")


def named(line: str) -> str | None:
    """Return the separator that a first line ``sep=;`` names; spreadsheet programs hide that line.

    >>> named("sep=;"), named("name;city")
    (';', None)
    """
    found = _NAMED.match(line)
    return found[1] if found else None


def delimiter(lines: Sequence[str]) -> str:
    """Return the sign that separates the cells: the one that gives most rows the same width.

    Args:
        lines: the first lines of the file, with their ends.
    """
    sample = list(lines[:SAMPLE_ROWS])
    scores = {sign: _evenness(sample, sign) for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: scores[sign])
    if best == "," and _is_decimal(sample):
        others = [sign for sign in DELIMITERS if sign != "," and scores[sign][0]]
        best = max(others, key=lambda sign: scores[sign], default=best)
    return best if scores[best][0] or not _in_spaces(sample) else SPACES


def _evenness(sample: list[str], sign: str) -> tuple[int, int]:
    """How many rows have the usual width, and that width; rows of one cell do not count."""
    wide: list[int] = []
    with suppress(csv.Error):  # a cell out of all proportion: the rows before it tell
        wide.extend(len(row) for row in csv.reader(sample, delimiter=sign) if len(row) > 1)
    usual = max(set(wide), key=wide.count, default=1)
    return (wide.count(usual), usual)


def _is_decimal(sample: list[str]) -> bool:
    """Whether commas mostly stand inside numbers: then they hardly separate cells too."""
    text = "".join(sample)
    return 2 * len(_DECIMAL.findall(text)) > text.count(",")


def _in_spaces(sample: list[str]) -> bool:
    """Whether all lines have as many parts, and all but the headings are figures."""
    lines = [line.split() for line in sample if line.strip()]
    figures = [all(map(_is_figure, parts)) for parts in lines]
    widths = set(map(len, lines))
    return len(widths) == 1 and min(widths) >= LEAST_COLUMNS and figures[-1] and all(figures[1:])


def _is_figure(part: str) -> bool:
    return part.lstrip("+-")[:1].isdigit()

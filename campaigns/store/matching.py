"""How text is compared: alike on SQLite, on PostgreSQL and in Python, whatever their locale is.

``lower()`` of SQLite knows ASCII only, and that of PostgreSQL follows the collation of the
server. So case is folded by one table of ours: Latin, Armenian, Georgian and Cyrillic letters.
The Armenian ligature և has no capital: in capitals it is written ԵՎ (or ԵՒ), so all are եվ here.
"""

from __future__ import annotations

import re
import sqlite3
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

# A-Z, À-Þ, Cyrillic Ѐ-Я, Armenian Ա-Ֆ, Georgian Mtavruli Ა-Ჺ and Ჽ-Ჿ.
_RANGES = ((0x41, 0x5A), (0xC0, 0xDE), (0x400, 0x42F), (0x531, 0x556), (0x1C90, 0x1CBA),
           (0x1CBD, 0x1CBF))  # fmt: skip
_NOT_A_LETTER = {0xD7}  # ×
_UPPER = [
    code for first, last in _RANGES for code in range(first, last + 1) if code not in _NOT_A_LETTER
]
CAPITALS = "".join(map(chr, _UPPER))
SMALL = CAPITALS.lower()
_TABLE = str.maketrans(CAPITALS, SMALL)
_YEV = "եվ"
_OTHER_YEV = ("և", "եւ")

NUMBER_PATTERN = r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$"
"""What an attribute must look like to be compared as a number; kept to what a float holds."""
_NUMBER = re.compile(NUMBER_PATTERN)


def fold(text: str) -> str:
    """Return ``text`` in small letters.

    >>> fold("ԵՐԵՎԱՆ Tbilisi") == fold("Երևան tbilisi")
    True
    """
    small = text.translate(_TABLE)
    for other in _OTHER_YEV:
        small = small.replace(other, _YEV)
    return small


def number_in(text: str) -> float | None:
    """Return the number that ``text`` is, or None.

    >>> number_in("12.50"), number_in("12 years")
    (12.5, None)
    """
    return float(text) if _NUMBER.fullmatch(text) else None


class folded(FunctionElement[str]):  # noqa: N801 - read as a function of SQL
    """SQL: the text in small letters, as ``fold`` makes it."""

    type = sa.Text()
    name = "folded"
    inherit_cache = True


class number_of(FunctionElement[float]):  # noqa: N801 - read as a function of SQL
    """SQL: the number that a text is, or NULL, as ``number_in`` reads it."""

    type = sa.Float()
    name = "number_of"
    inherit_cache = True


class attribute_of(FunctionElement[str]):  # noqa: N801 - read as a function of SQL
    """SQL: the text of one key of a JSON column, or NULL. Any key works, in any script."""

    type = sa.Text()
    name = "attribute_of"
    inherit_cache = True


def install(connection: sqlite3.Connection) -> None:
    """Give a SQLite connection the functions that the elements above compile to."""
    connection.create_function("campaigns_fold", 1, _or_null(fold), deterministic=True)
    connection.create_function("campaigns_number", 1, _or_null(number_in), deterministic=True)


def _or_null(function: Any) -> Any:
    return lambda value: None if value is None else function(value)


@compiles(folded, "sqlite")
def _fold_sqlite(element: folded, compiler: Any, **options: Any) -> str:
    return f"campaigns_fold({compiler.process(element.clauses, **options)})"


@compiles(folded, "postgresql")
def _fold_postgresql(element: folded, compiler: Any, **options: Any) -> str:
    small = f"translate({compiler.process(element.clauses, **options)}, '{CAPITALS}', '{SMALL}')"
    for other in _OTHER_YEV:
        small = f"replace({small}, '{other}', '{_YEV}')"
    return small


@compiles(number_of, "sqlite")
def _number_sqlite(element: number_of, compiler: Any, **options: Any) -> str:
    return f"campaigns_number({compiler.process(element.clauses, **options)})"


@compiles(number_of, "postgresql")
def _number_postgresql(element: number_of, compiler: Any, **options: Any) -> str:
    text = compiler.process(element.clauses, **options)
    pattern = NUMBER_PATTERN.replace("\\", "\\\\")
    return f"CASE WHEN {text} ~ E'{pattern}' THEN CAST({text} AS double precision) END"


@compiles(attribute_of, "sqlite")
def _attribute_sqlite(element: attribute_of, compiler: Any, **options: Any) -> str:
    # Not json_extract: its paths know neither keys that are stored escaped nor quotation marks.
    column, key = (compiler.process(part, **options) for part in element.clauses)
    return f"(SELECT CAST(value AS text) FROM json_each({column}) WHERE key = {key})"


@compiles(attribute_of, "postgresql")
def _attribute_postgresql(element: attribute_of, compiler: Any, **options: Any) -> str:
    column, key = (compiler.process(part, **options) for part in element.clauses)
    return f"({column} ->> CAST({key} AS text))"

"""Of what type a column is that is kept under its own heading: judged by all of its values."""

from __future__ import annotations

import polars as pl

from campaigns.sheets.understanding.values import Facts
from campaigns.sheets.understanding.vocabulary import NO, YES, key

TEXT, NUMBER, DATE, YES_NO = "text", "number", "date", "yes_no"
NOTHING = r"^\s*(-|–|—|\?|n/?a|none|null|нет данных|#N/A)?\s*$"
DASHES = frozenset("-–—")
"""A no beside a yes; alone they say nothing."""
_NUMBER = (
    r"^\s*[-+−]?(0|[1-9]\d{0,7}|[1-9]\d{0,2}([ \u00a0\u202f,.'’]\d{3})+)([.,]\d+)?\s*[֏₾$€₽]?\s*$"
)
"""Not 007, and not nine figures and more in one piece: they are codes, and no sums are made of them."""
_DATE = (
    r"^\s*(\d{1,2}[./\-]\d{1,2}[./\-](\d{4}|\d{2})|\d{4}[./\-]\d{1,2}[./\-]\d{1,2})"
    r"([ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?)?\s*(թ\.?|г\.?)?$"
)
MOST_ANSWERS = 12
"""Ways in which a column writes yes and no."""


def type_of(values: pl.Series, found: Facts) -> str:
    """Return ``text``, ``number``, ``date`` or ``yes_no``; one odd value makes it text.

    Args:
        values: all of the column.
        found: of a sample, which spares most columns a look at all of their values.
    """
    if not found.count:
        return TEXT
    for name, pattern in ((DATE, _DATE), (NUMBER, _NUMBER)):
        if _all_match(values.head(found.count), pattern) and _all_match(values, pattern):
            return name
    return YES_NO if _answers(values, found) else TEXT


def _all_match(values: pl.Series, pattern: str) -> bool:
    fits = values.str.contains(pattern)
    if fits.all():  # nulls are left out
        return True
    odd = values.filter(~fits)
    return bool(odd.str.contains(NOTHING).all()) and len(odd) < values.len() - values.null_count()


def _answers(values: pl.Series, found: Facts) -> bool:
    if found.distinct * found.count > MOST_ANSWERS:
        return False
    distinct = [text.strip() for text in values.drop_nulls().unique().to_list()]
    words = [text for text in distinct if text]
    return any(text not in DASHES for text in words) and all(
        text in YES or text in NO or key(text) in YES or key(text) in NO for text in words
    )

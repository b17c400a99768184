"""What the values of a column tell of its meaning, from a sample that is the same every time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

import polars as pl

from campaigns.sheets.understanding.looks import NAMES, Look, looks, year_of

HEAD_ROWS = 300
TAIL_ROWS = 50
SPREAD_ROWS = 250
JUDGED_VALUES = 150
"""Distinct values of a column that are looked at; more change its shares by a few hundredths."""
HARDLY = 0.2
ENOUGH = 3
"""So many values may speak against a heading."""
MOST = 0.7
BIRTH_YEARS = (1925, 2012)
"""A column of dates is one of birthdays when its middle one lies there and they span years."""
BIRTH_SPAN = 8
NOT_BORN = 0.6
"""How much dates speak for a birthday when they may be any dates."""

DATES = frozenset({Look.DATE, Look.COMPACT_DATE, Look.EPOCH})
NUMBERS = frozenset({Look.NUMBER, Look.MONEY, Look.WHOLE})
CODES = frozenset({Look.CODE, Look.WHOLE, Look.CARD})
PHONES = frozenset({Look.PHONE, Look.BARE_PHONE})
TELLING = frozenset(
    {Look.ADDRESS, Look.PHONE, Look.DATE, Look.MONEY, Look.URL, Look.FULL_NAME, Look.GIVEN_NAME}
)
"""Looks that hardly any value has by chance."""
FITTING: dict[str, frozenset[Look]] = {
    "address": frozenset({Look.ADDRESS}),
    "phone": PHONES,
    "customer_id": CODES,
    "card_number": CODES,
    "given_name": frozenset({Look.GIVEN_NAME}),
    "family_name": frozenset({Look.FAMILY_NAME}),
    "full_name": frozenset({Look.FULL_NAME}),
    "language": frozenset({Look.LANGUAGE}),
    "city": frozenset({Look.CITY}),
    "gender": frozenset({Look.GENDER}),
    "consent": frozenset({Look.YES_NO}),
    "consent_testimonials": frozenset({Look.YES_NO}),
    "order_id": CODES,
    "product_code": CODES,
    "conversation_id": CODES,
    "currency": frozenset({Look.CURRENCY}),
    "status": frozenset({Look.STATUS}),
    **dict.fromkeys(("amount", "unit_price", "quantity", "discount"), NUMBERS),
    **dict.fromkeys(
        ("birthday", "consent_at", "ordered_at", "happened_at", "suppressed_at"), DATES
    ),
}
"""Field → looks that speak for it. Fields that are not here may look like anything."""
BEARABLE: dict[str, frozenset[Look]] = {
    "customer_id": frozenset({Look.PHONE, Look.ADDRESS}),
    "card_number": PHONES,
    "full_name": NAMES, "given_name": NAMES, "family_name": NAMES,
    "order_id": frozenset({Look.PHONE, Look.DATE}),
    "city": NAMES, "language": NAMES, "gender": NAMES, "status": NAMES, "currency": NAMES,
    "consent": DATES, "product_code": NAMES,
}  # fmt: skip
"""Field → further looks that do not speak against it."""
OF_WORDS = frozenset({"product", "category", "topic", "employee", "reason", "consent_source"})
NO_WORDS = frozenset({Look.ADDRESS, Look.DATE, Look.MONEY})


@dataclass(frozen=True, slots=True)
class Facts:
    """What the values of one column of the sample are; shares are of its non-empty values."""

    count: int
    filled: float
    """Share of the rows that hold a value."""
    distinct: float
    shares: dict[Look, float]
    middle_year: float | None = None
    span_years: float = 0
    rises: bool = False
    """1, 2, 3 … as a column that only counts the rows."""

    def share(self, sought: frozenset[Look]) -> float:
        """Return the greatest share of one of the looks, near enough that of any of them."""
        return max((self.shares.get(one, 0.0) for one in sought), default=0.0)

    @property
    def is_of_birthdays(self) -> bool:
        """Whether these dates are rather of births than of anything that a shop notes."""
        if self.middle_year is None or self.share(DATES) < MOST:
            return False
        in_range = BIRTH_YEARS[0] <= self.middle_year <= BIRTH_YEARS[1]
        return in_range and self.span_years >= BIRTH_SPAN

    @property
    def telling(self) -> Look | None:
        """What most values surely are, if anything."""
        best = max(TELLING, key=lambda look: (self.shares.get(look, 0.0), look))
        return best if self.shares.get(best, 0.0) >= MOST else None


def sample(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows of the beginning, the end, and between, the same ones every time."""
    if rows.height <= HEAD_ROWS + TAIL_ROWS + SPREAD_ROWS:
        return rows
    body = rows.slice(HEAD_ROWS, rows.height - HEAD_ROWS - TAIL_ROWS)
    spread = body.gather_every(max(1, body.height // SPREAD_ROWS)).head(SPREAD_ROWS)
    return pl.concat([rows.head(HEAD_ROWS), spread, rows.tail(TAIL_ROWS)])


def facts(values: pl.Series) -> Facts:
    """Return what the values of a sample's column look like."""
    return _facts(tuple(values.to_list()))


@lru_cache(maxsize=256)
def _facts(cells: tuple[str | None, ...]) -> Facts:
    texts = [text for cell in cells if cell and (text := cell.strip())]
    if not texts:
        return Facts(0, 0.0, 0.0, {})
    counted = Counter(texts)
    judged = dict(list(counted.items())[:: max(1, len(counted) // JUDGED_VALUES)])
    shares: Counter[Look] = Counter()
    for text, times in judged.items():
        for look in looks(text):
            shares[look] += times
    whole = sum(judged.values())
    years = [year for text in judged if (year := year_of(text))] if shares.keys() & DATES else []
    return Facts(
        len(texts), len(texts) / len(cells), len(counted) / len(texts),
        {look: times / whole for look, times in shares.items()},
        median(years) if years else None, max(years) - min(years) if years else 0, _rises(texts),
    )  # fmt: skip


def fit(field: str, found: Facts) -> float:
    """Return how well values fit a field: 0 … 1; -1 when most of them surely are something else.

    Few values never speak against a heading.
    """
    sought = FITTING.get(field)
    if not found.count:
        return 0.0
    if sought is None:
        wrong = found.count >= ENOUGH and field in OF_WORDS and found.telling in NO_WORDS
        return -1.0 if wrong else 0.0
    share = found.share(sought)
    if field == "birthday" and share >= MOST:
        return share if found.is_of_birthdays else NOT_BORN * share
    against = found.telling if found.telling not in sought else None
    if against is None:
        return share
    bearable = against in BEARABLE.get(field, frozenset())
    return -1.0 if share < HARDLY and found.count >= ENOUGH and not bearable else 0.0


def _rises(texts: list[str]) -> bool:
    """Say whether the first values count 1, 2, 3 …, whatever words stand among them."""
    firsts = [text.removesuffix(".0").rstrip(".") for text in texts[:HEAD_ROWS]]
    counted = [text for text in firsts if text.isdecimal()]
    most = len(counted) > len(firsts) / 2
    return most and counted == [str(number) for number in range(1, len(counted) + 1)]

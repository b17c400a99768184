"""An offer as a text's head gives it: what it costs, before and now, until when, on what terms.

Consumer law asks for all of them (Georgia: three prices of a discount; practices 11 and 12), so
preflight refuses an offer that lacks one. What is written is read strictly: an amount or a day
that cannot be read is an error with its line, never a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from campaigns.errors import InputError, RenderError
from campaigns.letters.head import Entry, Head
from campaigns.model.money import EXPONENTS, Money

NEEDED = ("name", "before", "now", "until", "terms")
_SIGNS = {"֏": "AMD", "₾": "GEL", "$": "USD", "€": "EUR", "₽": "RUB"}
_AMOUNT = re.compile(r"(?P<digits>[0-9][0-9 \u00a0\u202f]*(?:[.,][0-9]{1,2})?)\s*(?P<unit>\S+)")


@dataclass(frozen=True, slots=True)
class Offer:
    """What is filled in of an offer; texts may hold merge fields."""

    name: Entry | None
    before: Money | None
    now: Money | None
    until: date | None
    terms: Entry | None
    link: Entry | None

    def missing(self) -> list[str]:
        """Return what a complete offer needs and this one lacks."""
        return [part for part in NEEDED if getattr(self, part) is None]


def read_offer(head: Head) -> Offer | None:
    """Return the offer of a text, None when it makes none.

    Raises:
        RenderError: an amount or the day cannot be read.
    """
    parts = head.group("offer")
    if not parts:
        return None
    return Offer(
        parts.get("name"), _amount("before", parts), _amount("now", parts), _day(parts),
        parts.get("terms"), parts.get("link"),
    )  # fmt: skip


def _amount(key: str, parts: dict[str, Entry]) -> Money | None:
    entry = parts.get(key)
    if entry is None:
        return None
    found = _AMOUNT.fullmatch(entry.value)
    unit = found["unit"] if found else ""
    currency = _SIGNS.get(unit, unit)
    if found is None or currency not in EXPONENTS:
        raise _wrong(key, entry, f"9 900 AMD, 49.90 GEL ({', '.join(EXPONENTS)})")
    digits = re.sub(r"\s", "", found["digits"]).replace(",", ".")
    try:
        return Money.parse(digits, currency)
    except InputError as cause:
        raise _wrong(key, entry, "9 900 AMD") from cause


def _day(parts: dict[str, Entry]) -> date | None:
    entry = parts.get("until")
    if entry is None:
        return None
    try:
        return date.fromisoformat(entry.value)
    except ValueError as cause:
        raise _wrong("until", entry, "2026-12-31") from cause


def _wrong(key: str, entry: Entry, expected: str) -> RenderError:
    return RenderError("letter.offer", line=entry.line, field=f"offer.{key}", got=entry.value,
                       expected=expected)  # fmt: skip

"""What each column of a sheet of some kind means: headings and values weighed against each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from campaigns.sheets.understanding import evidence as why
from campaigns.sheets.understanding.evidence import Evidence
from campaigns.sheets.understanding.fields import FIELDS, KEYS, SheetKind
from campaigns.sheets.understanding.headings import (
    FIRST_OF_SEVERAL,
    WHOLE,
    counts_rows,
    fields_of_word,
    is_of_others,
    matches,
)
from campaigns.sheets.understanding.looks import NAMES, Look
from campaigns.sheets.understanding.values import DATES, FITTING, MOST, NUMBERS, Facts, fit

WEIGHT_OF_VALUES = 0.5
WEIGHT_OF_FILLED = 0.05
"""Of two columns of equal worth the fuller one is taken."""
GAPS = 0.3
"""What a column of order numbers loses when some rows have none: another one may have all."""
FULL = 0.98
AGREES = 0.5
SURE = 1.45
"""The score of a known heading above values that fit."""
BY_VALUES = {
    "address": 0.8, "phone": 0.7, "full_name": 0.5, "given_name": 0.45, "family_name": 0.4,
}  # fmt: skip
"""Fields that values alone may tell, below a heading that we do not know."""
WITHOUT_HEADINGS = BY_VALUES | {
    "gender": 0.35, "language": 0.35, "city": 0.35, "card_number": 0.3, "birthday": 0.3,
    "ordered_at": 0.4, "happened_at": 0.4, "suppressed_at": 0.4, "amount": 0.25, "quantity": 0.2,
    "customer_id": 0.2, "currency": 0.3, "status": 0.3,
}  # fmt: skip
"""Fields that values alone may tell in a sheet that has no headings."""
NAME_FIELDS = frozenset({"given_name", "family_name", "full_name"})
SHARE_BY_VALUES = {"address": 0.5, "given_name": 0.5, "family_name": 0.5, "city": 0.5}


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field that a column seems to hold, how likely, and why."""

    field: str
    score: float
    by_heading: float
    """What the heading alone says of it, at most 1; 0 when only the values tell."""
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class _Candidate:
    heading: str
    field: str
    score: float
    by_heading: float
    fit: float


def meanings(
    columns: Mapping[str, Facts],
    kind: SheetKind,
    *,
    headless: bool = False,
    taken: frozenset[str] = frozenset(),
) -> dict[str, Meaning]:
    """Return the field of each column that has one; no field twice, the likeliest first.

    Args:
        columns: heading → what its values look like.
        kind: of the sheet.
        headless: the headings are letters that we gave the columns.
        taken: fields that are given already.
    """
    found = [
        one
        for heading, facts in columns.items()
        for one in _candidates(heading, facts, kind, headless=headless)
    ]
    order = {heading: place for place, heading in enumerate(columns)}
    found.sort(key=lambda one: (-one.score, order[one.heading]))
    by_heading: dict[str, list[_Candidate]] = {}
    for one in found:
        by_heading.setdefault(one.heading, []).append(one)
    given: dict[str, _Candidate] = {}
    fields = set(taken)
    for one in found:
        first = by_heading[one.heading][0]
        free = one.heading not in given and one.field not in fields
        if free and _may_follow(one, first) and not _is_named_already(one, given.values()):
            given[one.heading] = one
            fields.add(one.field)
    _forget_lone_surnames(given)
    _forget_names_as_keys(given, columns, kind)
    return {
        heading: Meaning(
            one.field,
            one.score,
            one.by_heading,
            _evidence(one, by_heading[heading], columns[heading]),
        )
        for heading, one in given.items()
    }


def _may_follow(one: _Candidate, first: _Candidate) -> bool:
    """A second meaning counts beside a first one only where the values choose it: "Phone 2" is
    not a customer's number because the phone is known already. Where only values tell, any counts.
    """
    return first is one or not first.by_heading or (one.fit >= AGREES and one.by_heading > 0)


def _forget_lone_surnames(given: dict[str, _Candidate]) -> None:
    """Surnames that only the values tell count beside given names: streets are called so too."""
    alone = all(one.field not in ("given_name", "full_name") for one in given.values())
    for name, one in list(given.items()):
        if alone and one.field == "family_name" and not one.by_heading:
            del given[name]


def _forget_names_as_keys(
    given: dict[str, _Candidate], columns: Mapping[str, Facts], kind: SheetKind
) -> None:
    """A "customer" by name is no key to them beside a better one: several may have the name."""
    keys = [name for name, one in given.items() if one.field in KEYS.get(kind, ())]
    for name in keys:
        one = given[name]
        named = one.field == "customer_id" and 0 < one.by_heading < WHOLE
        if named and len(keys) > 1 and columns[name].share(NAMES) >= AGREES:
            del given[name]


def _is_named_already(one: _Candidate, given: Collection[_Candidate]) -> bool:
    """Whether names were found by a heading: what looks like names elsewhere is of others."""
    of_names = one.field in NAME_FIELDS and not one.by_heading
    return of_names and any(each.field in NAME_FIELDS and each.by_heading for each in given)


def _candidates(
    heading: str, facts: Facts, kind: SheetKind, *, headless: bool
) -> Iterator[_Candidate]:
    if counts_rows(heading) and (facts.rises or not facts.count):
        return
    named = () if headless else matches(heading, kind)
    fits = {match.field: fit(match.field, facts) for match in named}
    filled = WEIGHT_OF_FILLED * facts.filled
    for match in named:
        agrees = fits[match.field]
        if agrees < 0 or (match.doubtful and not _settles(match.field, agrees, facts)):
            continue
        if match.field == "product" and match.score < WHOLE and facts.share(NAMES) >= AGREES:
            continue  # the names of customers
        if match.score < FIRST_OF_SEVERAL and not match.is_part and agrees < AGREES:
            continue  # what a word means but rarely, the values must say
        score = match.score + WEIGHT_OF_VALUES * agrees + filled
        if match.field == "order_id" and facts.filled < FULL:
            score -= GAPS
        yield _Candidate(heading, match.field, score, match.score, agrees)
    if not _may_be_judged_by_values(heading, headless=headless, named=bool(named)) and not any(
        agrees < 0 for agrees in fits.values()
    ):
        return
    for field, score in (WITHOUT_HEADINGS if headless else BY_VALUES).items():
        if field in FIELDS[kind] and field not in fits and (share := _tells(field, facts, kind)):
            yield _Candidate(heading, field, score + WEIGHT_OF_VALUES * share + filled, 0.0, share)


def _may_be_judged_by_values(heading: str, *, headless: bool, named: bool) -> bool:
    """Whether a heading says nothing: no word of ours in any kind of sheet, nobody else's."""
    return headless or not (named or fields_of_word(heading) or is_of_others(heading))


def _settles(field: str, agrees: float, facts: Facts) -> bool:
    return agrees >= AGREES and (field != "birthday" or facts.is_of_birthdays)


def _tells(field: str, facts: Facts, kind: SheetKind) -> float:
    """The share of values that look like the field, 0 when they are too few to tell, or surely
    look like something else.
    """
    share = facts.share(_telling_looks(field))
    if share < SHARE_BY_VALUES.get(field, MOST) or _tells_otherwise(field, facts):
        return 0.0
    if field == "customer_id":
        return _as_id(facts, kind)
    return _as_number(field, facts) if field in ("amount", "quantity") else share


def _tells_otherwise(field: str, facts: Facts) -> bool:
    if facts.telling is not None and facts.telling not in FITTING[field]:
        return True
    if field == "birthday":
        return not facts.is_of_birthdays
    return field in ("ordered_at", "happened_at", "suppressed_at") and facts.is_of_birthdays


def _telling_looks(field: str) -> frozenset[Look]:
    if field == "phone":
        return frozenset({Look.PHONE})
    if field == "card_number":
        return frozenset({Look.CARD})
    return FITTING[field]


def _as_id(facts: Facts, kind: SheetKind) -> float:
    """Codes of one length repeat among orders, and do not among customers."""
    plain = facts.shares.get(Look.CODE, 0.0)
    many = facts.distinct > (0.02 if kind is not SheetKind.CONTACTS else 0.95)
    looks_otherwise = facts.share(DATES) >= MOST or facts.shares.get(Look.MONEY, 0.0) > 0
    return plain if many and not looks_otherwise else 0.0


def _as_number(field: str, facts: Facts) -> float:
    """An amount has decimals or a currency; a quantity is a small whole number."""
    if facts.share(DATES) >= MOST or facts.share(NUMBERS) < MOST:
        return 0.0
    whole = facts.shares.get(Look.WHOLE, 0.0)
    return 1 - whole if field == "amount" else whole * (1 - min(1.0, facts.distinct))


def _evidence(one: _Candidate, found: list[_Candidate], facts: Facts) -> Evidence:
    others = [each for each in found if each.field != one.field]
    confidence = min(1.0, one.score / SURE)
    share, look = _shown(one.field, facts)
    code = _code(one)
    return Evidence(
        code, confidence, second=others[0].field if others else None,
        look=look if code != why.HEADING else None,
        share=round(100 * share) if code != why.HEADING else None,
    )  # fmt: skip


def _code(one: _Candidate) -> str:
    if not one.by_heading:
        return why.NOT_HEADING if fields_of_word(one.heading) else why.VALUES
    return why.HEADING_AND_VALUES if one.fit >= AGREES else why.HEADING


def _shown(field: str, facts: Facts) -> tuple[float, str | None]:
    sought = FITTING.get(field)
    if not sought:
        return 0.0, None
    best = max(sought, key=lambda look: (facts.shares.get(look, 0.0), look))
    return facts.share(sought), best.value

"""What a letter may say about its readers: one query for a whole batch of them.

Two ways to the same facts. :func:`columns` makes each distinct value once, for a million readers;
:func:`values` makes those of one reader after the other and is what the first is held to, also
while a campaign is being sent (``delivery.requests``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import orjson
import polars as pl
import sqlalchemy as sa

from campaigns.delivery import loyalty_words
from campaigns.delivery.bestsellers import readable, recommended
from campaigns.delivery.reader_rows import frame_of, rows_of
from campaigns.language.people.person import read_person
from campaigns.language.people.scripts import reads
from campaigns.letters.columns import Column, Columns
from campaigns.letters.counted import TOKEN
from campaigns.letters.fields import Item, Values
from campaigns.model.language import Language
from campaigns.model.money import Money
from campaigns.model.permission import Purpose
from campaigns.store.options import read_brand
from campaigns.store.workspace import Workspace

NO_TOKEN = "preview"  # noqa: S105 - stands in a link that opens nothing
LINKS = {"unsubscribe_url": ("u", "unsubscribe"), "testimonial_url": ("t", "testimonial")}
"""Field of a signed link → beginning of its path, purpose of its signature."""
CLICK = "click"
"""Purpose of the signature in counted links (``delivery.heard.clicks``)."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One person, the language they are written to in, and their message's token."""

    contact_id: int
    language: Language
    token: str


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is the same for all readers of a batch."""

    language: Language
    purpose: Purpose
    now: datetime
    currency: str
    bestsellers: Sequence[Item] = ()
    """That readers of this language can read."""


def values(
    workspace: Workspace,
    connection: sa.Connection,
    readers: Sequence[Reader],
    *,
    purpose: Purpose,
    now: datetime,
    bestsellers: Sequence[Item] = (),
) -> list[Values]:
    """Return the values of each reader's letter, in order, with their own signed links."""
    people = rows_of(connection, [reader.contact_id for reader in readers], purpose, now)
    currency = read_brand(connection).currency
    found: list[Values] = []
    for reader in readers:
        fitting = readable(bestsellers, reader.language)
        what = Circumstances(reader.language, purpose, now, currency, fitting)
        found.append(_facts(people[reader.contact_id], what) | _links(workspace, reader))
    return found


def sample_values(
    workspace: Workspace,
    connection: sa.Connection,
    contact_ids: Sequence[int],
    *,
    language: Language,
    purpose: Purpose,
    now: datetime,
    bestsellers: Sequence[Item] = (),
) -> list[Values]:
    """Return the values of a letter that is only looked at: its links belong to nobody."""
    readers = [Reader(contact_id, language, NO_TOKEN) for contact_id in contact_ids]
    return values(workspace, connection, readers, purpose=purpose, now=now, bestsellers=bestsellers)


def columns(
    workspace: Workspace,
    connection: sa.Connection,
    contact_ids: pl.Series,
    tokens: pl.Series,
    what: Circumstances,
    *,
    fields: Collection[str] | None = None,
) -> Columns:
    """Return the values of the letters of many readers of one language, by column.

    Args:
        workspace: whose key signs the links.
        connection: to read with.
        contact_ids: whom the letters are for.
        tokens: of their messages, in the same order.
        what: what is the same for all of them.
        fields: which are wanted; all of them by default.
    """
    everything = {"contact_id", TOKEN, *_MADE, *LINKS, *loyalty_words.HEADINGS}
    wanted = everything if fields is None else set(fields)
    needs = {need for name in wanted & set(_MADE) for need in _MADE[name][0]}
    if wanted & set(loyalty_words.HEADINGS):
        needs.add("attributes")
    people = frame_of(connection, contact_ids, what.purpose, what.now, needs)
    known = Columns(people.height, {need: _stored(people[need]) for need in needs})
    same = {"language": what.language, **_addresses(workspace, what.language)}
    found = {name: _constant(one, people.height) for name, one in same.items()}
    if "contact_id" in wanted:
        found["contact_id"] = _each(contact_ids.to_list())
    for name in wanted & set(LINKS):
        found[name] = _each(links(workspace, name, tokens))
    if TOKEN in wanted:
        found[TOKEN] = _each(workspace.signer.sign_all_briefly(CLICK, tokens.to_list()))
    for name in wanted & set(_MADE):
        of, make = _MADE[name]
        found[name] = _column(known, of, lambda *given, make=make: make(what, *given))
    if wanted & set(loyalty_words.HEADINGS):
        found |= _loyalty(known, what)
    return Columns(people.height, found)


def links(workspace: Workspace, field: str, tokens: pl.Series) -> list[str]:
    """Return the signed link ``field`` for each token."""
    path, purpose = LINKS[field]
    begins = f"{workspace.settings.base_url}/{path}/"
    return [begins + signed for signed in workspace.signer.sign_all(purpose, tokens.to_list())]


def _each(given: list[Any]) -> Column:
    return Column(np.arange(len(given), dtype=np.int32), given)


def _constant(value: object, count: int) -> Column:
    return Column(np.zeros(count, np.int32), [value])


def _stored(values: pl.Series) -> Column:
    """Return the distinct values of a column. A dict beats polars' ``unique`` and ``join`` here."""
    each = values.to_list()
    numbers = {value: number for number, value in enumerate(dict.fromkeys(each))}
    codes = np.fromiter(map(numbers.__getitem__, each), np.int32, len(each))
    return Column(codes, list(numbers))


def _column(people: Columns, needs: Sequence[str], make: Callable[..., object]) -> Column:
    """Return what ``make`` makes of each combination of ``needs`` that there is, once."""
    alike = people.alike(frozenset(needs))
    rows = map(alike.of, range(alike.count))
    return Column(alike.codes, [make(*(row[need] for need in needs)) for row in rows])


def _loyalty(people: Columns, what: Circumstances) -> dict[str, Column]:
    both = _column(people, ["attributes"], lambda text: _told(what, text))
    each: list[dict[str, object]] = list(both.values)  # type: ignore[arg-type] # what _told gives
    return {
        field: Column(both.codes, [one[field] for one in each]) for field in loyalty_words.HEADINGS
    }


def _told(what: Circumstances, attributes: str | None) -> dict[str, object]:
    return loyalty_words.told(_attributes(what, attributes), what.currency, what.language)


# --- what each field is made of, for both ways -----------------------------------------------------


def _contact(
    _what: Circumstances, given: str | None, family: str | None, gender: str | None
) -> object:
    return read_person(given=given, family=family, gender=gender)


def _same(_what: Circumstances, value: object) -> object:
    return value


def _attributes(_what: Circumstances, text: str | None) -> Any:
    return orjson.loads(text) if text else {}


def _money(_what: Circumstances, minor: int | None, currency: str | None) -> object:
    return Money(minor, currency) if currency and minor is not None else None


def _product(what: Circumstances, name: str | None) -> str | None:
    """A number alone is the article's in the till, not what its buyer calls it."""
    readable = name and any(map(str.isalpha, name)) and reads(what.language, name)
    return name if readable else None


def _source(what: Circumstances, text: str | None) -> str:
    return text if text and reads(what.language, text) else ""


def _years(what: Circumstances, first: date | None) -> int | None:
    if first is None:
        return None
    today = what.now.date()
    return max(today.year - first.year - ((today.month, today.day) < (first.month, first.day)), 0)


def _recommended(what: Circumstances, last_product: str | None) -> object:
    return recommended(what.bestsellers, last_product)


_MADE: dict[str, tuple[tuple[str, ...], Callable[..., object]]] = {
    "contact": (("given_name", "family_name", "gender"), _contact),
    "given_name": (("given_name",), _same),
    "family_name": (("family_name",), _same),
    "city": (("city",), _same),
    "attributes": (("attributes",), _attributes),
    "orders": (("orders",), _same),
    "revenue": (("revenue_minor", "currency"), _money),
    "first_order_at": (("first_day",), _same),
    "last_order_at": (("last_day",), _same),
    "days_since_last": (("days_since_last",), _same),
    "last_product": (("last_product",), _product),
    "birthday": (("birthday",), _same),
    "card_number": (("card_number",), _same),
    "years_with_us": (("first_day",), _years),
    "recommendations": (("last_product",), _recommended),
    "consent_source": (("source",), _source),
    "consent_at": (("consent_day",), _same),
}
"""Field → what it is made of (``reader_rows``), and how."""


def _facts(person: Mapping[str, Any], what: Circumstances) -> dict[str, object]:
    made = {
        name: make(what, *(person[need] for need in needs)) for name, (needs, make) in _MADE.items()
    }
    return {"contact_id": person["id"], **made, **_told(what, person["attributes"])}


def _links(workspace: Workspace, reader: Reader) -> dict[str, object]:
    base, sign = workspace.settings.base_url, workspace.signer.sign
    signed = {
        name: f"{base}/{path}/{sign(purpose, reader.token)}"
        for name, (path, purpose) in LINKS.items()
    }
    [signed[TOKEN]] = workspace.signer.sign_all_briefly(CLICK, [reader.token])
    return {"language": reader.language, **signed, **_addresses(workspace, reader.language)}


def _addresses(workspace: Workspace, language: Language) -> dict[str, str]:
    """Return the links that are the same for all readers of a language."""
    base = workspace.settings.base_url
    return {
        "web_url": f"{base}/{language}/testimonials",
        "contact_url": f"{base}/contact/{language}.vcf",
    }

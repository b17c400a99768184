"""Saved rules, and what a rule finds: the front door of the stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from campaigns.errors import InputError, NotFoundError
from campaigns.segments.fields import ATTRIBUTE, FIELDS
from campaigns.segments.query import PEOPLE, condition
from campaigns.segments.rule import And, parse
from campaigns.store.journal import record
from campaigns.store.tables import contact, rollup, segment
from campaigns.store.workspace import Workspace

MAX_NAME = 80
ATTRIBUTE_SAMPLE = 20_000
"""Newest contacts in which names of attributes are looked for."""


@dataclass(frozen=True, slots=True)
class Segment:
    name: str
    rule: str


@dataclass(frozen=True, slots=True)
class Person:
    """One contact as a list of people shows it. ``revenue_minor`` is in ``currency``."""

    contact_id: int
    customer_id: str | None
    name: str
    language: str
    city: str | None
    orders: int
    revenue_minor: int
    currency: str | None
    last_order_at: datetime | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """How many a rule finds, of how many, and how many each of its parts finds alone."""

    count: int
    total: int
    by_language: dict[str, int]
    parts: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Field:
    """What a rule may ask: ``type`` is a value of ``FieldType``, or ``attribute``."""

    name: str
    type: str
    label_code: str


def save(workspace: Workspace, name: str, rule: str, *, actor: str, now: datetime) -> None:
    """Keep ``rule``, in its canonical spelling, under ``name``; an older rule is replaced.

    Raises:
        InputError: the name cannot be used, or the rule cannot be read.
    """
    name = _name(name)
    values = {"rule": str(parse(rule)), "updated_at": now, "updated_by": actor}
    with workspace.database.begin() as connection:
        known = connection.execute(
            segment.update().where(segment.c.name == name).values(values)
        ).rowcount
        if not known:
            connection.execute(segment.insert().values(name=name, created_at=now, **values))
        record(connection, actor=actor, verb="segment.save", subject=f"segment:{name}", now=now)


def remove(workspace: Workspace, name: str, *, actor: str, now: datetime) -> None:
    """Forget a saved rule. Campaigns keep the rule that they were planned with.

    Raises:
        NotFoundError: no rule has this name.
    """
    with workspace.database.begin() as connection:
        if not connection.execute(sa.delete(segment).where(segment.c.name == name)).rowcount:
            raise NotFoundError("not_found", kind="segment", name=name)
        record(connection, actor=actor, verb="segment.remove", subject=f"segment:{name}", now=now)


def named(connection: sa.Connection) -> list[Segment]:
    """Return the saved rules by name."""
    rows = connection.execute(sa.select(segment.c.name, segment.c.rule).order_by(segment.c.name))
    return [Segment(row.name, row.rule) for row in rows]


def resolve(connection: sa.Connection, name_or_rule: str) -> tuple[str, str]:
    """Return name and canonical rule of a saved segment, or of a rule that is its own name.

    Raises:
        NotFoundError: the text is words alone and no saved name.
        InputError: the text is neither a saved name nor a rule.
    """
    text = name_or_rule.strip()
    found = connection.execute(sa.select(segment.c.rule).where(segment.c.name == text)).scalar()
    if found is not None:
        return text, found
    try:
        rule = str(parse(text))
    except InputError as error:
        if all(part.isalnum() for part in text.replace("-", " ").replace("_", " ").split()):
            raise NotFoundError("not_found", kind="segment", name=text[:MAX_NAME]) from error
        raise
    return rule, rule


def count(connection: sa.Connection, rule: str, *, now: datetime) -> int:
    """Return how many contacts ``rule`` holds for now."""
    asked = sa.select(sa.func.count()).select_from(PEOPLE)
    return connection.execute(asked.where(condition(parse(rule), now=now))).scalar_one()


def sample(connection: sa.Connection, rule: str, *, size: int, now: datetime) -> list[Person]:
    """Return at most ``size`` of the people that ``rule`` finds, the oldest contacts first."""
    asked = (
        sa.select(contact, rollup.c.orders, rollup.c.revenue_minor, rollup.c.currency,
                  rollup.c.last_order_at)
        .select_from(PEOPLE).where(condition(parse(rule), now=now))
        .order_by(contact.c.id).limit(size)
    )  # fmt: skip
    return [_person(row) for row in connection.execute(asked)]


def explain(connection: sa.Connection, rule: str, *, now: datetime) -> Explanation:
    """Return what ``rule`` finds, and what each part joined by ``and`` would find alone."""
    parsed = parse(rule)
    asked = (
        sa.select(contact.c.language, sa.func.count().label("people"))
        .select_from(PEOPLE).where(condition(parsed, now=now)).group_by(contact.c.language)
    )  # fmt: skip
    by_language: dict[str, int] = {row.language: row.people for row in connection.execute(asked)}
    total = connection.execute(sa.select(sa.func.count()).select_from(contact)).scalar_one()
    parts = parsed.rules if isinstance(parsed, And) else (parsed,)
    counted = [(str(part), count(connection, str(part), now=now)) for part in parts]
    return Explanation(sum(by_language.values()), total, by_language, counted)


def fields(connection: sa.Connection) -> list[Field]:
    """Return what a rule may ask: the fields of every contact, then the attributes found."""
    own = [Field(name, kind, f"person.{name}") for name, kind in FIELDS.items()]
    return own + [Field(name, ATTRIBUTE, f"attribute.{name}") for name in _attributes(connection)]


def _attributes(connection: sa.Connection) -> list[str]:
    newest = (
        sa.select(contact.c.attributes).order_by(contact.c.id.desc()).limit(ATTRIBUTE_SAMPLE)
    ).subquery()
    if connection.dialect.name == "postgresql":
        key: sa.ColumnElement[str] = sa.func.jsonb_object_keys(newest.c.attributes)
        asked = sa.select(key.label("key")).distinct()
    else:
        each = sa.func.json_each(newest.c.attributes).table_valued("key", joins_implicitly=True)
        asked = sa.select(each.c.key).select_from(newest).distinct()
    return sorted(row.key for row in connection.execute(asked))


def _person(row: sa.Row[tuple[object, ...]]) -> Person:
    name = " ".join(part for part in (row.given_name, row.family_name) if part)
    return Person(
        row.id, row.customer_id, name, row.language, row.city, row.orders or 0,
        row.revenue_minor or 0, row.currency, row.last_order_at,
    )  # fmt: skip


def _name(name: str) -> str:
    name = name.strip()
    if not name or not name.isprintable():
        raise InputError("input.empty", field="name")
    if len(name) > MAX_NAME:
        raise InputError("input.too_long", field="name", got=len(name), limit=MAX_NAME)
    return name

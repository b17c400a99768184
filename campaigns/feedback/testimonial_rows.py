"""The SQL of testimonials. Decisions and audit rows are made by the verbs that call it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from campaigns.model.language import Language
from campaigns.model.states import TestimonialState
from campaigns.store.tables import contact, message, rollup, testimonial


@dataclass(frozen=True, slots=True)
class Testimonial:
    """Words of a customer, as they stand."""

    __test__ = False  # pytest: this is no test class

    testimonial_id: int
    contact_id: int
    state: TestimonialState
    language: str
    """BCP 47 tag of the words: ``hy``, ``ka``, ``en``, or ``ru``, in which we have no pages."""
    text: str
    original_text: str
    display_name: str
    rating: int | None
    verified_buyer: bool
    slug: str
    consent_wording: str
    consent_version: str
    submitted_at: datetime
    moderated_at: datetime | None
    moderated_by: str | None
    reason: str | None

    @property
    def edited(self) -> bool:
        """Whether what is shown differs from what the person wrote."""
        return self.text != self.original_text

    @property
    def page_language(self) -> Language:
        """The language of the page on which the words are at home."""
        return next((each for each in Language if each == self.language), Language.EN)


@dataclass(frozen=True, slots=True)
class Asked:
    """The person whom a letter asked for their opinion."""

    message_id: int
    contact_id: int
    language: str
    given_name: str | None
    family_name: str | None
    orders: int


_COLUMNS = [
    testimonial.c.id.label("testimonial_id"),
    *(testimonial.c[name] for name in Testimonial.__dataclass_fields__ if name != "testimonial_id"),
]


def asked(connection: sa.Connection, token: str) -> Asked | None:
    """Return whom the letter with ``token`` went to; in a write, holds that letter's row."""
    found = connection.execute(
        sa.select(
            message.c.id.label("message_id"), message.c.contact_id, message.c.language,
            contact.c.given_name, contact.c.family_name,
            sa.func.coalesce(rollup.c.orders, 0).label("orders"),
        )
        .join(contact, contact.c.id == message.c.contact_id)
        .outerjoin(rollup, rollup.c.contact_id == contact.c.id)
        .where(message.c.token == token)
        .with_for_update(of=message)
    ).first()  # fmt: skip
    return Asked(*found) if found else None


def by_token(connection: sa.Connection, token: str) -> Testimonial | None:
    """Return what was written through the letter with ``token``."""
    return _one(connection, testimonial.c.token == token)


def by_id(
    connection: sa.Connection, testimonial_id: int, *, hold: bool = False
) -> Testimonial | None:
    """Return one testimonial in whatever state it is; ``hold``: nobody else changes it now."""
    return _one(connection, testimonial.c.id == testimonial_id, hold=hold)


def by_slug(connection: sa.Connection, slug: str) -> Testimonial | None:
    """Return the testimonial of a page's address in whatever state it is."""
    return _one(connection, testimonial.c.slug == slug)


def insert(connection: sa.Connection, values: dict[str, object]) -> int:
    """Add a testimonial and return its id."""
    result = connection.execute(testimonial.insert().values(values).returning(testimonial.c.id))
    testimonial_id: int = result.scalar_one()
    return testimonial_id


def change(
    connection: sa.Connection,
    testimonial_id: int,
    states: Collection[TestimonialState],
    values: dict[str, object],
) -> bool:
    """Change a testimonial if it is in one of ``states``; say whether it was."""
    done = connection.execute(
        testimonial.update()
        .where(testimonial.c.id == testimonial_id, testimonial.c.state.in_(states))
        .values(values)
    )
    return done.rowcount == 1


def oldest_first(connection: sa.Connection, state: TestimonialState) -> list[Testimonial]:
    """Return all of ``state``, the longest waiting first."""
    query = sa.select(*_COLUMNS).where(testimonial.c.state == state)
    ordered = query.order_by(testimonial.c.submitted_at, testimonial.c.id)
    return [_testimonial(row) for row in connection.execute(ordered).mappings()]


def newest_published(
    connection: sa.Connection, language: str | None, limit: int | None, offset: int
) -> list[Testimonial]:
    """Return published ones, the newest first."""
    query = sa.select(*_COLUMNS).where(testimonial.c.state == TestimonialState.APPROVED)
    if language is not None:
        query = query.where(testimonial.c.language == language)
    ordered = query.order_by(testimonial.c.moderated_at.desc(), testimonial.c.id.desc())
    page = connection.execute(ordered.limit(limit).offset(offset))
    return [_testimonial(row) for row in page.mappings()]


def count_published(connection: sa.Connection) -> int:
    """Return how many are published."""
    query = sa.select(sa.func.count()).where(testimonial.c.state == TestimonialState.APPROVED)
    found: int = connection.execute(query.select_from(testimonial)).scalar_one()
    return found


def _one(
    connection: sa.Connection, condition: sa.ColumnElement[bool], *, hold: bool = False
) -> Testimonial | None:
    query = sa.select(*_COLUMNS).where(condition)
    row = connection.execute(query.with_for_update() if hold else query).mappings().first()
    return _testimonial(row) if row else None


def _testimonial(row: sa.RowMapping) -> Testimonial:
    return Testimonial(**{**row, "state": TestimonialState(row["state"])})

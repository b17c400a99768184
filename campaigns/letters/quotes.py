"""Words of customers that a letter may quote: those that are published at this moment, no other."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from campaigns.model.states import TestimonialState
from campaigns.store.tables import testimonial


@dataclass(frozen=True, slots=True)
class Quote:
    """Published words of a customer."""

    text: str
    name: str


def published(connection: sa.Connection) -> dict[str, Quote]:
    """Return the published testimonials by slug; one that was withdrawn is not among them."""
    rows = connection.execute(
        sa.select(testimonial.c.slug, testimonial.c.text, testimonial.c.display_name)
        .where(testimonial.c.state == TestimonialState.APPROVED)
        .order_by(testimonial.c.id)
    )
    return {row.slug: Quote(row.text, row.display_name) for row in rows}

"""Letters of a planned campaign as their readers would get them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.delivery.recipients import NO_TOKEN, Reader, values
from campaigns.delivery.status import row_of
from campaigns.letters import quotes
from campaigns.letters.render import Rendered, compile_text
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.model.states import MessageState
from campaigns.store.options import read_brand
from campaigns.store.tables import message
from campaigns.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Preview:
    """One letter of a planned campaign as its reader would get it."""

    contact_id: int
    language: Language
    rendered: Rendered
    address: str


def preview(
    workspace: Workspace, name: str, *, per_language: int = 1, now: datetime
) -> list[Preview]:
    """Return the first letters of each language of a planned campaign.

    Raises:
        NotFoundError: there is no such campaign.
        RenderError: the letter and its data do not fit together.
    """
    with workspace.database.read() as connection:
        row = row_of(connection, name)
        brand, quoted = read_brand(connection), quotes.published(connection)
        shown: list[Preview] = []
        for language, sources in row.texts.items():
            rows = _first_messages(connection, row.id, language, per_language)
            readers = [Reader(one.contact_id, Language(language), _shown(one)) for one in rows]
            purpose = Purpose(row.purpose)
            facts = values(workspace, connection, readers, purpose=purpose, now=now)
            for one, value in zip(rows, facts, strict=True):
                compiled = compile_text(
                    sources[one.text - 1], Language(language), brand, design=one.design,
                    quotes=quoted,
                )  # fmt: skip
                rendered = compiled.render(value)
                shown.append(Preview(one.contact_id, Language(language), rendered, one.address))
    return shown


def _first_messages(
    connection: sa.Connection, campaign_id: int, language: str, count: int
) -> list[sa.Row[Any]]:
    query = (
        sa.select(message)
        .where(message.c.campaign_id == campaign_id, message.c.language == language)
        .order_by(message.c.id)
        .limit(count)
    )
    return list(connection.execute(query).all())


def _shown(row: sa.Row[Any]) -> str:
    """Return a message's token; of one that was not sent, one whose links change nothing.

    Whoever looks at a letter presses its links, and would unsubscribe a customer.
    """
    return NO_TOKEN if row.state == MessageState.PENDING else str(row.token)

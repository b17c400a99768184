"""What a reader chooses themselves: which letters, in which language. The link in a letter proves it.

Choosing nothing is unsubscribing. Whoever unsubscribed by mistake may choose again; an address that
does not work, or from which letters were reported as spam, is opened again by nobody here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaigns.delivery import unsubscribe
from campaigns.delivery.unsubscribe import RECIPIENT, masked
from campaigns.errors import NotAllowedError
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.store.consents import Proof, add_consent
from campaigns.store.journal import record
from campaigns.store.suppressions import SuppressionReason, lift, suppression_reason
from campaigns.store.tables import contact
from campaigns.store.workspace import Workspace

WORDING = "preferences-1"
"""Version of the sentences on the page ``preferences.html``."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the reader of a message gets from us now."""

    language: Language
    address: str
    """Masked."""
    agreed: frozenset[Purpose]
    may_agree: bool
    """False: nothing may be written to this address, whatever its reader chooses here."""


def read(connection: sa.Connection, token: str) -> Preferences:
    """Return what the reader of message ``token`` gets.

    Raises:
        NotFoundError: there is no such message.
    """
    row = unsubscribe.message_of(connection, token)
    person = _person(connection, row)
    reason = suppression_reason(connection, row.address_key)
    agreed = frozenset() if reason else _agreed(connection, row.contact_id)
    language = person.language or row.language
    return Preferences(Language(language), masked(row.address), agreed, _may(person, row, reason))


def choose(
    workspace: Workspace,
    token: str,
    *,
    wanted: Collection[Purpose],
    language: Language,
    now: datetime,
) -> None:
    """Let the reader of message ``token`` get letters for ``wanted``, in ``language``.

    Raises:
        NotFoundError: there is no such message.
        NotAllowedError: the reader asks for letters to an address that may not be written to.
    """
    if not wanted:
        unsubscribe.unsubscribe(workspace, token, source="preferences", now=now)
        return
    with workspace.database.begin() as connection:
        row = unsubscribe.message_of(connection, token)
        person = _person(connection, row)
        if not _may(person, row, suppression_reason(connection, row.address_key)):
            raise NotAllowedError("preferences.closed")
        lift(
            connection, row.address_key, reason=SuppressionReason.UNSUBSCRIBED, actor=RECIPIENT,
            now=now,
        )  # fmt: skip
        _write_choice(connection, row, frozenset(wanted), language, now)
        _write_language(connection, row.contact_id, person.language, language, now)


def _write_choice(
    connection: sa.Connection,
    row: sa.Row[Any],
    wanted: frozenset[Purpose],
    language: Language,
    now: datetime,
) -> None:
    proof = Proof(WORDING, language, "web", now, "preferences", f"message {row.token}")
    for purpose in sorted(wanted ^ _agreed(connection, row.contact_id)):
        add_consent(
            connection, row.contact_id, purpose, given=purpose in wanted, proof=proof,
            actor=RECIPIENT, now=now,
        )  # fmt: skip


def _write_language(
    connection: sa.Connection, contact_id: int, was: str | None, language: Language, now: datetime
) -> None:
    if was == language:
        return
    connection.execute(contact.update().where(contact.c.id == contact_id).values(language=language))
    record(connection, actor=RECIPIENT, verb="contact.language", subject=f"contact:{contact_id}",
           now=now, language=language)  # fmt: skip


def _person(connection: sa.Connection, row: sa.Row[Any]) -> sa.Row[Any]:
    query: sa.Select[Any] = sa.select(contact.c.language, contact.c.address_key)
    return connection.execute(query.where(contact.c.id == row.contact_id)).one()


def _may(person: sa.Row[Any], row: sa.Row[Any], reason: str | None) -> bool:
    same = person.address_key == row.address_key  # or the letter may be in another person's hands
    return same and reason in (None, SuppressionReason.UNSUBSCRIBED)


def _agreed(connection: sa.Connection, contact_id: int) -> frozenset[Purpose]:
    return frozenset(
        purpose for purpose in Purpose if unsubscribe.agreed(connection, contact_id, purpose)
    )

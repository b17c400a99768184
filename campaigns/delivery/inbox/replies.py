"""What comes back by mail: taken in once, joined to its reader and letter, told apart by kind.

A mail is stored as it came before whoever brought it is answered; here it is understood, in a
transaction of its own. Returned mail, complaints and wishes to leave become events in the same
transaction, and go the way of all events (``delivery.heard.events``). Then the raw mail is dropped:
what stays is text, and names and sizes of what was attached.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from campaigns.delivery.inbox import dsn, inbound_form
from campaigns.delivery.inbox.answers import ReplyKind, attachments_of, kind_of, own_words, text_in
from campaigns.delivery.inbox.dsn import Report
from campaigns.delivery.inbox.mail_parts import MAIL_BYTES, Mail, read
from campaigns.delivery.transports import problem
from campaigns.delivery.transports.reply_address import (
    LEAVE,
    letter_of,
    own_addresses,
    reader_of,
)
from campaigns.errors import InputError
from campaigns.model.states import EventKind, MessageState
from campaigns.store.signing import Signer
from campaigns.store.suppressions import address_key
from campaigns.store.tables import contact, former_key, message, reply, webhook_body
from campaigns.store.workspace import Workspace

__all__ = ["FILE", "INBOUND", "MAILBOX", "RepliesReport", "ReplyKind", "ingest", "keep_mail"]

log = logging.getLogger(__name__)

INBOUND, MAILBOX, FILE = "inbound", "mailbox", "file"
SOURCES = (INBOUND, MAILBOX, FILE)
"""Ways in; the ``provider`` of a stored mail."""
LATE = timedelta(days=30)
"""A mail is not believed to be older than this when it arrives, nor from the future."""
IDS = 60
_LETTER_ID = re.compile(r"<([A-Za-z0-9_-]{20}~[0-9a-f]{24})@")
_ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+")
_DELIVERED_TO = (
    "to", "cc", "delivered-to", "x-original-to", "x-forwarded-to", "envelope-to", "x-envelope-to",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RepliesReport:
    """What came of the mails that waited."""

    mails: int
    new: int
    """That were not known before."""
    joined: int
    """Of those, the ones whose writer is known."""
    unreadable: int


@dataclass(frozen=True, slots=True)
class _Understood:
    """A mail, before it is joined to anything."""

    key: str
    sender: str
    name: str
    kind: ReplyKind
    subject: str
    text: str
    full_text: str
    attachments: list[dict[str, object]]
    at: datetime
    tokens: tuple[str, ...]
    """Of the letters it may be about, the likeliest first; of a report those that it proves."""
    reports: tuple[Report, ...]


def keep_mail(workspace: Workspace, source: str, mail: bytes, *, now: datetime) -> int:
    """Store a mail as it came by ``source``; return its number. Nothing of it is read yet."""
    with workspace.database.begin() as connection:
        body_id: int = connection.execute(
            webhook_body.insert()
            .values(provider=source, received_at=now, body=mail[: MAIL_BYTES + 1_000_000])
            .returning(webhook_body.c.id)
        ).scalar_one()
    return body_id


def ingest(workspace: Workspace, *, now: datetime) -> RepliesReport:
    """Take in every mail that waits; return what came of them."""
    with workspace.database.read() as connection:
        waiting = connection.execute(
            sa.select(webhook_body.c.id)
            .where(webhook_body.c.ingested_at.is_(None), webhook_body.c.provider.in_(SOURCES))
            .order_by(webhook_body.c.id)
        )
        ids: list[int] = list(waiting.scalars())
    done = [one for body_id in ids if (one := _ingest_one(workspace, body_id, now)) is not None]
    return RepliesReport(
        len(done), sum(one.new for one in done), sum(one.joined for one in done),
        sum(one.unreadable for one in done),
    )  # fmt: skip


def _ingest_one(workspace: Workspace, body_id: int, now: datetime) -> RepliesReport | None:
    """Take one mail in; one that cannot be understood is kept aside and keeps none waiting."""
    try:
        with workspace.database.begin() as connection:
            return _take_in(connection, workspace.signer, body_id, now)
    except (sa.exc.OperationalError, sa.exc.InterfaceError):
        raise  # the database may do better next time
    except Exception as error:  # noqa: BLE001 - or one mail would keep all later ones waiting
        log.error("mail body=%s cannot be understood: %s", body_id, type(error).__name__)
    with workspace.database.begin() as connection:
        _done_with(connection, body_id, now, error=problem("replies.unreadable"))
    return RepliesReport(1, 0, 0, 1)


def _take_in(
    connection: sa.Connection, signer: Signer, body_id: int, now: datetime
) -> RepliesReport | None:
    row = connection.execute(
        sa.select(webhook_body)
        .where(webhook_body.c.id == body_id, webhook_body.c.ingested_at.is_(None))
        .with_for_update(skip_locked=True)
    ).first()
    if row is None:  # another process has it
        return None
    try:
        found = understood(row.body, row.provider, signer, row.received_at)
    except InputError as cause:
        _done_with(connection, body_id, now, error=problem(cause.code))
        return RepliesReport(1, 0, 0, 1)
    about = _letter(connection, found.tokens)
    joined = about or _last_letter(connection, found.sender)
    new = _store(connection, found, joined, row)
    if new and about is not None and found.reports:
        body = dsn.as_rows(found.reports, found.key, about.token)
        connection.execute(
            webhook_body.insert().values(
                provider=dsn.PROVIDER, received_at=row.received_at, body=body
            )
        )
    _done_with(connection, body_id, now, body=b"")
    return RepliesReport(1, int(new), int(new and joined is not None), 0)


def _done_with(connection: sa.Connection, body_id: int, now: datetime, **values: object) -> None:
    connection.execute(
        webhook_body.update().where(webhook_body.c.id == body_id).values(ingested_at=now, **values)
    )


def understood(blob: bytes, source: str, signer: Signer, received_at: datetime) -> _Understood:
    """Return what a stored mail says.

    Raises:
        InputError: it names nobody who wrote it, and says nothing.
    """
    mail, envelope_to = inbound_form.mail_in(blob) if source == INBOUND else (read(blob), "")
    name, sender = _sender(mail)
    full_text = text_in(mail)
    if not sender and not full_text:
        raise InputError("replies.unreadable")
    own = list(_signed(mail, envelope_to, signer))
    leaving = any(kind == LEAVE for kind, _ in own)
    found = dsn.reports(mail)
    text = own_words(full_text)
    kind = _kind(mail, found, sender, text, leaving=leaving)
    if kind is ReplyKind.UNSUBSCRIBE and leaving:
        found = [Report(EventKind.UNSUBSCRIBED, (), "", "")]
    tokens = _reported(found, own, signer) if found else _answered(mail, own, signer)
    return _Understood(
        key=_key(mail, sender, full_text), sender=sender, name=name[:200], kind=kind,
        subject=mail.header("subject")[:500], text=text, full_text=full_text,
        attachments=attachments_of(mail), at=_moment(mail, received_at),
        tokens=tuple(dict.fromkeys(tokens)), reports=tuple(found),
    )  # fmt: skip


def _kind(
    mail: Mail, found: Sequence[Report], sender: str, text: str, *, leaving: bool
) -> ReplyKind:
    if dsn.is_report(mail, "feedback-report"):
        return ReplyKind.COMPLAINT if found else ReplyKind.AUTOMATIC
    if found or dsn.is_returned(mail):
        return ReplyKind.BOUNCE
    if leaving:
        return ReplyKind.UNSUBSCRIBE
    if dsn.is_report(mail, "disposition-notification"):
        return ReplyKind.AUTOMATIC
    return kind_of(mail, sender, text)


def _signed(mail: Mail, envelope_to: str, signer: Signer) -> Iterable[tuple[str, str]]:
    """Yield the addresses of ours that a mail came to, as kind and signed token, if we made them."""
    written = "\n".join([envelope_to, *(mail.raw(name) for name in _DELIVERED_TO)])
    for kind, signed in islice(own_addresses(written), IDS):
        if reader_of(signer, kind, signed):
            yield kind, signed


def _reported(found: Sequence[Report], own: Sequence[tuple[str, str]], signer: Signer) -> list[str]:
    """Return the letters whose signed id stands in a report, or in the address it came to."""
    told = [*(signed for _, signed in own), *(each for one in found for each in one.ids)]
    return [token for signed in told[:IDS] if (token := letter_of(signer, signed))]


def _answered(mail: Mail, own: Sequence[tuple[str, str]], signer: Signer) -> list[str]:
    """Return the letters that an answer came back to, or cites."""
    cited = _LETTER_ID.findall(f"{mail.raw('in-reply-to')} {mail.raw('references')}")[::-1]
    readers = [reader_of(signer, kind, signed) for kind, signed in own]
    return [
        token for token in (*readers, *(letter_of(signer, one) for one in cited[:IDS])) if token
    ]


def _sender(mail: Mail) -> tuple[str, str]:
    """Return name and address of who wrote; both may be empty."""
    written = mail.raw("from").split("\n")[0][:2000]
    _, bracket, rest = written.rpartition("<")
    found = _ADDRESS.search(rest if bracket else written)
    readable = mail.header("from").rpartition("<")[0] if bracket else ""
    return readable.strip(" \"'"), address_key(found[0][:320]) if found else ""


def _key(mail: Mail, sender: str, text: str) -> str:
    """Return what a mail is known by, however often and by whichever way it comes."""
    message_id = mail.raw("message-id").strip()
    told = (
        [message_id, sender] if len(message_id) > 4
        else [sender, mail.raw("date"), mail.raw("subject"), text]
    )  # fmt: skip
    return hashlib.sha256("\0".join(told).encode("utf-8", "replace")).hexdigest()


def _moment(mail: Mail, received_at: datetime) -> datetime:
    try:
        said = parsedate_to_datetime(mail.raw("date").split("\n")[0][:100])
    except (ValueError, TypeError, IndexError, OverflowError):
        return received_at
    if said.tzinfo is None:
        return received_at
    return said if received_at - LATE <= said <= received_at else received_at


def _letter(connection: sa.Connection, tokens: Sequence[str]) -> sa.Row[Any] | None:
    """Return the letter that one of the ids belongs to, the likeliest first."""
    query: sa.Select[Any] = sa.select(message.c.id, message.c.contact_id, message.c.token)
    rows = connection.execute(query.where(message.c.token.in_(tokens)))
    return min(rows, key=lambda row: tokens.index(row.token), default=None)


def _last_letter(connection: sa.Connection, sender: str) -> sa.Row[Any] | None:
    """Return whom an address belongs to, or once belonged to, and the last letter they got."""
    person = (
        connection.execute(sa.select(contact.c.id).where(contact.c.address_key == sender)).scalar()
        or connection.execute(
            sa.select(former_key.c.contact_id).where(
                former_key.c.kind == "address_key", former_key.c.key == sender
            )
        ).scalar()
    )
    if person is None:
        return None
    last = (
        sa.select(message.c.id)
        .where(message.c.contact_id == person, message.c.state == MessageState.ACCEPTED)
        .order_by(message.c.accepted_at.desc(), message.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query: sa.Select[Any] = sa.select(last.label("id"), sa.literal(person).label("contact_id"))
    return connection.execute(query).one()


def _store(
    connection: sa.Connection, found: _Understood, joined: sa.Row[Any] | None, row: sa.Row[Any]
) -> bool:
    """Insert a reply; say whether it was not known."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    values = {
        "key": found.key, "contact_id": joined.contact_id if joined else None,
        "message_id": joined.id if joined else None, "address_key": found.sender,
        "name": found.name, "subject": found.subject, "text": found.text,
        "full_text": found.full_text, "attachments": found.attachments, "kind": found.kind,
        "source": row.provider, "at": found.at, "received_at": row.received_at,
    }  # fmt: skip
    new = insert(reply).values(values).on_conflict_do_nothing().returning(reply.c.id)
    return connection.execute(new).first() is not None

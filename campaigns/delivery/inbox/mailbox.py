"""A mailbox where answers arrive, read by IMAP: nothing is deleted, only marked as seen.

Mails have numbers that grow (UID) for as long as the mailbox keeps its validity number (RFC 3501
section 2.3.1.1). How far we came is kept after each mail, in the transaction that stores it: a
connection that breaks costs nothing and brings nothing twice.
"""

from __future__ import annotations

import imaplib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import sqlalchemy as sa

from campaigns.delivery.inbox.mail_parts import MAIL_BYTES
from campaigns.delivery.inbox.replies import MAILBOX
from campaigns.delivery.wary_imap import Wary, connected
from campaigns.errors import DeliveryError
from campaigns.settings import LOOPBACK
from campaigns.store.tables import setting, webhook_body
from campaigns.store.workspace import Workspace

POSITION = "mailbox.position"
"""Setting: how far the mailbox was read."""
AT_ONCE = 200
"""Mails of one look; the rest comes with the next."""
_UID_VALIDITY = "UIDVALIDITY"
_NUMBER = re.compile(rb"(?<!\d)\d{1,10}(?!\d)")
"""Of 32 bits, as IMAP's are."""


@dataclass(frozen=True, slots=True)
class Position:
    """How far the mailbox was read."""

    mailbox: str = ""
    """Its address without the password: another one begins anew."""
    validity: int = 0
    uid: int = 0


def fetch(
    workspace: Workspace, *, now: datetime, is_stopping: Callable[[], bool] = lambda: False
) -> int:
    """Store the mails that came since the last look; return how many.

    The first look at a mailbox takes in what is there.

    Raises:
        DeliveryError: the mailbox cannot be reached or read.
    """
    parts = urlsplit(workspace.settings.mailbox_url)
    with workspace.database.read() as connection:
        position = _position(connection, parts)
    count = 0
    try:
        with _opened(parts) as mailbox:
            position = _valid(position, mailbox)
            for uid in _new(mailbox, position.uid)[:AT_ONCE]:
                if is_stopping():
                    break
                content = _content(mailbox, uid)
                position = Position(position.mailbox, position.validity, uid)
                _store(workspace, position, content, now)
                count += content is not None
                mailbox.ask("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")
    except (OSError, imaplib.IMAP4.abort, ValueError) as cause:  # a size of 5,000 digits
        raise DeliveryError("mailbox.unreachable", reason=type(cause).__name__) from cause
    except imaplib.IMAP4.error as cause:
        raise DeliveryError("mailbox.refused") from cause
    return count


@contextmanager
def _opened(parts: SplitResult) -> Iterator[Wary]:
    """Open the folder that the address names; a password leaves encrypted, or this machine never."""
    host = parts.hostname or ""
    if parts.scheme != "imaps" and host not in LOOPBACK:
        raise DeliveryError("mailbox.refused")
    with connected(host, parts.port, encrypted=parts.scheme == "imaps") as made:
        made.login(unquote(parts.username or ""), unquote(parts.password or ""))
        folder = unquote(parts.path.strip("/")) or "INBOX"
        status, _ = made.select('"' + folder.replace("\\", "").replace('"', "") + '"')
        if status != "OK":
            raise DeliveryError("mailbox.refused")
        yield made


def _valid(position: Position, mailbox: Wary) -> Position:
    """Return where to go on: at the beginning when the mailbox numbers its mails anew."""
    _, said = mailbox.response(_UID_VALIDITY)
    found = _NUMBER.search(said[0] or b"") if said else None
    validity = int(found[0]) if found else 0
    return position if validity == position.validity else Position(position.mailbox, validity, 0)


def _new(mailbox: Wary, last: int) -> list[int]:
    """Return the UIDs after ``last``. ``n:*`` always names the last mail, so what is known is left
    out here.
    """
    said = mailbox.ask("SEARCH", f"UID {last + 1}:*")
    lines = [line for line in said if isinstance(line, bytes)]
    found = {int(number) for line in lines for number in _NUMBER.findall(line)}
    return sorted(uid for uid in found if uid > last)


def _content(mailbox: Wary, uid: int) -> bytes | None:
    """Return the beginning of a mail, which is all of it within our limit; None if it is gone."""
    said = mailbox.ask("FETCH", str(uid), f"(BODY.PEEK[]<0.{MAIL_BYTES}>)")
    for one in said:
        if isinstance(one, tuple) and len(one) > 1:
            content: bytes = one[1][:MAIL_BYTES]
            return content
    return None


def _store(workspace: Workspace, position: Position, content: bytes | None, now: datetime) -> None:
    with workspace.database.begin() as connection:
        if content is not None:
            row = {"provider": MAILBOX, "received_at": now, "body": content}
            connection.execute(webhook_body.insert().values(row))
        _keep(connection, position, now)


def _position(connection: sa.Connection, parts: SplitResult) -> Position:
    """Return the position in the mailbox of an address."""
    name = f"{unquote(parts.username or '')}@{parts.hostname}{parts.path}"
    saved: dict[str, Any] | None = connection.execute(
        sa.select(setting.c.value).where(setting.c.name == POSITION)
    ).scalar()
    if saved is None or saved["mailbox"] != name:
        return Position(name)
    return Position(name, saved["validity"], saved["uid"])


def _keep(connection: sa.Connection, position: Position, now: datetime) -> None:
    value = {
        "mailbox": position.mailbox, "validity": position.validity, "uid": position.uid,
    }  # fmt: skip
    changed = connection.execute(
        setting.update().where(setting.c.name == POSITION)
        .values(value=value, updated_at=now, updated_by="worker")
    )  # fmt: skip
    if not changed.rowcount:
        connection.execute(
            setting.insert().values(name=POSITION, value=value, updated_at=now, updated_by="worker")
        )

"""Suppressions in and out: SendGrid's own lists, and rows for whoever keeps another program.

Our list is asked before each letter, so nothing here is needed to keep a promise. SendGrid's is
pulled each day because a webhook may have been down; ours is pushed when somebody asks, for other
programs that send by the same account.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from campaigns.delivery.account import Account, read_account
from campaigns.delivery.transports.sendgrid_calls import call
from campaigns.delivery.unsubscribe import RECIPIENT, end_consents
from campaigns.errors import DeliveryError, NotAllowedError
from campaigns.store.consents import Proof
from campaigns.store.suppressions import SuppressionReason, address_hash, address_key, suppress
from campaigns.store.tables import consent, contact, setting, suppression
from campaigns.store.workspace import Workspace

SENDGRID = "sendgrid"
LISTS = {
    "bounces": SuppressionReason.BOUNCED,
    "invalid_emails": SuppressionReason.BOUNCED,
    "spam_reports": SuppressionReason.COMPLAINED,
    "unsubscribes": SuppressionReason.UNSUBSCRIBED,
}
"""SendGrid's lists and what they mean here. Its "blocks" are for a time only and stop nobody."""
UNWANTED = (SuppressionReason.UNSUBSCRIBED, SuppressionReason.COMPLAINED)
TOLD = (*UNWANTED, SuppressionReason.OPERATOR)
"""What other programs of the account should know. Of bounces it was SendGrid that told us."""
PAGE = 500
"""Most that SendGrid gives at once."""
PUSHED = 1000
"""Addresses of one request when ours are handed over."""
OVERLAP = timedelta(days=2)
"""How far before the last pull the next one looks: their clock is not ours."""
KEPT = "suppression_lists"
WORDING = "provider-list-1"


def pull(workspace: Workspace, *, actor: str, now: datetime) -> dict[str, int]:
    """Take over what SendGrid suppresses; return how many addresses were new, by list.

    Somebody who left there but chose our letters again since is taken off SendGrid's list instead.

    Raises:
        NotAllowedError: no account is connected.
        DeliveryError: SendGrid refuses, or does not answer.
    """
    account = _connected(workspace)
    with workspace.database.read() as connection:
        since = _last_pull(connection)
    new = Counter(dict.fromkeys(LISTS, 0))
    for name, reason in LISTS.items():
        for entries in _pages(account, name, since):
            with workspace.database.begin() as connection:
                back = _returned(connection, entries) if name == "unsubscribes" else []
                left = [one for one in entries if one not in back]
                new[name] += _take_over(connection, left, reason, actor=actor, now=now)
            for entry in back:
                _take_off(account, entry["email"])
    with workspace.database.begin() as connection:
        _keep_pulled(connection, actor=actor, now=now)
    return dict(new)


def push(workspace: Workspace) -> int:
    """Put the addresses of known people who must not be written to on SendGrid's global list.

    Return how many they are. A suppression whose person was erased has no address to hand over.

    Raises:
        NotAllowedError: no account is connected.
        DeliveryError: SendGrid refuses, or does not answer.
    """
    account = _connected(workspace)
    with workspace.database.read() as connection:
        addresses = [row["address"] for row in rows(connection)
                     if row["address"] and row["reason"] in TOLD]  # fmt: skip
    for start in range(0, len(addresses), PUSHED):
        body = {"recipient_emails": addresses[start : start + PUSHED]}
        call(account.host, account.api_key, "post", "asm/suppressions/global", body=body)
    return len(addresses)


def rows(connection: sa.Connection) -> list[dict[str, Any]]:
    """Return the suppressions, oldest first, each with its address where a contact still has it."""
    keys = connection.execute(
        sa.select(contact.c.address_key).where(contact.c.address_key.is_not(None))
    ).scalars()
    addresses = {address_hash(key): key for key in keys}
    listed = connection.execute(sa.select(suppression).order_by(suppression.c.at))
    return [
        {"address": addresses.get(row.address_hash, ""), "address_hash": row.address_hash,
         "reason": row.reason, "source": row.source, "at": row.at}
        for row in listed
    ]  # fmt: skip


def is_connected(workspace: Workspace) -> bool:
    """Say whether there is an account whose lists can be asked for."""
    return bool(read_account(workspace).api_key)


def _connected(workspace: Workspace) -> Account:
    account = read_account(workspace)
    if not account.api_key:
        raise NotAllowedError("suppression.no_account")
    return account


def _pages(account: Account, name: str, since: datetime | None) -> Iterator[list[dict[str, Any]]]:
    """Yield a list of SendGrid page by page. Source: its reference of ``GET /v3/suppression/…``."""
    start = {"start_time": int(since.timestamp())} if since else {}
    for offset in range(0, 10**9, PAGE):
        query = {**start, "limit": PAGE, "offset": offset}
        found = call(account.host, account.api_key, "get", f"suppression/{name}", query=query)
        page = [one for one in found or [] if "@" in str(one.get("email", ""))]
        if page:
            yield page
        if not found or len(found) < PAGE:
            return


def _take_over(
    connection: sa.Connection,
    entries: Sequence[Mapping[str, Any]],
    reason: SuppressionReason,
    *,
    actor: str,
    now: datetime,
) -> int:
    """Suppress the addresses of a page; return how many were new."""
    new = 0
    for entry in entries:
        key = address_key(entry["email"])
        new += suppress(connection, key, reason=reason, source=SENDGRID, actor=actor, now=now)
        if reason in UNWANTED:
            _withdraw(connection, key, _moment(entry), actor=actor, now=now)
    return new


def _withdraw(
    connection: sa.Connection, key: str, at: datetime, *, actor: str, now: datetime
) -> None:
    """Who left SendGrid's letters left ours: the consent ends, not only the address."""
    found = connection.execute(
        sa.select(contact.c.id, contact.c.language).where(contact.c.address_key == key)
    ).first()
    if found is None:
        return
    proof = Proof(WORDING, found.language or "", "web", at, SENDGRID, "list of SendGrid")
    end_consents(connection, found.id, proof, actor=actor, now=now)


def _returned(
    connection: sa.Connection, entries: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Return the entries of people who agreed again, themselves, after they left.

    What a sheet tells of them is no such word: it may be older than its date says.
    """
    keys = {address_key(entry["email"]): entry for entry in entries}
    newest = (
        sa.select(contact.c.address_key, sa.func.max(consent.c.at).label("at"))
        .join(consent, consent.c.contact_id == contact.c.id)
        .where(contact.c.address_key.in_(keys), consent.c.given, consent.c.actor == RECIPIENT)
        .group_by(contact.c.address_key)
    )
    return [
        keys[row.address_key]
        for row in connection.execute(newest)
        if row.at > _moment(keys[row.address_key])
    ]


def _take_off(account: Account, address: str) -> None:
    """Let SendGrid deliver to somebody again; whoever is not on its list any more is fine, too."""
    path = f"asm/suppressions/global/{quote(address, safe='')}"
    try:
        call(account.host, account.api_key, "delete", path)
    except DeliveryError as error:
        if error.facts.get("status") != 404:
            raise


def _moment(entry: Mapping[str, Any]) -> datetime:
    return datetime.fromtimestamp(int(entry.get("created", 0)), UTC)


def _last_pull(connection: sa.Connection) -> datetime | None:
    value = connection.execute(
        sa.select(setting.c.value).where(setting.c.name == KEPT)
    ).scalar_one_or_none()
    return datetime.fromisoformat(value["pulled_at"]) - OVERLAP if value else None


def _keep_pulled(connection: sa.Connection, *, actor: str, now: datetime) -> None:
    connection.execute(sa.delete(setting).where(setting.c.name == KEPT))
    connection.execute(
        setting.insert().values(
            name=KEPT, value={"pulled_at": now.isoformat()}, updated_at=now, updated_by=actor
        )
    )

"""Connecting SendGrid, step by step: what its answers mean for us, and what is done for a person.

Sources: SendGrid's references of ``/v3/scopes``, ``/v3/verified_senders``, ``/v3/whitelabel/domains``
and ``/v3/user/webhooks/event/settings`` (its published OpenAPI, January 2026).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from campaigns.delivery.account import HOSTS, Account, keep_account, keep_webhook_key, read_account
from campaigns.delivery.deliverability.dkim import SENDGRID_SELECTORS
from campaigns.delivery.deliverability.report import Sending, domain_of
from campaigns.delivery.transports.sendgrid_account import MAIL_SEND, scopes_of
from campaigns.delivery.transports.sendgrid_calls import call
from campaigns.errors import CampaignsError, DeliveryError, NotAllowedError
from campaigns.store.options import read_brand
from campaigns.store.workspace import Workspace

HOOK = "/hooks/sendgrid"
WEBHOOKS = "user/webhooks/event/settings"
EVENTS = (
    "processed", "dropped", "deferred", "delivered", "bounce", "spam_report", "unsubscribe",
    "group_unsubscribe", "group_resubscribe", "open", "click",
)  # fmt: skip
"""What SendGrid is to report: everything."""
PAGE = 200


class Right(StrEnum):
    """What a key may be allowed, beyond sending. Each saves a person some work."""

    SENDERS = "senders"
    WEBHOOKS = "webhooks"
    SUPPRESSIONS = "suppressions"
    RECALL = "recall"


SCOPES = {
    Right.SENDERS: ("whitelabel.read", "sender_verification_eligible", "senders.read"),
    Right.WEBHOOKS: ("user.webhooks.event.settings.update",),
    Right.SUPPRESSIONS: ("suppression.read", "suppression.bounces.read"),
    Right.RECALL: ("mail.batch.create", "user.scheduled_sends.create"),
}
"""Right → scopes of which any one gives it."""


class SenderState(StrEnum):
    """What SendGrid thinks of our sender."""

    DOMAIN = "domain"
    """The domain is authenticated: the right way."""
    ADDRESS = "address"
    """This one address is verified; mailboxes that look at DMARC do not believe it."""
    WAITING = "waiting"
    """The domain or address is entered there, and not verified yet."""
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class SenderReport:
    """How the sender stands, and which domains SendGrid knows instead."""

    state: SenderState
    domain: str
    known: tuple[str, ...] = ()
    return_path: str | None = None
    records: tuple[tuple[str, str, str], ...] = ()
    """DNS records (name, kind, value) that SendGrid still misses."""


def connect(
    workspace: Workspace, api_key: str, host: str, *, actor: str, now: datetime
) -> frozenset[str]:
    """Try a key, keep it when SendGrid says that it may send, and return its scopes.

    A key of the other region is tried there too, and kept with that one.

    Raises:
        NotAllowedError: the key stands in the environment.
        DeliveryError: SendGrid does not know the key, or it may not send; nothing is kept.
        InputError: this can be no key.
    """
    if read_account_or_none(workspace).is_fixed:
        raise NotAllowedError("connect.fixed")
    api_key = api_key.strip()
    scopes, host = _tried(api_key, host)
    if MAIL_SEND not in scopes:
        raise DeliveryError("sendgrid.scope")
    keep_account(workspace, api_key, host, actor=actor, now=now)
    return scopes


def read_account_or_none(workspace: Workspace) -> Account:
    """Return the account, or an empty one where its key can no longer be opened."""
    try:
        return read_account(workspace)
    except CampaignsError:
        return Account()


def _tried(api_key: str, host: str) -> tuple[frozenset[str], str]:
    try:
        return scopes_of(Account(api_key, host)), host
    except DeliveryError as error:
        others = [one for one in HOSTS if one != host] if host in HOSTS else []
        if error.code not in ("sendgrid.region", "sendgrid.key") or not others:
            raise
        try:
            return scopes_of(Account(api_key, others[0])), others[0]
        except DeliveryError:
            raise error from None


def rights_of(scopes: Collection[str]) -> frozenset[Right]:
    """Return what a key with these scopes may do beyond sending."""
    return frozenset(right for right, any_of in SCOPES.items() if set(any_of) & set(scopes))


def look_at_sender(account: Account, from_address: str) -> SenderReport:
    """Return whether SendGrid lets us send in the name of ``from_address``.

    Raises:
        DeliveryError: ``sendgrid.forbidden`` where the key may not look; others as
            ``sendgrid_calls.call``.
    """
    query = {"limit": PAGE, "offset": 0}
    domains = call(account.host, account.api_key, "get", "whitelabel/domains", query=query)
    try:
        found = call(
            account.host, account.api_key, "get", "verified_senders", query={"limit": PAGE}
        )
    except DeliveryError as error:
        if error.code != "sendgrid.forbidden":
            raise
        found = {}
    senders = found.get("results", []) if isinstance(found, dict) else []
    return judged(from_address, _dicts(domains), _dicts(senders))


def judged(
    from_address: str,
    domains: Sequence[Mapping[str, Any]],
    senders: Sequence[Mapping[str, Any]],
) -> SenderReport:
    """Return what SendGrid's lists of domains and senders mean for a sender's address."""
    domain = domain_of(from_address)
    known = tuple(sorted({str(one.get("domain", "")) for one in domains if one.get("valid")}))
    ours = [one for one in domains if _covers(str(one.get("domain", "")), domain)]
    for one in ours:
        if one.get("valid"):
            return SenderReport(SenderState.DOMAIN, domain, known, return_path=_return_path(one))
    verified = {
        str(one.get("from_email", "")).lower(): bool(one.get("verified")) for one in senders
    }
    address = from_address.strip().lower()
    if verified.get(address):
        return SenderReport(SenderState.ADDRESS, domain, known)
    if ours or address in verified:
        records = tuple(_missing_records(ours[0])) if ours else ()
        return SenderReport(SenderState.WAITING, domain, known, records=records)
    return SenderReport(SenderState.MISSING, domain, known)


def _covers(authenticated: str, domain: str) -> bool:
    authenticated = authenticated.lower()
    return bool(authenticated) and (domain == authenticated or domain.endswith(f".{authenticated}"))


def _return_path(domain: Mapping[str, Any]) -> str | None:
    dns = domain.get("dns")
    record = dns.get("mail_cname") if isinstance(dns, dict) else None
    return str(record.get("host")) if isinstance(record, dict) and record.get("host") else None


def _missing_records(domain: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    dns = domain.get("dns")
    records = dns.values() if isinstance(dns, dict) else ()
    return [
        (str(one.get("host", "")), str(one.get("type", "")).upper(), str(one.get("data", "")))
        for one in records
        if isinstance(one, dict) and not one.get("valid")
    ]


def set_up_webhook(workspace: Workspace, *, actor: str, now: datetime) -> str:
    """Have SendGrid report to our address, signed, and believe its key; return the address.

    What it reports to other programs is left alone. Done again, it changes nothing.

    Raises:
        DeliveryError: SendGrid does not let us, or cannot be reached.
        InputError: what it gave is no key.
    """
    account = read_account(workspace)
    if not account.api_key:
        raise DeliveryError("sendgrid.missing")
    url = hook_url(workspace)
    hook_id = _hook(account, url)
    signed = f"{WEBHOOKS}/signed/{hook_id}"
    answer = call(account.host, account.api_key, "patch", signed, body={"enabled": True})
    if not (isinstance(answer, dict) and answer.get("public_key")):
        answer = call(account.host, account.api_key, "get", signed)
    keep_webhook_key(workspace, str((answer or {}).get("public_key", "")), actor=actor, now=now)
    return url


def hook_url(workspace: Workspace) -> str:
    """Return the address to which SendGrid is to report."""
    return workspace.settings.base_url + HOOK


def _hook(account: Account, url: str) -> str:
    """Return the id of the webhook that leads to ``url``, made or switched on where needed."""
    wanted = {
        "enabled": True,
        "url": url,
        "friendly_name": "Campaigns",
        **dict.fromkeys(EVENTS, True),
    }
    known = call(account.host, account.api_key, "get", f"{WEBHOOKS}/all")
    hooks = _dicts(known.get("webhooks")) if isinstance(known, dict) else []
    same = next((one for one in hooks if str(one.get("url", "")).rstrip("/") == url), None)
    if same is None:
        made = call(account.host, account.api_key, "post", WEBHOOKS, body=wanted)
        return str(made["id"])
    hook_id = str(same["id"])
    if any(same.get(name) is not True for name in ("enabled", *EVENTS)):
        call(account.host, account.api_key, "patch", f"{WEBHOOKS}/{hook_id}", body=wanted)
    return hook_id


def sending_of(
    workspace: Workspace, domain: str | None = None, selectors: Sequence[str] = SENDGRID_SELECTORS
) -> Sending:
    """Return what is to be looked at: our sender's domain, or another one."""
    with workspace.database.read() as connection:
        brand = read_brand(connection)
    ours = domain_of(brand.from_address) if "@" in brand.from_address else ""
    by_sendgrid = bool(read_account_or_none(workspace).api_key) or not workspace.settings.smtp_url
    return Sending(
        domain_of(f"x@{domain}") if domain else ours, brand, workspace.settings.base_url,
        by_sendgrid, selectors,
    )  # fmt: skip


def with_return_path(workspace: Workspace, sending: Sending) -> Sending:
    """Return the same with the name that SendGrid returns mail to, where it tells us."""
    account = read_account_or_none(workspace)
    ours = sending.brand.from_address
    if not account.api_key or "@" not in ours or domain_of(ours) != sending.domain:
        return sending
    try:
        report = look_at_sender(account, ours)
    except DeliveryError:
        return sending
    return replace(sending, return_path=report.return_path)


def _dicts(found: object) -> list[Mapping[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

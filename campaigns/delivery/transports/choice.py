"""Which transport a campaign leaves by, and what the operator must have set for it."""

from __future__ import annotations

from campaigns.delivery.account import read_account
from campaigns.delivery.transports import Transport
from campaigns.delivery.transports.outbox import OutboxTransport
from campaigns.delivery.transports.sendgrid import SendGridTransport
from campaigns.delivery.transports.single import OneByOne
from campaigns.delivery.transports.smtp import SmtpTransport
from campaigns.delivery.transports.smtp_pool import Pool
from campaigns.settings import PREFIX, Settings
from campaigns.store.options import Brand
from campaigns.store.workspace import Workspace

OUTBOX = "outbox"
SMTP = "smtp"
SENDGRID = "sendgrid"
TRANSPORTS = (OUTBOX, SMTP, SENDGRID)
SMTP_LANES = 4
"""Connections that mail servers allow a client without asking."""


def open_transport(
    workspace: Workspace, name: str, brand: Brand, *, single: bool = False
) -> Transport:
    """Return the transport of ``name``, for all lanes of a worker; no connection is made yet.

    ``single``: one request a reader, also where the provider takes many.
    """
    settings = workspace.settings
    if name == SENDGRID:
        account = read_account(workspace)
        bulk = SendGridTransport(
            account.host, account.api_key, brand, calls=settings.calls,
            reply_domain=settings.reply_domain,
        )  # fmt: skip
        return OneByOne(bulk) if single else bulk
    if name == SMTP:
        pool = Pool(settings.smtp_url, lanes_of(settings, name))
        return SmtpTransport(pool, brand, settings.reply_domain)
    return OutboxTransport(workspace.outbox, brand, settings.reply_domain)


def lanes_of(settings: Settings, name: str) -> int:
    """Return how many requests of a worker may be under way at once by a transport."""
    return {SENDGRID: settings.calls, SMTP: min(settings.calls, SMTP_LANES)}.get(name, 1)


def lacking(settings: Settings, name: str) -> list[str]:
    """Return the names of settings that a transport cannot work without and that are empty."""
    return [PREFIX + "SMTP_URL"] if name == SMTP and not settings.smtp_url else []

"""Which transport a campaign leaves by, and what the operator must have set for it."""

from __future__ import annotations

from campaigns.delivery.transports import Transport
from campaigns.delivery.transports.outbox import OutboxTransport
from campaigns.delivery.transports.sendgrid import SendGridTransport
from campaigns.delivery.transports.smtp import SmtpTransport
from campaigns.settings import PREFIX, Settings
from campaigns.store.options import Brand
from campaigns.store.workspace import Workspace

OUTBOX = "outbox"
SMTP = "smtp"
SENDGRID = "sendgrid"
TRANSPORTS = (OUTBOX, SMTP, SENDGRID)


def open_transport(workspace: Workspace, name: str, brand: Brand) -> Transport:
    """Return the transport of ``name``, for all lanes of a worker; no connection is made yet."""
    settings = workspace.settings
    if name == SENDGRID:
        return SendGridTransport(
            settings.sendgrid_host, settings.sendgrid_api_key, brand, calls=settings.calls
        )
    if name == SMTP:
        return SmtpTransport(settings.smtp_url, brand)
    return OutboxTransport(workspace.outbox, brand)


def lanes_of(settings: Settings, name: str) -> int:
    """Return how many requests of a worker may be under way at once by a transport."""
    return settings.calls if name == SENDGRID else 1


def lacking(settings: Settings, name: str) -> list[str]:
    """Return the names of settings that a transport cannot work without and that are empty."""
    needed = {SENDGRID: "sendgrid_api_key", SMTP: "smtp_url"}.get(name)
    return [PREFIX + needed.upper()] if needed and not getattr(settings, needed) else []

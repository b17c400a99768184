"""The only reader of the environment: what an operator may set, and what it means.

Every name starts with ``CAMPAIGNS_``; an unknown one is an error, so that a typing mistake
cannot be overlooked. A secret may also stand in a file: ``CAMPAIGNS_SENDGRID_API_KEY_FILE``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

from campaigns.errors import SettingsError

PREFIX = "CAMPAIGNS_"
SECRETS = frozenset(
    {
        "sendgrid_api_key",
        "smtp_url",
        "secret_key",
        "database_url",
        "dispatcher_url",
        "inbound_key",
        "mailbox_url",
    }
)
REDIS = ("redis://", "rediss://")
_DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
_KEY = re.compile(r"[A-Za-z0-9_-]{16,}")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that the environment decides. Secrets do not appear in ``repr``."""

    data: Path = Path("data")
    """Folder of the database, uploads, snapshots and the outbox."""
    database_url: str = field(default="", repr=False)
    """``sqlite:///…`` or ``postgresql+psycopg://…``; empty: a SQLite file in ``data``."""
    public_url: str = ""
    """Address under which customers reach ``web``; empty: the local one."""
    ui_address: str = "127.0.0.1"
    ui_port: int = 8501
    web_address: str = "127.0.0.1"
    web_port: int = 8600
    tls_cert: str = ""
    """Certificate and key files with which ``web`` itself speaks https."""
    tls_key: str = ""
    secret_key: str = field(default="", repr=False)
    """Signs links; empty: a key kept in ``data``. Several, comma separated: newest last."""
    sendgrid_api_key: str = field(default="", repr=False)
    sendgrid_host: str = "https://api.sendgrid.com"
    sendgrid_webhook_key: str = ""
    """Public key of the event webhook, base64 SPKI."""
    smtp_url: str = field(default="", repr=False)
    """``smtp://user:password@host:587`` (STARTTLS) or ``smtps://…``."""
    batch_size: int = 5000
    """Messages that a worker takes up at a time, for one request or several, 1 to 10000."""
    calls: int = 4
    """Requests to SendGrid that each worker has under way at once, 1 to 32."""
    workers: int = field(default_factory=lambda: min(2, os.cpu_count() or 1))
    """Worker processes that ``campaigns up`` starts, 1 to 32: each keeps one core busy while it sends."""
    recipients_per_s: int = 0
    """Recipients a second that all workers together send to by one account; 0: no limit."""
    requests_per_s: int = 0
    """Requests a second of all workers together by one account; 0: no limit."""
    dispatcher_url: str = field(default="", repr=False)
    """Where jobs are handed out: empty: beside the database; ``redis://host:6379/0``."""
    reply_domain: str = ""
    """Domain whose mail SendGrid posts to ``/hooks/inbound``; empty: readers answer to the shop's
    own address."""
    inbound_key: str = field(default="", repr=False)
    """Secret part of the address of ``/hooks/inbound``."""
    mailbox_url: str = field(default="", repr=False)
    """``imaps://user:password@host/INBOX``: a mailbox where answers and returned mail arrive."""
    lease_s: int = 120
    """Seconds after which a worker that says nothing has lost its batch."""
    log_level: str = "INFO"

    @classmethod
    def from_environ(cls, environ: Mapping[str, str], data: Path | None = None) -> Settings:
        """Return the settings in ``environ``; ``data`` outranks ``CAMPAIGNS_DATA``.

        Raises:
            SettingsError: a name is unknown or a value is unusable.
        """
        given = _given(environ)
        if data is not None:
            given["data"] = str(data)
        return _checked(cls(**{name: _typed(name, text) for name, text in given.items()}))  # type: ignore[arg-type]

    @property
    def store_url(self) -> str:
        """SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{self.data.resolve() / 'campaigns.sqlite'}"

    @property
    def base_url(self) -> str:
        """Address that links in letters start with, without a closing slash."""
        scheme = "https" if self.tls_cert else "http"
        local = f"{scheme}://{self.web_address}:{self.web_port}"
        return (self.public_url or local).rstrip("/")


def _given(environ: Mapping[str, str]) -> dict[str, str]:
    known = {f.name for f in fields(Settings)}
    found: dict[str, str] = {}
    for key, text in environ.items():
        if not key.startswith(PREFIX):
            continue
        name = key.removeprefix(PREFIX).lower()
        if name.endswith("_file") and name.removesuffix("_file") in SECRETS:
            found[name.removesuffix("_file")] = _secret(key, text)
        elif name in known:
            found[name] = text
        else:
            expected = ", ".join(PREFIX + n.upper() for n in sorted(known))
            raise SettingsError("settings.unknown", name=key, expected=expected)
    return found


def _secret(key: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as cause:
        raise SettingsError(
            "settings.value", name=key, got=path, expected="a readable file"
        ) from cause


def _typed(name: str, text: str) -> object:
    default = getattr(Settings(), name)
    if isinstance(default, Path):
        return Path(text)
    if isinstance(default, int):
        if not text.isdecimal():
            raise _wrong(name, text, "a whole number")
        return int(text)
    return text


def _checked(settings: Settings) -> Settings:
    if settings.ui_address not in LOOPBACK:
        raise SettingsError(
            "settings.public_bind", name=PREFIX + "UI_ADDRESS", got=settings.ui_address
        )
    if not 1 <= settings.batch_size <= 10_000:
        raise _wrong("batch_size", str(settings.batch_size), "1 to 10000")
    if not 1 <= settings.calls <= 32:
        raise _wrong("calls", str(settings.calls), "1 to 32")
    if not 1 <= settings.workers <= 32:
        raise _wrong("workers", str(settings.workers), "1 to 32")
    if not settings.store_url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise _wrong("database_url", "another address", "sqlite:///… or postgresql+psycopg://…")
    if settings.dispatcher_url and not settings.dispatcher_url.startswith(REDIS):
        raise _wrong("dispatcher_url", "another address", "redis://… or rediss://…")
    _check_ways_in(settings)
    for name in ("public_url", "sendgrid_host"):
        _check_url(name, getattr(settings, name))
    return settings


def _check_ways_in(settings: Settings) -> None:
    if settings.reply_domain and not _DOMAIN.fullmatch(settings.reply_domain):
        raise _wrong("reply_domain", settings.reply_domain, "a domain such as replies.shop.am")
    if settings.inbound_key and not _KEY.fullmatch(settings.inbound_key):
        raise _wrong("inbound_key", "another text", "at least 16 letters, figures, - or _")
    mailbox = urlsplit(settings.mailbox_url)
    local = mailbox.scheme == "imap" and mailbox.hostname in LOOPBACK
    if settings.mailbox_url and mailbox.scheme != "imaps" and not local:
        raise _wrong("mailbox_url", "another address", "imaps://user:password@host/INBOX")


def _check_url(name: str, text: str) -> None:
    url = urlsplit(text)
    local = url.hostname in LOOPBACK
    if text and not (url.hostname and (url.scheme == "https" or (url.scheme == "http" and local))):
        raise _wrong(name, text, "an address that starts with https://")


def _wrong(name: str, got: str, expected: str) -> SettingsError:
    return SettingsError("settings.value", name=PREFIX + name.upper(), got=got, expected=expected)

"""What sending through SendGrid needs: from the environment, else as typed in the interface.

The environment outranks: an operator who sets the key there keeps marketers from changing it. Key
and host belong together, so both come from the same place.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

from campaigns.errors import InputError
from campaigns.settings import Settings
from campaigns.store.journal import record
from campaigns.store.secrets import forget_secret, keep_secret, read_secret
from campaigns.store.tables import setting
from campaigns.store.workspace import Workspace

KEY = "sendgrid_api_key"
SETTING = "sendgrid"
GLOBAL = "https://api.sendgrid.com"
EUROPE = "https://api.eu.sendgrid.com"
HOSTS = (GLOBAL, EUROPE)


@dataclass(frozen=True, slots=True)
class Account:
    """A SendGrid account as we know it. The key does not appear in ``repr``."""

    api_key: str = field(default="", repr=False)
    host: str = GLOBAL
    webhook_keys: tuple[str, ...] = ()
    """Public keys of its event webhooks, base64 SPKI: during a change there are two."""
    is_fixed: bool = False
    """The key stands in the environment, so it cannot be changed in the interface."""

    def fingerprint(self, from_address: str) -> str:
        """Return what changes with key, host or sender, and tells nobody any of them."""
        text = "\0".join((self.api_key, self.host, from_address.strip().lower()))
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def read_account(workspace: Workspace) -> Account:
    """Return the account by which letters leave now.

    Raises:
        SettingsError: a kept key cannot be opened: the signing key is lost.
    """
    settings = workspace.settings
    known = _known(workspace)
    keys = webhook_keys(settings, known)
    if settings.sendgrid_api_key:
        return Account(settings.sendgrid_api_key, settings.sendgrid_host, keys, is_fixed=True)
    return Account(read_secret(workspace, KEY), _host(settings, known), keys)


def read_webhook_keys(workspace: Workspace) -> tuple[str, ...]:
    """Return the keys that verify what SendGrid reports, as they are at this moment."""
    return webhook_keys(workspace.settings, {}) or webhook_keys(
        workspace.settings, _known(workspace)
    )


def webhook_keys(settings: Settings, known: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the environment's keys, comma separated there, or else the kept ones."""
    given = [one for part in settings.sendgrid_webhook_key.split(",") if (one := part.strip())]
    return tuple(given or known.get("webhook_keys", ()))


def keep_account(
    workspace: Workspace, api_key: str, host: str, *, actor: str, now: datetime
) -> None:
    """Keep a key and the region it belongs to.

    Raises:
        InputError: the key cannot be one, or the host is none of SendGrid's.
    """
    if host not in (*HOSTS, workspace.settings.sendgrid_host):
        raise InputError("connect.host", got=host, expected=", ".join(HOSTS))
    keep_secret(workspace, KEY, api_key, actor=actor, now=now)
    _keep(workspace, actor=actor, now=now, host=host)


def forget_account(workspace: Workspace, *, actor: str, now: datetime) -> None:
    """Forget the key. What SendGrid still reports of sent letters is taken in as before."""
    forget_secret(workspace, KEY, actor=actor, now=now)


def keep_webhook_key(workspace: Workspace, public_key: str, *, actor: str, now: datetime) -> None:
    """Believe a webhook key from now on; the one before stays good, as posts may be under way.

    Raises:
        InputError: this is no public key of the kind that SendGrid gives.
    """
    public_key = "".join(public_key.split())
    if not is_webhook_key(public_key):
        raise InputError("connect.webhook_key")
    before = _known(workspace).get("webhook_keys", [])
    keys = list(dict.fromkeys([public_key, *before]))[:2]
    _keep(workspace, actor=actor, now=now, webhook_keys=keys)


def is_webhook_key(text: str) -> bool:
    """Say whether ``text`` is the base64 of an elliptic curve's public key (SPKI)."""
    try:
        key = load_der_public_key(base64.b64decode(text, validate=True))
    except Exception:  # noqa: BLE001 - whatever was pasted, the answer is no
        return False
    return isinstance(key, ec.EllipticCurvePublicKey)


def _host(settings: Settings, known: Mapping[str, Any]) -> str:
    if settings.sendgrid_host != GLOBAL:
        return settings.sendgrid_host
    return str(known.get("host") or GLOBAL)


def _known(workspace: Workspace) -> Mapping[str, Any]:
    with workspace.database.read() as connection:
        return _read(connection)


def _read(connection: sa.Connection) -> dict[str, Any]:
    found = connection.execute(
        sa.select(setting.c.value).where(setting.c.name == SETTING)
    ).scalar_one_or_none()
    return dict(found or {})


def _keep(workspace: Workspace, *, actor: str, now: datetime, **changes: object) -> None:
    with workspace.database.begin() as connection:
        value = _read(connection) | changes
        connection.execute(sa.delete(setting).where(setting.c.name == SETTING))
        connection.execute(
            setting.insert().values(name=SETTING, value=value, updated_at=now, updated_by=actor)
        )
        record(
            connection, actor=actor, verb="sendgrid.keep", subject=f"setting:{SETTING}", now=now,
            changed=sorted(changes),
        )  # fmt: skip

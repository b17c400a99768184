"""Keys of other services that were typed in the interface: sealed, never shown again.

A seal is AES-256-GCM under a key that HKDF (RFC 5869) derives from the signing key, so whoever has
only the database has no key. Each name has a key of its own: a sealed text cannot be moved to
another name. What an older signing key sealed still opens, and is sealed anew by the newest.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from campaigns.errors import InputError, SettingsError
from campaigns.store.database import Database
from campaigns.store.journal import record
from campaigns.store.tables import secret
from campaigns.store.workspace import Workspace

SALT = b"campaigns.secret.1"
KEY_BYTES = 32
NONCE_BYTES = 12
SHOWN = 4
MAX_CHARACTERS = 500


def keep_secret(workspace: Workspace, name: str, value: str, *, actor: str, now: datetime) -> None:
    """Seal ``value`` and keep it under ``name``, in place of what was there.

    Raises:
        InputError: it is empty, too long, or holds what cannot stand in a header.
    """
    value = _checked(name, value)
    sealed = _seal(workspace.signer.keys[-1], name, value)
    with workspace.database.begin() as connection:
        connection.execute(sa.delete(secret).where(secret.c.name == name))
        connection.execute(
            secret.insert().values(name=name, sealed=sealed, updated_at=now, updated_by=actor)
        )
        record(connection, actor=actor, verb="secret.keep", subject=f"secret:{name}", now=now)


def forget_secret(workspace: Workspace, name: str, *, actor: str, now: datetime) -> bool:
    """Delete what is kept under ``name``; say whether there was anything."""
    with workspace.database.begin() as connection:
        gone = connection.execute(sa.delete(secret).where(secret.c.name == name)).rowcount == 1
        if gone:
            record(connection, actor=actor, verb="secret.forget", subject=f"secret:{name}", now=now)
    return gone


def read_secret(workspace: Workspace, name: str) -> str:
    """Return what is kept under ``name``, or an empty text.

    Raises:
        SettingsError: none of our signing keys opens it: the right one is lost.
    """
    with workspace.database.read() as connection:
        sealed = connection.execute(
            sa.select(secret.c.sealed).where(secret.c.name == name)
        ).scalar_one_or_none()
    if sealed is None:
        return ""
    value, is_newest = _open(workspace.signer.keys, name, bytes(sealed))
    if not is_newest:
        _seal_anew(
            workspace.database, name, bytes(sealed), _seal(workspace.signer.keys[-1], name, value)
        )
    return value


def tail(value: str) -> str:
    """Return the last characters of a secret, by which its owner tells which one it is.

    >>> tail("SG.abcdefgh.ijklmnop")
    '…mnop'
    """
    return f"…{value[-SHOWN:]}" if len(value) > 2 * SHOWN else "…"


def _checked(name: str, value: str) -> str:
    value = value.strip()
    if not value:
        raise InputError("input.empty", field=name)
    if len(value) > MAX_CHARACTERS:
        raise InputError("input.too_long", field=name, got=len(value), limit=MAX_CHARACTERS)
    if not (value.isascii() and value.isprintable()) or " " in value:
        raise InputError("secret.characters")
    return value


def _seal(key: str, name: str, value: str) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_derived(key, name)).encrypt(nonce, value.encode(), None)


def _open(keys: Sequence[str], name: str, sealed: bytes) -> tuple[str, bool]:
    """Return what is sealed, and whether the newest key opened it."""
    nonce, content = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    for key in reversed(keys):
        try:
            value = AESGCM(_derived(key, name)).decrypt(nonce, content, None)
        except (InvalidTag, ValueError):  # ValueError: too short to be a seal
            continue
        return value.decode(), key == keys[-1]
    raise SettingsError("secret.unopened")


def _derived(key: str, name: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, SALT, name.encode()).derive(key.encode())


def _seal_anew(database: Database, name: str, was: bytes, sealed: bytes) -> None:
    """Replace a seal, unless somebody has kept another secret meanwhile."""
    with database.begin() as connection:
        connection.execute(
            secret.update()
            .where(secret.c.name == name, secret.c.sealed == was)
            .values(sealed=sealed)
        )

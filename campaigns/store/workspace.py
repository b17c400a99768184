"""The one door: settings in, everything a verb needs out."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from campaigns.settings import Settings
from campaigns.store.database import Database, migrate, open_database, require_current
from campaigns.store.files import FileStore
from campaigns.store.signing import Signer


@dataclass(frozen=True, slots=True)
class Workspace:
    """What every verb works with. Holds no state of its own."""

    settings: Settings
    database: Database
    files: FileStore
    signer: Signer

    @property
    def outbox(self) -> Path:
        """Folder of the ``.eml`` files that the outbox transport writes."""
        return self.settings.data / "outbox"


def open_workspace(settings: Settings, *, upgrade: bool = False) -> Workspace:
    """Return the workspace; a new SQLite store is created, an existing one must be current.

    Args:
        settings: where everything lies.
        upgrade: migrate the database first (what ``campaigns up`` and ``upgrade`` do).

    Raises:
        SettingsError: the database is at another revision than the program.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    database = open_database(settings.store_url)
    fresh = _is_fresh_sqlite(settings)
    if upgrade or fresh:
        migrate(database)
    require_current(database)
    files = FileStore(settings.data / "files")
    return Workspace(settings, database, files, Signer(_keys(settings)))


def _is_fresh_sqlite(settings: Settings) -> bool:
    path = settings.store_url.removeprefix("sqlite:///")
    return settings.store_url.startswith("sqlite:") and (
        not Path(path).exists() or Path(path).stat().st_size == 0
    )


def _keys(settings: Settings) -> list[str]:
    if settings.secret_key:
        return [key for key in settings.secret_key.split(",") if key]
    path = settings.data / "secret.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").split()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(32) + "\n")
    return path.read_text(encoding="ascii").split()

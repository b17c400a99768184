"""The one door: settings in, everything a verb needs out."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
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
    if upgrade or _is_empty_sqlite(database):
        migrate(database)
    require_current(database)
    files = FileStore(settings.data / "files")
    return Workspace(settings, database, files, Signer(_keys(settings)))


def _is_empty_sqlite(database: Database) -> bool:
    """Say whether nothing is in the file: another process may have made it at this very moment."""
    if database.is_postgresql:
        return False
    with database.read() as connection:
        tables = "SELECT 1 FROM sqlite_master LIMIT 1"
        return connection.exec_driver_sql(tables).first() is None


def _keys(settings: Settings) -> list[str]:
    if settings.secret_key:
        return [key for part in settings.secret_key.split(",") if (key := part.strip())]
    path = settings.data / "secret.key"
    if not path.exists():
        _lay_key(path)
    return path.read_text(encoding="ascii").split()


def _lay_key(path: Path) -> None:
    """Make the key, whole or not at all: another process may read it at this very moment."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as part:  # mode 0600
        part.write(secrets.token_urlsafe(32) + "\n")
        part.flush()
        os.fsync(part.fileno())
        with contextlib.suppress(FileExistsError):  # the other process was first
            os.link(part.name, path)

"""A store of an earlier version is brought up to date with all that is in it."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic import command

from campaigns.store import database as stores
from campaigns.store.database import migrate, open_database

WHEN = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def empty(request, tmp_path):
    """A database without any table."""
    if request.param == "sqlite":
        database = open_database(f"sqlite:///{tmp_path / 'old.sqlite'}")
    else:
        server = sa.make_url(request.getfixturevalue("postgres_server"))
        admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.exec_driver_sql("DROP DATABASE IF EXISTS campaigns_old WITH (FORCE)")
            connection.exec_driver_sql("CREATE DATABASE campaigns_old")
        admin.dispose()
        url = server.set(database="campaigns_old").render_as_string(hide_password=False)
        database = open_database(url)
    yield database
    database.close()


def _upload(state: str) -> dict[str, object]:
    texts = dict.fromkeys(("sha256", "path", "sheet", "shape"), "")
    return {**texts, "mapping": {}, "reasons": {}, "notes": {}, "file_name": "old.xlsx", "kind": "contacts", "state": state,
            "received_at": WHEN, "actor": "anna"}  # fmt: skip


def test_uploads_of_the_first_version_stay_and_those_that_waited_are_given_again(empty):
    with empty.begin() as connection:
        config = stores._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        upload = sa.Table("upload", sa.MetaData(), autoload_with=connection)
        refusal = sa.Table("refusal", sa.MetaData(), autoload_with=connection)
        for state in ("done", "received"):
            connection.execute(upload.insert().values(_upload(state)))
        row = {"upload_id": 1, "row_number": 2, "reason": "no_key", "cells": {}}
        connection.execute(refusal.insert().values(row))

    migrate(empty)

    with empty.read() as connection:
        upload = sa.Table("upload", sa.MetaData(), autoload_with=connection)
        found = connection.execute(sa.select(upload).order_by(upload.c.id)).all()
        kept = connection.execute(sa.select(sa.func.count()).select_from(refusal)).scalar_one()
    assert [(row.state, row.file_id, row.stage) for row in found] == [
        ("done", None, None), ("failed", None, None)
    ]  # fmt: skip
    assert found[1].error["facts"] == {"file": "old.xlsx"}
    assert kept == 1

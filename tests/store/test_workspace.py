import sqlite3
import threading
from contextlib import closing

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from campaigns.errors import InputError
from campaigns.settings import Settings
from campaigns.store.options import Brand, read_brand, save_brand
from campaigns.store.tables import audit, contact, metadata
from campaigns.store.workspace import _keys, open_workspace


def test_the_migrations_make_the_tables_that_the_program_expects(workspace):
    with workspace.database.read() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)

    assert differences == []


def test_a_brand_is_kept_and_the_change_is_audited(workspace, now):
    brand = Brand(shop_name="Նուռ", legal_name="«Նուռ» ՍՊԸ")

    with workspace.database.begin() as connection:
        save_brand(connection, brand, actor="anna", now=now)

    with workspace.database.read() as connection:
        row = connection.execute(sa.select(audit)).one()
        assert read_brand(connection) == brand
    assert (row.actor, row.verb, row.at) == ("anna", "brand.save", now)


def test_a_reader_sees_the_shop_in_their_own_language(workspace, now):
    brand = Brand(
        shop_name="Nur", signer="Ani", in_languages={"hy": {"shop_name": "Նուռ", "signer": " "}}
    )
    with workspace.database.begin() as connection:
        save_brand(connection, brand, actor="anna", now=now)

    with workspace.database.read() as connection:
        saved = read_brand(connection)
    assert saved == brand
    assert (saved.told_in("hy").shop_name, saved.told_in("hy").signer) == ("Նուռ", "Ani")
    assert saved.told_in("ka").shop_name == "Nur"


@pytest.mark.parametrize(
    "brand",
    [
        Brand(from_name="Nur\nBcc: x@example.com"),
        Brand(in_languages={"hy": {"from_name": "Նուռ\r\nBcc: x@example.com"}}),
        Brand(in_languages={"hy": {"reply_to": "x@example.com"}}),
    ],
)
def test_a_brand_that_could_forge_a_header_is_refused(workspace, now, brand):
    with pytest.raises(InputError), workspace.database.begin() as connection:
        save_brand(connection, brand, actor="anna", now=now)


def test_processes_that_start_at_once_share_one_whole_key(tmp_path):
    settings = Settings(data=tmp_path)
    barrier, found = threading.Barrier(8), []

    def one():
        barrier.wait()
        found.append(_keys(settings))

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found[0]) == 1
    assert found == [found[0]] * 8
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_keys_from_the_environment_may_stand_apart():
    assert _keys(Settings(secret_key=" old, new ,")) == ["old", "new"]


def test_a_file_that_another_process_has_just_begun_is_no_old_database(tmp_path):
    with closing(sqlite3.connect(tmp_path / "campaigns.sqlite")) as begun:
        begun.execute("PRAGMA journal_mode=WAL")  # what a process does first
    assert (tmp_path / "campaigns.sqlite").stat().st_size > 0

    workspace = open_workspace(Settings(data=tmp_path))

    with workspace.database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(contact)).scalar() == 0
    workspace.database.close()

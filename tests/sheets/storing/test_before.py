from datetime import date

import polars as pl
import pytest
import sqlalchemy as sa

from campaigns.sheets.storing.before import keep_before, keep_created, restore
from campaigns.store import bulk, tables
from campaigns.store.snapshots import COMMITTED
from tests.support.sheets import arrive, xlsx

COLUMNS = ("id", "customer_id", "address", "address_key", "birthday", "attributes")
PEOPLE = [
    (1, "C-1", "Ani@example.com", "ani@example.com", date(1990, 1, 2), {"Shoe": "42", "a": 'ք"\\'}),
    (2, "C-2", None, None, None, {}),
    (3, None, "nino@example.com", "nino@example.com", None, {"": "\\N"}),
]


@pytest.fixture
def upload_id(workspace, now):
    [found] = arrive(workspace, xlsx([["E-mail"], ["x@example.com"]]), now=now)
    return found


@pytest.fixture
def people(workspace, now):
    shared = {"language": "hy", "language_evidence": "script", "created_at": now, "updated_at": now}
    with workspace.database.begin() as connection:
        for row in PEOPLE:
            values = dict(zip(COLUMNS[1:], row[1:], strict=True))
            connection.execute(tables.contact.insert().values(**values, **shared))


def _everything(workspace):
    kept = [
        table
        for table in tables.metadata.sorted_tables
        if table.name not in {"snapshot", "upload", "source_file", "job", "audit"}
    ]
    with workspace.database.read() as connection:
        return {
            table.name: connection.execute(
                sa.select(table).order_by(*table.primary_key.columns)
            ).all()
            for table in kept
        }


def test_changed_rows_come_back_and_inserted_ones_go(workspace, now, upload_id, people):
    contact, former = tables.contact, tables.former_key
    before = _everything(workspace)

    with workspace.database.begin() as connection:
        keep_before(workspace, connection, contact, [1, 2, 3], upload_id, now)
        swapped = {"customer_id": None, "address_key": None}
        connection.execute(contact.update().values(**swapped, attributes={"x": 1}, birthday=None))
        connection.execute(contact.update().where(contact.c.id == 1).values(customer_id="C-2"))
        connection.execute(contact.update().where(contact.c.id == 2).values(customer_id="C-1"))
        keep_before(workspace, connection, contact, [1], upload_id, now)
        ids = bulk.new_ids(connection, contact, 2)
        new = pl.DataFrame({"id": ids, "customer_id": ["C-7", "C-8"]})
        bulk.insert(connection, contact, new, language="ka", language_evidence="choice",
                    attributes="{}", created_at=now, updated_at=now)  # fmt: skip
        keep_created(workspace, connection, contact, ids, upload_id, now)
        keys = pl.DataFrame({"kind": ["address_key"] * 2, "key": ["a", "b"]})
        bulk.insert(connection, former, keys.with_columns(contact_id=ids), upload_id=upload_id)
        keep_created(workspace, connection, former, keys, upload_id, now)
    assert _everything(workspace) != before
    with workspace.database.begin() as connection:
        restore(workspace, connection, upload_id)

    assert _everything(workspace) == before
    with workspace.database.read() as connection:
        kept = connection.scalars(sa.select(tables.snapshot.c.state)).all()
        assert kept
        assert COMMITTED not in kept


def test_rows_that_an_upload_deleted_come_back_too(workspace, now, upload_id):
    suppression = tables.suppression
    values = {"reason": "complaint", "source": "x", "at": now, "actor": "anna"}
    with workspace.database.begin() as connection:
        connection.execute(suppression.insert().values(address_hash="h", **values))
    before = _everything(workspace)

    with workspace.database.begin() as connection:
        keep_before(workspace, connection, suppression, ["h", "unknown"], upload_id, now)
        connection.execute(suppression.delete())
    with workspace.database.begin() as connection:
        restore(workspace, connection, upload_id)

    assert _everything(workspace) == before


def test_what_a_failed_transaction_kept_counts_for_nothing(workspace, now, upload_id, people):
    before = _everything(workspace)
    with pytest.raises(ZeroDivisionError), workspace.database.begin() as connection:  # noqa: PT012
        keep_created(workspace, connection, tables.contact, [1], upload_id, now)
        raise ZeroDivisionError
    with workspace.database.begin() as connection:
        restore(workspace, connection, upload_id)

    assert _everything(workspace) == before

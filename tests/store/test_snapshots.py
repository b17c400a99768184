from datetime import UTC, datetime

import polars as pl
import pytest
import sqlalchemy as sa

from campaigns.store import snapshots
from tests.support.factory import a_contact


def _lines(**columns) -> pl.DataFrame:
    base = {
        "contact_id": None, "customer_id": "C-1", "address_key": None, "order_id": "1",
        "ordered_at": datetime(2026, 1, 1, tzinfo=UTC), "amount_minor": 100, "currency": "AMD",
        "product": "Tea", "quantity": 1.0, "status": None, "line": 0, "upload_id": None,
        "row_number": 2,
    }  # fmt: skip
    return pl.DataFrame([base | columns], schema=snapshots.SCHEMA)


def _commit(workspace, lines, now, *, kind=snapshots.NEW, name=1):
    with workspace.database.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO upload (id, file_name, sha256, path, sheet, kind, state, shape, received_at,"
            f" actor) VALUES ({name}, 'f', 'x', 'p', '', 'orders', 'done', 's',"
            " '2026-01-01 00:00:00', 'anna')"
        )
        snapshots.commit(workspace, connection, lines, kind=kind, upload_id=name, now=now)


def _commit_without_upload(workspace, now):
    with workspace.database.begin() as connection:
        snapshots.commit(workspace, connection, _lines(), kind=snapshots.NEW, upload_id=1, now=now)


def test_without_a_file_there_are_no_orders_but_the_columns_are_there(sqlite_workspace):
    frame = snapshots.orders(sqlite_workspace).collect()

    assert frame.height == 0
    assert frame.columns == list(snapshots.SCHEMA)


def test_committed_lines_come_back_as_they_were(workspace, now):
    _commit(workspace, _lines(), now)

    assert snapshots.orders(workspace).collect().equals(_lines())


def test_a_file_without_its_row_does_not_count(sqlite_workspace, now):
    with pytest.raises(sa.exc.IntegrityError):  # there is no upload 1 that could own the file
        _commit_without_upload(sqlite_workspace, now)

    assert len(list((sqlite_workspace.files.root / "snapshots").iterdir())) == 1
    assert snapshots.orders(sqlite_workspace).collect().height == 0


def test_withdrawn_lines_do_not_count(workspace, now):
    _commit(workspace, _lines(), now)

    with workspace.database.begin() as connection:
        assert snapshots.withdraw(connection, 1) == 1

    assert snapshots.orders(workspace).collect().height == 0


def test_a_changed_line_takes_the_place_of_the_old_one(workspace, now):
    _commit(workspace, pl.concat([_lines(), _lines(order_id="2")]), now)
    _commit(workspace, _lines(status="cancelled"), now, kind=snapshots.CHANGED, name=2)

    found = snapshots.orders(workspace).collect().sort("order_id")
    assert found.select("order_id", "status").rows() == [("1", "cancelled"), ("2", None)]


def test_orders_find_the_contact_that_came_after_them(workspace, now):
    by_address = _lines(customer_id=None, address_key="ani@example.com", order_id="2")
    _commit(workspace, pl.concat([_lines(), by_address, _lines(customer_id="C-9")]), now)
    with workspace.database.begin() as connection:
        ani = a_contact(connection, now=now, customer_id="C-1", address="ani@example.com")

    found = snapshots.orders(workspace).collect().sort("order_id", "customer_id")
    assert found["contact_id"].to_list() == [ani, None, ani]


def test_an_order_told_under_two_keys_of_a_contact_counts_once_as_told_last(workspace, now):
    by_address = _lines(customer_id=None, address_key="ani@example.com")
    _commit(workspace, by_address, now)
    _commit(workspace, _lines(status="cancelled"), now, name=2)
    assert snapshots.orders(workspace).collect().height == 2  # nobody knows yet whose they are
    with workspace.database.begin() as connection:
        a_contact(connection, now=now, customer_id="C-1", address="ani@example.com")

    assert snapshots.orders(workspace).collect()["status"].to_list() == ["cancelled"]

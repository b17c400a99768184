"""Real purchases in, and the sums must be those that plain Python finds in the source."""

import csv
import gzip
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from campaigns.store import tables
from campaigns.store.options import Brand, save_brand
from examples.real import main
from tests.support.sheets import take_in

DATA = Path(__file__).parents[3] / "shared" / "data"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not DATA.exists(),
        reason=f"REAL PURCHASES NOT TESTED: the public data sets are not at {DATA}",
    ),
]


def _imported(workspace, name, tmp_path, now):
    assert main([name, str(DATA / name), str(tmp_path)]) == 0
    with workspace.database.begin() as connection:
        save_brand(connection, Brand(currency="USD"), actor="anna", now=now)
    files = ("customers.csv", "orders.csv")
    return [
        report
        for file in files
        for report in take_in(workspace, (tmp_path / file).read_bytes(), file, now=now)
    ]


def _rollups(workspace):
    query = sa.select(tables.contact.c.customer_id, tables.rollup).join(
        tables.rollup, tables.rollup.c.contact_id == tables.contact.c.id
    )
    with workspace.database.read() as connection:
        rows = connection.execute(query).all()
    return {row.customer_id: (row.orders, row.revenue_minor) for row in rows}


def _totals(lines):
    """customer → (orders, cents), from (customer, order, dollars)."""
    orders, cents = defaultdict(set), defaultdict(int)
    for customer, order, dollars in lines:
        orders[customer].add(order)
        cents[customer] += int(Decimal(dollars) * 100)
    return {customer: (len(orders[customer]), cents[customer]) for customer in orders}


def test_a_grocers_year_adds_up_to_the_cent(workspace, tmp_path, now):
    customers, orders = _imported(workspace, "complete_journey", tmp_path, now)

    with gzip.open(DATA / "complete_journey/transactions_sample.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    lines = [(row["household_id"], row["basket_id"], row["sales_value"]) for row in rows]
    assert (orders.kind, orders.rows, orders.refused) == ("orders", 75_000, 0)
    assert orders.stored + orders.merged == 75_000
    assert orders.stored == len({tuple(row.values()) for row in rows})
    assert customers.refused == 0
    assert _rollups(workspace) == _totals(lines)


def test_the_discs_of_cdnow_add_up_to_the_cent(workspace, tmp_path, now):
    customers, orders = _imported(workspace, "cdnow", tmp_path, now)

    rows = [line.split() for line in (DATA / "cdnow/CDNOW_sample.txt").read_text().splitlines()]
    lines = [(row[1], place, row[4]) for place, row in enumerate(rows)]
    assert (customers.stored, customers.refused) == (2_357, 0)
    assert (orders.rows, orders.stored, orders.refused) == (6_919, 6_919, 0)
    assert _rollups(workspace) == _totals(lines)


def test_the_same_purchases_again_change_nothing(sqlite_workspace, tmp_path, now):
    _imported(sqlite_workspace, "cdnow", tmp_path, now)
    before = _rollups(sqlite_workspace)

    again = _imported(sqlite_workspace, "cdnow", tmp_path, now)

    assert [(report.stored, report.refused) for report in again] == [(0, 0), (0, 0)]
    assert _rollups(sqlite_workspace) == before

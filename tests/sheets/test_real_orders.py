"""Orders that researchers know, taken in and added up again without our code."""

import csv
import gzip
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from campaigns.sheets import intake
from campaigns.sheets.understanding.fields import Mapping, SheetKind
from campaigns.store import snapshots
from campaigns.store.tables import contact, rollup
from tests.support.sheets import arrive, store

DATA = Path(__file__).parents[3] / "shared" / "data"
CDNOW_SAMPLE = ("old_id", "customer_id", "ordered_at", "quantity", "amount")
CDNOW_MASTER = ("customer_id", "ordered_at", "quantity", "amount")
JOURNEY = {
    "household_id": "customer_id", "basket_id": "order_id", "product_id": "product_code",
    "quantity": "quantity", "sales_value": "amount", "transaction_timestamp": "ordered_at",
}  # fmt: skip


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not DATA.exists(),
        reason=f"REAL ORDERS NOT TESTED: the public data sets are not at {DATA}",
    ),
]


def _take_in(workspace, data, name, kind, fields, now):
    [upload_id] = arrive(workspace, data, name, now=now)
    headings = intake.preview(workspace, upload_id).headings
    named = fields if isinstance(fields, dict) else dict(zip(headings, fields, strict=True))
    columns = {heading: named.get(heading, "ignore") for heading in headings}
    kept = {heading: "ignore" if field == "old_id" else field for heading, field in columns.items()}
    return store(workspace, upload_id, now=now, mapping=Mapping(kind, kept))


def _stored(workspace):
    lines = snapshots.orders(workspace).collect()
    sums = lines.group_by("customer_id").agg(
        pl.col("order_id").filter(pl.col("amount_minor") >= 0).n_unique(),
        pl.col("amount_minor").sum(),
    )
    return {customer: (orders, revenue) for customer, orders, revenue in sums.iter_rows()}


def _minor(text):
    return int(Decimal(text).scaleb(2))


@pytest.mark.parametrize(
    ("name", "fields", "purchases", "customers"),
    [
        ("CDNOW_sample.txt", CDNOW_SAMPLE, 6919, 2357),
        ("CDNOW_master.txt", CDNOW_MASTER, 69659, 23570),
    ],
)
def test_cdnow_comes_to_what_a_plain_computation_says(
    sqlite_workspace, now, name, fields, purchases, customers
):
    path = DATA / "cdnow" / name
    rows = [line.split() for line in path.read_text().splitlines() if line.split()[0].isdecimal()]
    expected = defaultdict(lambda: (0, 0))
    for row in rows:
        told = dict(zip(fields, row, strict=True))
        orders, revenue = expected[told["customer_id"]]
        expected[told["customer_id"]] = (orders + 1, revenue + _minor(told["amount"]))

    data = path.read_bytes()
    if fields is CDNOW_MASTER:  # its headings stand apart by one blank only
        data = b"\n".join(b",".join(line.split()) for line in data.splitlines())
    report = _take_in(sqlite_workspace, data, name, SheetKind.ORDERS, fields, now)

    assert (report.rows, report.stored, report.refused) == (len(rows), purchases, 0)
    assert len(expected) == customers
    assert _stored(sqlite_workspace) == dict(expected)


def test_complete_journey_comes_to_what_a_plain_computation_says(workspace, now):
    data = gzip.decompress((DATA / "complete_journey" / "transactions_sample.csv.gz").read_bytes())
    baskets, revenue = defaultdict(set), defaultdict(int)
    for row in csv.DictReader(data.decode().splitlines()):
        baskets[row["household_id"]].add(row["basket_id"])
        revenue[row["household_id"]] += _minor(row["sales_value"])
    with workspace.database.begin() as connection:  # a third of the households are known already
        known = sorted(baskets)[::3]
        connection.execute(
            contact.insert(),
            [{"customer_id": household, "language": "en", "language_evidence": "default",
              "attributes": {}, "created_at": now, "updated_at": now} for household in known],
        )  # fmt: skip

    report = _take_in(workspace, data, "transactions.csv", SheetKind.ORDER_LINES, JOURNEY, now)

    assert (report.rows, report.stored + report.merged, report.refused) == (75_000, 75_000, 0)
    expected = {household: (len(baskets[household]), revenue[household]) for household in baskets}
    assert _stored(workspace) == expected
    query = sa.select(contact.c.customer_id, rollup.c.orders, rollup.c.revenue_minor).join(contact)
    with workspace.database.read() as connection:
        summed = {row[0]: (row[1], row[2]) for row in connection.execute(query)}
    assert summed == {household: expected[household] for household in known}

"""Real purchases in, letters out: sums and readers must be those that plain Python finds."""

import csv
import email
import gzip
from collections import Counter, defaultdict
from datetime import UTC, datetime
from decimal import Decimal
from email import policy
from pathlib import Path

import pytest
import sqlalchemy as sa

from campaigns.delivery import campaigns
from campaigns.delivery.dispatch import send_campaign
from campaigns.segments import verbs
from campaigns.store import tables
from campaigns.store.options import Brand, save_brand
from examples.real import main
from tests.support.sheets import take_in

DATA = Path(__file__).parents[3] / "shared" / "data"
SHOP = Brand(
    shop_name="Nur", legal_name="Nur Trade LLC", postal_address="12 Pomegranate Street, Yerevan",
    from_name="Nur", from_address="hello@nur.example", reply_to="hello@nur.example", currency="USD",
)  # fmt: skip

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
        save_brand(connection, SHOP, actor="anna", now=now)
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
    assert (orders.kind, orders.rows, orders.refused) == ("order_lines", 75_000, 0)
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


def _groceries():
    with gzip.open(DATA / "complete_journey/transactions_sample.csv.gz", "rt") as file:
        for row in csv.DictReader(file):
            moment = datetime.fromisoformat(row["transaction_timestamp"])
            yield row["household_id"], row["basket_id"], moment.replace(tzinfo=UTC)


def _discs():
    text = (DATA / "cdnow/CDNOW_sample.txt").read_text()
    for place, line in enumerate(text.splitlines()):
        _, customer, day, *_ = line.split()
        yield customer, place, datetime.strptime(day, "%Y%m%d").replace(tzinfo=UTC)


def _lapsed(purchases, least, days, now):
    """Customers of at least ``least`` orders who have bought nothing for more than ``days`` days."""
    orders, last = defaultdict(set), {}
    for customer, order, moment in purchases:
        orders[customer].add(order)
        last[customer] = max(moment, last.get(customer, moment))
    return {
        each for each in orders if len(orders[each]) >= least and (now - last[each]).days > days
    }


@pytest.mark.parametrize(
    ("name", "purchases", "least", "days", "now", "written"),
    [
        ("complete_journey", _groceries, 5, 14, datetime(2018, 1, 1, 4, tzinfo=UTC), 683),
        ("cdnow", _discs, 2, 180, datetime(1998, 6, 30, 12, tzinfo=UTC), 474),
    ],
)
def test_those_who_stayed_away_and_agreed_get_their_letter(
    workspace, tmp_path, name, purchases, least, days, now, written
):
    _imported(workspace, name, tmp_path, now)
    with (tmp_path / "customers.csv").open(encoding="utf-8") as file:
        people = {row["customer id"]: row for row in csv.DictReader(file)}
    lapsed = _lapsed(purchases(), least, days, now)
    expected = {people[each]["e-mail"]: people[each]["language"] for each in lapsed
                if people[each]["consent"] == "yes"}  # fmt: skip

    plan, status = _sent(workspace, f"orders >= {least} and days_since_last > {days}", now)

    assert len(expected) == written
    assert (plan.planned, plan.languages) == (written, Counter(expected.values()))
    assert plan.left_out == {"consent_withdrawn": len(lapsed) - written}
    assert (status.state, status.accepted, status.waiting) == ("done", written, 0)
    assert _outbox(workspace) == expected


def _sent(workspace, rule, now):
    doing = {"actor": "anna", "now": now}
    verbs.save(workspace, "Lapsed", rule, **doing)
    number = campaigns.create(
        workspace, "We miss you", segment="Lapsed", letter="we_miss_you", **doing
    )
    plan = campaigns.plan(workspace, "We miss you", **doing)
    campaigns.approve(workspace, "We miss you", probe=lambda _url: True, **doing)
    campaigns.send(workspace, "We miss you", **doing)
    send_campaign(workspace, number, owner="worker")
    with workspace.database.read() as connection:
        return plan, campaigns.status(connection, "We miss you")


def _outbox(workspace):
    """address → language of each letter in the outbox."""
    mails = [
        email.message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in workspace.outbox.rglob("*.eml")
    ]
    found = {mail["To"].addresses[0].addr_spec: mail["Content-Language"] for mail in mails}
    assert len(found) == len(mails)
    return found

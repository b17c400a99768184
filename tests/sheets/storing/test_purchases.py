"""Order lines come and go: what is new, what replaces, whose they are, and taking an upload back."""

import polars as pl
import pytest
import sqlalchemy as sa

from campaigns.sheets.storing.before import restore
from campaigns.sheets.storing.purchases import take_back_purchases
from campaigns.sheets.understanding.fields import Mapping, SheetKind
from campaigns.store import snapshots
from campaigns.store.rates import save_rate
from campaigns.store.tables import rollup
from tests.support.factory import a_contact
from tests.support.sheets import take_in, xlsx

pytestmark = pytest.mark.slow  # each takes several sheets in
HEAD = ["Order", "Date", "Customer", "E-mail", "Phone", "Amount", "Product"]
FIELDS = ("order_id", "ordered_at", "customer_id", "address", "phone", "amount", "product")
MAPPING = Mapping(SheetKind.ORDER_LINES, dict(zip(HEAD, FIELDS, strict=True)))
DAY = "01.02.2026"


@pytest.fixture
def take(workspace, now):
    def run(*rows):
        [report] = take_in(workspace, xlsx([HEAD, *rows]), "o.xlsx", now=now, mapping=MAPPING)
        assert report.rows == report.stored + report.merged + report.refused
        return report

    return run


@pytest.fixture
def ani(workspace, now):
    with workspace.database.begin() as connection:
        return a_contact(connection, now=now, customer_id="C-1", address="ani@example.am",
                         phone="+37491000001")  # fmt: skip


def _sums(workspace):
    query = sa.select(
        rollup.c.contact_id, rollup.c.orders, rollup.c.revenue_minor, rollup.c.last_product
    )
    with workspace.database.read() as connection:
        return sorted(map(tuple, connection.execute(query)))


def _lines(workspace):
    found = snapshots.orders(workspace).select("order_id", "amount_minor", "contact_id").collect()
    return sorted(found.rows())


def _take_back(workspace, upload_id):
    with workspace.database.begin() as connection:
        take_back_purchases(workspace, connection, upload_id)
        restore(workspace, connection, upload_id)


def test_the_same_lines_again_change_nothing_and_a_changed_one_replaces(workspace, take, ani):
    rows = [["1", DAY, "C-1", None, None, 100, "Tea"], ["1", DAY, "C-1", None, None, 100, "Tea"],
            [None, DAY, "C-1", None, None, 7, "Cup"], [None, DAY, "C-1", None, None, 7, "Cup"]]  # fmt: skip
    first, again = take(*rows), take(*rows)

    assert (first.stored, again.stored, again.merged) == (4, 0, 4)
    assert _sums(workspace) == [(ani, 3, 21_400, "Tea")]
    assert take(["1", DAY, "C-1", None, None, 50, "Tea"]).merged == 1
    assert _sums(workspace) == [(ani, 3, 16_400, "Tea")]


def test_taking_a_change_back_lets_the_older_line_count_again(workspace, take, ani):
    take(["1", DAY, "C-1", None, None, 100, "Tea"])
    before = (_sums(workspace), _lines(workspace))
    change = take(["1", DAY, "C-1", None, None, 50, "Tea"], ["2", DAY, "C-1", None, None, 8, "Cup"])
    assert _sums(workspace) == [(ani, 2, 5_800, "Tea")]

    _take_back(workspace, change.upload)

    assert (_sums(workspace), _lines(workspace)) == before


def test_taking_the_only_orders_back_leaves_no_sums(workspace, take, ani):
    report = take(["1", DAY, "C-1", None, None, 100, "Tea"])

    _take_back(workspace, report.upload)

    assert (_sums(workspace), _lines(workspace)) == ([], [])
    assert take(["1", DAY, "C-1", None, None, 100, "Tea"]).stored == 1


def test_an_order_told_by_number_then_by_address_then_by_phone_is_one(workspace, take, ani):
    take(["1", DAY, "C-1", None, None, 100, "Tea"])
    by_address = take(["1", DAY, None, "Ani@Example.am", None, 100, "Tea"])
    by_phone = take(["1", DAY, None, None, "091 000001", 60, "Tea"])

    assert (by_address.stored, by_address.merged, by_phone.merged) == (0, 1, 1)
    assert _sums(workspace) == [(ani, 1, 6_000, "Tea")]


def test_orders_of_strangers_wait_and_taking_them_back_is_felt_by_who_came_since(
    workspace, take, now
):
    report = take(
        ["1", DAY, None, None, "+374 91 000009", 100, "Tea"],
        ["2", DAY, "C-9", None, None, 5, "Cup"],
    )
    assert report.notes == {"customer_unknown": 2}
    [sheet] = take_in(workspace, xlsx([["Customer ID", "Phone"], ["C-9", "091000009"]]), now=now)
    [(person, *sums)] = _sums(workspace)
    assert (sheet.stored, sums) == (1, [2, 10_500, "Tea"])
    assert {line[2] for line in _lines(workspace)} == {person}

    _take_back(workspace, report.upload)

    assert _sums(workspace) == []


def test_a_corrected_rate_does_not_change_what_was_taken_in(workspace, take, now, ani):
    def rate(value):
        with workspace.database.begin() as connection:
            save_rate(connection, "USD", value, home="AMD", day=now.date().replace(month=1, day=1),
                      actor="anna", now=now)  # fmt: skip

    rate("400")
    rows = [
        ["1", DAY, "C-1", None, None, "$10", "Tea"],
        ["2", "31.12.2025", "C-1", None, None, "$10", "Tea"],
    ]
    first = take(*rows)
    rate("410")
    again = take(*rows)

    assert (first.stored, first.reasons, first.notes) == (
        1,
        {"no_rate": 1},
        {"currency_converted": 1},
    )
    assert (again.stored, again.merged) == (0, 1)
    assert _sums(workspace) == [(ani, 1, 400_000, "Tea")]


def test_files_of_an_older_version_are_read_with_the_columns_they_lack(workspace, take, now, ani):
    take(["1", DAY, "C-1", None, None, 100, "Tea"])
    path = next((workspace.files.root / "snapshots").glob("orders-*.parquet"))
    pl.read_parquet(path).drop("card_number", "phone", "product_code", "paid_minor", "paid_currency",
                               "discount_minor").write_parquet(path)  # fmt: skip

    assert take(["1", DAY, "C-1", None, None, 100, "Tea"]).merged == 1
    assert _lines(workspace) == [("1", 10_000, ani)]

"""The example files are what their script makes, and import as they should."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from campaigns.language.people.scripts import script_of
from campaigns.model.permission import Purpose
from campaigns.store import contacts, tables
from examples import make
from tests.support.sheets import take_in

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.slow
def test_the_files_are_what_the_script_makes(tmp_path):
    script = tmp_path / "make.py"
    script.write_bytes((EXAMPLES / "make.py").read_bytes())

    subprocess.run([sys.executable, str(script)], check=True)

    for name in ("customers.xlsx", "orders.csv"):
        assert (tmp_path / name).read_bytes() == (EXAMPLES / name).read_bytes()


@pytest.mark.slow
def test_the_example_workbook_is_taken_in_and_every_refusal_has_its_reason(workspace, now):
    data = (EXAMPLES / "customers.xlsx").read_bytes()

    people, orders = take_in(workspace, data, now=now)

    assert (people.kind, orders.kind) == ("contacts", "orders")
    assert people.reasons == {"bad_address": 16, "no_key": 6, "totals_row": 1}
    assert orders.reasons == {
        "bad_amount": 3, "bad_date": 3, "no_rate": 2, "no_customer": 2, "totals_row": 1,
    }  # fmt: skip
    for report in (people, orders):
        assert report.rows == report.stored + report.merged + report.refused
        assert sum(report.reasons.values()) == report.refused
    with workspace.database.read() as connection:
        totals = contacts.totals(connection)
    assert totals.contacts == people.stored
    assert set(totals.by_language) == {"hy", "ka", "en"}
    assert 0 < totals.mailable < totals.contacts


def test_nearly_every_order_names_its_product_in_the_buyers_script():
    buyers = [
        make.Customer(place, language, "Ani", "Stone", "f", None, 1.0)
        for place, language in enumerate(make.LANGUAGES)
    ]
    spoken = {buyer.customer_id: buyer.language for buyer in buyers}

    rows = make.order_rows(random.Random(7), buyers)

    scripts = {"hy": "hy", "ka": "ka", "en": "latin"}
    bought = [(spoken[row[2]], row[3]) for row in rows if row[2] in spoken]
    elsewhere = [name for language, name in bought if script_of(name) != scripts[language]]
    assert len(bought) > 19_000
    assert 0.02 < len(elsewhere) / len(bought) < 0.04
    assert {script_of(name) for name in elsewhere} == {"hy", "ka", "latin"}


@pytest.mark.slow
def test_both_consents_of_the_example_are_kept_apart(sqlite_workspace, now):
    take_in(sqlite_workspace, (EXAMPLES / "customers.xlsx").read_bytes(), now=now)

    query = sa.select(tables.consent.c.purpose, sa.func.count()).group_by(tables.consent.c.purpose)
    with sqlite_workspace.database.read() as connection:
        number = {row[0]: row[1] for row in connection.execute(query)}
    assert set(number) == {Purpose.OFFERS, Purpose.TESTIMONIALS}
    assert number[Purpose.TESTIMONIALS] < number[Purpose.OFFERS]


@pytest.mark.slow
def test_the_old_tills_export_finds_the_customers_of_the_workbook(sqlite_workspace, now):
    take_in(sqlite_workspace, (EXAMPLES / "orders.csv").read_bytes(), "orders.csv", now=now)
    with sqlite_workspace.database.read() as connection:
        assert connection.execute(sa.select(tables.rollup)).first() is None

    take_in(sqlite_workspace, (EXAMPLES / "customers.xlsx").read_bytes(), now=now)

    with sqlite_workspace.database.read() as connection:
        products = set(connection.scalars(sa.select(tables.rollup.c.last_product)))
    assert "Чай горный" in products

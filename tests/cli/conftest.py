"""A data folder, a small shop in it, and ``run``: one command as a person types it."""

from __future__ import annotations

import shutil

import orjson
import pytest
from click.testing import CliRunner

from campaigns.cli import main

PEOPLE = (
    "Customer ID,E-mail,First name,Last name,Language,City,Consent,Consent source\n"
    "C-1,ani@example.am,Անի,Սարգսյան,hy,Երևան,yes,card application\n"
    "C-2,nino@example.ge,ნინო,ბერიძე,ka,თბილისი,yes,card application\n"
    "C-3,john@example.com,John,Smith,en,London,yes,card application\n"
    "C-4,no-consent@example.com,Jane,Smith,en,London,,\n"
    "C-5,not an address,Joe,=1+1,en,London,yes,card application\n"
)
ORDERS = (
    "Order ID,Customer ID,Date,Amount,Currency,Product\n"
    "O-1,C-1,2026-02-01,12000,AMD,Tea\n"
    "O-2,C-1,2026-02-20,8000,AMD,Tea\n"
    "O-3,C-2,2025-06-01,5000,AMD,Cup\n"
)
BRAND = (
    "shop_name=Nur", "legal_name=Nur LLC", "postal_address=1 Abovyan Street, Yerevan",
    "from_name=Nur", "from_address=hello@nur.example", "reply_to=hello@nur.example",
)  # fmt: skip


class Run:
    """One command and its answer."""

    def __init__(self, data):
        self.data = data

    def __call__(self, *words, data=None):
        folder = ["--data", str(data or self.data)]
        return CliRunner().invoke(main, [*words, *folder])

    def json(self, *words):
        result = self(*words, "--json")
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        return orjson.loads(result.stdout)


@pytest.fixture
def run(tmp_path, sqlite_template):
    return _in_folder(tmp_path / "data", sqlite_template)


def _in_folder(data, sqlite_template):
    data.mkdir()
    shutil.copy(sqlite_template, data / "campaigns.sqlite")
    return Run(data)


@pytest.fixture
def sheets(tmp_path):
    """Files of people and orders."""
    return _sheets_in(tmp_path)


def _sheets_in(folder):
    people, orders = folder / "people.csv", folder / "orders.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    orders.write_text(ORDERS, encoding="utf-8")
    return str(people), str(orders)


@pytest.fixture(scope="session")
def shop_template(tmp_path_factory, sqlite_template):
    """A folder with a brand, people and orders."""
    folder = tmp_path_factory.mktemp("shop")
    run = _in_folder(folder / "data", sqlite_template)
    run.json("brand", "set", *BRAND)
    run.json("import", *_sheets_in(folder))
    return run.data


@pytest.fixture
def shop(tmp_path, shop_template):
    """``run`` in a copy of that folder."""
    return Run(shutil.copytree(shop_template, tmp_path / "data"))

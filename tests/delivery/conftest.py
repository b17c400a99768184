"""A shop on each database, and a SendGrid that lives on this machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaigns.settings import Settings
from campaigns.store.workspace import Workspace, open_workspace
from tests.conftest import NOON, a_copy
from tests.support import fake_sendgrid
from tests.support.sending import a_shop


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def shop(request) -> Workspace:
    """A shop that can send; on PostgreSQL only where all tests run."""
    return request.getfixturevalue(f"{request.param}_shop")


@pytest.fixture(scope="session")
def sqlite_shop_template(tmp_path_factory, sqlite_template) -> Path:
    """The SQLite file of a shop that can send, made once: copying it is faster."""
    data = tmp_path_factory.mktemp("shop")
    shutil.copy(sqlite_template, data / sqlite_template.name)
    workspace = open_workspace(Settings(data=data))
    a_shop(workspace, NOON)
    workspace.database.close()  # which leaves nothing beside the file
    return data / sqlite_template.name


@pytest.fixture
def sqlite_shop(tmp_path, sqlite_shop_template) -> Iterator[Workspace]:
    with a_copy(sqlite_shop_template, tmp_path / "data") as workspace:
        yield workspace


@pytest.fixture
def postgresql_shop(postgres_workspace, now) -> Workspace:
    a_shop(postgres_workspace, now)
    return postgres_workspace


@pytest.fixture
def sendgrid():
    """The fake's account and address."""
    with fake_sendgrid.running() as (account, address):
        account.address = address
        yield account


@pytest.fixture
def sendgrid_shop(shop, sendgrid) -> Workspace:
    """A shop whose mail goes to the fake SendGrid."""
    use_sendgrid(shop, sendgrid.address)
    return shop


def use_sendgrid(workspace: Workspace, address: str) -> None:
    for name, value in {
        "sendgrid_host": address,
        "sendgrid_api_key": fake_sendgrid.API_KEY,
        "public_url": "https://shop.example",
        "calls": 1,  # so that what happens has an order
    }.items():
        object.__setattr__(workspace.settings, name, value)

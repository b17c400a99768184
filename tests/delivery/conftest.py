"""A shop on each database, and a SendGrid that lives on this machine."""

from __future__ import annotations

import pytest

from campaigns.store.workspace import Workspace
from tests.support import fake_sendgrid
from tests.support.sending import a_shop

DATABASES = {"sqlite": "sqlite", "postgresql": "postgres"}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def shop(request, now) -> Workspace:
    """A shop that can send; on PostgreSQL only where all tests run."""
    workspace = request.getfixturevalue(f"{DATABASES[request.param]}_workspace")
    a_shop(workspace, now)
    return workspace


@pytest.fixture
def sqlite_shop(sqlite_workspace, now) -> Workspace:
    a_shop(sqlite_workspace, now)
    return sqlite_workspace


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

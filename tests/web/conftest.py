import pytest
from starlette.testclient import TestClient

from campaigns.store.options import Brand, save_brand
from campaigns.web.app import create_app

BRAND = Brand(
    shop_name="Նուռ", legal_name="«Նուռ» ՍՊԸ", postal_address="ք. Երևան, Աբովյան 12",
    from_address="barev@nur.example.am", reply_to="barev@nur.example.am",
    website="https://nur.example.am",
)  # fmt: skip


def opened(workspace, now):
    with workspace.database.begin() as connection:
        save_brand(connection, BRAND, actor="anna", now=now)
    return TestClient(create_app(workspace, now=lambda: now), follow_redirects=False)


ON_BOTH = pytest.mark.parametrize(
    "workspace",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)],
    indirect=True,
)
"""Marks a test whose rows matter. The others run on SQLite; their SQL is tested in its stage."""


@pytest.fixture
def workspace(request):
    on_postgresql = getattr(request, "param", "sqlite") == "postgresql"
    return request.getfixturevalue("postgres_workspace" if on_postgresql else "sqlite_workspace")


@pytest.fixture
def client(workspace, now):
    """The site, open to its visitors."""
    return opened(workspace, now)


@pytest.fixture
def light(sqlite_workspace, now):
    """The site on SQLite alone, where no rows matter."""
    return opened(sqlite_workspace, now)

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


@pytest.fixture
def client(workspace, now):
    """The site on both databases."""
    return opened(workspace, now)


@pytest.fixture
def light(sqlite_workspace, now):
    """The site on SQLite alone, where no rows matter."""
    return opened(sqlite_workspace, now)

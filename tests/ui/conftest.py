"""The interface on a workspace of its own, run by Streamlit's tester without a browser."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from campaigns.delivery import campaigns
from campaigns.segments import verbs as segments
from campaigns.sheets import intake
from campaigns.store.options import Brand, save_brand
from campaigns.store.workspace import Workspace
from campaigns.ui.resources import _opened
from tests.support.sheets import arrive

MAIN = Path(__file__).parents[2] / "campaigns" / "ui" / "main.py"
BRAND = Brand(
    shop_name="Նուռ", legal_name="«Նուռ» ՍՊԸ", postal_address="Աբովյան 12, Երևան 0001",
    from_address="hello@nur.example", reply_to="hello@nur.example", signer="Աննան և թիմը",
)  # fmt: skip
EVIL = "![x](https://evil.example/p.png) <b>Ani</b> :red[x] $y$"
CUSTOMERS = f"""ID,Անուն,Էլ. հասցե,Քաղաք,Լեզու,Համաձայն է նամակներ ստանալ
C-1,Անի,ani@example.am,Երևան,հայերեն,այո
C-2,ნინო,nino@example.ge,თბილისი,ქართული,այո
C-3,Emma,emma@example.com,Yerevan,English,այո
C-4,{EVIL},evil@example.am,Երևան,հայերեն,
C-5,Տիգրան,not an address,Գյումրի,հայերեն,այո
"""


@pytest.fixture(scope="session", autouse=True)
def scanned_once():
    """Let Streamlit look through the installed packages for components once, not for each page."""
    once = cache(manifest_scanner.scan_component_manifests)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture
def open_page(sqlite_workspace, monkeypatch):
    """Return a function that opens a page in a language."""
    monkeypatch.setenv("CAMPAIGNS_DATA", str(sqlite_workspace.settings.data))
    _opened.clear()

    def opened(name: str, language: str = "en") -> AppTest:
        page = AppTest.from_file(str(MAIN), default_timeout=30)
        page.query_params["lang"] = language
        page.run()
        if name != "home":
            page.switch_page(f"screens/{name}.py").run()
        return page

    yield opened
    _opened(sqlite_workspace.settings).database.close()
    _opened.clear()


@pytest.fixture
def shop(sqlite_workspace, now) -> Workspace:
    """A shop with its details, five customers of three languages, and one saved segment."""
    with sqlite_workspace.database.begin() as connection:
        save_brand(connection, BRAND, actor="anna", now=now)
    for upload_id in received(sqlite_workspace, now):
        mapping = intake.preview(sqlite_workspace, upload_id).mapping
        intake.confirm(sqlite_workspace, upload_id, mapping, actor="anna", now=now)
        intake.store_upload(sqlite_workspace, upload_id, actor="anna", now=now)
    segments.save(sqlite_workspace, "Հայերեն", 'language = "hy"', actor="anna", now=now)
    return sqlite_workspace


@pytest.fixture
def busy_shop(shop, now) -> Workspace:
    """The same with a campaign that waits for approval."""
    campaigns.create(shop, "March", segment="everyone", letter="we_miss_you", actor="a", now=now)
    campaigns.plan(shop, "March", actor="anna", now=now)
    return shop


def received(workspace: Workspace, now) -> list[int]:
    """Receive the customers' sheet, and return its uploads."""
    return arrive(workspace, CUSTOMERS.encode(), "customers.csv", now=now)

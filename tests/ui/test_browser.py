"""What only a browser can show: Streamlit's own words, the sandbox of letters, foreign requests."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.support.browser import chromium_path
from tools.screenshots import FLAGS, interface, settle

pytestmark = pytest.mark.e2e

WORDS = """() => Array.from(document.querySelectorAll('[data-testid=stMain], [data-testid=stSidebar]'))
  .flatMap((root) => Array.from(root.querySelectorAll('*')))
  .flatMap((e) => ['aria-label', 'placeholder', 'title'].map((name) => e.getAttribute(name))
    .concat(Array.from(e.childNodes).filter((n) => n.nodeType === 3).map((n) => n.data)))
  .filter((text) => text && text.trim())"""
ICON = re.compile(r"[a-z_]+")
# File endings, our own names of languages, and what a rule is written in.
KNOWN = re.compile(r"XLSX|ZIP|Eng$|orders >= 2|campaigns up|SendGrid|app$|@|^https?:")


@pytest.fixture
def page(busy_shop):
    with interface(busy_shop.settings.data) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900})
        page.set_default_timeout(30_000)
        yield page
        browser.close()


def test_the_pages_speak_one_language_load_nothing_foreign_and_jail_letters(page):
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text))

    page.goto("/contacts?lang=hy")
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Հաճախորդներ")
    assert _english(page) == []
    assert page.evaluate("document.documentElement.lang") == "hy"

    page.get_by_role("radio", name="ქარ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("კონტაქტები")
    expect(page.get_by_test_id("stFileUploader").locator("button").first).to_have_text(
        re.compile("ატვირთვა")
    )
    assert _english(page) == []

    page.get_by_role("link", name="წერილები", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("წერილები")
    settle(page)
    assert _english(page) == []
    page.locator(".st-key-open-True-apology button").click()
    settle(page)
    frame = page.locator("[data-testid=stIFrame]:visible").first
    assert frame.evaluate("frame => frame.contentDocument") is None
    answer = page.request.get(frame.get_attribute("src"))
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")

    base = page.url.split("/letters")[0]
    assert [url for url in asked if not url.startswith((base, "data:", "blob:"))] == []
    assert [text for text in refused if "Content Security Policy" in text] == []


def _english(page: Page) -> list[str]:
    texts = {text.strip() for text in page.evaluate(WORDS)}
    return sorted(
        text
        for text in texts
        if re.search(r"[A-Za-z]{3,}", text)
        and not re.search(r"[ա-ֆა-ჰ]", text)
        and not ICON.fullmatch(text)
        and not KNOWN.search(text)
        and text not in {"customers.csv", "Emma", "Yerevan"}
    )

"""Photographs every page of the interface in three languages at two widths.

    .venv/bin/python -m tools.screenshots DATA FOLDER [--pages home,contacts] [--languages hy]

Starts the interface on the data folder, saves ``<page>-<language>-<width>.png``, and reports
what a reader should not meet: texts wider than the window, and requests to other machines.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.browser import chromium_path

ROOT = Path(__file__).parents[1]
PAGES = (
    "home",
    "contacts",
    "segments",
    "letters",
    "campaigns",
    "replies",
    "cards",
    "testimonials",
    "connect",
    "deliverability",
    "settings",
)
LANGUAGES = ("hy", "ka", "en")
SIZES = {1280: 900, 390: 844}
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--font-render-hinting=none", "--force-color-profile=srgb", "--hide-scrollbars",
)  # fmt: skip
SETTLED = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  return app?.dataset.testConnectionState === 'CONNECTED'
    && app.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-stale=true], [data-testid=stSkeleton], [data-testid=stSpinner]')
    && document.fonts.status === 'loaded' && !!document.querySelector('h1');
}"""
TOO_WIDE = """() => Array.from(document.querySelectorAll('[data-testid=stMain] *'))
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && e.children.length === 0
    && e.textContent.trim() && !e.closest('[data-testid=stDataFrame], [role=tablist], pre'))
  .map((e) => e.textContent.trim().slice(0, 60)).slice(0, 5)"""


def main() -> None:
    """Take the photographs that the arguments ask for."""
    asked = _arguments()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with interface(asked.data) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        for width, height in SIZES.items():
            for language in asked.languages.split(","):
                _photograph(browser, address, asked, language, (width, height))
        browser.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", default=",".join(PAGES))
    parser.add_argument("--languages", default=",".join(LANGUAGES))
    return parser.parse_args()


def _photograph(
    browser: Browser, address: str, asked: argparse.Namespace, language: str, size: tuple[int, int]
) -> None:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, timezone_id="Asia/Yerevan",
        reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.on("request", lambda request: _report_foreign(request.url, address))
    for name in asked.pages.split(","):
        path = "" if name == "home" else name
        page.goto(f"{address}/{path}?lang={language}")
        settle(page)
        for text in page.evaluate(TOO_WIDE):
            print(f"{name} {language} {size[0]}: wider than the window: {text}")
        _grow(page, size)
        page.screenshot(path=asked.folder / f"{name}-{language}-{size[0]}.png")
        page.set_viewport_size({"width": size[0], "height": size[1]})
    context.close()


def settle(page: Page) -> None:
    """Wait until Streamlit has drawn the page and the fonts are there."""
    for _ in range(2):
        page.wait_for_function(SETTLED, timeout=30_000)
        page.wait_for_timeout(400)


def _grow(page: Page, size: tuple[int, int]) -> None:
    """Make the window as tall as the page, which scrolls inside of it."""
    tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": size[0], "height": max(size[1], min(tall, 6000))})
    settle(page)


def _report_foreign(url: str, address: str) -> None:
    if not url.startswith((address, "data:", "blob:")):
        print(f"request to another machine: {url}")


@contextmanager
def interface(data: Path) -> Iterator[str]:
    """Run the interface on a data folder and yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = {**os.environ, "CAMPAIGNS_DATA": str(data.resolve())}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        address = f"http://127.0.0.1:{port}"
        _await(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def _await(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)  # noqa: S310 - our own
        except OSError:
            if process.poll() is not None:
                sys.exit("the interface ended at once; its words stand above")
            time.sleep(0.2)
        else:
            return


if __name__ == "__main__":
    main()

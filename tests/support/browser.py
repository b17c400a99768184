"""Which Chromium the browser tests drive: the one given, one installed here, or Playwright's own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HELP = (
    "the tests need Chromium: install the package 'chromium' (as root `make test` does it), "
    "or run `.venv/bin/python -m playwright install chromium`, or set TEST_CHROMIUM to its path"
)


def chromium_path() -> str:
    """Return the path of Chromium.

    Raises:
        RuntimeError: there is none; the text says what to install.
    """
    if found := find_chromium():
        return found
    raise RuntimeError(HELP)


def find_chromium() -> str | None:
    """Return the path of Chromium, or None."""
    if given := os.environ.get("TEST_CHROMIUM"):
        return given
    for name in NAMES:
        if found := shutil.which(name):
            return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None

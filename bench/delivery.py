"""How fast a campaign is sent: planned, checked, written, verified, submitted and kept in the ledger.

.venv/bin/python -m bench.delivery [--readers 100000] [--naive 300] [--million] [--workers]

The provider is a process of its own on this machine. The naive way reads the rows of a workbook
with openpyxl, renders each letter with stock Jinja and makes one call of SendGrid's client for
each; it is measured on fewer readers and compared as a rate, in the same run. ``--workers``: one
and two workers against a provider that answers after 200 ms.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.delivery_shop import NOW, fill
from bench.delivery_ways import naive, write_book
from bench.own_process import _peak_mb as peak_mb
from campaigns.delivery import campaigns, trial_rows
from campaigns.delivery.account import read_account
from campaigns.delivery.dispatch import send_campaign
from campaigns.settings import Settings
from campaigns.store.options import read_brand
from campaigns.store.workspace import Workspace, open_workspace

LETTER = "thank_you"
NAME = "bench"
SLOW_S = 0.2


def main() -> None:
    """Send one campaign in each way, and print what each took."""
    said = _arguments()
    if said.work:
        _work(Path(said.work), said.port)
        return
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        rate = _naive(here, said.naive)
        for readers in [said.readers // 10, said.readers, *([1_000_000] if said.million else [])]:
            _ours(here / str(readers), readers, rate)
        if said.workers:
            _shared(here, said.readers)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.delivery")
    parser.add_argument("--readers", type=int, default=100_000)
    parser.add_argument("--naive", type=int, default=300, help="readers of the naive way")
    parser.add_argument("--million", action="store_true", help="a million as well: minutes")
    parser.add_argument("--workers", action="store_true", help="two workers against one")
    parser.add_argument("--work", default="", help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args()


def _naive(folder: Path, count: int) -> float:
    """Return how many readers a second the naive way sends to."""
    book = folder / "customers.xlsx"
    write_book(book, count)
    with _provider() as provider:
        took, core = _timed(lambda: naive(book, provider.port))
    print(f"naive way, {count:,} rows of a workbook: {count / took:,.0f} a second,"
          f" {core / count * 1e6:,.0f} core-µs a reader,"
          f" {provider.got['bytes'] / count:,.0f} bytes")  # fmt: skip
    return count / took


def _ours(folder: Path, readers: int, naive_rate: float) -> None:
    began = time.perf_counter()
    shop = _shop(folder, readers)
    print(f"\n{readers:,} readers (shop filled in {time.perf_counter() - began:.1f} s)")
    planning, plan_core = _timed(lambda: _plan(shop))
    looking, look_core = _timed(lambda: _start(shop))
    with _provider() as provider:
        object.__setattr__(shop.settings, "sendgrid_host", f"http://127.0.0.1:{provider.port}")
        sending, core = _timed(lambda: send_campaign(shop, 1, owner="bench"))
    got, total = provider.got, planning + sending
    print(f"{'':28} {'seconds':>8} {'core-s':>8} {'per s':>10}")
    for name, took, used in (("planned", planning, plan_core),
                             ("written, sent, kept", sending, core),
                             ("together", total, plan_core + core)):  # fmt: skip
        print(f"{name:28} {took:8.2f} {used:8.2f} {got['letters'] / took:10,.0f}")
    print(f"{'(looked over for approval)':28} {looking:8.2f} {look_core:8.2f}")
    print(f"{got['letters'] / total / naive_rate:,.0f}× the naive way ·"
          f" {got['bytes'] / got['letters']:,.0f} bytes a reader in"
          f" {got['requests']:,} requests · {peak_mb():,.0f} MB at most")  # fmt: skip
    shop.database.close()


def _shared(folder: Path, readers: int) -> None:
    """Compare one worker with two, when each answer takes a while."""
    took: dict[int, float] = {}
    for workers in (1, 2):
        shop = _shop(folder / f"workers-{workers}", readers)
        _plan(shop)
        _start(shop)
        shop.database.close()
        with _provider(SLOW_S) as provider:
            words = [sys.executable, "-m", "bench.delivery", "--port", str(provider.port),
                     "--work", str(shop.settings.data)]  # fmt: skip
            took[workers] = _together(words, workers)
    print(f"\nanswers after {SLOW_S:.1f} s: one worker {readers / took[1]:,.0f} readers a second,"
          f" two {readers / took[2]:,.0f}, {took[1] / took[2]:.2f}×")  # fmt: skip


def _together(words: list[str], workers: int) -> float:
    """Return the seconds that workers need from when all of them stand ready, as they do in a shop."""
    each = [
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(workers)
    ]
    for one in each:
        assert one.stdout is not None
        one.stdout.readline()
    began = time.perf_counter()
    for one in each:
        assert one.stdin is not None
        one.stdin.close()
    for one in each:
        one.wait()
    return time.perf_counter() - began


def _work(folder: Path, port: int) -> None:
    shop = open_workspace(_settings(folder, port))
    print("ready", flush=True)
    sys.stdin.read()
    send_campaign(shop, 1, owner=f"worker {time.monotonic_ns()}")


def _settings(folder: Path, port: int = 0) -> Settings:
    return Settings(
        data=folder, public_url="https://letters.nur.example", sendgrid_api_key="SG.bench",
        sendgrid_host=f"http://127.0.0.1:{port}",
    )  # fmt: skip


def _shop(folder: Path, readers: int) -> Workspace:
    shop = open_workspace(_settings(folder))
    fill(shop, readers)
    return shop


def _plan(shop: Workspace) -> None:
    campaigns.create(shop, NAME, segment="everyone", letter=LETTER, transport="sendgrid",
                     actor=NAME, now=NOW)  # fmt: skip
    campaigns.plan(shop, NAME, actor=NAME, now=NOW)


def _try(shop: Workspace) -> None:
    """Say that a letter to ourselves was taken: what is measured comes after it."""
    with shop.database.begin() as connection:
        sender = read_brand(connection).from_address
        trial_rows.intend(connection, {
            "token": NAME, "transport": "sendgrid", "letter": LETTER, "language": "en",
            "account": read_account(shop).fingerprint(sender), "key": NAME, "address_hash": NAME,
            "outcome": "accepted", "at": NOW, "actor": NAME,
        })  # fmt: skip


def _start(shop: Workspace) -> None:
    _try(shop)
    campaigns.approve(
        shop, NAME, actor=NAME, now=NOW, probe=lambda _url: True,
        account=lambda _settings, _name: None,
    )  # fmt: skip
    campaigns.send(shop, NAME, actor=NAME, now=NOW)


class _Provider:
    """A provider in a process of its own."""

    def __init__(self, delay_s: float) -> None:
        words = [sys.executable, "-m", "bench.delivery_provider", str(delay_s)]
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())
        self.got: dict[str, int] = {}


@contextmanager
def _provider(delay_s: float = 0.0) -> Iterator[_Provider]:
    provider = _Provider(delay_s)
    try:
        yield provider
    finally:
        provider.got = json.loads(provider.process.communicate()[0])


def _timed(work: Any) -> tuple[float, float]:
    began, spent = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - spent


if __name__ == "__main__":
    main()

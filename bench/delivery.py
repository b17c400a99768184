"""How fast a campaign is sent: planned, checked, written, verified, submitted and kept in the ledger.

.venv/bin/python -m bench.delivery [--readers 100000] [--naive 300] [--million] [--workers]
                                   [--database postgresql]

The provider is a process of its own on this machine. The naive way reads the rows of a workbook
with openpyxl, renders each letter with stock Jinja and makes one call of SendGrid's client for
each; it is measured on fewer readers and compared as a rate, in the same run. While a campaign is
sent, a further process asks for what its page shows. ``--workers``: one and two worker processes,
against a provider that answers at once and one that answers after 200 ms. ``--database
postgresql``: on the server that the tests use (``tests.support.postgres``).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.delivery_processes import NAME, beside, together
from bench.delivery_shop import fill, settings_of, try_out
from bench.delivery_ways import naive, write_book
from bench.own_process import _peak_mb as peak_mb
from campaigns import clock
from campaigns.delivery import campaigns, options
from campaigns.delivery.dispatch import send_campaign
from campaigns.model.options import Schedule
from campaigns.store.workspace import Workspace, open_workspace
from tests.support.postgres import postgres

LETTER = "thank_you"
AT_ANY_HOUR = Schedule(opens=0, closes=0, holidays=True)
SLOW_S = 0.2
PROVIDER, PROCESSES = "bench.delivery_provider", "bench.delivery_processes"


def main() -> None:
    """Send one campaign in each way, and print what each took."""
    said = _arguments()
    with tempfile.TemporaryDirectory() as folder, _server(said.database) as server:
        here = Path(folder)
        rate = _naive(here, said.naive)
        sizes = [said.readers // 10, said.readers, *([1_000_000] if said.million else [])]
        for readers in sizes:
            _ours(here / str(readers), readers, rate, server)
        if said.workers:
            for delay_s, readers in ((0.0, sizes[-1]), (SLOW_S, said.readers)):
                _shared(here, readers, delay_s, server)


@contextmanager
def _server(name: str) -> Iterator[str]:
    """Have a server of PostgreSQL where it is wanted; else nothing."""
    if name == "sqlite":
        yield ""
        return
    with postgres() as url:
        yield url


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.delivery")
    parser.add_argument("--readers", type=int, default=100_000)
    parser.add_argument("--naive", type=int, default=300, help="readers of the naive way")
    parser.add_argument("--million", action="store_true", help="a million as well: minutes")
    parser.add_argument("--workers", action="store_true", help="two workers against one")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    return parser.parse_args()


def _naive(folder: Path, count: int) -> float:
    """Return how many readers a second the naive way sends to."""
    book = folder / "customers.xlsx"
    write_book(book, count)
    with beside(PROVIDER) as provider:
        took, core = _timed(lambda: naive(book, int(provider.first)))
    print(f"naive way, {count:,} rows of a workbook: {count / took:,.0f} a second,"
          f" {core / count * 1e6:,.0f} core-µs a reader,"
          f" {provider.told['bytes'] / count:,.0f} bytes")  # fmt: skip
    return count / took


def _ours(folder: Path, readers: int, naive_rate: float, server: str) -> None:
    began = time.perf_counter()
    shop = _shop(folder, readers, server)
    print(f"\n{readers:,} readers (shop filled in {time.perf_counter() - began:.1f} s)")
    planning, plan_core = _timed(lambda: _plan(shop))
    looking, look_core = _timed(lambda: _start(shop))
    with beside(PROVIDER) as provider:
        object.__setattr__(shop.settings, "sendgrid_host", f"http://127.0.0.1:{provider.first}")
        with beside(PROCESSES, "look", folder, 0, shop.settings.database_url) as page:
            sending, core = _timed(lambda: send_campaign(shop, 1, owner="bench"))
    got, total = provider.told, planning + sending
    assert got["letters"] == readers, got
    print(f"{'':28} {'seconds':>8} {'core-s':>8} {'per s':>10}")
    for name, took, used in (("planned", planning, plan_core),
                             ("written, sent, kept", sending, core),
                             ("together", total, plan_core + core)):  # fmt: skip
        print(f"{name:28} {took:8.2f} {used:8.2f} {readers / took:10,.0f}")
    print(f"{'(looked over for approval)':28} {looking:8.2f} {look_core:8.2f}")
    print(f"{readers / total / naive_rate:,.0f}× the naive way ·"
          f" {got['bytes'] / readers:,.0f} bytes a reader in {got['requests']:,} requests over"
          f" {got['connections']:,} connections · {peak_mb():,.0f} MB at most")  # fmt: skip
    print(f"its page meanwhile, {page.told['looks']:,} looks: p50 {page.told['p50_ms']:.1f} ms,"
          f" p99 {page.told['p99_ms']:.1f} ms")  # fmt: skip
    shop.database.close()


def _shared(folder: Path, readers: int, delay_s: float, server: str) -> None:
    """Compare one worker with two."""
    took: dict[int, float] = {}
    planning = 0.0
    for workers in (1, 2):
        shop = _shop(folder / f"workers-{delay_s}-{workers}", readers, server)
        planning, _ = _timed(lambda shop=shop: _plan(shop))
        _start(shop)
        shop.database.close()
        with beside(PROVIDER, delay_s) as provider:
            took[workers], most_mb = together(
                workers, shop.settings.data, provider.first, shop.settings.database_url
            )
    print(f"\n{readers:,} readers, answers after {delay_s:.1f} s: one worker"
          f" {readers / took[1]:,.0f} readers a second, two {readers / took[2]:,.0f},"
          f" {took[1] / took[2]:.2f}× · {most_mb:,.0f} MB each at most ·"
          f" planned and sent by two in {planning + took[2]:.1f} s")  # fmt: skip


def _shop(folder: Path, readers: int, server: str) -> Workspace:
    shop = open_workspace(settings_of(folder, 0, _database(server, folder.name)), upgrade=True)
    fill(shop, readers)
    try_out(shop, LETTER)
    return shop


def _database(server: str, name: str) -> str:
    """Return the address of a new database on the server; empty: a file of the shop's own."""
    if not server:
        return ""
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "bench-{name}"')
    engine.dispose()
    return sa.make_url(server).set(database=f"bench-{name}").render_as_string(False)


def _plan(shop: Workspace) -> None:
    now = clock.utcnow()
    campaigns.create(shop, NAME, segment="everyone", letter=LETTER, transport="sendgrid",
                     actor=NAME, now=now)  # fmt: skip
    options.change(shop, NAME, actor=NAME, now=now, schedule=AT_ANY_HOUR)
    campaigns.plan(shop, NAME, actor=NAME, now=now)


def _start(shop: Workspace) -> None:
    now = clock.utcnow()
    campaigns.approve(
        shop, NAME, actor=NAME, now=now, probe=lambda _url: True, account=lambda *_asked: None
    )
    campaigns.send(shop, NAME, actor=NAME, now=now)


def _timed(work: Any) -> tuple[float, float]:
    began, spent = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - spent


if __name__ == "__main__":
    main()

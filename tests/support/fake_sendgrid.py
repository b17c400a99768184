"""A SendGrid on this machine: strict about what it is asked, and unreliable on demand.

It validates each body against the published schema and the rules that the schema cannot say
(``provider.rules``), answers as SendGrid does, keeps what it accepted, renders the substitutions in
several orders, and posts signed events (``provider.posting``). Faults: ``provider.faults``.

``python -m tests.support.fake_sendgrid --port 8099 --state FILE`` runs it alone: its first line is
its address. What a key may do is asked with ``GET /v3/scopes``: ``Account.scopes``, or a fault of
its own: a status, ``drop`` or ``hang``.

Control: ``GET /messages``, ``GET /figures``, ``POST /faults`` (a JSON list, or an object of
``faults.Weather``), ``POST /events`` (posts them, signed, for every accepted message).
"""

from __future__ import annotations

import argparse
import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.support.provider.account import Account
from tests.support.provider.rules import SCHEMA, broken_rules, rendered
from tests.support.provider.server import API_KEY, FakeSendGrid

__all__ = ["API_KEY", "SCHEMA", "Account", "FakeSendGrid", "rendered", "running", "violations"]


def violations(account: Account, body: Any) -> list[dict[str, Any]]:
    """What SendGrid would refuse in a body: its ``errors``."""
    return broken_rules(account.valid, body)


@contextmanager
def running(*, rules_may_break: bool = False) -> Iterator[tuple[Account, str]]:
    """A fake in a thread of this process: its account and its address.

    Raises:
        AssertionError: at the end, when a body broke a rule of SendGrid that nobody expected.
    """
    fake = FakeSendGrid()
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(fake.app, shutdown_timeout=0.1)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    address = asyncio.run_coroutine_threadsafe(_start(runner, 0), loop).result(10)
    try:
        yield fake.account, address
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
    assert rules_may_break or not fake.account.problems, fake.account.problems[:3]


async def _start(runner: web.AppRunner, port: int) -> str:
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"


async def _serve(said: argparse.Namespace) -> None:
    account = Account(said.state)
    account.delay_s, account.validates_one_in = said.delay_s, said.validates_one_in
    account.schedule.has_activity = True
    print(await _start(web.AppRunner(FakeSendGrid(account).app), said.port), flush=True)  # noqa: T201
    await asyncio.Event().wait()


def main() -> None:
    """Run alone, until killed."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--port", type=int, default=8099)
    words.add_argument("--state", type=Path, help="file that keeps what was accepted")
    words.add_argument("--delay-s", type=float, default=0.0, help="each answer takes this long")
    words.add_argument(
        "--validates-one-in", type=int, default=1, help="validate a share, to be no bottleneck"
    )
    asyncio.run(_serve(words.parse_args()))


if __name__ == "__main__":
    main()

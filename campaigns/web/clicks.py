"""Counted links: keep that somebody followed one, and send them on.

Where a link leads is known only to our rows, so the address can be made to lead nowhere else. The
click is stored before the reader goes on, together with all others of the same moment: one commit,
however many they are. When the database is busy for longer than ``WAIT_S``, the reader goes on all
the same, and the click waits in memory for its turn.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections import Counter
from concurrent.futures import Future, InvalidStateError, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import quote

import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from campaigns.clock import new_token, sleep_s
from campaigns.delivery.heard import clicks
from campaigns.delivery.heard.clicks import Click
from campaigns.delivery.heard.readers import Machine
from campaigns.delivery.recipients import CLICK
from campaigns.errors import InputError
from campaigns.store.workspace import Workspace
from campaigns.web.guard import log_unexpected
from campaigns.web.pages import Site

WAIT_S = 0.5
AGAIN_S = 1.0
MOST_WAITING = 100_000
"""Clicks that wait in memory at most, some 50 MB; more of them are no longer kept."""
MOST_OF_A_LETTER = 50
"""Clicks of one letter that are kept in an hour: whoever holds a link may follow it for ever, and
shall not fill the disk by it."""
TRIES = 60
DIGITS = 6
AS_WRITTEN = "%:/?#[]@!$&'()*+,;=~-._"
"""What RFC 3986 lets stand in an address; Armenian letters and line breaks may not."""
_AHEAD = ("sec-purpose", "purpose", "x-purpose", "x-moz")
"""Headers in which a browser says that it fetches before anybody asked it to."""

_log = logging.getLogger("campaigns.web")


@dataclass(slots=True)
class Keeper:
    """Stores clicks, all that wait at once, on a thread of its own."""

    site: Site
    waiting: list[tuple[Click, Future[None]]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    failures: int = 0
    """In a row."""
    is_late: bool = False
    """The database is busy: nobody waits for it until something is stored again."""
    hour: int = 0
    followed: Counter[str] = field(default_factory=Counter)
    """Clicks of each letter in this hour."""
    thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "clicks"))

    def keep(self, click: Click) -> Future[None]:
        """Store a click; the answer is there when it is."""
        kept: Future[None] = Future()
        with self.lock:
            if self._is_too_often(click) or len(self.waiting) >= MOST_WAITING:
                kept.set_result(None)
                return kept
            self.waiting.append((click, kept))
        self.thread.submit(self._store)
        return kept

    def _is_too_often(self, click: Click) -> bool:
        hour = int(click.at.timestamp() // 3600)
        if hour != self.hour:
            self.hour, self.followed = hour, Counter()
        self.followed[click.token] += 1
        return self.followed[click.token] > MOST_OF_A_LETTER

    def _store(self) -> None:
        with self.lock:
            taken, self.waiting = self.waiting, []
        if not taken:
            return
        try:
            now = self.site.now()
            clicks.keep(self.site.workspace, [click for click, _ in taken], now=now)
        except (sa.exc.SQLAlchemyError, OSError) as error:
            log_unexpected(error)
            with self.lock:
                self.waiting = taken + self.waiting
            self.failures += 1
            if self.failures < TRIES:  # beyond that, the next click tries once more
                sleep_s(AGAIN_S)
                self.thread.submit(self._store)
            return
        self.failures, self.is_late = 0, False
        for _, kept in taken:
            with contextlib.suppress(InvalidStateError):  # its reader has left
                kept.set_result(None)


def routes(site: Site) -> list[Route]:
    """Return the routes of this area."""
    path = f"/{clicks.PATH}/{{signed}}/{{number}}"
    return [Route(path, partial(follow, site, Keeper(site)), methods=["GET"])]


async def follow(site: Site, keeper: Keeper, request: Request) -> Response:
    """Send a reader on to where a link leads."""
    token, number = _token(site, request), _number(request)
    url = await run_in_threadpool(_target, site.workspace, token, number)
    if url is None:
        raise HTTPException(404)
    agent = request.headers.get("user-agent", "")
    click = Click(new_token(), token, number, site.now(), agent, _machine(request))
    kept = keeper.keep(click)
    if not keeper.is_late:
        await _wait(keeper, kept)
    return Response(status_code=302, headers={"Location": quote(url, safe=AS_WRITTEN)})


async def _wait(keeper: Keeper, kept: Future[None]) -> None:
    done, _ = await asyncio.wait([asyncio.wrap_future(kept)], timeout=WAIT_S)
    if not done and not keeper.is_late:
        keeper.is_late = True
        _log.warning("readers go on before their clicks are kept: the database is busy")


def _target(workspace: Workspace, token: str, number: int) -> str | None:
    with workspace.database.read() as connection:
        return clicks.target(connection, token, number)


def _machine(request: Request) -> Machine | None:
    """Return what the request itself gives away: nobody who reads asks for the headers alone."""
    if request.method == "HEAD":
        return Machine.SCANNER
    told = " ".join(request.headers.get(name, "") for name in _AHEAD).lower()
    return Machine.PREVIEW if "prefetch" in told or "preview" in told else None


def _token(site: Site, request: Request) -> str:
    try:
        return site.workspace.signer.check_brief(CLICK, request.path_params["signed"])
    except InputError as cause:
        raise HTTPException(404) from cause


def _number(request: Request) -> int:
    text = request.path_params["number"]
    if not (text.isascii() and text.isdecimal() and len(text) <= DIGITS):
        raise HTTPException(404)
    return int(text)

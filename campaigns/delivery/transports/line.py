"""One way to a provider's host that is kept open: an event loop on a thread, a pool of connections.

A connection that was used is used again, which spares a handshake a request. What becomes of a
request is told apart at one point: before its first byte it is certainly not there (`NotSent`);
from then on nobody knows, unless the head of an answer came back. A connection that idles is given
up long before a server would: one that it has just closed would leave a request in doubt.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import aiohttp

CONNECT_S = 5.0
IDLE_S = 2.0
"""Servers and what stands before them keep an idle connection for 5 seconds at the least."""
ANSWER_BYTES = 65_536
"""More than this of an answer is not read."""


class NotSent(Exception):
    """Nothing of the request left this machine; the text names the class of the cause."""


class NoAnswer(Exception):
    """The request may have arrived; nobody knows. The text names the class of the cause."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back: its head, and as much of its content as could be read."""

    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(slots=True)
class Line:
    """Posts for any number of threads, ``calls`` requests at once; the first post opens it."""

    calls: int
    _opening: threading.Lock = field(default_factory=threading.Lock)
    _loop: asyncio.AbstractEventLoop | None = None
    _thread: threading.Thread | None = None
    _session: aiohttp.ClientSession | None = None

    def post(
        self, url: str, content: bytes, headers: Mapping[str, str], *, total_s: float
    ) -> Answered:
        """Post ``content`` once and wait for the answer, ``total_s`` at most.

        Raises:
            NotSent: no connection could be had.
            NoAnswer: the request left, wholly or in part, and no answer came.
        """
        return self._run(self._post(url, content, headers, total_s))

    def close(self) -> None:
        """End the connections, the loop and its thread. A later post opens them anew."""
        with self._opening:
            loop, thread = self._loop, self._thread
            if loop is None or thread is None:
                return
            asyncio.run_coroutine_threadsafe(self._end(), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()
            self._loop = self._thread = None

    def _run(self, work: Coroutine[Any, Any, Answered]) -> Answered:
        with self._opening:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=self._loop.run_forever, name="line", daemon=True
                )
                self._thread.start()
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=self.calls, keepalive_timeout=IDLE_S, family=socket.AF_UNSPEC
            )
            self._session = aiohttp.ClientSession(
                connector=connector, trust_env=False, cookie_jar=aiohttp.DummyCookieJar(),
                trace_configs=[_watch()],
            )  # fmt: skip
        return self._session

    async def _end(self) -> None:
        if self._session is not None:
            await self._session.close()
        self._session = None

    async def _post(
        self, url: str, content: bytes, headers: Mapping[str, str], total_s: float
    ) -> Answered:
        state = SimpleNamespace(begun=False)
        timeout = aiohttp.ClientTimeout(total=total_s, connect=CONNECT_S)
        try:
            async with self._opened().post(
                url, data=content, headers=headers, allow_redirects=False, timeout=timeout,
                trace_request_ctx=state,
            ) as response:  # fmt: skip
                return Answered(response.status, response.headers, await _content(response))
        except (aiohttp.ClientError, OSError) as cause:  # OSError: TimeoutError is one
            kind = NoAnswer if state.begun else NotSent
            raise kind(type(cause).__name__) from None


async def _content(response: aiohttp.ClientResponse) -> bytes:
    """Return what can be had of the content: the head has said what became of the request."""
    found = bytearray()
    with suppress(aiohttp.ClientError, OSError):
        while len(found) < ANSWER_BYTES and (part := await response.content.readany()):
            found += part
    return bytes(found)


def _watch() -> aiohttp.TraceConfig:
    """Note when the first byte of a request is about to be written."""

    async def begins(_session: object, context: SimpleNamespace, _params: object) -> None:
        context.trace_request_ctx.begun = True

    watch = aiohttp.TraceConfig()
    watch.on_request_headers_sent.append(begins)
    return watch

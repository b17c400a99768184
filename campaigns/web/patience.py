"""How long a visitor may take, and how much of what they send waits in memory.

Whoever sends a byte a minute would otherwise hold a connection for ever, and with it all that they
sent before.
"""

from __future__ import annotations

import asyncio
from asyncio import Transport
from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from campaigns.clock import monotonic_s

HEAD_S = 10.0
"""In which the head of a request must have come; a connection with none is closed after twice that."""
BODY_S = 60.0
"""In which a body must have come: SendGrid brings mails of 30 MB."""
SMALL_BYTES = 64 * 1024
"""What a form takes. It is never refused for what others send: readers can always leave."""
HELD_BYTES = 200_000_000
"""Of all bodies that wait in memory."""


class Patience:
    """Ends a request whose body comes too slowly, or that comes while others fill the memory."""

    def __init__(
        self, app: ASGIApp, *, body_s: float = BODY_S, held_bytes: int = HELD_BYTES,
        now_s: Callable[[], float] = monotonic_s,
    ) -> None:  # fmt: skip
        self.app = app
        self.body_s = body_s
        self.held_bytes = held_bytes
        self.now_s = now_s
        self.held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        ends_s = self.now_s() + self.body_s
        mine, is_whole = 0, scope["type"] != "http"

        async def limited() -> Message:
            nonlocal mine, is_whole
            if is_whole:
                return await receive()
            try:
                async with asyncio.timeout(max(0.0, ends_s - self.now_s())):
                    message = await receive()
            except TimeoutError as cause:
                raise HTTPException(408, headers={"Connection": "close"}) from cause
            size = len(message.get("body", b""))
            mine, self.held = mine + size, self.held + size
            is_whole = not message.get("more_body", False)
            if mine > SMALL_BYTES and self.held > self.held_bytes:
                raise HTTPException(503, headers={"Connection": "close", "Retry-After": "60"})
            return message

        try:
            await self.app(scope, limited, send)
        finally:
            self.held -= mine


class Connection(H11Protocol):
    """A visitor's connection, which is closed when no request comes for long."""

    head_s = HEAD_S

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._look_later()

    def _look_later(self) -> None:
        self.loop.call_later(self.head_s, self._look, self.cycle)

    def _look(self, before: RequestResponseCycle | None) -> None:
        """Close, unless a request has begun since the last look or is being answered."""
        if self.transport.is_closing():
            return
        if self.cycle is before and (before is None or before.response_complete):
            self.transport.close()
        else:
            self._look_later()

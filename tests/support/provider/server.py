"""The HTTP side of the fake SendGrid: the endpoints, and the control of tests over it.

A new endpoint is a function of an account in a module of its own that returns its routes; the list
at the end names it.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from aiohttp import web

from tests.support.provider import desk, lists, scheduling
from tests.support.provider.account import Account
from tests.support.provider.faults import DROPS, HANGS, TAKES_ALL
from tests.support.provider.posting import Manner, post
from tests.support.provider.rules import MAX_BODY_BYTES

API_KEY = "SG.fake-key"
FOR_EVER_S = 3_600.0


class FakeSendGrid:
    """The HTTP side of an account."""

    def __init__(self, account: Account | None = None) -> None:
        self.account = account or Account()
        self.connections: dict[int, int] = {}
        self.app = web.Application(client_max_size=MAX_BODY_BYTES)
        self.app.add_routes(
            [
                web.post("/v3/mail/send", self.send),
                web.get("/v3/scopes", self.scopes),
                web.get("/messages", self.messages),
                web.get("/figures", self.figures),
                web.post("/faults", self.plan_faults),
                web.post("/events", self.post_events),
                web.get("/key", self.public_key),
                *lists.routes(self.account, is_authorized, errors),
                *desk.routes(self.account, is_authorized, errors),
                *scheduling.routes(self.account, is_authorized, errors),
            ]
        )

    async def send(self, request: web.Request) -> web.StreamResponse:
        account = self.account
        account.requests += 1
        fault = account.weather.fault(account.requests, self._connection(request))
        with account.one_more():
            await asyncio.sleep(_seconds(fault) or account.delay_s)
        if fault == "drop-before-body":
            return drop(request)
        try:
            content = await request.read()
        except ConnectionError:  # who asked is gone
            return drop(request)
        if not is_authorized(request):
            return errors(401, "The provided authorization grant is invalid")
        if fault in ("hang", "drop-after-body"):
            return await self._silence(request, fault)
        if fault and fault not in TAKES_ALL and not fault.startswith("slow"):
            return answer(fault)
        return await self._take(request, content, fault)

    async def _take(self, request: web.Request, content: bytes, fault: str) -> web.StreamResponse:
        try:
            body = json.loads(content)
        except ValueError:
            return errors(415, "Invalid UTF8 in request")
        if found := self.account.errors(body) or scheduling.broken(self.account.schedule, body):
            return web.json_response({"errors": found}, status=400)
        if body.get("mail_settings", {}).get("sandbox_mode", {}).get("enable"):
            self.account.checked += len(body["personalizations"])
            return web.Response(status=200)
        message_id = self.account.accept(body)
        if fault in DROPS | HANGS:
            return await self._silence(request, fault)
        if fault == "half-answer":
            return _cut_off(request)
        taken = web.Response(status=202, headers={"X-Message-Id": message_id})
        if fault == "accept-then-close":
            await taken.prepare(request)
            await taken.write_eof()
            asyncio.get_running_loop().call_later(0.01, drop, request)
        return taken

    async def _silence(self, request: web.Request, fault: str) -> web.StreamResponse:
        if fault in HANGS:
            self.account.hanging.set()
            await asyncio.sleep(FOR_EVER_S)
        return drop(request)

    def _connection(self, request: web.Request) -> int:
        return self.connections.setdefault(id(request.transport), len(self.connections) + 1)

    async def scopes(self, request: web.Request) -> web.StreamResponse:
        fault = self.account.scopes_fault
        if not is_authorized(request):
            return errors(401, "authorization required")
        if fault == "hang":
            await asyncio.sleep(FOR_EVER_S)
        if fault == "drop":
            return drop(request)
        return answer(fault) if fault else web.json_response({"scopes": self.account.scopes})

    async def messages(self, _request: web.Request) -> web.Response:
        return web.json_response(self.account.messages)

    async def figures(self, _request: web.Request) -> web.Response:
        account = self.account
        return web.json_response({
            "requests": account.requests, "validated": account.validated,
            "problems": account.problems, "accepted": account.accepted,
        })  # fmt: skip

    async def public_key(self, _request: web.Request) -> web.Response:
        return web.Response(text=self.account.public_key)

    async def plan_faults(self, request: web.Request) -> web.Response:
        wanted = await request.json()
        if isinstance(wanted, list):
            self.account.faults = wanted
        else:
            self.account.delay_s = wanted.pop("delay_s", self.account.delay_s)
            self.account.weather.change(wanted)
        return web.Response(status=204)

    async def post_events(self, request: web.Request) -> web.Response:
        """``{"url": …, "events": ["delivered", …]}`` for every message from ``"since"`` on."""
        wanted = await request.json()
        of = self.account.messages[wanted.get("since", 0) :]
        made = [self.account.event(message, kind) for message in of for kind in wanted["events"]]
        manner = Manner(**wanted.get("manner", {}))
        status = await post(self.account, wanted["url"], made, manner)
        return web.json_response({"status": status, "events": len(made)})

    async def post(self, url: str, events: list[dict[str, Any]]) -> int:
        """Post signed events, as SendGrid does on an ordinary day."""
        return await post(self.account, url, events, Manner())


def is_authorized(request: web.Request) -> bool:
    return request.headers.get("Authorization") == f"Bearer {API_KEY}"


def drop(request: web.Request) -> web.Response:
    """Reset the connection."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


def _cut_off(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.write(b"HTTP/1.1 202 Acc")
        request.transport.close()
    return web.Response(status=500)


def _seconds(fault: str) -> float:
    kind, _, seconds = fault.partition(":")
    return float(seconds) if kind == "slow" else 0.0


def answer(fault: str) -> web.Response:
    """The answer that a fault is."""
    status, _, number = fault.partition(":")
    if status == "429":
        reset = str(int(time.time()) + int(number or 1))  # noqa: TID251
        return errors(429, "too many requests", headers={"X-RateLimit-Reset": reset})
    if status == "503":
        return web.Response(status=503, text="<html>Service Unavailable</html>")
    if status == "302":
        return web.Response(status=302, headers={"Location": "/messages"})
    if status == "200":
        return web.Response(status=200)
    field = f"personalizations.{number}.to.0.email" if number else None
    return errors(int(status), "Does not contain a valid address.", field=field)


def errors(
    status: int, message: str, *, field: str | None = None, headers: dict[str, str] | None = None
) -> web.Response:
    """An answer in SendGrid's form of an error."""
    content = {"errors": [{"message": message, "field": field, "help": None}]}
    return web.json_response(content, status=status, headers=headers)

"""What SendGrid keeps of an account's senders and webhooks, as strict as its published reference.

``account.domains``, ``account.senders`` and ``account.webhooks`` are what it answers. A scope that
the key lacks is answered with 403.
"""

from __future__ import annotations

import itertools
import json
from typing import Any

from aiohttp import web

from tests.support.provider.account import Account

EVENTS = frozenset(
    ("group_resubscribe", "delivered", "group_unsubscribe", "spam_report", "bounce", "deferred",
     "unsubscribe", "processed", "open", "click", "dropped")
)  # fmt: skip
FIELDS = EVENTS | {"enabled", "url", "friendly_name", "oauth_client_id", "oauth_client_secret",
                   "oauth_token_url"}  # fmt: skip
MAX_WEBHOOKS = 5
READ, UPDATE = "user.webhooks.event.settings.read", "user.webhooks.event.settings.update"
DOMAINS, SENDERS = "whitelabel.read", "sender_verification_eligible"
ALL = [READ, UPDATE, DOMAINS, SENDERS]


def routes(account: Account, is_authorized: Any, errors: Any) -> list[web.RouteDef]:
    """Return the endpoints of senders and webhooks."""
    desk = Desk(account, is_authorized, errors)
    at = "/v3/user/webhooks/event/settings"
    return [
        web.get("/v3/whitelabel/domains", desk.domains),
        web.get("/v3/verified_senders", desk.senders),
        web.get(f"{at}/all", desk.listed),
        web.post(at, desk.create),
        web.get(f"{at}/signed/{{id}}", desk.signed),
        web.patch(f"{at}/signed/{{id}}", desk.sign),
        web.patch(f"{at}/{{id}}", desk.change),
    ]


class Desk:
    """The endpoints of one account."""

    def __init__(self, account: Account, is_authorized: Any, errors: Any) -> None:
        self.account, self.is_authorized, self.errors = account, is_authorized, errors
        self.ids = (f"hook-{number}" for number in itertools.count(1))

    def closed(self, request: web.Request, scope: str) -> web.Response | None:
        if not self.is_authorized(request):
            return self.errors(401, "authorization required")
        return None if scope in self.account.scopes else self.errors(403, "access forbidden")

    async def domains(self, request: web.Request) -> web.Response:
        offset, limit = int(request.query.get("offset", 0)), int(request.query.get("limit", 50))
        found = self.account.domains[offset : offset + limit]
        return self.closed(request, DOMAINS) or web.json_response(found)

    async def senders(self, request: web.Request) -> web.Response:
        found = {"results": self.account.senders}
        return self.closed(request, SENDERS) or web.json_response(found)

    async def listed(self, request: web.Request) -> web.Response:
        found = {"max_allowed": MAX_WEBHOOKS, "webhooks": self.account.webhooks or [{}]}
        return self.closed(request, READ) or web.json_response(found)

    async def create(self, request: web.Request) -> web.Response:
        if refused := self.closed(request, UPDATE):
            return refused
        body = json.loads(await request.read())
        if wrong := _wrong(body):
            return self.errors(400, wrong)
        if len(self.account.webhooks) >= MAX_WEBHOOKS:
            return self.errors(400, "maximum number of webhooks reached")
        hook = {**dict.fromkeys(EVENTS, False), **body, "id": next(self.ids)}
        self.account.webhooks.append(hook)
        return web.json_response(hook, status=201)

    async def change(self, request: web.Request) -> web.Response:
        body = json.loads(await request.read())
        if refused := self.closed(request, UPDATE):
            return refused
        hook = self._of(request)
        if hook is None:
            return self.errors(404, "not found")
        if wrong := _wrong(body):
            return self.errors(400, wrong)
        hook.update(body)
        return web.json_response(hook)

    async def sign(self, request: web.Request) -> web.Response:
        body = json.loads(await request.read())
        if refused := self.closed(request, UPDATE):
            return refused
        hook = self._of(request)
        if hook is None or set(body) != {"enabled"} or not isinstance(body["enabled"], bool):
            return self.errors(404, "not found")
        hook["public_key"] = self.account.public_key if body["enabled"] else ""
        return web.json_response({"id": hook["id"], "public_key": hook["public_key"]})

    async def signed(self, request: web.Request) -> web.Response:
        if refused := self.closed(request, READ):
            return refused
        hook = self._of(request)
        if hook is None:
            return self.errors(404, "not found")
        return web.json_response({"id": hook["id"], "public_key": hook.get("public_key", "")})

    def _of(self, request: web.Request) -> dict[str, Any] | None:
        wanted = request.match_info["id"]
        return next((one for one in self.account.webhooks if one.get("id") == wanted), None)


def _wrong(body: Any) -> str:
    if not isinstance(body, dict) or set(body) - FIELDS:
        return "invalid request body"
    if not str(body.get("url", "")).startswith("https://"):
        return "url must be a valid https address"
    flags = [body[name] for name in {*EVENTS, "enabled"} & set(body)]
    return "" if all(isinstance(one, bool) for one in flags) else "invalid type"

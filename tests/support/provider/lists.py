"""SendGrid's suppression lists, as strict about paging as its published reference."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from tests.support.provider.account import Account

NAMES = ("bounces", "blocks", "invalid_emails", "spam_reports", "unsubscribes")
LIMIT = 500


def routes(account: Account, is_authorized: Any, errors: Any) -> list[web.RouteDef]:
    """Return the endpoints of an account's lists: ``account.lists`` is name → entries."""

    async def listed(request: web.Request) -> web.Response:
        if not is_authorized(request):
            return errors(401, "authorization required")
        name, query = request.match_info["name"], request.query
        if name not in NAMES:
            return errors(404, "not found")
        limit, offset = int(query.get("limit", LIMIT)), int(query.get("offset", 0))
        if not 1 <= limit <= LIMIT or offset < 0:
            return errors(400, "limit must be between 1 and 500")
        since = int(query.get("start_time", 0))
        found = [one for one in account.lists.get(name, []) if one["created"] >= since]
        return web.json_response(found[offset : offset + limit])

    async def add(request: web.Request) -> web.Response:
        if not is_authorized(request):
            return errors(401, "authorization required")
        body = json.loads(await request.read())
        if set(body) != {"recipient_emails"} or not body["recipient_emails"]:
            return errors(400, "recipient_emails is required")
        known = account.lists.setdefault("unsubscribes", [])
        known += [{"email": email, "created": 1_800_000_000} for email in body["recipient_emails"]]
        return web.json_response(body, status=201)

    async def remove(request: web.Request) -> web.Response:
        email = request.match_info["email"]
        known = account.lists.get("unsubscribes", [])
        if not any(one["email"] == email for one in known):
            return errors(404, "not found")
        account.lists["unsubscribes"] = [one for one in known if one["email"] != email]
        return web.Response(status=204)

    return [
        web.get("/v3/suppression/{name}", listed),
        web.post("/v3/asm/suppressions/global", add),
        web.delete("/v3/asm/suppressions/global/{email}", remove),
    ]

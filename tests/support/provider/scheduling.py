"""Numbers of scheduled sends, their cancellation, and the list of what was sent (Email Activity).

Strict as the published reference: a second status is a 400, only ``AT_ONCE`` are kept, and a
cancellation that comes within ten minutes of the letters' time does nothing.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

AT_ONCE = 10
CERTAIN_S = 600
_BY_KEY = re.compile(r"unique_args\['x_k'\]=\"([^\"]*)\"")


@dataclass
class Schedule:
    """What an account has scheduled, cancelled and shows of the past."""

    numbers: set[str] = field(default_factory=set)
    cancelled: dict[str, float] = field(default_factory=dict)  # number → when
    now_s: Any = time.time  # noqa: TID251 - the fake's own clock
    refuses: str = ""  # what asking for a number or a cancellation is answered with
    has_activity: bool = False
    hidden: set[str] = field(default_factory=set)  # attempts that the list does not show yet
    asked: Counter[str] = field(default_factory=Counter)


def broken(schedule: Schedule, body: dict[str, Any]) -> list[dict[str, Any]]:
    """The ``errors`` of a body that names a number which was never given out."""
    number = body.get("batch_id")
    if number is None or number in schedule.numbers:
        return []
    return [{"message": "The batch id is not valid", "field": "batch_id"}]


def arrived(bodies: list[dict[str, Any]], schedule: Schedule) -> Counter[str]:
    """How many letters each address gets once the time of all has come."""
    return Counter(
        person["to"][0]["email"]
        for body in bodies
        for person in body["personalizations"]
        if not _is_stopped(body, schedule)
    )


def _is_stopped(body: dict[str, Any], schedule: Schedule) -> bool:
    at = schedule.cancelled.get(body.get("batch_id", ""))
    return at is not None and at <= body["send_at"] - CERTAIN_S


class Endpoints:
    """What an account answers about its schedule."""

    def __init__(self, account: Any, is_authorized: Any, errors: Any) -> None:
        self.account, self.schedule = account, account.schedule
        self.is_authorized, self.errors = is_authorized, errors

    def refusal(self, request: web.Request) -> web.Response | None:
        if not self.is_authorized(request):
            return self.errors(401, "authorization required")
        refuses = self.schedule.refuses
        return self.errors(int(refuses), "no") if refuses else None

    async def number(self, request: web.Request) -> web.Response:
        if refusal := self.refusal(request):
            return refusal
        self.schedule.numbers.add(made := f"number-{len(self.schedule.numbers) + 1}")
        return web.json_response({"batch_id": made}, status=201)

    async def cancel(self, request: web.Request) -> web.Response:
        if refusal := self.refusal(request):
            return refusal
        body = json.loads(await request.read())
        if found := self._objection(body):
            return self.errors(400, found, field="batch_id")
        self.schedule.asked["cancel"] += 1
        self.schedule.cancelled[body["batch_id"]] = self.schedule.now_s()
        return web.json_response(body, status=201)

    def _objection(self, body: dict[str, Any]) -> str | None:
        if set(body) != {"batch_id", "status"} or body["status"] != "cancel":
            return "batch_id and status are required"
        if body["batch_id"] not in self.schedule.numbers:
            return "invalid batch id"
        if body["batch_id"] in self.schedule.cancelled:
            return "a status update already exists"
        too_many = len(self.schedule.cancelled) >= AT_ONCE
        return "too many cancelled or paused sends" if too_many else None

    async def shown(self, request: web.Request) -> web.Response:
        if refusal := self.refusal(request):
            return refusal
        name = request.match_info["number"]
        told = [{"batch_id": name, "status": "cancel"}]
        return web.json_response(told if name in self.schedule.cancelled else [])

    async def deleted(self, request: web.Request) -> web.Response:
        if self.schedule.cancelled.pop(request.match_info["number"], None) is None:
            return self.errors(404, "not found")
        return web.Response(status=204)

    async def activity(self, request: web.Request) -> web.Response:
        if refusal := self.refusal(request):
            return refusal
        if not self.schedule.has_activity:
            return self.errors(403, "access forbidden")
        asked = _BY_KEY.fullmatch(request.query.get("query", ""))
        if asked is None or not 1 <= int(request.query.get("limit", "0")) <= 1000:
            return self.errors(400, "the query cannot be read")
        self.schedule.asked[asked[1]] += 1
        found = [
            {"to_email": one["to"], "msg_id": one["sg_message_id"], "status": "delivered"}
            for one in self.account.messages
            if one["custom_args"]["x_k"] == asked[1] and asked[1] not in self.schedule.hidden
        ]
        return web.json_response({"messages": found})


def routes(account: Any, is_authorized: Any, errors: Any) -> list[web.RouteDef]:
    """Return the endpoints; ``account.schedule`` is a ``Schedule``."""
    ends = Endpoints(account, is_authorized, errors)
    return [
        web.post("/v3/mail/batch", ends.number),
        web.post("/v3/user/scheduled_sends", ends.cancel),
        web.get("/v3/user/scheduled_sends/{number}", ends.shown),
        web.delete("/v3/user/scheduled_sends/{number}", ends.deleted),
        web.get("/v3/messages", ends.activity),
    ]

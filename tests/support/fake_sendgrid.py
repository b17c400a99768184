"""A SendGrid on this machine: strict about what it is asked, and unreliable on demand.

It validates each body against the published schema and the rules that the schema cannot say,
answers as SendGrid does, keeps what it accepted, renders the substitutions in several orders, and
posts signed events. ``python -m tests.support.fake_sendgrid --port 8099`` runs it alone.

Faults are taken one a request, in the order given: ``400:2`` (names the third person), ``400``,
``401``, ``403``, ``413``, ``429`` (ends in a second), ``500``, ``503``, ``302``, ``200``,
``drop-before-body``, ``accept-then-drop``, ``accept-then-hang``. What a key may do is asked with
``GET /v3/scopes``: ``Account.scopes``, or a fault of its own: a status, ``drop`` or ``hang``.

Control: ``GET /messages``, ``POST /faults`` (a JSON list), ``POST /events`` (``{"url": …,
"events": ["delivered", …]}`` posts them, signed, for every accepted message).
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import itertools
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jsonschema_rs
from aiohttp import ClientSession, web
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT.parent / "shared" / "data" / "sendgrid" / "mail_send.strict.schema.json"
HELP = f"the fake SendGrid needs the published schema of mail/send at {SCHEMA}"
API_KEY = "SG.fake-key"
RESERVED_HEADERS = frozenset(
    [
        "x-sg-id",
        "x-sg-eid",
        "received",
        "dkim-signature",
        "content-type",
        "content-transfer-encoding",
        "to",
        "from",
        "subject",
        "reply-to",
        "cc",
        "bcc",
    ]
)
MAX_BODY_BYTES = 30_000_000
MAX_SUBSTITUTION_BYTES = 10_000
MAX_CUSTOM_ARG_BYTES = 10_000
WHOLE = {"drop-before-body", "accept-then-drop", "accept-then-hang"}


def validator() -> Any:
    """The schema's validator.

    Raises:
        FileNotFoundError: the schema is not beside the repository; the text says where.
    """
    if not SCHEMA.exists():
        raise FileNotFoundError(HELP)
    return jsonschema_rs.validator_for(json.loads(SCHEMA.read_text(encoding="utf-8")))


class Account:
    """What the fake knows: accepted messages, rejected bodies, faults still to come."""

    def __init__(self) -> None:
        self.valid = validator()
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.faults: list[str] = []
        self.bodies: list[dict[str, Any]] = []
        self.messages: list[dict[str, Any]] = []
        self.problems: list[dict[str, Any]] = []
        self.requests = 0
        self.delay_s = 0.0
        self.under_way: Counter[str] = Counter()  # now, and the most there ever were
        self.bad_addresses: set[str] = set()
        self.hanging = threading.Event()
        self.scopes = ["alerts.read", "mail.send"]
        self.scopes_fault = ""
        self._ids = itertools.count(1)

    @property
    def public_key(self) -> str:
        """Base64 of the key that verifies our events."""
        spki = self.key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return base64.b64encode(spki).decode("ascii")

    def received(self) -> Counter[str]:
        """How many letters each address got."""
        return Counter(one["to"] for one in self.messages)

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """Count a request as under way."""
        self.under_way["now"] += 1
        self.under_way["most"] = max(self.under_way["most"], self.under_way["now"])
        yield
        self.under_way["now"] -= 1

    def accept(self, body: dict[str, Any]) -> str:
        """Keep a body; return the id of the call."""
        message_id = f"fake{next(self._ids):08}"
        self.bodies.append(body)
        for index, person in enumerate(body["personalizations"]):
            self.messages.append(_message(body, person, f"{message_id}.recvd-{index}"))
        return message_id

    def sign(self, content: bytes, timestamp: str) -> str:
        """The signature of an event post."""
        signed = self.key.sign(timestamp.encode() + content, ec.ECDSA(hashes.SHA256()))
        return base64.b64encode(signed).decode("ascii")

    def event(self, message: dict[str, Any], kind: str, **more: Any) -> dict[str, Any]:
        """One event about an accepted message."""
        return {
            "email": message["to"], "event": kind, "timestamp": int(time.time()),  # noqa: TID251
            "sg_event_id": f"{kind}-{message['sg_message_id']}",
            "sg_message_id": message["sg_message_id"], **message["custom_args"], **more,
        }  # fmt: skip


def _message(body: dict[str, Any], person: dict[str, Any], message_id: str) -> dict[str, Any]:
    tags = person.get("substitutions", {})
    text, html = (part["value"] for part in body["content"])
    subject = person.get("subject") or body["subject"]
    return {
        "to": person["to"][0]["email"], "name": person["to"][0].get("name", ""),
        "headers": {**body.get("headers", {}), **person.get("headers", {})},
        "custom_args": {**body.get("custom_args", {}), **person.get("custom_args", {})}, "sg_message_id": message_id,
        "subject": rendered(subject, tags), "text": rendered(text, tags),
        "html": rendered(html, tags),
    }  # fmt: skip


def rendered(text: str, tags: dict[str, str]) -> str:
    """Fill in ``tags`` in four orders, and insist that all give the same."""
    orders = (
        list(tags), list(reversed(tags)), sorted(tags, key=len, reverse=True), sorted(tags),
    )  # fmt: skip
    results = set()
    for order in orders:
        filled = text
        for tag in order:
            filled = filled.replace(tag, tags[tag])
        results.add(filled)
    if len(results) != 1:
        raise AssertionError("the order of replacement changes the letter")
    return results.pop()


def violations(account: Account, body: Any) -> list[dict[str, Any]]:
    """What SendGrid would refuse in a body: its ``errors``."""
    found = [
        {"message": error.message[:200], "field": _field(error.instance_path)}
        for error in itertools.islice(account.valid.iter_errors(body), 3)
    ]
    if found:
        return found
    return [
        {"message": message, "field": field}
        for message, field in itertools.chain(_rules(body), _people(account, body))
    ]


def _field(path: Any) -> str | None:
    return ".".join(str(part) for part in path) or None


def _rules(body: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    people = body["personalizations"]
    addresses = [to["email"].lower() for person in people for to in person["to"]]
    if len(set(addresses)) != len(addresses):
        yield "Each unique email address … should only be included once", "personalizations"
    if len(addresses) > 1000:
        yield "There is a limit of 1000 total recipients", "personalizations"
    types = [part["type"] for part in body.get("content", [])]
    if types and types != ["text/plain", "text/html"][: len(types)]:
        yield "text/plain must come first, followed by text/html", "content"
    if not body.get("subject") and not all(person.get("subject") for person in people):
        yield "The subject is required", "subject"
    if "reply_to" in body and "reply_to_list" in body:
        yield "reply_to and reply_to_list exclude one another", "reply_to"
    for flag in ("click_tracking", "open_tracking", "subscription_tracking"):
        if body.get("tracking_settings", {}).get(flag, {}).get("enable") is not False:
            yield (
                "our own rule: tracking must be switched off in words",
                f"tracking_settings.{flag}",
            )


def _people(account: Account, body: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    for index, person in enumerate(body["personalizations"]):
        field = f"personalizations.{index}"
        tags = person.get("substitutions", {})
        if len(json.dumps(tags)) > MAX_SUBSTITUTION_BYTES:
            yield "Substitutions are limited to 10000 bytes", f"{field}.substitutions"
        if len(json.dumps(person.get("custom_args", {}))) > MAX_CUSTOM_ARG_BYTES:
            yield "custom_args are limited to 10000 bytes", f"{field}.custom_args"
        for name, value in person.get("headers", {}).items():
            if name.lower() in RESERVED_HEADERS or not name.isascii() or "\n" in value:
                yield f"The header {name} is reserved", f"{field}.headers"
        if len(person["to"]) != 1:
            yield "our own rule: people must not see one another", f"{field}.to"
        to = person["to"][0]
        if set(to.get("name", "")) & set(";,"):
            yield "The name must not contain ; or ,", f"{field}.to.0.name"
        if to["email"] in account.bad_addresses:
            yield "Does not contain a valid address.", f"{field}.to.0.email"


# --- the server --------------------------------------------------------------------------------


class FakeSendGrid:
    """The HTTP side of an account."""

    def __init__(self) -> None:
        self.account = Account()
        self.app = web.Application(client_max_size=MAX_BODY_BYTES)
        self.app.add_routes(
            [
                web.post("/v3/mail/send", self.send),
                web.get("/v3/scopes", self.scopes),
                web.get("/messages", self.messages),
                web.post("/faults", self.plan_faults),
                web.post("/events", self.post_events),
                web.get("/key", self.public_key),
            ]
        )

    async def send(self, request: web.Request) -> web.StreamResponse:
        account = self.account
        account.requests += 1
        fault = account.faults.pop(0) if account.faults else ""
        with account.one_more():
            await asyncio.sleep(account.delay_s)
        if fault == "drop-before-body":
            return _drop(request)
        content = await request.read()
        if request.headers.get("Authorization") != f"Bearer {API_KEY}":
            return _errors(401, "The provided authorization grant is invalid")
        if fault and fault not in WHOLE:
            return _answer(fault)
        body = json.loads(content)
        if found := violations(account, body):
            account.problems += found
            return web.json_response({"errors": found}, status=400)
        message_id = account.accept(body)
        if fault == "accept-then-drop":
            return _drop(request)
        if fault == "accept-then-hang":
            account.hanging.set()
            await asyncio.sleep(3_600)
        return web.Response(status=202, headers={"X-Message-Id": message_id})

    async def scopes(self, request: web.Request) -> web.StreamResponse:
        fault = self.account.scopes_fault
        if request.headers.get("Authorization") != f"Bearer {API_KEY}":
            return _errors(401, "authorization required")
        if fault == "hang":
            await asyncio.sleep(3_600)
        if fault == "drop":
            return _drop(request)
        return _answer(fault) if fault else web.json_response({"scopes": self.account.scopes})

    async def messages(self, _request: web.Request) -> web.Response:
        return web.json_response(self.account.messages)

    async def public_key(self, _request: web.Request) -> web.Response:
        return web.Response(text=self.account.public_key)

    async def plan_faults(self, request: web.Request) -> web.Response:
        self.account.faults = list(await request.json())
        return web.Response(status=204)

    async def post_events(self, request: web.Request) -> web.Response:
        wanted = await request.json()
        made = [
            self.account.event(message, kind)
            for message in self.account.messages
            for kind in wanted["events"]
        ]
        status = await self.post(wanted["url"], made)
        return web.json_response({"status": status, "events": len(made)})

    async def post(self, url: str, events: list[dict[str, Any]]) -> int:
        """Post signed events, as SendGrid does: out of order, and some of them twice."""
        chance = random.Random(len(events))
        mixed = [*events, *events[: len(events) // 3]]
        chance.shuffle(mixed)
        content = json.dumps(mixed).encode()
        timestamp = str(int(time.time()))  # noqa: TID251
        headers = {
            "Content-Type": "application/json",
            "X-Twilio-Email-Event-Webhook-Signature": self.account.sign(content, timestamp),
            "X-Twilio-Email-Event-Webhook-Timestamp": timestamp,
        }
        async with (
            ClientSession() as session,
            session.post(url, data=content, headers=headers, ssl=False) as response,
        ):
            return response.status


def _drop(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


def _answer(fault: str) -> web.Response:
    status, _, person = fault.partition(":")
    if status == "429":
        reset = str(int(time.time()) + 1)  # noqa: TID251
        return _errors(429, "too many requests", headers={"X-RateLimit-Reset": reset})
    if status == "503":
        return web.Response(status=503, text="<html>Service Unavailable</html>")
    if status == "302":
        return web.Response(status=302, headers={"Location": "/messages"})
    if status == "200":
        return web.Response(status=200)
    field = f"personalizations.{person}.to.0.email" if person else None
    return _errors(int(status), "Does not contain a valid address.", field=field)


def _errors(
    status: int, message: str, *, field: str | None = None, headers: dict[str, str] | None = None
) -> web.Response:
    content = {"errors": [{"message": message, "field": field, "help": None}]}
    return web.json_response(content, status=status, headers=headers)


@contextmanager
def running() -> Iterator[tuple[Account, str]]:
    """A fake in a thread of this process: its account and its address."""
    fake = FakeSendGrid()
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(fake.app, shutdown_timeout=0.1)

    async def start() -> str:
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    address = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    try:
        yield fake.account, address
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def main() -> None:
    """Run alone, until interrupted."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--port", type=int, default=8099)
    web.run_app(FakeSendGrid().app, host="127.0.0.1", port=words.parse_args().port, print=None)


if __name__ == "__main__":
    main()

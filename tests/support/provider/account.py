"""What the fake SendGrid knows of one account: what it accepted, what it refused, and why."""

from __future__ import annotations

import base64
import itertools
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from campaigns.clock import monotonic_s
from tests.support.provider.faults import WORDINGS, Weather
from tests.support.provider.rules import broken_rules, rendered, validator
from tests.support.provider.scheduling import Schedule


class Account:
    """Accepted messages, rejected bodies, faults still to come.

    ``state`` names a file that keeps what was accepted, line by line, and the key of the events: a
    fake that is started anew goes on where the last one was. Then letters are not kept, only who
    got one.
    """

    def __init__(self, state: Path | None = None) -> None:
        self.valid = validator()
        self.weather = Weather()
        self.bodies: list[dict[str, Any]] = []
        self.messages: list[dict[str, Any]] = []
        self.accepted: Counter[str] = Counter()  # token of a message → times it was accepted
        self.problems: list[dict[str, Any]] = []  # what we sent against the rules
        self.schedule = Schedule()
        self.arrivals: list[tuple[float, int]] = []  # seconds, and readers of each request taken
        self.checked = 0  # readers of requests in sandbox mode
        self.requests = 0
        self.validated = 0
        self.validates_one_in = 1
        self.delay_s = 0.0
        self.under_way: Counter[str] = Counter()  # now, and the most there ever were
        self.bad_addresses: set[str] = set()
        self.hanging = threading.Event()
        self.scopes = ["alerts.read", "mail.send"]
        self.scopes_fault = ""
        self.domains: list[dict[str, Any]] = []
        self.senders: list[dict[str, Any]] = []
        self.webhooks: list[dict[str, Any]] = []
        self.lists: dict[str, list[dict[str, Any]]] = {}  # suppressions: name → entries
        self.state = state
        self.key = _key(state)
        self._ids = itertools.count(1)
        if state is not None and state.exists():
            self._remember(state)

    @property
    def faults(self) -> list[str]:
        """Faults that the next requests meet, one each."""
        return self.weather.queue

    @faults.setter
    def faults(self, faults: list[str]) -> None:
        self.weather.queue = list(faults)

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
        try:
            yield
        finally:
            self.under_way["now"] -= 1

    def errors(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        """What a body is answered with: our own faults, and addresses that are refused."""
        if self.requests % self.validates_one_in:
            return self.refused(body)
        self.validated += 1
        if found := broken_rules(self.valid, body) or _unrenderable(body):
            self.problems += found
            return found
        return self.refused(body)

    def refused(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        """The ``errors`` that name the addresses which this account does not take."""
        if not self.bad_addresses and not self.weather.refuses:
            return []
        found = []
        for index, person in enumerate(body["personalizations"]):
            address = person["to"][0]["email"]
            how = "named" if address in self.bad_addresses else self.weather.refused(address)
            if how:
                field = f"personalizations.{index}.to.0.email" if how != "unknown" else None
                found.append(
                    {"message": WORDINGS[how].format(address), "field": field, "help": None}
                )
        return found

    def accept(self, body: dict[str, Any]) -> str:
        """Keep a body; return the id of the call."""
        message_id = f"fake{next(self._ids):08}"
        self.arrivals.append((monotonic_s(), len(body["personalizations"])))
        if self.state is None:
            self.bodies.append(body)
        made = [
            (_message if self.state is None else _receipt)(body, person, f"{message_id}.recvd-{n}")
            for n, person in enumerate(body["personalizations"])
        ]
        self._keep(made)
        if self.state is not None:
            with self.state.open("ab") as file:
                file.write(json.dumps(made).encode() + b"\n")
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

    def _keep(self, made: list[dict[str, Any]]) -> None:
        self.messages += made
        self.accepted.update(token for one in made if (token := one["custom_args"].get("x_m")))

    def _remember(self, state: Path) -> None:
        """Read what an earlier fake accepted; a last line that was cut off was never answered."""
        whole = state.read_bytes().rpartition(b"\n")[0]
        state.write_bytes(whole + b"\n" if whole else b"")
        lines = whole.splitlines()
        for line in lines:
            self._keep(json.loads(line))
        self._ids = itertools.count(len(lines) + 1)


def _key(state: Path | None) -> ec.EllipticCurvePrivateKey:
    path = state and state.with_suffix(".pem")
    if path and path.exists():
        found = serialization.load_pem_private_key(path.read_bytes(), None)
        assert isinstance(found, ec.EllipticCurvePrivateKey)
        return found
    made = ec.generate_private_key(ec.SECP256R1())
    if path:
        path.write_bytes(
            made.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )  # fmt: skip
    return made


def _message(body: dict[str, Any], person: dict[str, Any], message_id: str) -> dict[str, Any]:
    tags = person.get("substitutions", {})
    text, html = (part["value"] for part in body["content"])
    subject = person.get("subject") or body["subject"]
    return {
        **_receipt(body, person, message_id), "name": person["to"][0].get("name", ""),
        "headers": {**body.get("headers", {}), **person.get("headers", {})},
        "subject": rendered(subject, tags), "text": rendered(text, tags),
        "html": rendered(html, tags),
    }  # fmt: skip


def _receipt(body: dict[str, Any], person: dict[str, Any], message_id: str) -> dict[str, Any]:
    arguments = {**body.get("custom_args", {}), **person.get("custom_args", {})}
    to = person["to"][0]["email"]
    return {"to": to, "custom_args": arguments, "sg_message_id": message_id}


def _unrenderable(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Say when a body reads differently with the order in which its tags are filled in."""
    try:
        for person in body["personalizations"]:
            _message(body, person, "")
    except AssertionError as found:
        return [{"message": f"our own rule: {found}", "field": "personalizations"}]
    return []

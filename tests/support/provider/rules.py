"""What SendGrid would refuse in a body: its published schema, and what the schema cannot say.

Sources: the published schema of mail/send, made strict; SendGrid's pages on limits, headers,
custom arguments and categories. Where pages contradict one another the narrower limit counts.
"""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs

ROOT = Path(__file__).parents[3]
SCHEMA = ROOT.parent / "shared" / "data" / "sendgrid" / "mail_send.strict.schema.json"
HELP = f"the fake SendGrid needs the published schema of mail/send at {SCHEMA}"
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
MAX_RECIPIENTS = 1_000
MAX_AHEAD_S = 72 * 3_600
BYPASSES = (
    "bypass_list_management",
    "bypass_spam_management",
    "bypass_bounce_management",
    "bypass_unsubscribe_management",
)
Violation = tuple[str, str | None]


def validator() -> Any:
    """The schema's validator.

    Raises:
        FileNotFoundError: the schema is not beside the repository; the text says where.
    """
    if not SCHEMA.exists():
        raise FileNotFoundError(HELP)
    return jsonschema_rs.validator_for(json.loads(SCHEMA.read_text(encoding="utf-8")))


def broken_rules(valid: Any, body: Any) -> list[dict[str, Any]]:
    """The ``errors`` with which a body would be answered; none when it is in order."""
    found = [
        {"message": error.message[:200], "field": _field(error.instance_path)}
        for error in itertools.islice(valid.iter_errors(body), 3)
    ]
    if found:
        return found
    rules = (_whole(body), _content(body), _shared(body), _people(body))
    return [{"message": text, "field": field} for text, field in itertools.chain(*rules)]


def _field(path: Any) -> str | None:
    return ".".join(str(part) for part in path) or None


def _whole(body: dict[str, Any]) -> Iterator[Violation]:
    people = body["personalizations"]
    addresses = [
        one["email"].lower()
        for person in people for kind in ("to", "cc", "bcc") for one in person.get(kind, [])
    ]  # fmt: skip
    if len(set(addresses)) != len(addresses):
        yield "Each unique email address … should only be included once", "personalizations"
    if len(addresses) > MAX_RECIPIENTS:
        yield "There is a limit of 1000 total recipients", "personalizations"
    if len({frozenset(person.get("substitutions", {})) for person in people}) > 1:
        yield "our own rule: each person has a value for each tag", "personalizations"
    if not body["from"]["email"].isascii():
        yield "The from address must not contain unicode", "from.email"
    if "reply_to" in body and "reply_to_list" in body:
        yield "reply_to and reply_to_list exclude one another", "reply_to"
    yield from _time("send_at", body.get("send_at"))


def _time(field: str, moment: int | None) -> Iterator[Violation]:
    if moment is not None and moment > time.time() + MAX_AHEAD_S:  # noqa: TID251
        yield "Scheduled sends may be at most 72 hours ahead", field


def _content(body: dict[str, Any]) -> Iterator[Violation]:
    parts = body.get("content", [])
    types = [part["type"] for part in parts]
    if types and types != ["text/plain", "text/html"][: len(types)]:
        yield "text/plain must come first, followed by text/html", "content"
    if not all(part["value"] for part in parts):
        yield "The content value must be a string at least one character in length", "content"
    if not body.get("subject") and not all(p.get("subject") for p in body["personalizations"]):
        yield "The subject is required", "subject"
    for index, one in enumerate(body.get("attachments", [])):
        if set(one["filename"]) & set(";,\r\n"):
            yield "The filename must not contain ; , CR LF", f"attachments.{index}.filename"


def _shared(body: dict[str, Any]) -> Iterator[Violation]:
    for flag in ("click_tracking", "open_tracking", "subscription_tracking"):
        told = body.get("tracking_settings", {}).get(flag, {}).get("enable")
        if told is not False and (flag != "open_tracking" or told is not True):
            field = f"tracking_settings.{flag}"
            yield "our own rule: tracking must be switched on or off in words", field
    for bypass in BYPASSES:
        if body.get("mail_settings", {}).get(bypass, {}).get("enable"):
            yield "our own rule: nobody's suppression is bypassed", f"mail_settings.{bypass}"
    if "asm" in body:
        yield "our own rule: only one system owns the unsubscription", "asm"
    for index, name in enumerate(body.get("categories", [])):
        if not name.isascii() or len(name) > 255:
            yield "Categories are ASCII, up to 255 characters", f"categories.{index}"
    yield from _headers(body.get("headers", {}), "headers")


def _people(body: dict[str, Any]) -> Iterator[Violation]:
    for index, person in enumerate(body["personalizations"]):
        field = f"personalizations.{index}"
        if size_of(person.get("substitutions", {})) > MAX_SUBSTITUTION_BYTES:
            yield (
                "Substitutions are limited to 10000 bytes per personalization block.",
                f"{field}.substitutions",
            )
        arguments = {**body.get("custom_args", {}), **person.get("custom_args", {})}
        if size_of(arguments) > MAX_CUSTOM_ARG_BYTES:
            yield "custom_args are limited to 10000 bytes", f"{field}.custom_args"
        if any("@" in value or not value for value in arguments.values()):
            yield (
                "our own rule: SendGrid keeps ids of ours and nobody's data",
                f"{field}.custom_args",
            )
        yield from _headers(person.get("headers", {}), f"{field}.headers")
        yield from _addressee(person, field)
        yield from _time(f"{field}.send_at", person.get("send_at"))


def _addressee(person: dict[str, Any], field: str) -> Iterator[Violation]:
    if len(person["to"]) != 1 or person.get("cc") or person.get("bcc"):
        yield "our own rule: people must not see one another", f"{field}.to"
    to = person["to"][0]
    if set(to.get("name", "")) & set(";,"):
        yield "The name must not contain ; or ,", f"{field}.to.0.name"
    if len(to["email"]) > 320:
        yield "The address must not exceed 320 characters", f"{field}.to.0.email"


def _headers(headers: dict[str, str], field: str) -> Iterator[Violation]:
    for name, value in headers.items():
        if name.lower() in RESERVED_HEADERS:
            yield f"The header {name} is reserved", field
        if not name.isascii() or " " in name or set(value) & set("\r\n"):
            yield "Headers are ASCII without spaces, their values one line", field


def size_of(values: dict[str, str]) -> int:
    """Bytes of an object as SendGrid may count them: the worst of what was ever seen.

    As JSON in ASCII, with ``<``, ``>`` and ``&`` escaped as well.
    """
    plain = json.dumps(values)
    return len(plain) + 5 * sum(plain.count(mark) for mark in "<>&")


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

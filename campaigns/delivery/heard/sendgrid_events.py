"""SendGrid's words for what happened, in ours. Nothing here touches a row.

Source: SendGrid's event webhook reference. ``custom_args`` come back at the top level: ``x_m`` is
our message's token, ``x_k`` the attempt's key. A bounce that comes late may lack them, and then
only the address is left.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Any, NamedTuple

import orjson

from campaigns.delivery.heard.readers import Machine, by_agent
from campaigns.delivery.transports import reason
from campaigns.errors import InputError
from campaigns.model.states import EventKind
from campaigns.store.suppressions import SuppressionReason

PROVIDER = "sendgrid"
KINDS = {
    "processed": EventKind.PROCESSED,
    "dropped": EventKind.DROPPED,
    "deferred": EventKind.DEFERRED,
    "delivered": EventKind.DELIVERED,
    "bounce": EventKind.BOUNCED,
    "open": EventKind.OPENED,
    "click": EventKind.CLICKED,
    "spamreport": EventKind.COMPLAINED,
    "unsubscribe": EventKind.UNSUBSCRIBED,
    "group_unsubscribe": EventKind.UNSUBSCRIBED,
}
TEMPORARY_BOUNCE = "blocked"
"""``type`` of a bounce that says nothing against the address; SendGrid does not suppress it."""
SUPPRESSING = {
    EventKind.BOUNCED: SuppressionReason.BOUNCED,
    EventKind.COMPLAINED: SuppressionReason.COMPLAINED,
    EventKind.UNSUBSCRIBED: SuppressionReason.UNSUBSCRIBED,
}
DROPPED_FOR = {
    "bounced address": SuppressionReason.BOUNCED,
    "invalid": SuppressionReason.BOUNCED,
    "unsubscribed address": SuppressionReason.UNSUBSCRIBED,
    "spam reporting address": SuppressionReason.COMPLAINED,
}
"""Reasons of a drop that hold for every further letter to the address."""
MAX_ID = 200
"""Characters of an event's id; SendGrid's have at most 100, and an index takes no longer ones."""
MAX_UNPACKED = 50_000_000
"""Bytes of a packed body when it is unpacked."""
MOST_VALUES = 200_000
"""Objects and lists in a body: an event is one or a few. SendGrid's hold some 2,000 at most."""
EARLY = timedelta(days=1)
"""A clock may be wrong by this; what is said to happen later than that is happening now."""
ENGAGING = frozenset({EventKind.OPENED, EventKind.CLICKED})
_PACKED = b"\x1f\x8b"
_NUL = re.compile("\x00")
_NUL_IN_JSON = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
"""Not the same letters behind a backslash that is itself escaped: a mail server may say those."""
_NUL_MARK = b"u0000"


class ProviderEvent(NamedTuple):
    """One thing that a provider, or our own web, reports."""

    event_id: str
    kind: EventKind
    at: datetime
    received_at: datetime
    token: str | None
    attempt_key: str | None = None
    address: str | None = None
    suppression: SuppressionReason | None = None
    reason: str = ""
    classification: str = ""
    """Why it bounced, in one of SendGrid's words."""
    machine: Machine | None = None
    """The program that opened or clicked, where the event tells it by itself."""
    link: int | None = None
    raw: str = "{}"
    """As it came, as JSON, but for the person's address and network."""
    account: str = ""
    """What it tells of our account at the provider."""


def read_events(body: bytes, received_at: datetime) -> list[ProviderEvent]:
    """Return the events in a posted body: a JSON list, or one event a line; packed by gzip or not.

    What stands in the list and is no event is passed over.

    Raises:
        InputError: it is neither, or holds more than any provider says at once.
    """
    plain = unpacked(body)
    if plain.count(b"{") + plain.count(b"[") > MOST_VALUES:
        raise InputError("events.unreadable")
    items = items_of(plain)
    clean = _NUL_MARK not in plain
    return [_event(item, received_at, clean=clean) for item in items if isinstance(item, dict)]


def unpacked(body: bytes, *, limit: int = MAX_UNPACKED) -> bytes:
    """Return a body as it was before gzip packed it, of at most ``limit`` bytes.

    Raises:
        InputError: it is damaged, or too much.
    """
    if not body.startswith(_PACKED):
        return body
    work = zlib.decompressobj(wbits=31)
    try:
        found = work.decompress(body, limit)
    except zlib.error as cause:
        raise InputError("events.unreadable") from cause
    if work.unconsumed_tail or not work.eof:
        raise InputError("events.unreadable")
    return found


def items_of(body: bytes) -> list[Any]:
    """Return what a body lists.

    Raises:
        InputError: it lists nothing.
    """
    try:
        found = _loaded(body)
    except ValueError:
        found = _lines(body)
    if isinstance(found, dict):
        return [found]
    if not isinstance(found, list):
        raise InputError("events.unreadable")
    return found


def _loaded(text: bytes) -> Any:
    """Read JSON; half a character or a number beyond all measure costs only its own value.

    Raises:
        ValueError: it is none, or is nested beyond all measure.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    try:
        found = json.loads(text, parse_int=_number, parse_float=_number, parse_constant=_number)
        whole = json.dumps(found, ensure_ascii=False)
    except RecursionError as cause:
        raise ValueError from cause
    return orjson.loads(whole.encode("utf-8", "replace"))


def _number(written: str) -> float | None:
    found = float(written)
    return found if isfinite(found) else None


def _lines(body: bytes) -> list[Any]:
    try:
        found = [_loaded(line) for line in body.splitlines() if line.strip()]
    except ValueError as cause:
        raise InputError("events.unreadable") from cause
    if not found:
        raise InputError("events.unreadable")
    return found


def _event(item: dict[str, Any], received_at: datetime, *, clean: bool) -> ProviderEvent:
    kind = _kind(item)
    event_id = _id(item)
    address = _text(item.pop("email", None))
    item.pop("ip", None)
    said = _said(item) if kind is EventKind.DROPPED else ""
    bounced = kind in (EventKind.BOUNCED, EventKind.BLOCKED)
    return ProviderEvent(
        event_id=event_id,
        kind=kind,
        at=moment(item.get("timestamp"), received_at),
        received_at=received_at,
        token=_text(item.get("x_m")),
        attempt_key=_text(item.get("x_k")),
        address=address,
        suppression=_suppression(kind, said),
        reason=reason(said) if said else "",
        classification=(_text(item.get("bounce_classification")) or "") if bounced else "",
        machine=_machine(kind, item) if kind in ENGAGING else None,
        raw=_kept(item, clean=clean),
        account=_account(item) if kind is EventKind.UNKNOWN else "",
    )


def _said(item: Mapping[str, Any]) -> str:
    return _text(item.get("reason")) or _text(item.get("response")) or ""


def _machine(kind: EventKind, item: Mapping[str, Any]) -> Machine | None:
    agent = _text(item.get("useragent")) or ""
    if kind is EventKind.CLICKED and "useragent" not in item:
        return None  # a partial event says nothing of who it was
    return by_agent(kind, agent, is_apple=item.get("sg_machine_open") is True)


def _account(item: Mapping[str, Any]) -> str:
    """Return what an event says of the whole account: ``account_status_change``."""
    if item.get("event") != "account_status_change":
        return ""
    return _text(item.get("type")) or "unknown"


def _kind(item: Mapping[str, Any]) -> EventKind:
    kind = KINDS.get(str(item.get("event")), EventKind.UNKNOWN)
    if kind is EventKind.BOUNCED and item.get("type") == TEMPORARY_BOUNCE:
        return EventKind.BLOCKED
    return kind


def _suppression(kind: EventKind, said: str) -> SuppressionReason | None:
    if kind is EventKind.DROPPED:
        return DROPPED_FOR.get(said.strip().lower())
    return SUPPRESSING.get(kind)


def _id(item: Mapping[str, Any]) -> str:
    """Return an event's id. One without has one made of it: the same event has the same."""
    given = _text(item.get("sg_event_id"))
    if given and len(given) <= MAX_ID:
        return given
    content = given.encode() if given else _dumped(item, orjson.OPT_SORT_KEYS)
    return "made-" + hashlib.sha256(content).hexdigest()


def moment(timestamp: object, received_at: datetime) -> datetime:
    """Return the moment of an event; one that cannot be is when it was received."""
    if not isinstance(timestamp, int | float):
        return received_at
    try:
        found = datetime.fromtimestamp(timestamp, UTC)
    except (ValueError, OverflowError, OSError):
        return received_at
    return found if found <= received_at + EARLY else received_at


def _kept(item: Mapping[str, Any], *, clean: bool) -> str:
    content = _dumped(item, None)
    return (content if clean else _NUL_IN_JSON.sub(rb"\1", content)).decode()


def _dumped(item: Mapping[str, Any], option: int | None) -> bytes:
    """Return an event as JSON; of one that is nested too deep, what lies on the surface."""
    try:
        return orjson.dumps(item, option=option)
    except orjson.JSONEncodeError:
        flat = {key: value for key, value in item.items() if not isinstance(value, dict | list)}
        return orjson.dumps(flat, option=option)


def _text(value: object) -> str | None:
    if not isinstance(value, str) or not value:
        return None
    return _NUL.sub("", value) if "\x00" in value else value

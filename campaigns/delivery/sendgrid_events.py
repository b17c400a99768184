"""SendGrid's words for what happened, in ours. Nothing here touches a row.

Source: SendGrid's event webhook reference. ``custom_args`` come back at the top level: ``x_m`` is
our message's token, ``x_k`` the attempt's key. A bounce that comes late may lack them, and then
only the address is left.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

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
_NUL = re.compile("\x00")
_NUL_IN_JSON = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
"""Not the same letters behind a backslash that is itself escaped: a mail server may say those."""


@dataclass(frozen=True, slots=True)
class ProviderEvent:
    """One thing that a provider reports."""

    event_id: str
    kind: EventKind
    at: datetime
    token: str | None
    attempt_key: str | None
    address: str | None
    suppression: SuppressionReason | None
    reason: str
    raw: Mapping[str, Any]
    """As it came, but for the person's address and network."""


def read_events(body: bytes, received_at: datetime) -> list[ProviderEvent]:
    """Return the events in a posted body: a JSON list, or one event a line.

    What stands in the list and is no event is passed over.

    Raises:
        InputError: it is neither.
    """
    items = _items(body)
    return [_event(item, received_at) for item in items if isinstance(item, dict)]


def _items(body: bytes) -> list[Any]:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        found = _lines(body)
    if isinstance(found, dict):
        return [found]
    if not isinstance(found, list):
        raise InputError("events.unreadable")
    return found


def _lines(body: bytes) -> list[Any]:
    try:
        found = [orjson.loads(line) for line in body.splitlines() if line.strip()]
    except orjson.JSONDecodeError as cause:
        raise InputError("events.unreadable") from cause
    if not found:
        raise InputError("events.unreadable")
    return found


def _event(item: dict[str, Any], received_at: datetime) -> ProviderEvent:
    kind = _kind(item)
    said = _text(item.get("reason")) or _text(item.get("response")) or ""
    return ProviderEvent(
        event_id=_text(item.get("sg_event_id")) or _made_id(item),
        kind=kind,
        at=_moment(item.get("timestamp"), received_at),
        token=_text(item.get("x_m")),
        attempt_key=_text(item.get("x_k")),
        address=_text(item.get("email")),
        suppression=_suppression(kind, said),
        reason=reason(said),
        raw=_kept(item),
    )


def _kind(item: Mapping[str, Any]) -> EventKind:
    kind = KINDS.get(str(item.get("event")), EventKind.UNKNOWN)
    if kind is EventKind.BOUNCED and item.get("type") == TEMPORARY_BOUNCE:
        return EventKind.BLOCKED
    return kind


def _suppression(kind: EventKind, said: str) -> SuppressionReason | None:
    if kind is EventKind.DROPPED:
        return DROPPED_FOR.get(said.strip().lower())
    return SUPPRESSING.get(kind)


def _made_id(item: Mapping[str, Any]) -> str:
    """Return an id for an event without one: the same event has the same."""
    content = orjson.dumps(item, option=orjson.OPT_SORT_KEYS)
    return "made-" + hashlib.sha256(content).hexdigest()


def _moment(timestamp: object, received_at: datetime) -> datetime:
    """Return the moment of an event; one that cannot be is when it was received."""
    if not isinstance(timestamp, int | float):
        return received_at
    try:
        return datetime.fromtimestamp(timestamp, UTC)
    except (ValueError, OverflowError, OSError):
        return received_at


def _kept(item: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in item.items() if key not in ("email", "ip")}
    cleaned: dict[str, Any] = orjson.loads(_NUL_IN_JSON.sub(rb"\1", orjson.dumps(kept)))
    return cleaned


def _text(value: object) -> str | None:
    return _NUL.sub("", value) if isinstance(value, str) and value else None

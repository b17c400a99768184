"""Returned mail, and complaints of mailbox users, as events. Pure over a mail.

A report by the rules (RFC 3464) says what became of whom in fields. Older servers say it in prose:
qmail, Exim, some versions of Exchange. A feedback report (RFC 5965) tells of a complaint.

Anybody can write a report. It is believed only of a letter whose signed id it holds, which stands
in the letter alone: in its Message-ID, its envelope id (RFC 3461), its link to leave. Counted links,
which people pass on, do not hold it. Addresses that a report names are not believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from campaigns.delivery.heard.sendgrid_events import SUPPRESSING, ProviderEvent, items_of
from campaigns.delivery.inbox.mail_parts import Headers, Mail, fields_of
from campaigns.delivery.transports import reason
from campaigns.delivery.transports.reply_address import own_addresses
from campaigns.model.states import EventKind

PROVIDER = "mail"
"""Of the events that mail tells."""
RETURNED_CHARACTERS = 200_000
"""Of a returned letter that are looked through for its id."""
PROSE_CHARACTERS = 6_000
BLOCKS = 20
"""Recipients of one report that count; ours have one each."""
NOT_A_COMPLAINT = "not-spam"
_ID = r"([A-Za-z0-9_-]{20}~[A-Za-z0-9_-]{1,60})"
_IDS = (
    re.compile(r"<" + _ID + r"@[^\s<>@]{1,255}>"),
    re.compile(r"(?im)^original-envelope-id:\s*" + _ID + r"\s*$"),
    re.compile(r"/u/" + _ID),
)
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([45])\d\d(?=[ -])")
_NO_MAILBOX = re.compile(
    r"user unknown|unknown user|no such (user|recipient|mailbox|address)|no mailbox here|"
    r"does(n't| not) exist|doesn't have an? .{0,30}account|address not found|invalid (recipient|mailbox)|"
    r"(mailbox|recipient|account).{0,30}(not found|unavailable|disabled|inactive|does not exist)|"
    r"recipient (address )?rejected|unrouteable address|host or domain name not found|"
    r"нет такого|не существует|не найден|отключ[её]н|заблокирован владел|несуществующ",
    re.IGNORECASE,
)
_NOT_THE_MAILBOX = re.compile(
    r"spam|blocked|blacklist|block ?list|policy|reputation|quota|mailbox (is )?full|over ?quota|too large|"
    r"too big|size limit|rate limit|greylist|переполнен|спам|превышен",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"\bdelayed\b|will be retried|still (being )?(trying|retried)|will (continue|keep) trying|"
    r"no action is required|do not need to resend|попытки доставки (будут|продолж)|задержан",
    re.IGNORECASE,
)
_RETURNED = re.compile(
    r"undeliver|returned (mail|to sender)|delivery (status|failure|has failed|incomplete)|mail delivery|"
    r"failure notice|delivery notification|could not be delivered|недоставлен|не доставлен|"
    r"не удалось доставить|ошибка доставки|delayed mail",
    re.IGNORECASE,
)
_COPY_BEGINS = re.compile(
    r"(?im)^-{2,}.{0,40}(below (this|the next) line|copy of (your|the) message|original message|"
    r"текст письма|копия).*$"
)
_BAD_ADDRESS = frozenset({(1, 0), (1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 1), (4, 4)})
"""Subject and detail of a status that say that the address is none (RFC 3463, the registry)."""
_BAD_CONTENT_OR_SENDER = frozenset({3, 6, 7})
_MAILBOX_FULL = frozenset({(2, 2), (2, 3), (2, 4)})


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says of one letter."""

    kind: EventKind
    ids: tuple[str, ...]
    """Signed ids that may be our letter's, the likeliest first; nobody has checked them yet."""
    said: str
    """By the server, without addresses."""
    status: str


def is_report(mail: Mail, kind: str) -> bool:
    """Say whether a mail is a report of ``kind`` (RFC 6522)."""
    said = mail.content_type
    return said.get_content_type() == "multipart/report" and said.get_param("report-type") == kind


def reports(mail: Mail) -> list[Report]:
    """Return what a mail reports of letters of ours; nothing, if it is no report."""
    if is_report(mail, "feedback-report"):
        return _complaint(mail)
    blocks = _blocks(mail)
    if blocks:
        ids = ids_in(mail)
        return [_by_fields(block, ids) for block in blocks]
    return _by_prose(mail) if is_returned(mail) else []


def is_returned(mail: Mail) -> bool:
    """Say whether a mail looks like one that a server sent back, by its rules or by custom."""
    if is_report(mail, "delivery-status") or _blocks(mail):
        return True
    sender, subject = mail.raw("from").lower(), mail.header("subject")
    system = "mailer-daemon" in sender or "postmaster" in sender or mail.raw("return-path") == "<>"
    return bool(system and _RETURNED.search(subject)) or bool(mail.raw("x-failed-recipients"))


def ids_in(mail: Mail) -> tuple[str, ...]:
    """Return what may be signed ids of our letters, in everything that a report holds."""
    texts = [mail.text(part)[:RETURNED_CHARACTERS] for part in mail.parts]
    found: dict[str, None] = {}
    for text in texts:
        for pattern in _IDS:
            found |= dict.fromkeys(pattern.findall(text))
        found |= dict.fromkeys(signed for _, signed in own_addresses(text))
    return tuple(found)[:50]


def as_rows(found: Sequence[Report], key: str, token: str) -> bytes:
    """Return reports of one letter as they are kept until they are taken in with all events."""
    return orjson.dumps([
        {"id": f"{key}:{place}", "kind": one.kind, "token": token,
         "said": one.said, "status": one.status}
        for place, one in enumerate(found)
    ])  # fmt: skip


def read_events(body: bytes, received_at: datetime) -> list[ProviderEvent]:
    """Return the events in what :func:`as_rows` made.

    Raises:
        InputError: it is none.
    """
    return [
        ProviderEvent(
            event_id=item["id"], kind=EventKind(item["kind"]), at=received_at,
            received_at=received_at, token=item["token"],
            suppression=SUPPRESSING.get(EventKind(item["kind"])), reason=item["said"],
            raw=orjson.dumps({"said": item["said"], "status": item["status"]}).decode(),
        )
        for item in items_of(body)
    ]  # fmt: skip


def _complaint(mail: Mail) -> list[Report]:
    part = next((one for one in mail.parts if one.kind == "message/feedback-report"), None)
    said = fields_of(mail.text(part)) if part else {}
    kind = _value(said, "feedback-type").lower()
    if kind == NOT_A_COMPLAINT:
        return []
    as_event = EventKind.UNSUBSCRIBED if kind.startswith("opt-out") else EventKind.COMPLAINED
    return [Report(as_event, ids_in(mail), reason(kind), "")]


def _blocks(mail: Mail) -> list[Headers]:
    """Return the groups of fields of a delivery status, one a recipient."""
    found: list[Headers] = []
    for part in mail.parts:
        if part.kind in ("message/delivery-status", "message/global-delivery-status"):
            text = mail.text(part).replace("\r\n", "\n")
            groups = (fields_of(group) for group in re.split(r"\n[ \t]*\n", text)[: BLOCKS + 1])
            found += [group for group in groups if "action" in group or "final-recipient" in group]
    return found[:BLOCKS]


def _by_fields(block: Headers, ids: tuple[str, ...]) -> Report:
    said = " ".join(_value(block, "diagnostic-code").split())
    status = _status(said) or _status(_value(block, "status")) or ""
    named = _status(_value(block, "status")) or ""
    if named and not status.startswith(named[0]):
        status = named  # what the diagnosis quotes may be of an earlier try
    kind = _kind(_value(block, "action").lower(), status, said)
    return Report(kind, ids, reason(said or status), status)


def _by_prose(mail: Mail) -> list[Report]:
    text = next((mail.text(one) for one in mail.parts if one.kind.startswith("text/")), "")
    said = _COPY_BEGINS.split(text[:PROSE_CHARACTERS].replace("\r\n", "\n"), maxsplit=1)[0]
    status, code = _status(said), _CODE.search(said)
    first = status[0] if status else code[1] if code else ""
    action = (
        "delayed" if _DELAYED.search(said) or _DELAYED.search(mail.header("subject")) else "failed"
    )
    kind = _kind(action, status or (f"{first}.0.0" if first else ""), said)
    return [Report(kind, ids_in(mail), reason(_telling(said)), status or "")]


def _kind(action: str, status: str, said: str) -> EventKind:
    if action in ("delivered", "relayed", "expanded"):
        return EventKind.DELIVERED
    if action == "delayed":
        return EventKind.DEFERRED
    return EventKind.BOUNCED if _is_no_address(status, said) else EventKind.BLOCKED


def _is_no_address(status: str, said: str) -> bool:
    """Say whether a failure is the address's own: then all mail to it ends.

    A 4.x.x that failed in the end was tried in vain for days, which says nothing against it.
    """
    if status and status[0] != "5":
        return False
    subject, detail = (int(part) for part in status.split(".")[1:]) if status else (0, 0)
    if (subject, detail) in _BAD_ADDRESS:
        return True
    other = subject in _BAD_CONTENT_OR_SENDER or (subject, detail) in _MAILBOX_FULL
    if other or _NOT_THE_MAILBOX.search(said):
        return False
    return bool(status or _NO_MAILBOX.search(said))


def _status(text: str) -> str | None:
    found = _STATUS.search(text)
    return ".".join(found.groups()) if found else None


def _telling(said: str) -> str:
    """Return the line of a server's prose that tells why."""
    lines: Iterator[str] = (line.strip() for line in said.split("\n"))
    return next((one for one in lines if _STATUS.search(one) or _CODE.search(one)
                 or _NO_MAILBOX.search(one) or _NOT_THE_MAILBOX.search(one)), "")  # fmt: skip


def _value(fields: Headers, name: str) -> str:
    return fields.get(name, [""])[0]

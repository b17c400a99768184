"""SPF: who may send for a domain (RFC 7208)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from campaigns.delivery.deliverability import Answer, Ask, Check, Light, Record

TOPIC = "spf"
LOOKUPS = 10
"""Names that one check may ask for (RFC 7208, 4.6.4); beyond it every mailbox calls it broken."""
SENDGRID = "sendgrid.net"
_ASKING = re.compile(r"[+?~-]?(include|a|mx|ptr|exists)(?=[:/]|$)[:]?([^/]*)", re.IGNORECASE)
_ALL = re.compile(r"(^|\s)[+?~-]?all(\s|$)", re.IGNORECASE)
_EVERYBODY = re.compile(r"(^|\s)\+?all(\s|$)", re.IGNORECASE)
_REDIRECT = re.compile(r"redirect=(.+)", re.IGNORECASE)


@dataclass(slots=True)
class Walk:
    """What a walk through a record and all that it includes has met."""

    ask: Ask
    lookups: int = 0
    includes: list[str] = field(default_factory=list)
    failure: str = ""
    broken: str = ""
    """An included name without a record of its own."""


def look(domain: str, ask: Ask, *, by_sendgrid: bool, return_path: str | None = None) -> Check:
    """Return how the SPF record of ``domain`` stands.

    Args:
        domain: of the sender.
        ask: for records.
        by_sendgrid: letters leave by SendGrid.
        return_path: the name below the domain that SendGrid returns mail to; it has a record of
            its own, so that the domain's need not name SendGrid.
    """
    answer = ask(domain, "TXT")
    if answer.failure:
        return Check(TOPIC, Light.UNKNOWN, "unanswered", {"domain": domain})
    records = spf_of(answer)
    if len(records) > 1:
        return Check(TOPIC, Light.BAD, "spf.several", {"domain": domain, "count": len(records)})
    if not records:
        return _missing(domain, by_sendgrid=by_sendgrid, return_path=return_path, ask=ask)
    walk = walked(records[0], ask)
    if fault := _fault(records[0], walk):
        return fault
    return _sendgrid(
        domain, records[0], walk, ask, by_sendgrid=by_sendgrid, return_path=return_path
    )


def _fault(record: str, walk: Walk) -> Check | None:
    if walk.failure:
        return Check(TOPIC, Light.UNKNOWN, "unanswered", {"domain": walk.failure})
    if walk.lookups > LOOKUPS:
        return Check(TOPIC, Light.BAD, "spf.lookups", {"got": walk.lookups, "limit": LOOKUPS})
    if walk.broken:
        return Check(TOPIC, Light.BAD, "spf.broken", {"got": walk.broken})
    if _EVERYBODY.search(record):
        return Check(TOPIC, Light.BAD, "spf.everybody", {"got": record})
    return None


def spf_of(answer: Answer) -> list[str]:
    """Return the SPF records among TXT records.

    >>> spf_of(Answer(("v=spf1 -all", "v=spf10", "V=SPF1")))
    ['v=spf1 -all', 'V=SPF1']
    """
    return [
        one for one in answer.values if one.lower() == "v=spf1" or one.lower().startswith("v=spf1 ")
    ]


def walked(record: str, ask: Ask) -> Walk:
    """Return what mailboxes meet when they check ``record``."""
    walk = Walk(ask)
    _step(walk, record)
    return walk


def _step(walk: Walk, record: str) -> None:
    for term in record.split()[1:]:
        if walk.lookups > LOOKUPS or walk.failure or walk.broken:
            return
        asking, redirect = _ASKING.fullmatch(term.split("/")[0]), _REDIRECT.fullmatch(term)
        if asking:
            walk.lookups += 1
            if asking[1].lower() == "include":
                _follow(walk, asking[2])
        elif redirect and not _ALL.search(record):  # beside "all" it says nothing (6.1)
            walk.lookups += 1
            _follow(walk, redirect[1])


def _follow(walk: Walk, name: str) -> None:
    name = name.lower().rstrip(".")
    if "%" in name:  # a macro stands for something of each mail
        return
    walk.includes.append(name)
    answer = walk.ask(name, "TXT")
    if answer.failure:
        walk.failure = name
        return
    records = spf_of(answer)
    if len(records) != 1:
        walk.broken = name
        return
    _step(walk, records[0])


def _is_return_path(return_path: str | None, ask: Ask) -> bool:
    target = ask(return_path, "CNAME").values if return_path else ()
    return any(one.endswith(SENDGRID) for one in target)


def _sendgrid(
    domain: str, record: str, walk: Walk, ask: Ask, *, by_sendgrid: bool, return_path: str | None
) -> Check:
    named = any(one == SENDGRID or one.endswith(f".{SENDGRID}") for one in walk.includes)
    if not by_sendgrid or named or _is_return_path(return_path, ask):
        return Check(TOPIC, Light.GOOD, "spf.good", {"got": record, "lookups": walk.lookups})
    value = re.sub(r"^v=spf1", f"v=spf1 include:{SENDGRID}", record, flags=re.IGNORECASE)
    return Check(TOPIC, Light.WEAK, "spf.without_sendgrid", {}, (Record(domain, "TXT", value),))


def _missing(domain: str, *, by_sendgrid: bool, return_path: str | None, ask: Ask) -> Check:
    if by_sendgrid and _is_return_path(return_path, ask):
        return Check(TOPIC, Light.GOOD, "spf.return_path", {"got": return_path})
    value = f"v=spf1 include:{SENDGRID} ~all" if by_sendgrid else "v=spf1 mx ~all"
    return Check(TOPIC, Light.BAD, "spf.none", {"domain": domain}, (Record(domain, "TXT", value),))

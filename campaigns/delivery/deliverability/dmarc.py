"""DMARC: what a mailbox does with letters that only pretend to be the domain's (RFC 7489)."""

from __future__ import annotations

from collections.abc import Iterator

from campaigns.delivery.deliverability import Ask, Check, Light, Record
from campaigns.delivery.deliverability.dkim import tags_of

TOPIC = "dmarc"
POLICIES = ("none", "quarantine", "reject")


def look(domain: str, ask: Ask, *, reports_to: str) -> Check:
    """Return how the DMARC record that holds for ``domain`` stands.

    Args:
        domain: of the sender.
        ask: for records.
        reports_to: an address for the reports, in the record that is proposed.
    """
    for place in _upwards(domain):
        answer = ask(f"_dmarc.{place}", "TXT")
        if answer.failure:
            return Check(TOPIC, Light.UNKNOWN, "unanswered", {"domain": f"_dmarc.{place}"})
        records = [
            one for one in answer.values if one.replace(" ", "").lower().startswith("v=dmarc1")
        ]
        if len(records) > 1:
            return Check(TOPIC, Light.BAD, "dmarc.several", {"name": f"_dmarc.{place}"})
        if records:
            return _judged(place, records[0], is_own=place == domain, reports_to=reports_to)
    value = f"v=DMARC1; p=none; rua=mailto:{reports_to}"
    name = f"_dmarc.{domain}"
    return Check(TOPIC, Light.BAD, "dmarc.none", {"name": name}, (Record(name, "TXT", value),))


def _upwards(domain: str) -> Iterator[str]:
    """Yield the domain and those above it that somebody can own, as newer mailboxes walk."""
    labels = domain.split(".")
    for start in range(max(len(labels) - 1, 1)):
        yield ".".join(labels[start:])


def _judged(place: str, record: str, *, is_own: bool, reports_to: str) -> Check:
    tags = tags_of(record)
    policy = (tags.get("p", "") if is_own else tags.get("sp") or tags.get("p", "")).lower()
    name = f"_dmarc.{place}"
    if policy not in POLICIES:
        return Check(TOPIC, Light.BAD, "dmarc.policy", {"name": name, "got": policy or "-"})
    if not tags.get("rua"):
        better = (Record(name, "TXT", f"{record.rstrip(' ;')}; rua=mailto:{reports_to}"),)
        return Check(
            TOPIC, Light.WEAK, "dmarc.no_reports", {"name": name, "policy": policy}, better
        )
    if tags.get("adkim", "r").lower() == "s":
        return Check(TOPIC, Light.WEAK, "dmarc.strict", {"name": name, "policy": policy})
    return Check(TOPIC, Light.GOOD, "dmarc.good", {"name": name, "policy": policy})

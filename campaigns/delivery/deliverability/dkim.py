"""DKIM: the key by which mailboxes see that a letter is the domain's own (RFC 6376)."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import replace

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from campaigns.delivery.deliverability import Ask, Check, Light

TOPIC = "dkim"
SENDGRID_SELECTORS = ("s1", "s2")
LEAST_BITS = 1024
"""Shorter keys count as none (RFC 8301, 3.2)."""
GOOD_BITS = 2048


def look(domain: str, ask: Ask, selectors: Sequence[str] = SENDGRID_SELECTORS) -> list[Check]:
    """Return how the key of each selector stands; SendGrid signs by one and changes to the other."""
    found = [_look(domain, selector, ask) for selector in selectors]
    if not any(one.light in (Light.GOOD, Light.WEAK) for one in found):
        return found
    return [replace(one, light=Light.WEAK) if one.light is Light.BAD else one for one in found]


def _look(domain: str, selector: str, ask: Ask) -> Check:
    name = f"{selector}._domainkey.{domain}"
    answer = ask(name, "TXT")
    if answer.failure:
        return Check(TOPIC, Light.UNKNOWN, "unanswered", {"domain": name})
    keys = [one for one in answer.values if "p=" in one]
    if not keys:
        target = ask(name, "CNAME").values
        if target:
            return Check(TOPIC, Light.BAD, "dkim.dangling", {"name": name, "got": target[0]})
        return Check(TOPIC, Light.BAD, "dkim.none", {"name": name})
    if len(keys) > 1:
        return Check(TOPIC, Light.BAD, "dkim.several", {"name": name, "count": len(keys)})
    return judged(name, keys[0])


def judged(name: str, record: str) -> Check:
    """Return how one key record stands."""
    tags = tags_of(record)
    if not tags.get("p"):
        return Check(TOPIC, Light.BAD, "dkim.revoked", {"name": name})
    if tags.get("k", "rsa").lower() == "ed25519":
        return Check(TOPIC, Light.WEAK, "dkim.ed25519", {"name": name})
    bits = bits_of(tags["p"])
    facts = {"name": name, "bits": bits, "expected": GOOD_BITS}
    if not bits:
        return Check(TOPIC, Light.BAD, "dkim.unreadable", {"name": name})
    if bits < LEAST_BITS:
        return Check(TOPIC, Light.BAD, "dkim.short", facts)
    if "y" in tags.get("t", "").lower().split(":"):
        return Check(TOPIC, Light.WEAK, "dkim.testing", {"name": name})
    return Check(
        TOPIC,
        *((Light.GOOD, "dkim.good") if bits >= GOOD_BITS else (Light.WEAK, "dkim.shorter")),
        facts,
    )


def bits_of(key: str) -> int:
    """Return the length of an RSA key, 0 for what is none."""
    try:
        found = load_der_public_key(base64.b64decode(key, validate=True))
    except (ValueError, UnsupportedAlgorithm):
        return 0
    return found.key_size if isinstance(found, rsa.RSAPublicKey) else 0


def tags_of(record: str) -> dict[str, str]:
    """Return the ``name=value`` pairs of a DKIM or DMARC record, without white space in values.

    >>> tags_of("v=DKIM1; k=rsa; p=MIG fMA; ")
    {'v': 'DKIM1', 'k': 'rsa', 'p': 'MIGfMA'}
    """
    pairs = (part.partition("=") for part in record.split(";"))
    return {
        name.strip().lower(): re.sub(r"\s", "", value) for name, _, value in pairs if name.strip()
    }

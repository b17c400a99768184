"""The public address that letters lead to: https, a certificate that holds, pictures that load."""

from __future__ import annotations

import http.client
import socket
import ssl
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from campaigns.delivery.deliverability import Check, Light

ADDRESS, CERTIFICATE, PICTURES = "address", "certificate", "pictures"
TIMEOUT_S = 8.0
RENEWED_DAYS = 14
"""Certificates are renewed by themselves a month before their end; what has less was forgotten."""
PICTURE_BYTES = 12

Expiry = Callable[[str, int], datetime]
"""Returns when the certificate of a host and port ends. Raises OSError (``ssl.SSLError`` is one)."""
Load = Callable[[str], bool]
"""Says whether a picture loads."""


def address(url: str, probe: Callable[[str], bool]) -> Check:
    """Say whether the public address leads to this program."""
    if not url.startswith("https://"):
        return Check(ADDRESS, Light.BAD, "address.https")
    if not probe(url):
        return Check(ADDRESS, Light.BAD, "address.silent", {"url": url})
    return Check(ADDRESS, Light.GOOD, "address.good", {"url": url})


def certificate(url: str, expiry: Expiry, *, now: datetime) -> Check:
    """Say whether browsers and mailboxes believe the certificate, and for how long."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        return Check(CERTIFICATE, Light.UNKNOWN, "address.https")
    try:
        ends = expiry(parts.hostname, parts.port or 443)
    except ssl.SSLCertVerificationError as error:
        return Check(
            CERTIFICATE, Light.BAD, "certificate.refused", {"reason": error.verify_message}
        )
    except OSError:
        return Check(CERTIFICATE, Light.UNKNOWN, "certificate.silent", {"domain": parts.hostname})
    days = (ends - now).days
    facts = {"days": days, "domain": parts.hostname}
    if days < RENEWED_DAYS:
        return Check(CERTIFICATE, Light.WEAK, "certificate.ends", facts)
    return Check(CERTIFICATE, Light.GOOD, "certificate.good", facts)


def pictures(urls: list[str], load: Load) -> Check:
    """Say whether the pictures of letters load from where readers are."""
    if not urls:
        return Check(PICTURES, Light.GOOD, "pictures.none")
    dead = [url for url in urls if not load(url)]
    if dead:
        return Check(PICTURES, Light.BAD, "pictures.dead", {"got": ", ".join(dead)})
    return Check(PICTURES, Light.GOOD, "pictures.good", {"count": len(urls)})


def ends_at(host: str, port: int) -> datetime:
    """Return when the certificate of a host ends.

    Raises:
        OSError: nobody answers, or (``ssl.SSLCertVerificationError``) the certificate is not good.
    """
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, port), timeout=TIMEOUT_S) as plain,
        context.wrap_socket(plain, server_hostname=host) as secure,
    ):
        known = secure.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(known["notAfter"])), UTC)


def loads(url: str) -> bool:
    """Say whether an address gives a picture."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=TIMEOUT_S) as response:
            kind = str(response.headers.get_content_type())
            return kind.startswith("image/") and bool(response.read(PICTURE_BYTES))
    except (OSError, http.client.HTTPException, ValueError):
        return False

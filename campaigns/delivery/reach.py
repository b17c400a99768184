"""Does the public address really lead to us? Asked before mail with links in it may go out."""

from __future__ import annotations

import hmac
import http.client
import ipaddress
import socket
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

from campaigns import clock
from campaigns.store.signing import Signer

TIMEOUT_S = 10.0
ANSWER_BYTES = 1_000
PURPOSE = "health"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_more: object) -> None:
        """Follow nothing: an address that sends readers elsewhere is not ours."""


def prober(
    signer: Signer,
    *,
    new_token: Callable[[], str] = clock.new_token,
    timeout_s: float = TIMEOUT_S,
) -> Callable[[str], bool]:
    """Return the probe that ``campaigns.approve`` asks: does this address answer as us?"""
    return lambda url: answers(url, signer, nonce=new_token(), timeout_s=timeout_s)


def answers(url: str, signer: Signer, *, nonce: str, timeout_s: float = TIMEOUT_S) -> bool:
    """Say whether ``{url}/health`` signs our nonce with our key."""
    opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))
    address = f"{url.rstrip('/')}/health?nonce={quote(nonce)}"
    try:
        with opener.open(address, timeout=timeout_s) as response:
            content: bytes = response.read(ANSWER_BYTES)
    except (OSError, http.client.HTTPException, ValueError):
        return False
    expected = signer.sign(PURPOSE, nonce).encode("ascii")
    return hmac.compare_digest(content.strip(), expected)


def is_alive(url: str, *, timeout_s: float = TIMEOUT_S) -> bool:
    """Say whether a link of a letter answers. Only public addresses are asked, never our own net."""
    host = urlsplit(url).hostname
    if not host or not _is_public(host):
        return False
    headers = {"User-Agent": "Mozilla/5.0 (link check)"}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - https, by preflight
    opener = urllib.request.build_opener(_OnlyPublic, urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=timeout_s) as response:
            return bool(response.status < 400)
    except urllib.error.HTTPError as answer:
        return answer.code in (401, 403, 405, 429)  # there, and not for programs
    except (OSError, http.client.HTTPException, ValueError):
        return False


class _OnlyPublic(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> urllib.request.Request | None:
        """Follow a redirect, but not into our own net."""
        if not _is_public(urlsplit(args[-1]).hostname or ""):
            return None
        return super().redirect_request(*args)


def _is_public(host: str) -> bool:
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return False
    return bool(found) and all(ipaddress.ip_address(one).is_global for one in found)

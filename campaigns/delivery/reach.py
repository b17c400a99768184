"""Does the public address really lead to us? Asked before mail with links in it may go out."""

from __future__ import annotations

import hmac
import http.client
import urllib.request
from collections.abc import Callable
from urllib.parse import quote

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

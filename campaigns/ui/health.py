"""Does the public address of this installation answer? Asked before real mail is approved."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request

from campaigns.clock import new_token
from campaigns.errors import InputError
from campaigns.ui.resources import workspace

TIMEOUT_S = 10
MOST_BYTES = 200


def web_answers(base_url: str) -> bool:
    """Say whether our own ``web`` answers at ``base_url``: it signs what we ask."""
    nonce = new_token()
    address = f"{base_url}/health?{urllib.parse.urlencode({'nonce': nonce})}"
    try:
        with urllib.request.urlopen(address, timeout=TIMEOUT_S) as answer:  # noqa: S310 - our address
            signed = answer.read(MOST_BYTES).decode("ascii")
        return workspace().signer.check("health", signed.strip()) == nonce
    except (urllib.error.URLError, OSError, UnicodeDecodeError, InputError):
        return False

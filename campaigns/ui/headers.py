"""What every answer of the interface carries, and the addresses it may listen on."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from campaigns.errors import SettingsError
from campaigns.settings import LOOPBACK

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def require_loopback(address: str | None) -> None:
    """Refuse an address that other machines could reach, because logins do not exist yet.

    Raises:
        SettingsError: the address is not this machine's own; none means every address.
    """
    if address not in LOOPBACK:
        raise SettingsError("settings.public_bind", name="server.address", got=address or "0.0.0.0")  # noqa: S104 - named, not bound


def content_security_policy(index: str | None = None) -> str:
    """Return a policy under which Streamlit works and nothing foreign loads or runs.

    Streamlit's page holds inline scripts; each is allowed by the hash of what it is, read from
    the installed version, so that an upgrade needs no change here.
    """
    page = INDEX.read_text(encoding="utf-8") if index is None else index
    hashes = " ".join(f"'sha256-{_hash(script)}'" for script in _inline_scripts(page))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {hashes}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "frame-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class SecurityHeaders:
    """ASGI middleware: adds the headers to each HTTP answer that does not set its own."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self.app = app
        self.headers = {**HEADERS, "Content-Security-Policy": policy}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _inline_scripts(page: str) -> list[str]:
    return re.findall(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", page, flags=re.DOTALL)


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")

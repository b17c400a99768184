"""What stands around every route: headers, limits, and pages for when something goes wrong.

Pure ASGI, so that bodies pass through untouched: a signature is checked over the raw bytes.
"""

from __future__ import annotations

import logging
from typing import cast

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from campaigns.clock import new_token
from campaigns.errors import whereabouts
from campaigns.model.language import Language
from campaigns.web.pages import best_language, language_named, render

FORM_BYTES = 64 * 1024
"""A form of 2,000 Georgian characters takes 18 kB; nothing that people send takes more."""
HOOK_BYTES = 1_500_000
"""SendGrid posts at 768 kB at the latest (its documentation of the event webhook)."""
PRIVATE = ("/u/", "/t/", "/c/")
"""Addresses that hold a person's own link."""

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
    " frame-ancestors 'none'; base-uri 'none'"
)
_ALWAYS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_ON_PUBLIC = {"Referrer-Policy": "strict-origin-when-cross-origin"}
_ON_PRIVATE = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}

_log = logging.getLogger("campaigns.web")


class SecurityHeaders:
    """Adds the headers that every answer carries, and more where an address is a secret."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        extra = _ALWAYS | (_ON_PRIVATE if scope["path"].startswith(PRIVATE) else _ON_PUBLIC)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(extra)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class LastResort:
    """Turns an error that nobody expected into a page, and a log line without personal data.

    The error's own text is not logged: a database error quotes the values of its statement.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except ClientDisconnect:
            return
        except Exception as error:
            if scope["type"] != "http":
                raise
            reference = log_unexpected(error)
            if not started:
                answer = error_page(Request(scope), 500, reference)
                await answer(scope, receive, send)


def log_unexpected(error: Exception) -> str:
    """Write where an error came from, and return the reference that the reader is shown."""
    reference = new_token()[:8]
    _log.error("unexpected reference=%s %s", reference, whereabouts(error))
    return reference


def on_http_error(request: Request, error: Exception) -> Response:
    """Answer a refusal of a route or of the router with a page."""
    refusal = cast("HTTPException", error)  # registered for this class alone
    answer = error_page(request, refusal.status_code)
    answer.headers.update(refusal.headers or {})
    return answer


def error_page(request: Request, status: int, reference: str = "") -> HTMLResponse:
    """Return a page that says what is wrong in the reader's language; it needs no database."""
    language = reader_language(request)
    text = render("error.html", language, status=status, reference=reference, site="", shop="",
                  brand=None)  # fmt: skip
    return HTMLResponse(text, status, {"Content-Language": str(language)})


def reader_language(request: Request, otherwise: Language = Language.EN) -> Language:
    """Return the language of the address, or the browser's, or ``otherwise``."""
    first = request.scope["path"].lstrip("/").partition("/")[0]
    accepted = request.headers.get("accept-language", "")
    return language_named(first) or best_language(accepted, otherwise)

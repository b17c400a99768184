"""What SendGrid lets our key do: asked once, before a campaign is approved.

This is rare, so the official client asks. Three of its habits are undone here: it waits for ever
by default, it follows redirects and takes the key along, and at debug level it logs the key.
"""

from __future__ import annotations

import http.client
import logging
import urllib.request
from typing import Any

import orjson
from python_http_client.client import Client
from python_http_client.exceptions import HTTPError
from sendgrid import SendGridAPIClient

from campaigns.errors import NotAllowedError
from campaigns.settings import Settings

TIMEOUT_S = 10.0
MAIL_SEND = "mail.send"
"""The scope without which ``/v3/mail/send`` answers 403."""

logging.getLogger("python_http_client.client").disabled = True


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_more: object) -> None:
        """Follow nothing: the key is for one host."""


class _Direct(Client):  # type: ignore[misc] # the package brings no types
    """The official client's request, without redirects and without proxies of the environment."""

    def _make_request(self, _opener: object, request: object, timeout: float | None = None) -> Any:
        direct = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))
        return super()._make_request(direct, request, timeout=timeout)


def require_right_to_send(settings: Settings, name: str, *, timeout_s: float = TIMEOUT_S) -> None:
    """Refuse campaign ``name`` unless SendGrid says that our key may send.

    Source: SendGrid's reference of ``GET /v3/scopes``.

    Raises:
        NotAllowedError: the key is wrong, may not send, or SendGrid cannot be reached.
    """
    try:
        scopes = _scopes(settings.sendgrid_host, settings.sendgrid_api_key, timeout_s)
    except HTTPError as cause:
        if cause.status_code in (401, 403):
            raise NotAllowedError("campaign.sendgrid_key", name=name) from None
        raise _unreachable(settings, name, str(cause.status_code)) from None
    except ValueError as cause:  # its text would show a key that cannot stand in a header
        if isinstance(cause, orjson.JSONDecodeError):
            raise _unreachable(settings, name, "JSON") from None
        raise NotAllowedError("campaign.sendgrid_key", name=name) from None
    except (OSError, http.client.HTTPException) as cause:
        raise _unreachable(settings, name, _why(cause)) from None
    if MAIL_SEND not in scopes:
        raise NotAllowedError("campaign.sendgrid_scope", name=name)


def _scopes(host: str, api_key: str, timeout_s: float) -> list[str]:
    """Return what the key may do.

    Raises:
        HTTPError: the answer is no 2xx.
        ValueError: the key cannot stand in a header, or the answer is no JSON.
        OSError, HTTPException: there was no whole answer.
    """
    headers = SendGridAPIClient(api_key, host).client.request_headers
    client = _Direct(host=host, request_headers=headers, version=3, url_path=["scopes"])
    answer = orjson.loads(client.get(timeout=timeout_s).body)
    scopes = answer.get("scopes") if isinstance(answer, dict) else None
    return scopes if isinstance(scopes, list) else []


def _why(cause: Exception) -> str:
    inner = getattr(cause, "reason", None)  # URLError wraps what really happened
    return type(inner if isinstance(inner, Exception) else cause).__name__


def _unreachable(settings: Settings, name: str, why: str) -> NotAllowedError:
    return NotAllowedError(
        "campaign.sendgrid_unreachable", name=name, host=settings.sendgrid_host, reason=why
    )

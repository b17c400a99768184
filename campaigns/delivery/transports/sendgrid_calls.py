"""One request to SendGrid about the account itself: settings, rights, lists. Rare, so the official
client asks.

Four of its habits are undone here: it waits for ever by default, it follows redirects and takes
the key along, it obeys proxies of the environment, and at debug level it logs the key.
"""

from __future__ import annotations

import http.client
import logging
import urllib.request
from collections.abc import Mapping
from typing import Any

import orjson
from python_http_client.client import Client
from python_http_client.exceptions import HTTPError
from sendgrid import SendGridAPIClient

from campaigns.delivery.transports import reason
from campaigns.errors import DeliveryError

TIMEOUT_S = 10.0
OTHER_REGION = 451
"""A European account asked at the global address, or the other way round."""

logging.getLogger("python_http_client.client").disabled = True


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_more: object) -> None:
        """Follow nothing: the key is for one host."""


class _Direct(Client):  # type: ignore[misc] # the package brings no types
    """The official client's request, without redirects and without proxies of the environment."""

    def _make_request(self, _opener: object, request: object, timeout: float | None = None) -> Any:
        direct = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))
        return super()._make_request(direct, request, timeout=timeout)


def call(
    host: str,
    api_key: str,
    verb: str,
    path: str,
    *,
    body: object = None,
    query: Mapping[str, object] | None = None,
    timeout_s: float = TIMEOUT_S,
) -> Any:
    """Return what SendGrid answers, decoded; None for an answer without content.

    Args:
        host: of the region, ``https://api.sendgrid.com``.
        api_key: of the account; it is in no error.
        verb: ``get``, ``post``, ``put``, ``patch`` or ``delete``.
        path: below ``/v3/``, as ``user/webhooks/event/settings``.
        body: sent as JSON.
        query: stands behind the question mark.
        timeout_s: for each step of the connection.

    Raises:
        DeliveryError: ``sendgrid.key`` (not known there), ``sendgrid.forbidden`` (the key lacks a
            right), ``sendgrid.region``, ``sendgrid.refused`` (with ``status``) or
            ``sendgrid.unreachable``.
    """
    try:
        headers = SendGridAPIClient(api_key, host).client.request_headers
        client = _Direct(host=host, request_headers=headers, version=3, url_path=path.split("/"))
        ask = getattr(client, verb)
        content = ask(request_body=body, query_params=query, timeout=timeout_s).body
        return orjson.loads(content) if content.strip() else None
    except HTTPError as cause:
        raise _refused(host, cause) from None
    except ValueError as cause:  # its text would show a key that cannot stand in a header
        if isinstance(cause, orjson.JSONDecodeError):
            raise _unreachable(host, "JSON") from None
        raise DeliveryError("sendgrid.key") from None
    except (OSError, http.client.HTTPException) as cause:
        raise _unreachable(host, _why(cause)) from None


def _refused(host: str, answer: HTTPError) -> DeliveryError:
    status = int(answer.status_code)
    codes = {401: "sendgrid.key", 403: "sendgrid.forbidden", OTHER_REGION: "sendgrid.region"}
    if status in codes:
        return DeliveryError(codes[status])
    if status < 400 or status == 429 or status >= 500:
        return _unreachable(host, str(status))
    return DeliveryError("sendgrid.refused", status=status, reason=_said(answer.body))


def _said(content: bytes) -> str:
    """Return SendGrid's own words of what was wrong."""
    try:
        errors = orjson.loads(content)["errors"]
        return reason("; ".join(str(one["message"]) for one in errors))
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return "?"


def _why(cause: Exception) -> str:
    inner = getattr(cause, "reason", None)  # URLError wraps what really happened
    return type(inner if isinstance(inner, Exception) else cause).__name__


def _unreachable(host: str, why: str) -> DeliveryError:
    return DeliveryError("sendgrid.unreachable", host=host, reason=why)

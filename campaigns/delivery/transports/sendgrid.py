"""SendGrid: many people in one request, each with only what differs.

What each answer means is one table, ``classify``. 202 is the only success; nothing is repeated by
a library, no redirect is followed, and every request has its own connection: a reused one that the
server has just closed would leave a request of which nobody knows whether it arrived.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp
import orjson

from campaigns.delivery.transports import Fate, Outcome, Request, Verdict, problem, reason
from campaigns.delivery.transports.sendgrid_body import encoded
from campaigns.store.options import Brand

PATH = "/v3/mail/send"
CONNECT_S = 5.0
TOTAL_S = 60.0
RESET_MAX_S = 3_600.0
"""A rate limit that ends later than this is not believed."""
_PERSON = re.compile(r"^personalizations[.\[](\d+)")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, the headers that matter, and SendGrid's ``errors``."""

    status: int
    provider_id: str | None = None
    reset_at: float | None = None
    errors: Sequence[Mapping[str, Any]] = ()


@dataclass(slots=True)
class SendGridTransport:
    """Posts to ``host``. The key is sent and never shown."""

    host: str
    api_key: str = field(repr=False)
    brand: Brand
    window: int = 1000

    def send(self, request: Request, key: str, *, now: datetime, time_left_s: float) -> Outcome:
        content = encoded(request, key, self.brand)
        count = request.count
        try:
            answer = asyncio.run(self._post(content, min(TOTAL_S, time_left_s)))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as cause:
            error = problem("transport.unreachable", reason=type(cause).__name__)
            return Outcome.same(Fate.AGAIN, count, error=error, later=True)
        except (aiohttp.ClientError, OSError) as cause:  # OSError: TimeoutError is one
            error = problem("transport.no_answer", reason=type(cause).__name__)
            return Outcome.same(Fate.UNKNOWN, count, error=error)
        return classify(answer, count, now=now)

    def close(self) -> None:
        """Nothing is kept open between requests."""

    async def _post(self, request_body: bytes, total_s: float) -> Answer:
        timeout = aiohttp.ClientTimeout(total=total_s, connect=CONNECT_S)
        connector = aiohttp.TCPConnector(force_close=True, family=socket.AF_UNSPEC)
        headers = {
            "Authorization": f"Bearer {self.api_key}",
            "Content-Type": "application/json",
            "Accept": "application/json",
        }
        async with (
            aiohttp.ClientSession(connector=connector, timeout=timeout, trust_env=False) as session,
            session.post(
                self.host + PATH, data=request_body, headers=headers, allow_redirects=False
            ) as response,
        ):
            content = await response.read() if response.status >= 400 else b""
            return Answer(
                response.status,
                response.headers.get("X-Message-Id"),
                _number(response.headers.get("X-RateLimit-Reset")),
                _errors(content),
            )


def classify(answer: Answer, count: int, *, now: datetime) -> Outcome:
    """Return what an answer to a request for ``count`` people means.

    Source: SendGrid's v3 error pages; 5xx is documented nowhere, so nobody knows.
    """
    status, said = answer.status, _said(answer)
    facts: dict[str, Any] = {"http_status": status, "provider_id": answer.provider_id}
    match status:
        case 202:
            return Outcome.same(Fate.ACCEPTED, count, **facts)
        case 429:
            error = problem("transport.rate_limit", reason=said)
            wait_s = _wait_s(answer.reset_at, now)
            return Outcome.same(
                Fate.AGAIN, count, error=error, later=True, retry_after_s=wait_s, **facts
            )
        case 401 | 403 | 451:
            error = problem("transport.not_allowed", status=status, reason=said)
            return Outcome.same(Fate.AGAIN, count, error=error, halt=True, **facts)
        case _ if 400 <= status < 500:
            return _refused(answer, count, facts)
        case _ if status >= 500:
            error = problem("transport.provider_error", status=status)
            return Outcome.same(Fate.UNKNOWN, count, error=error, **facts)
        case _:
            error = problem("transport.strange_answer", status=status)
            return Outcome.same(Fate.UNKNOWN, count, error=error, halt=True, **facts)


def _refused(answer: Answer, count: int, facts: dict[str, Any]) -> Outcome:
    """Part the people whom a 4xx names from the others, who may be asked for again at once."""
    error = problem("transport.refused", reason=_said(answer))
    fields = [str(each.get("field") or "") for each in answer.errors]
    named = {int(found[1]) for text in fields if (found := _PERSON.match(text))} & set(range(count))
    if named or count == 1:
        guilty, innocent = Verdict(Fate.REFUSED, error), Verdict(Fate.AGAIN)
        whole = count == 1
        verdicts = tuple(guilty if whole or i in named else innocent for i in range(count))
        return Outcome(verdicts, error=error, **facts)
    if any(fields) and answer.status == 400:  # a part of the letter that all share
        return Outcome.same(Fate.AGAIN, count, error=error, halt=True, **facts)
    return Outcome.same(Fate.AGAIN, count, error=error, divide=True, **facts)


def _said(answer: Answer) -> str:
    texts = [str(each.get("message") or "") for each in answer.errors]
    return reason(f"{answer.status} {'; '.join(texts)}")


def _wait_s(reset_at: float | None, now: datetime) -> float | None:
    """Return the seconds until a rate limit ends, or None when it does not say."""
    if reset_at is None:
        return None
    return min(max(reset_at - now.timestamp(), 0.0) + 1.0, RESET_MAX_S)


def _number(text: str | None) -> float | None:
    return float(text) if text and text.isdecimal() else None


def _errors(content: bytes) -> list[Mapping[str, Any]]:
    """Return the ``errors`` of an answer; one that is no JSON, such as an HTML page, has none."""
    try:
        answer = orjson.loads(content)
    except orjson.JSONDecodeError:
        return []
    errors = answer.get("errors") if isinstance(answer, dict) else None
    return [each for each in errors if isinstance(each, dict)] if isinstance(errors, list) else []

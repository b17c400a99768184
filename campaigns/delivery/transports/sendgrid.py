"""SendGrid: many people in one request, each with only what differs.

What each answer means is one table, ``classify``. 202 is the only success; nothing is repeated by
a library and no redirect is followed. What went wrong before the first byte of a request was
written may be asked again; whatever goes wrong later leaves a request of which nobody knows whether
it arrived (``delivery.transports.line``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from campaigns.delivery.transports import Fate, Outcome, Request, Verdict, problem, reason
from campaigns.delivery.transports.line import Answered, Line, NoAnswer, NotSent
from campaigns.delivery.transports.sendgrid_body import encoded
from campaigns.store.options import Brand

PATH = "/v3/mail/send"
TOTAL_S = 60.0
RESET_MAX_S = 3_600.0
"""A rate limit that ends later than this is not believed."""
_PERSON = re.compile(r"^personalizations[.\[](\d+)")
_BAD_ADDRESS = re.compile(r"valid (e-?mail )?address", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, the headers that matter, and SendGrid's ``errors``."""

    status: int
    provider_id: str | None = None
    reset_at: float | None = None
    errors: Sequence[Mapping[str, Any]] = ()


@dataclass(slots=True)
class SendGridTransport:
    """Posts to ``host``, ``calls`` requests at once at most. The key is sent and never shown."""

    host: str
    api_key: str = field(repr=False)
    brand: Brand
    window: int = 1000
    calls: int = 1
    reply_domain: str = ""
    _line: Line = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._line = Line(self.calls)

    def send(self, request: Request, key: str, *, now: datetime, time_left_s: float) -> Outcome:
        content = encoded(request, key, self.brand, self.reply_domain)
        headers = {
            "Authorization": f"Bearer {self.api_key}",
            "Content-Type": "application/json",
            "Accept": "application/json",
        }
        total_s = min(TOTAL_S, time_left_s)
        try:
            answered = self._line.post(self.host + PATH, content, headers, total_s=total_s)
        except NotSent as cause:
            error = problem("transport.unreachable", reason=str(cause))
            return Outcome.same(Fate.AGAIN, request.count, error=error, later=True)
        except NoAnswer as cause:
            error = problem("transport.no_answer", reason=str(cause))
            return Outcome.same(Fate.UNKNOWN, request.count, error=error)
        return classify(_answer(answered), request.count, now=now)

    def close(self) -> None:
        self._line.close()


def _answer(answered: Answered) -> Answer:
    return Answer(
        answered.status,
        answered.headers.get("X-Message-Id"),
        _number(answered.headers.get("X-RateLimit-Reset")),
        _errors(answered.content),
    )


def classify(answer: Answer, count: int, *, now: datetime) -> Outcome:
    """Return what an answer to a request for ``count`` people means.

    Source: SendGrid's v3 error pages; 5xx is documented nowhere, so nobody knows.
    """
    status, said = answer.status, _told(answer.status, answer.errors)
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
    error = _error(answer.status, answer.errors)
    about: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for each in answer.errors:
        if found := _PERSON.match(str(each.get("field") or "")):
            about[int(found[1])].append(each)
    named = {i: _error(answer.status, about[i]) for i in about.keys() & set(range(count))}
    if named or count == 1:
        guilty = {0: error} if count == 1 else named
        verdicts = tuple(
            Verdict(Fate.REFUSED, guilty[i]) if i in guilty else Verdict(Fate.AGAIN)
            for i in range(count)
        )
        return Outcome(verdicts, error=error, **facts)
    is_shared = any(each.get("field") for each in answer.errors)  # a part of the letter of all
    if is_shared and answer.status == 400:
        return Outcome.same(Fate.AGAIN, count, error=error, halt=True, **facts)
    return Outcome.same(Fate.AGAIN, count, error=error, divide=True, **facts)


def _error(status: int, errors: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return why letters were refused; what is often said of an address has words of our own."""
    if status == 400 and errors and all(_is_bad_address(each) for each in errors):
        return problem("transport.bad_address")
    return problem("transport.refused", reason=_told(status, errors))


def _is_bad_address(error: Mapping[str, Any]) -> bool:
    """Say whether it is a reader's address that is wrong, not the sender's."""
    field = str(error.get("field") or "")
    of_reader = not field or _PERSON.match(field) is not None
    return of_reader and _BAD_ADDRESS.search(str(error.get("message") or "")) is not None


def _told(status: int, errors: Sequence[Mapping[str, Any]]) -> str:
    """Return SendGrid's own words, each once however many people it says them of."""
    texts = dict.fromkeys(str(each.get("message") or "") for each in errors)
    return reason(f"{status} {'; '.join(texts)}")


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

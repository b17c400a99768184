"""SMTP: connections that carry many letters, one answer for each addressee.

Until a letter's last dot leaves, a broken connection means that it was not sent. From then until
the server's answer nobody knows (RFC 5321 section 4.5.3.2.6).
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from campaigns import clock
from campaigns.delivery.transports import (
    Addressee,
    Fate,
    Outcome,
    Request,
    Verdict,
    problem,
    reason,
)
from campaigns.delivery.transports.message import mail
from campaigns.delivery.transports.reply_address import letter_id
from campaigns.delivery.transports.smtp_pool import (
    TIMEOUT_S,
    Later,
    Link,
    Pool,
    RefusesUs,
    text,
)
from campaigns.errors import RenderError
from campaigns.store.options import Brand

CLOSING = 421
"""RFC 5321: service not available, closing transmission channel."""
TOO_LARGE = 552
"""RFC 5321: said of one letter's size, also in answer to MAIL."""
ENVELOPES = 2
"""Connections on which a letter is tried: a kept one may have died since the last."""
_DOT = re.compile(rb"^\.", re.MULTILINE)


class _Gone(Exception):
    """The connection ended before the letter had left."""


@dataclass(slots=True)
class SmtpTransport:
    """Sends by the connections of ``pool``, which all lanes of a worker share."""

    pool: Pool
    brand: Brand
    reply_domain: str = ""
    monotonic_s: Callable[[], float] = clock.monotonic_s
    window: int = 20

    def send(self, request: Request, key: str, *, now: datetime, time_left_s: float) -> Outcome:  # noqa: ARG002 - the port's signature
        deadline_s = self.monotonic_s() + time_left_s
        verdicts: list[Verdict] = []
        error, halt = None, False
        try:
            while len(verdicts) < request.count and self.monotonic_s() < deadline_s:
                verdicts.append(self._deliver(request, len(verdicts), now, deadline_s))
        except RefusesUs as refusal:
            error, halt = problem("transport.smtp_refused", reason=reason(str(refusal))), True
        except Later as cause:
            error = problem("transport.deferred", reason=reason(str(cause)))
        except (_Gone, OSError, smtplib.SMTPException) as cause:
            error = problem("transport.unreachable", reason=type(cause).__name__)
        rest = (Verdict(Fate.AGAIN),) * (request.count - len(verdicts))
        later = error is not None and not halt
        return Outcome((*verdicts, *rest), error=error, later=later, halt=halt)

    def close(self) -> None:
        """Say goodbye; a server that is gone does not mind."""
        self.pool.close()

    def _deliver(self, request: Request, index: int, now: datetime, deadline_s: float) -> Verdict:
        try:
            content = mail(request, index, self.brand, now, self.reply_domain)
        except RenderError as error:
            return Verdict(Fate.REFUSED, problem(error.code, **error.facts))
        last: Exception = _Gone()
        for _ in range(ENVELOPES):
            link = self.pool.take(deadline_s)
            kept = link.carried > 0
            try:
                return self._hand_over(link, request.addressee(index), content, deadline_s)
            except (_Gone, OSError, smtplib.SMTPException) as cause:
                self.pool.drop(link)
                last = cause
            if not kept:
                break
        raise last

    def _hand_over(
        self, link: Link, addressee: Addressee, content: bytes, deadline_s: float
    ) -> Verdict:
        """Offer one letter on one connection; raise only while it certainly was not taken."""
        try:
            verdict = self._envelope(link.server, addressee)
        except (RefusesUs, Later):
            self.pool.drop(link, politely=True)
            raise
        link.dirty = verdict is not None
        if verdict is None:
            return self._content(link, content, deadline_s)
        self.pool.give(link)
        return verdict

    def _envelope(self, server: smtplib.SMTP, addressee: Addressee) -> Verdict | None:
        """Name sender and addressee; return a verdict only when the server minds."""
        known_by = letter_id(addressee.unsubscribe_url)
        returned = [f"RET=HDRS ENVID={known_by}"] if server.has_extn("dsn") else []
        code, words = server.mail(self.brand.from_address, returned)
        if code == TOO_LARGE:
            return _verdict(code, words)
        if code >= 500:
            raise RefusesUs(text(words))
        if not 200 <= code < 400:
            raise _Gone if code in (CLOSING, -1) else Later(f"{code} {text(words)}")
        code, words = server.rcpt(
            _on_the_wire(addressee.address), ["NOTIFY=FAILURE"] * len(returned)
        )
        if 200 <= code < 400:
            code, words = server.docmd("DATA")
        return None if 200 <= code < 400 else _verdict(code, words)

    def _content(self, link: Link, content: bytes, deadline_s: float) -> Verdict:
        """Send the letter's text; without an answer to its last dot nobody knows what became of it."""
        server = link.server
        server.send(_DOT.sub(b"..", content))
        try:
            _wait_up_to(server, max(TIMEOUT_S, deadline_s - self.monotonic_s()))
            server.send(b".\r\n")
            code, words = server.getreply()
            _wait_up_to(server, TIMEOUT_S)
        except (OSError, smtplib.SMTPException) as cause:
            return self._doubt(link, type(cause).__name__)
        if code < 200:
            return self._doubt(link, "no reply code")
        link.carried += 1
        if code == CLOSING:  # an answer all the same: it was not taken (RFC 5321 section 3.8)
            self.pool.drop(link)
            return Verdict(Fate.AGAIN, _said("transport.deferred", code, words))
        self.pool.give(link)
        return Verdict(Fate.ACCEPTED) if code < 400 else _verdict(code, words)

    def _doubt(self, link: Link, why: str) -> Verdict:
        self.pool.drop(link)
        return Verdict(Fate.UNKNOWN, problem("transport.no_answer", reason=why))


def _wait_up_to(server: smtplib.SMTP, seconds: float) -> None:
    if server.sock is not None:
        server.sock.settimeout(seconds)


def _verdict(code: int, words: bytes) -> Verdict:
    """Return what a refusal means for one addressee (RFC 5321 section 4.2.1).

    A server that closes, or answers without a number, has said nothing of the addressee.
    """
    if code == CLOSING or code < 400:
        raise _Gone
    if code >= 500:
        return Verdict(Fate.REFUSED, _said("transport.refused", code, words))
    return Verdict(Fate.AGAIN, _said("transport.deferred", code, words))


def _said(problem_code: str, code: int, words: bytes) -> dict[str, object]:
    return problem(problem_code, reason=reason(f"{code} {text(words)}"))


def _on_the_wire(address: str) -> str:
    """Return an address with its domain as mail servers compare it (RFC 5890)."""
    local, _, domain = address.rpartition("@")
    return address if address.isascii() else f"{local}@{domain.encode('idna').decode('ascii')}"

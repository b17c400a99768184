"""SMTP: one connection for many letters, one answer for each addressee.

Until a letter's text begins to leave, a broken connection means that it was not sent. From then
until the server's answer nobody knows (RFC 5321 section 4.5.3.2.6).
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote, urlsplit

from campaigns import clock
from campaigns.delivery.transports import Fate, Outcome, Request, Verdict, problem, reason
from campaigns.delivery.transports.message import mail
from campaigns.errors import RenderError
from campaigns.settings import LOOPBACK
from campaigns.store.options import Brand

TIMEOUT_S = 30.0
SUBMISSION_PORT = 587
TLS_PORT = 465
CLOSING = 421
"""RFC 5321: service not available, closing transmission channel."""
_DOT = re.compile(rb"^\.", re.MULTILINE)


class _RefusesUs(Exception):
    """The server will take nothing from us, whoever the addressee is."""


class _Gone(Exception):
    """The connection ended before the letter began to leave."""


@dataclass(slots=True)
class SmtpTransport:
    """Speaks to the server at ``url``: ``smtp://`` with STARTTLS, ``smtps://`` with TLS at once."""

    url: str = field(repr=False)
    brand: Brand
    monotonic_s: Callable[[], float] = clock.monotonic_s
    window: int = 20
    connection: smtplib.SMTP | None = None

    def send(self, request: Request, key: str, *, now: datetime, time_left_s: float) -> Outcome:  # noqa: ARG002 - the port's signature
        deadline = self.monotonic_s() + time_left_s
        count = request.count
        verdicts: list[Verdict] = []
        error, halt = None, False
        try:
            while len(verdicts) < count and self.monotonic_s() < deadline:
                verdicts.append(self._deliver(request, len(verdicts), now))
        except _RefusesUs as refusal:
            error, halt = problem("transport.smtp_refused", reason=reason(str(refusal))), True
        except (_Gone, OSError, smtplib.SMTPException) as cause:
            error = problem("transport.unreachable", reason=type(cause).__name__)
        if error:
            self._drop()
        rest = (Verdict(Fate.AGAIN),) * (count - len(verdicts))
        later = error is not None and not halt
        return Outcome((*verdicts, *rest), error=error, later=later, halt=halt)

    def close(self) -> None:
        """Say goodbye; a server that is gone does not mind."""
        if self.connection is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self.connection.quit()
            self._drop()

    def _drop(self) -> None:
        server, self.connection = self.connection, None
        if server is not None:
            server.close()

    def _connected(self) -> smtplib.SMTP:
        if self.connection is None:
            self.connection = _connect(self.url)
        return self.connection

    def _deliver(self, request: Request, index: int, now: datetime) -> Verdict:
        try:
            content = mail(request, index, self.brand, now)
        except RenderError as error:
            return Verdict(Fate.REFUSED, problem(error.code, **error.facts))
        server = self._connected()
        verdict = self._envelope(server, request.addressee(index).address)
        if verdict is None:
            return self._content(server, content)
        server.rset()
        return verdict

    def _envelope(self, server: smtplib.SMTP, address: str) -> Verdict | None:
        """Name sender and addressee; return a verdict only when the server minds."""
        code, words = server.mail(self.brand.from_address)
        if code >= 500:
            raise _RefusesUs(_text(words))
        if code >= 400:
            raise _Gone
        code, words = server.rcpt(address)
        if code < 400:
            code, words = server.docmd("DATA")
        return _verdict(code, words) if code >= 400 else None

    def _content(self, server: smtplib.SMTP, content: bytes) -> Verdict:
        """Send the letter's text; without an answer nobody knows what became of it."""
        try:
            server.send(_DOT.sub(b"..", content) + b".\r\n")
            code, words = server.getreply()
        except (OSError, smtplib.SMTPException) as cause:
            self._drop()
            return Verdict(
                Fate.UNKNOWN, problem("transport.no_answer", reason=type(cause).__name__)
            )
        return Verdict(Fate.ACCEPTED) if code < 400 else _verdict(code, words)


def _verdict(code: int, words: bytes) -> Verdict:
    """Return what a reply of 400 or more means for one addressee (RFC 5321 section 4.2.1)."""
    if code == CLOSING:
        raise _Gone
    said = reason(f"{code} {_text(words)}")
    if code >= 500:
        return Verdict(Fate.REFUSED, problem("transport.refused", reason=said))
    return Verdict(Fate.AGAIN, problem("transport.deferred", reason=said))


def _connect(url: str) -> smtplib.SMTP:
    """Return a connection that is encrypted and logged in.

    A password never leaves unencrypted, except to this very machine.
    """
    parts = urlsplit(url)
    host, user = parts.hostname or "", unquote(parts.username or "")
    tls = ssl.create_default_context()
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or TLS_PORT, timeout=TIMEOUT_S, context=tls)
    else:
        server = smtplib.SMTP(host, parts.port or SUBMISSION_PORT, timeout=TIMEOUT_S)
    try:
        _secure(server, parts.scheme, host, tls)
        if user:
            server.login(user, unquote(parts.password or ""))
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError) as cause:
        server.close()
        raise _RefusesUs(_text(getattr(cause, "smtp_error", b"")) or "no STARTTLS") from cause
    except BaseException:
        server.close()
        raise
    return server


def _secure(server: smtplib.SMTP, scheme: str, host: str, tls: ssl.SSLContext) -> None:
    server.ehlo()
    if scheme == "smtps" or (host in LOOPBACK and not server.has_extn("starttls")):
        return
    server.starttls(context=tls)
    server.ehlo()


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words

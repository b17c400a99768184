"""Connections to a mail server: few, kept, shared by the lanes of a worker.

A server may allow fewer connections than we would like; it says so with 421 when one more is
opened. From then on the lanes share those that it does allow.
"""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from campaigns import clock
from campaigns.settings import LOOPBACK

TIMEOUT_S = 30.0
SUBMISSION_PORT = 587
TLS_PORT = 465
MAILS = 100
"""Letters that one connection carries; some servers count them, and end it by force."""
IDLE_S = 20.0
"""After this a connection is asked whether it still stands. Servers wait for five minutes
(RFC 5321 section 4.5.3.2.7), firewalls for less."""
_PERMANENT = 500


class RefusesUs(Exception):
    """The server will take nothing from us, whoever the addressee is."""


class Later(Exception):
    """The server takes nothing now, and may later."""


@dataclass(slots=True)
class Link:
    """One connection, and what it has carried."""

    server: smtplib.SMTP
    used_s: float
    carried: int = 0
    dirty: bool = False
    """A transaction was begun and not ended: RSET comes first."""


@dataclass(slots=True)
class Pool:
    """The connections to one server. ``limit`` falls to what the server allows."""

    url: str = field(repr=False)
    limit: int
    monotonic_s: Callable[[], float] = clock.monotonic_s
    open: int = 0
    idle: list[Link] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def take(self, deadline_s: float) -> Link:
        """Return a connection that is ready for a letter.

        Raises:
            RefusesUs: the server does not want us.
            Later: it has no connection for us until ``deadline_s``.
            OSError, smtplib.SMTPException: it cannot be reached.
        """
        while True:
            link = self._idle(deadline_s)
            if link is not None:
                if self._is_ready(link):
                    return link
                self.drop(link)
                continue
            try:
                return Link(_connect(self.url), self.monotonic_s())
            except Later:
                if not self._narrow():
                    raise
            except BaseException:
                self._closed()
                raise

    def give(self, link: Link) -> None:
        """Take back a connection for the next letter."""
        if link.carried >= MAILS:
            self.drop(link, politely=True)
            return
        link.used_s = self.monotonic_s()
        with self.changed:
            self.idle.append(link)
            self.changed.notify()

    def drop(self, link: Link, *, politely: bool = False) -> None:
        """End a connection."""
        if politely:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                link.server.quit()
        link.server.close()
        self._closed()

    def close(self) -> None:
        """Say goodbye on every connection that nobody uses."""
        while self.idle:
            self.drop(self.idle.pop(), politely=True)

    def _idle(self, deadline_s: float) -> Link | None:
        """Return a connection that waits, or None when one more may be opened."""
        with self.changed:
            while not self.idle and self.open >= self.limit:
                if not self.changed.wait(max(0.0, deadline_s - self.monotonic_s())):
                    raise Later("no connection is free")
            if self.idle:
                return self.idle.pop()
            self.open += 1
            return None

    def _is_ready(self, link: Link) -> bool:
        """Clear what the last letter left behind, and see that the server is still there."""
        stale = self.monotonic_s() - link.used_s > IDLE_S
        if not (link.dirty or stale):
            return True
        try:
            code, _ = link.server.rset()
        except (OSError, smtplib.SMTPException):
            return False
        link.dirty = False
        return 200 <= code < 300

    def _narrow(self) -> bool:
        """Live with the connections that there are; say whether there is one."""
        with self.changed:
            self.open -= 1
            self.limit = max(1, self.open)
            return self.open > 0

    def _closed(self) -> None:
        with self.changed:
            self.open -= 1
            self.changed.notify()


def text(words: bytes | str) -> str:
    """Return a server's words."""
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def _connect(url: str) -> smtplib.SMTP:
    """Return a connection that is encrypted and logged in.

    A password never leaves unencrypted, except to this very machine.
    """
    try:
        server = _greeted(url)
    except ssl.SSLCertVerificationError as cause:
        raise RefusesUs(f"certificate: {cause.verify_message}") from cause
    except smtplib.SMTPConnectError as cause:
        raise _refusal(cause) from cause
    try:
        _log_in(server, url)
    except ssl.SSLCertVerificationError as cause:
        server.close()
        raise RefusesUs(f"certificate: {cause.verify_message}") from cause
    except smtplib.SMTPNotSupportedError as cause:
        server.close()
        raise RefusesUs("no STARTTLS, or no way to log in") from cause
    except smtplib.SMTPResponseException as cause:
        server.close()
        raise _refusal(cause) from cause
    except BaseException:
        server.close()
        raise
    if server.sock is not None:  # the last dot is a packet of its own
        server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return server


def _greeted(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "smtps":
        tls = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, parts.port or TLS_PORT, timeout=TIMEOUT_S, context=tls)
    return smtplib.SMTP(host, parts.port or SUBMISSION_PORT, timeout=TIMEOUT_S)


def _log_in(server: smtplib.SMTP, url: str) -> None:
    parts = urlsplit(url)
    server.ehlo()
    local = parts.hostname in LOOPBACK and not server.has_extn("starttls")
    if parts.scheme != "smtps" and not local:
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))


def _refusal(cause: smtplib.SMTPResponseException) -> Exception:
    """Return what a refused greeting, STARTTLS or login means: 4yz may change, 5yz will not."""
    said = text(cause.smtp_error)
    return RefusesUs(said) if cause.smtp_code >= _PERMANENT else Later(f"{cause.smtp_code} {said}")

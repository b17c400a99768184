"""IMAP with a server that may lie: it may say so much, in so much time, and no more.

Python's own reads a literal of any size that the server names, and any number of lines.
"""

from __future__ import annotations

import imaplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, cast

from campaigns.delivery.inbox.mail_parts import MAIL_BYTES

TIMEOUT_S = 30.0
"""Without a byte."""
TURN_S = 900.0
"""Of one connection."""
ANSWER_BYTES = MAIL_BYTES + 10_000_000
LINE_BYTES = 10_000_000
"""A search names all mails on one line: a million of them."""
KEPT_BYTES = 500
"""What each line costs in memory beside its letters."""


class Wary(imaplib.IMAP4):
    """Raises ``abort`` when the server says more than one answer can be."""

    left = ANSWER_BYTES

    def read(self, size: int) -> bytes:
        self._spend(size)
        return super().read(size)

    def readline(self) -> bytes:
        line = cast("bytes", self.file.readline(min(LINE_BYTES, max(self.left, KEPT_BYTES))))
        self._spend(len(line) + KEPT_BYTES)
        return line

    def ask(self, command: str, *words: str) -> list[Any]:
        """Return what the server says to a ``UID`` command, which may be of one mail's size."""
        self.left = ANSWER_BYTES
        return self.uid(command, *words)[1]

    def _spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise self.abort("too much")


class WarySsl(Wary, imaplib.IMAP4_SSL):
    """The same, encrypted."""


@contextmanager
def connected(host: str, port: int | None, *, encrypted: bool) -> Iterator[Wary]:
    """Give a connection, which is cut when it lasts too long, and closed at the end."""
    made: Wary
    if encrypted:
        tls = ssl.create_default_context()
        made = WarySsl(host, port or 993, timeout=TIMEOUT_S, ssl_context=tls)
    else:
        made = Wary(host, port or 143, timeout=TIMEOUT_S)
    end = threading.Timer(TURN_S, _cut, (made.sock,))
    end.daemon = True
    end.start()
    try:
        yield made
    finally:
        with suppress(OSError, imaplib.IMAP4.error, ValueError):
            made.logout()
        with suppress(OSError):  # which a connection that broke has not come to
            made.shutdown()
        end.cancel()


def _cut(line: socket.socket) -> None:
    """End a connection below its encryption: what closes it politely waits for whoever reads."""
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)

"""Mail servers that do what a test wants: one that takes mail, one that keeps a mailbox.

Real servers on sockets of this machine, each connection on a thread. They know only what a test
needs, and are strict about that.
"""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

HANG_UP = "hang up"


@dataclass
class Postbox:
    """What a mail server heard, and how it answers: a command (or "." or "connect") → reply."""

    replies: dict[str, Callable[[str, int], str | None]] = field(default_factory=dict)
    """Given what was said and the number of the connection; None: the usual answer."""
    extensions: tuple[str, ...] = ("DSN", "8BITMIME")
    commands: list[str] = field(default_factory=list)
    letters: list[bytes] = field(default_factory=list)
    connections: int = 0
    cut_after: int | None = None
    """Bytes of a letter's text after which the connection ends."""


class _Smtp(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self) -> None:
        box: Postbox = self.server.box  # type: ignore[attr-defined]
        box.connections += 1
        self.number = box.connections
        if not self._say(box, "connect", "", "220 here"):
            return
        while line := self.rfile.readline():
            said = line.decode().rstrip()
            box.commands.append(said)
            word = said.split(" ", 1)[0].upper()
            usual = {
                "EHLO": "\r\n".join(["250-here", *(f"250-{one}" for one in box.extensions), "250 ."]),
                "DATA": "354 go on", "QUIT": "221 bye",
            }.get(word, "250 OK")  # fmt: skip
            if not self._say(box, word, said, usual) or word == "QUIT":
                return
            if word == "DATA" and not self._letter(box):
                return

    def _letter(self, box: Postbox) -> bool:
        if box.cut_after is not None:
            self.rfile.read(box.cut_after)
            box.cut_after = None
            return False
        lines = list(iter(self.rfile.readline, b".\r\n"))
        if lines and not lines[-1]:
            return False
        box.letters.append(b"".join(lines))
        return self._say(box, ".", "", "250 OK")

    def _say(self, box: Postbox, word: str, said: str, usual: str) -> bool:
        choose = box.replies.get(word)
        reply = (choose(said, self.number) if choose else None) or usual
        if reply == HANG_UP:
            return False
        self.wfile.write(reply.encode() + b"\r\n")
        return not reply.startswith(("421", "554 closing"))


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False


@contextmanager
def smtp_server(box: Postbox) -> Iterator[str]:
    """Run a server that takes mail; yield its address."""
    with _running(_Smtp, box) as port:
        yield f"smtp://127.0.0.1:{port}"


@dataclass
class Mailbox:
    """A mailbox: its mails by UID, and what was said to it."""

    mails: dict[int, bytes] = field(default_factory=dict)
    uid_validity: int = 1
    seen: set[int] = field(default_factory=set)
    commands: list[str] = field(default_factory=list)
    password: str = "secret"
    break_at: int | None = None
    """A mail at whose fetch the connection ends."""
    lies: Iterable[bytes] = ()
    """What is said to a search, in place of what is true."""


class _Imap(socketserver.StreamRequestHandler):
    """LOGIN, SELECT, UID SEARCH, UID FETCH (RFC822.SIZE or BODY.PEEK[]<0.n>), UID STORE, LOGOUT."""

    disable_nagle_algorithm = True

    def handle(self) -> None:
        box: Mailbox = self.server.box  # type: ignore[attr-defined]
        self._line("* OK ready")
        while line := self.rfile.readline():
            tag, _, said = line.decode().rstrip().partition(" ")
            box.commands.append(said)
            word = said.split(" ", 1)[0].upper()
            if word == "UID" and box.lies:
                with suppress(OSError):
                    for lie in box.lies:
                        self.wfile.write(lie)
                return
            act = getattr(self, f"_{word.lower()}", None)
            if act is None:
                self._line(f"{tag} BAD {word}")
                continue
            answer = act(box, said)
            if answer is None:
                return
            self._line(f"{tag} {answer}")
            if word == "LOGOUT":
                return

    def _line(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def _capability(self, _box: Mailbox, _said: str) -> str:
        self._line("* CAPABILITY IMAP4rev1")
        return "OK done"

    def _login(self, box: Mailbox, said: str) -> str:
        return "OK in" if said.endswith(f'"{box.password}"') else "NO [AUTHENTICATIONFAILED] no"

    def _select(self, box: Mailbox, _said: str) -> str:
        self._line(f"* {len(box.mails)} EXISTS")
        self._line(f"* OK [UIDVALIDITY {box.uid_validity}] here")
        return "OK [READ-WRITE] done"

    def _logout(self, _box: Mailbox, _said: str) -> str:
        self._line("* BYE")
        return "OK done"

    def _uid(self, box: Mailbox, said: str) -> str | None:
        if found := re.fullmatch(r"UID SEARCH UID (\d+):\*", said):
            # RFC 3501 section 6.4.8: the star names the last one, whatever stands before it
            last = max(box.mails, default=0)
            uids = [u for u in sorted(box.mails) if u >= min(int(found[1]), last)]
            self._line(" ".join(["* SEARCH", *map(str, uids)]))
            return "OK done"
        if found := re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", said):
            uid, content = int(found[1]), box.mails[int(found[1])][: int(found[2])]
            if box.break_at == uid:
                box.break_at = None
                self.wfile.write(f"* 1 FETCH (UID {uid} BODY[]<0> {{{len(content)}}}\r\n".encode())
                self.wfile.write(content[:10])
                return None
            self.wfile.write(f"* 1 FETCH (UID {uid} BODY[]<0> {{{len(content)}}}\r\n".encode())
            self.wfile.write(content + b")\r\n")
            return "OK done"
        if found := re.fullmatch(
            r"UID STORE (\d+) \+FLAGS\.SILENT \(\\Seen\)", said, re.IGNORECASE
        ):
            box.seen.add(int(found[1]))
            return "OK done"
        return "BAD no"


@contextmanager
def imap_server(box: Mailbox) -> Iterator[str]:
    """Run a server that keeps a mailbox; yield host and port."""
    with _running(_Imap, box) as port:
        yield f"127.0.0.1:{port}"


@contextmanager
def _running(handler: type[socketserver.StreamRequestHandler], box: object) -> Iterator[int]:
    with _Server(("127.0.0.1", 0), handler) as server:
        server.box = box  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()

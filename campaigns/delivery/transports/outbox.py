"""The outbox: each letter becomes an ``.eml`` file that any mail program opens. Nothing leaves.

A file is written beside its place and renamed into it, under the message's token: a half-written
letter is never seen, and writing it twice changes nothing. Files are not flushed to the disk one
by one: after a power cut the newest may be missing, and no customer has lost anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from campaigns.delivery.transports import Fate, Outcome, Request, Verdict, problem
from campaigns.delivery.transports.message import mail
from campaigns.errors import RenderError
from campaigns.store.options import Brand

FOLDER_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class OutboxTransport:
    """Writes to ``root/<campaign>/<language>/<token>.eml``."""

    root: Path
    brand: Brand
    reply_domain: str = ""
    window: int = 1000

    def send(self, request: Request, key: str, *, now: datetime, time_left_s: float) -> Outcome:  # noqa: ARG002 - the port's signature
        count = request.count
        folder = self.root / folder_name(request.campaign) / request.language
        try:
            folder.mkdir(parents=True, exist_ok=True)
            verdicts = [self._put(folder, request, i, now) for i in range(count)]
        except OSError as error:
            cause = problem("transport.outbox", reason=error.strerror or "unwritable")
            return Outcome.same(Fate.AGAIN, count, error=cause, halt=True)
        return Outcome(tuple(verdicts))

    def _put(self, folder: Path, request: Request, index: int, now: datetime) -> Verdict:
        try:
            content = mail(request, index, self.brand, now, self.reply_domain)
        except RenderError as error:
            return Verdict(Fate.REFUSED, problem(error.code, **error.facts))
        _write(folder, f"{request.addressee(index).token}.eml", content)
        return Verdict(Fate.ACCEPTED)

    def close(self) -> None:
        """Nothing is open."""


def folder_name(campaign: str) -> str:
    """Return a campaign's name as a folder that every system takes.

    >>> folder_name("../Գարուն 2026!")
    'Գարուն-2026'
    """
    plain = re.sub(r"[^\w]+", "-", campaign).strip("-_")[:FOLDER_CHARACTERS].strip("-_")
    return plain or "campaign"


def _write(folder: Path, name: str, content: bytes) -> None:
    part = folder / f".{name}.part"
    part.write_bytes(content)
    part.replace(folder / name)

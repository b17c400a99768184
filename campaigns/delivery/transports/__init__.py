"""What the three transports have in common: one request in, one outcome out.

A request is a skeleton with tags and, for each addressee, what the tags stand for: by column, as
there may be a million of them. SendGrid is given it as it is; the outbox and SMTP fill it in here,
one by one. So what the outbox shows is what SendGrid is asked to send.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

import polars as pl

from campaigns.model.language import Language

REASON_CHARACTERS = 300
_ADDRESS = re.compile(r"[^\s<>\"'(),;]+@[^\s<>\"'(),;]+")


class Fate(StrEnum):
    """What became of one addressee of one request."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    """The provider does not take it and never will."""
    AGAIN = "again"
    """Certainly not taken; may be asked again."""
    UNKNOWN = "unknown"
    """Nobody knows; must never be asked again by itself."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A fate with its reason: ``{"code": …, "facts": {…}}``, without personal data."""

    fate: Fate
    error: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a transport makes of one request: one verdict for each addressee, in order."""

    verdicts: tuple[Verdict, ...]
    provider_id: str | None = None
    http_status: int | None = None
    error: Mapping[str, Any] | None = None
    later: bool = False
    """Nothing of this campaign may be asked before ``retry_after_s`` (None: a while)."""
    retry_after_s: float | None = None
    halt: bool = False
    """Everything else would meet the same answer: pause the campaign."""
    divide: bool = False
    """The request was refused as a whole for somebody in it: ask for its halves."""

    @classmethod
    def same(cls, fate: Fate, count: int, **more: Any) -> Outcome:
        """Return an outcome that is the same for all ``count`` addressees."""
        error = None if fate is Fate.AGAIN else more.get("error")
        return cls((Verdict(fate, error),) * count, **more)


@dataclass(frozen=True, slots=True)
class Addressee:
    """One recipient of a request. ``token`` is the message's public id."""

    message_id: int
    token: str
    address: str
    name: str
    unsubscribe_url: str
    deferrals: int = 0
    """Times that the provider said "not now" of this addressee alone."""


PEOPLE: dict[str, pl.DataType | type[pl.DataType]] = {
    "message_id": pl.Int64, "token": pl.String, "address": pl.String, "name": pl.String,
    "unsubscribe_url": pl.String, "deferrals": pl.Int64,
}  # fmt: skip
"""The columns of :class:`Addressee`, as a frame of many has them."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How SendGrid is to take a request; the other transports know one manner only."""

    recall_id: str = ""
    """The request's number, by which it can be cancelled before ``send_at``."""
    send_at: datetime | None = None
    sandbox: bool = False
    """It is to be checked and not sent."""


@dataclass(frozen=True, slots=True)
class Request:
    """A letter in one language for some people, who are the rows of two frames."""

    campaign_id: int
    campaign: str
    language: Language
    subject: str
    html: str
    text: str
    people: pl.DataFrame
    """``PEOPLE``: one row an addressee."""
    tags: pl.DataFrame
    """Tag → what it stands for, for each addressee. A letter that all get alike has no tags."""
    manner: Manner = Manner()
    counts_opens: bool = False
    """The provider is to say when it is opened, as far as anybody can know that."""

    @property
    def count(self) -> int:
        """Addressees of the request."""
        return self.people.height

    def addressee(self, index: int) -> Addressee:
        """Return one addressee."""
        return Addressee(**self.people.row(index, named=True))

    def substitutions(self, index: int) -> dict[str, str]:
        """Return what the tags stand for, for one addressee."""
        return self.tags.row(index, named=True) if self.tags.width else {}

    def only(self, indices: Sequence[int] | pl.Series) -> Request:
        """Return the request for some of its addressees."""
        tags = self.tags[indices] if self.tags.width else self.tags
        return replace(self, people=self.people[indices], tags=tags)

    def part(self, start: int, count: int) -> Request:
        """Return the request for neighbouring addressees."""
        return replace(
            self, people=self.people.slice(start, count), tags=self.tags.slice(start, count)
        )

    def filled(self, index: int) -> tuple[str, str, str]:
        """Return subject, HTML and text as one addressee gets them."""
        tags = self.substitutions(index)
        return fill(self.subject, tags), fill(self.html, tags), fill(self.text, tags)

    def digest(self, key: str) -> str:
        """Return a hash of everything that is asked under ``key``."""
        total = hashlib.sha256()
        for part in (key, self.subject, self.html, self.text, *self.tags.columns):
            total.update(part.encode("utf-8", "surrogatepass") + b"\0")
        columns = pl.DataFrame([self.people["token"], *self.tags])
        for joined in columns.select(pl.all().str.join("\0").cast(pl.Binary)).row(0):
            total.update(joined)
        return total.hexdigest()


class Transport(Protocol):
    """A way out, which all lanes of a worker share (``choice.lanes_of``); ``close`` ends its
    connections once the last lane has ended.
    """

    @property
    def window(self) -> int:
        """Recipients of one request: so many become unknown at most when a process dies."""

    def send(self, request: Request, key: str, *, now: datetime, time_left_s: float) -> Outcome:
        """Ask for the request under the attempt's ``key``. Raises nothing that it can foresee."""

    def close(self) -> None:
        """End what is open."""


def count_accepted(outcome: Outcome) -> int:
    """Return how many addressees of a request were accepted."""
    return sum(verdict.fate is Fate.ACCEPTED for verdict in outcome.verdicts)


def fill(text: str, tags: Mapping[str, str]) -> str:
    """Return ``text`` with each tag replaced. Tags are made so that the order cannot matter."""
    for tag, value in tags.items():
        text = text.replace(tag, value)
    return text


def reason(text: str) -> str:
    """Return a provider's words without addresses and in one short line."""
    return " ".join(_ADDRESS.sub("…@…", text).split())[:REASON_CHARACTERS]


def problem(code: str, **facts: object) -> dict[str, Any]:
    """Return an error as it is stored: the code and facts of ``campaigns.errors``."""
    return {"code": code, "facts": facts}

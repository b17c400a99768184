"""What the model of sending asks the provider, and what the provider knows of cancellations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from campaigns.delivery.ledger import Intent
from campaigns.delivery.transports import (
    PEOPLE,
    Addressee,
    Fate,
    Manner,
    Outcome,
    Request,
    Verdict,
    problem,
)
from campaigns.model.language import Language


@dataclass(frozen=True)
class Call:
    """A request under way, and what the provider made of it."""

    intent: Intent
    answer: str
    key: str

    @property
    def taken(self) -> bool:
        return self.answer in ("accepted", "taken, no answer")

    def outcome(self) -> Outcome:
        count = self.intent.request.count
        if not count:  # everybody has left since: no call is made
            return Outcome(())
        match self.answer:
            case "accepted":
                return Outcome.same(Fate.ACCEPTED, count)
            case "later":
                return Outcome.same(Fate.AGAIN, count, later=True)
            case "refused":  # the first is, the others may be asked for again at once
                refused = Verdict(Fate.REFUSED, problem("transport.refused", reason="400"))
                return Outcome((refused, *(Verdict(Fate.AGAIN),) * (count - 1)))
            case _:
                return Outcome.same(Fate.UNKNOWN, count)


@dataclass
class Cancellations:
    """SendGrid's side of a recall: the numbers that are cancelled."""

    numbers: set[str]

    def call(self, _host: str, _key: str, verb: str, path: str, *, body: Any = None) -> Any:
        """Answer as the reference of scheduled sends says."""
        if verb == "post":
            self.numbers.add(body["batch_id"])
            return body
        number = path.rpartition("/")[2]
        if verb == "delete":
            self.numbers.discard(number)
            return None
        return [{"batch_id": number, "status": "cancel"}] if number in self.numbers else []


def asked(call: Call) -> list[Addressee]:
    """Who is in a call."""
    request = call.intent.request
    return [request.addressee(index) for index in range(request.count)]


def request_for(waiting: pl.DataFrame, manner: Manner) -> Request:
    """A request to those who wait."""
    people = waiting.with_columns(name=pl.lit(""), unsubscribe_url=pl.lit("")).select(list(PEOPLE))
    return Request(1, "Spring", Language.HY, "s", "h", "t", people, pl.DataFrame(), manner=manner)

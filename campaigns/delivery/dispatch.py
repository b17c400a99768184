"""Sending a campaign: batch after batch, each message at most once.

    claim → values → compose → (intent) → call → (result) → next request of the batch …

The committed rows between the steps are in ``ledger``; what a process may lose by dying at any
point, and what happens then, stands in docs/decisions/0005-rows-are-the-truth.md.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns import clock as system
from campaigns.delivery import batches, course, ledger, settling
from campaigns.delivery.batches import Claim
from campaigns.delivery.bestsellers import readable
from campaigns.delivery.ledger import Fenced, Intent
from campaigns.delivery.recipients import Circumstances, Reader, columns, values
from campaigns.delivery.requests import Occasion, compose
from campaigns.delivery.transports import (
    Fate,
    Outcome,
    Request,
    Transport,
    problem,
)
from campaigns.delivery.transports.choice import open_transport
from campaigns.errors import CampaignsError, RenderError
from campaigns.letters import quotes
from campaigns.letters.columns import Columns
from campaigns.letters.fields import Item, Values
from campaigns.letters.quotes import Quote
from campaigns.letters.render import CompiledText, compile_text
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.model.states import MessageState
from campaigns.store.options import Brand, read_brand
from campaigns.store.tables import campaign
from campaigns.store.workspace import Workspace

log = logging.getLogger(__name__)

ADDRESSED = {"given_name", "family_name", "unsubscribe_url"}
"""Fields that an envelope needs, whatever the letter says."""

DEFERRED_WAIT_S = 300.0
"""How long an addressee whose mailbox said "not now" waits. Greylisting asks for five minutes."""
DOUBTS_IN_A_ROW = 3
"""Requests one after another of which nobody knows what became: the provider is not well, and
each further one would leave its readers in doubt, too."""
CONCLUSIONS = 3
"""Times that a result is written before it is given up: it cannot be had again."""
REFUSALS_IN_A_ROW = 12
"""Whole requests refused one after another: more than bisecting 1,000 for one can need."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a long run takes time and ids from."""

    utcnow: Callable[[], datetime] = system.utcnow
    monotonic_s: Callable[[], float] = system.monotonic_s
    new_token: Callable[[], str] = system.new_token


@dataclass(frozen=True, slots=True)
class SendReport:
    """What one run of ``send_campaign`` did."""

    batches: int
    accepted: int
    one_by_one: int = 0
    """Readers whose letters the bulk path did not make as the plain path does."""


def send_campaign(
    workspace: Workspace,
    campaign_id: int,
    *,
    owner: str,
    stop: Callable[[], bool] = lambda: False,
    clock: Clock = Clock(),
    checkpoint: Callable[[str], None] = lambda _point: None,
) -> SendReport:
    """Send the batches of a running campaign that are due, until none is left or ``stop`` says so.

    Args:
        workspace: where the rows and the letters lie.
        campaign_id: which campaign; nothing happens unless it runs.
        owner: this worker's own name (``clock.new_owner``).
        stop: asked between two requests.
        clock: time and ids.
        checkpoint: told the name of each step that was just passed; crash tests die there.
    """
    sender = _open(workspace, campaign_id, owner, stop, clock, checkpoint)
    try:
        while not stop() and (mine := sender.claim()):
            sender.send_batch(mine)
    finally:
        sender.transport.close()
    with workspace.database.begin() as connection:
        course.finish(connection, now=clock.utcnow())
    return SendReport(sender.batches, sender.accepted, sender.one_by_one)


@dataclass(slots=True)
class _Sender:
    """One run: the campaign as frozen, the transport, each pair of the letter compiled once."""

    workspace: Workspace
    campaign: sa.Row[Any]
    brand: Brand
    transport: Transport
    owner: str
    stop: Callable[[], bool]
    clock: Clock
    checkpoint: Callable[[str], None]
    bestsellers: Sequence[Item] = ()
    quoted: Mapping[str, Quote] = field(default_factory=dict)
    compiled: dict[tuple[Language, int, str], CompiledText] = field(default_factory=dict)
    refusals: int = 0
    doubts: int = 0
    batches: int = 0
    accepted: int = 0
    one_by_one: int = 0

    def claim(self) -> Claim | None:
        with self.workspace.database.begin() as connection:
            mine = batches.claim(
                connection, self.campaign.id, self.owner, now=self.clock.utcnow(),
                lease_s=self.lease_s,
            )  # fmt: skip
        if mine:
            self.checkpoint("claimed")
        return mine

    def send_batch(self, mine: Claim) -> None:
        self.batches += 1
        try:
            requests = self._requests(mine)
        except CampaignsError as error:
            self._halt(problem(error.code, **error.facts))
            self._give_back(mine, 0.0)
            return
        try:
            self._send_requests(mine, requests)
        except sa.exc.OperationalError:
            raise  # the database was away: the lease decides what became of the batch
        except Exception:
            self._halt(problem("campaign.unexpected"))  # or batch after batch would meet it
            raise

    def _send_requests(self, mine: Claim, requests: list[Request]) -> None:
        left: Claim | None = mine
        waiting = requests[::-1]
        while left and waiting and not self.stop():
            try:
                intent, outcome = self._ask(left, waiting[-1])
            except Fenced:
                break
            waiting.pop()
            left = self._conclude(intent, outcome)
            waiting += still_to_ask(intent.request, outcome)[::-1]
        if left:
            self._give_back(left, 0.0 if waiting or not requests else DEFERRED_WAIT_S)

    def _requests(self, mine: Claim) -> list[Request]:
        language = Language(mine.language)
        occasion = Occasion(self.campaign.id, self.campaign.name, language)
        compiled, window = self._compiled(language, mine.text, mine.design), self.transport.window
        what = self._circumstances(language)
        with self.workspace.database.read() as connection:
            waiting = batches.waiting(connection, mine.batch_id)
            known = self._known(connection, waiting, what, compiled.reads)
            people = _people(waiting, known)

            def plain(rows: Sequence[int]) -> list[Values]:
                readers = [
                    Reader(one["contact_id"], language, one["token"])
                    for one in waiting[list(rows)].iter_rows(named=True)
                ]
                return values(
                    self.workspace, connection, readers, purpose=self.purpose, now=what.now,
                    bestsellers=what.bestsellers,
                )  # fmt: skip

            try:
                made = compose(occasion, compiled, people, known, plain, window=window)
            except RenderError:
                wrong = compiled.unwritable(known)
                if not wrong or len(wrong) == known.count:
                    raise  # the letter is at fault, not one reader's data
            else:
                self.one_by_one += made.one_by_one
                return made.requests
        self._fail({people["message_id"][i]: error for i, error in wrong.items()})
        return self._requests(mine)

    def _circumstances(self, language: Language) -> Circumstances:
        fitting = readable(self.bestsellers, language)
        return Circumstances(
            language, self.purpose, self.clock.utcnow(), self.brand.currency, fitting
        )

    def _known(
        self,
        connection: sa.Connection,
        waiting: pl.DataFrame,
        what: Circumstances,
        fields: Collection[str],
    ) -> Columns:
        return columns(
            self.workspace, connection, waiting["contact_id"], waiting["token"], what,
            fields={*fields, *ADDRESSED},
        )  # fmt: skip

    def _fail(self, errors: Mapping[int, CampaignsError]) -> None:
        """Refuse ourselves to write to those whose data the letter cannot take."""
        changes = {
            message_id: {
                "state": MessageState.FAILED, "error": problem(error.code, **error.facts)
            }
            for message_id, error in errors.items()
        }  # fmt: skip
        with self.workspace.database.begin() as connection:
            settling.settle(connection, changes, was=MessageState.PENDING)

    def _compiled(self, language: Language, text: int, design: str) -> CompiledText:
        key = (language, text, design)
        if key not in self.compiled:
            source = self.campaign.texts[language][text - 1]
            self.compiled[key] = compile_text(
                source, language, self.brand, design=design, quotes=self.quoted
            )  # fmt: skip
        return self.compiled[key]

    def _ask(self, mine: Claim, request: Request) -> tuple[Intent, Outcome]:
        begun, key = self.clock.monotonic_s(), self.clock.new_token()
        with self.workspace.database.begin() as connection:
            intent = ledger.intend(
                connection, mine, request, self.purpose, key=key, now=self.clock.utcnow(),
                lease_s=self.lease_s,
            )  # fmt: skip
        self.checkpoint("intended")
        asleep_s = self.clock.monotonic_s() - begun
        outcome = self._call(intent.request, key, asleep_s)
        self.checkpoint("answered")
        return intent, outcome

    def _call(self, request: Request, key: str, asleep_s: float) -> Outcome:
        count = request.count
        if not count:
            return Outcome(())
        if asleep_s > self.lease_s / 3:  # the lease may end while the call is under way
            return Outcome.same(Fate.AGAIN, count, later=True, retry_after_s=1.0)
        left_s = self.lease_s * 2 / 3 - asleep_s
        return self.transport.send(request, key, now=self.clock.utcnow(), time_left_s=left_s)

    def _conclude(self, intent: Intent, outcome: Outcome) -> Claim | None:
        accepted = sum(verdict.fate is Fate.ACCEPTED for verdict in outcome.verdicts)
        self.accepted += accepted
        self.refusals = 0 if accepted else self.refusals + was_refused(outcome)
        self.doubts = self.doubts + 1 if was_doubtful(outcome) else 0
        left = self._written(intent, outcome)
        self.checkpoint("concluded")
        log.info(
            "campaign=%s batch=%s attempt=%s recipients=%s accepted=%s outcome=%s",
            self.campaign.id, intent.claim.batch_id, intent.claim.attempt, len(outcome.verdicts),
            accepted, ledger.summary(outcome),
        )  # fmt: skip
        self._follow(outcome, accepted)
        return left

    def _written(self, intent: Intent, outcome: Outcome) -> Claim | None:
        """Write a result, again when the database was busy: by its guards that changes nothing."""
        for _ in range(CONCLUSIONS - 1):
            try:
                return self._write(intent, outcome)
            except sa.exc.OperationalError as error:
                log.warning("a result is written once more: %s", type(error).__name__)
        return self._write(intent, outcome)

    def _write(self, intent: Intent, outcome: Outcome) -> Claim | None:
        with self.workspace.database.begin() as connection:
            left = ledger.conclude(
                connection, intent, outcome, now=self.clock.utcnow(), lease_s=self.lease_s
            )
            self.checkpoint("concluding")
        return left

    def _follow(self, outcome: Outcome, accepted: int) -> None:
        """Do to the whole campaign what one answer means for it."""
        now = self.clock.utcnow()
        if outcome.halt or self.refusals > REFUSALS_IN_A_ROW or self.doubts >= DOUBTS_IN_A_ROW:
            self._halt(outcome.error)
            return
        with self.workspace.database.begin() as connection:
            if outcome.later:
                course.postpone(connection, self.campaign.id, outcome.retry_after_s, now=now)
            if outcome.later or accepted:
                course.note(connection, self.campaign.id, None if accepted else outcome.error)

    def _halt(self, error: Mapping[str, Any] | None) -> None:
        with self.workspace.database.begin() as connection:
            course.halt(connection, self.campaign.id, error, now=self.clock.utcnow())

    def _give_back(self, mine: Claim, wait_s: float) -> None:
        with self.workspace.database.begin() as connection:
            batches.give_back(connection, mine, now=self.clock.utcnow(), wait_s=wait_s)

    @property
    def purpose(self) -> Purpose:
        return Purpose(self.campaign.purpose)

    @property
    def lease_s(self) -> float:
        return self.workspace.settings.lease_s


def still_to_ask(request: Request, outcome: Outcome) -> list[Request]:
    """Return what of a request is to be asked for at once: those not taken through no fault."""
    again = [
        i
        for i, verdict in enumerate(outcome.verdicts)
        if verdict.fate is Fate.AGAIN and verdict.error is None
    ]
    if not again or outcome.later or outcome.halt:
        return []
    if not outcome.divide or len(again) == 1:
        return [request.only(again)]
    middle = len(again) // 2
    return [request.only(again[:middle]), request.only(again[middle:])]


def was_refused(outcome: Outcome) -> bool:
    """Say whether a provider refused a request as a whole or everybody in it."""
    refused = all(verdict.fate is Fate.REFUSED for verdict in outcome.verdicts)
    return outcome.divide or (refused and bool(outcome.verdicts))


def was_doubtful(outcome: Outcome) -> bool:
    """Say whether nobody knows what became of anybody in a request."""
    return {verdict.fate for verdict in outcome.verdicts} == {Fate.UNKNOWN}


def _open(
    workspace: Workspace,
    campaign_id: int,
    owner: str,
    stop: Callable[[], bool],
    clock: Clock,
    checkpoint: Callable[[str], None],
) -> _Sender:
    with workspace.database.read() as connection:
        row = connection.execute(sa.select(campaign).where(campaign.c.id == campaign_id)).one()
        brand, quoted = read_brand(connection), quotes.published(connection)
    transport = open_transport(workspace, row.transport, brand)
    return _Sender(
        workspace, row, brand, transport, owner, stop, clock, checkpoint, quoted=quoted
    )  # fmt: skip


def _people(waiting: pl.DataFrame, known: Columns) -> pl.DataFrame:
    """Return ``transports.PEOPLE`` of a batch's messages."""
    given, family = (_texts(known, name) for name in ("given_name", "family_name"))
    name = pl.concat_str(given, family, separator=" ", ignore_nulls=True)
    return waiting.select(
        "message_id", "token", "address", name.fill_null("").alias("name"),
        _texts(known, "unsubscribe_url").alias("unsubscribe_url"), "deferrals",
    )  # fmt: skip


def _texts(known: Columns, field: str) -> pl.Expr:
    column = known.columns[field]
    return pl.lit(pl.Series(field, column.values, dtype=pl.String).gather(column.codes))

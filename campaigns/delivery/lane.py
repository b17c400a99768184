"""One line of work of a worker: batch after batch, one request at a time.

    claim → compose → (intent) → call → (result) → next request of the batch …

A worker has as many lanes as its transport takes calls at once. Only the call is made away from the
``desk`` that the lanes share (``delivery.run``).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from campaigns.delivery import batches, course, ledger, throttle
from campaigns.delivery.batches import Claim
from campaigns.delivery.ledger import Fenced, Intent
from campaigns.delivery.run import Run
from campaigns.delivery.timing import gate
from campaigns.delivery.transports import (
    Fate,
    Outcome,
    Request,
    Transport,
    count_accepted,
    problem,
)
from campaigns.delivery.unsettled import recall
from campaigns.errors import CampaignsError, DeliveryError

log = logging.getLogger(__name__)

DEFERRED_WAIT_S = 300.0
"""How long an addressee whose mailbox said "not now" waits. Greylisting asks for five minutes."""
DOUBTS_IN_A_ROW = 3
"""Requests one after another of which nobody knows what became: the provider is not well, and
each further one would leave its readers in doubt, too."""
GLANCE_S = 0.2
"""How often a lane that waits for its turn looks whether it is to stop."""
PAUSES_S = (0.2, 1.0, 3.0, 5.0)
"""Waits between the times that a result is written before it is given up: it cannot be had again,
and a database is back within seconds of its restart."""
REFUSALS_IN_A_ROW = 12
"""Whole requests refused one after another: more than bisecting 1,000 for one can need."""


@dataclass(slots=True)
class Lane:
    """One lane. The transport is that of all lanes of the run."""

    run: Run
    transport: Transport

    def work(self) -> None:
        """Send batches until none is due, or until the run is to take up nothing more."""
        while self.run.goes_on() and (mine := self._claim()):
            self._send_batch(mine)

    def _claim(self) -> Claim | None:
        run = self.run
        with run.desk:
            with run.workspace.database.begin() as connection:
                mine = gate.claim(
                    connection, run.campaign.id, run.owner, now=run.clock.utcnow(),
                    lease_s=run.lease_s,
                )  # fmt: skip
            if mine:
                run.checkpoint("claimed")
        return mine

    def _send_batch(self, mine: Claim) -> None:
        try:
            with self.run.writing:
                self.run.batches += 1
                requests = self.run.requests(mine, self._window())
        except CampaignsError as error:
            with self.run.desk:
                self._halt(problem(error.code, **error.facts))
                self._give_back(mine, 0.0)
            return
        try:
            self._send_requests(mine, requests)
        except (sa.exc.OperationalError, sa.exc.InterfaceError):
            raise  # the database was away: the lease decides what became of the batch
        except Exception:
            self._halt(problem("campaign.unexpected"))  # or batch after batch would meet it
            raise

    def _send_requests(self, mine: Claim, requests: list[Request]) -> None:
        left: Claim | None = mine
        waiting = requests[::-1]
        while left and waiting and self.run.goes_on():
            try:
                request = self.run.prepare(waiting[-1])
                if not self._has_turn(request):
                    break
                intent, outcome = self._ask(left, request)
            except Fenced:
                break
            except DeliveryError as error:  # no request was made of the provider yet
                with self.run.desk:
                    self._follow(recall.refusal(error), 0)
                break
            waiting.pop()
            left = self._conclude(intent, outcome)
            waiting += still_to_ask(intent.request, outcome)[::-1]
        if left:
            with self.run.desk:
                self._give_back(left, 0.0 if waiting or not requests else DEFERRED_WAIT_S)

    def _window(self) -> int:
        pace, most = self.run.pace, self.transport.window
        return pace.window(most) if pace else most

    def _has_turn(self, request: Request) -> bool:
        """Wait until the account's pace allows a request; False: it does not soon, or we stop."""
        run = self.run
        if run.pace is None or not request.count:
            return True
        with run.desk:
            with run.workspace.database.begin() as connection:
                is_ours, wait_s = throttle.take_turn(
                    connection, run.pace, request.count, now=run.clock.utcnow(),
                    patience_s=run.lease_s / 3,
                )  # fmt: skip
            if not is_ours:
                self._follow(Outcome((), later=True, retry_after_s=wait_s), 1)
        return is_ours and self._waited(wait_s)

    def _waited(self, wait_s: float) -> bool:
        """Wait off the desk; False: we are to stop before that."""
        clock = self.run.clock
        until_s = clock.monotonic_s() + wait_s
        while (left_s := until_s - clock.monotonic_s()) > 0:
            if not self.run.goes_on():
                return False
            clock.sleep_s(min(left_s, GLANCE_S))
        return True

    def _ask(self, mine: Claim, request: Request) -> tuple[Intent, Outcome]:
        begun, key = self.run.clock.monotonic_s(), self.run.clock.new_token()
        digest = request.digest(key) if request.count else ""
        with self.run.desk, self.run.workspace.database.begin() as connection:
            intent = ledger.intend(
                connection, mine, request, self.run.purpose, key=key, now=self.run.clock.utcnow(),
                lease_s=self.run.lease_s, digest=digest,
            )  # fmt: skip
        self.run.checkpoint("intended")
        asleep_s = self.run.clock.monotonic_s() - begun
        outcome = self._call(intent.request, key, asleep_s)
        self.run.checkpoint("answered")
        return intent, outcome

    def _call(self, request: Request, key: str, asleep_s: float) -> Outcome:
        count = request.count
        if not count:
            return Outcome(())
        if asleep_s > self.run.lease_s / 3:  # the lease may end while the call is under way
            return Outcome.same(Fate.AGAIN, count, later=True, retry_after_s=1.0)
        left_s = self.run.lease_s * 2 / 3 - asleep_s
        return self.transport.send(request, key, now=self.run.clock.utcnow(), time_left_s=left_s)

    def _conclude(self, intent: Intent, outcome: Outcome) -> Claim | None:
        with self.run.desk:
            return self._keep(intent, outcome)

    def _keep(self, intent: Intent, outcome: Outcome) -> Claim | None:
        accepted = count_accepted(outcome)
        self.run.accepted += accepted
        self.run.refusals = 0 if accepted else self.run.refusals + was_refused(outcome)
        self.run.doubts = self.run.doubts + 1 if was_doubtful(outcome) else 0
        left = self._written(intent, outcome)
        self.run.checkpoint("concluded")
        log.info(
            "campaign=%s batch=%s attempt=%s recipients=%s accepted=%s outcome=%s",
            self.run.campaign.id, intent.claim.batch_id, intent.claim.attempt, len(outcome.verdicts),
            accepted, ledger.summary(outcome),
        )  # fmt: skip
        self._follow(outcome, accepted)
        return left

    def _written(self, intent: Intent, outcome: Outcome) -> Claim | None:
        """Write a result, again when the database was busy: by its guards that changes nothing."""
        for pause_s in PAUSES_S:
            try:
                return self._write(intent, outcome)
            except (sa.exc.OperationalError, sa.exc.InterfaceError) as error:
                log.warning("a result is written once more: %s", type(error).__name__)
                self.run.clock.sleep_s(pause_s)
        return self._write(intent, outcome)

    def _write(self, intent: Intent, outcome: Outcome) -> Claim | None:
        with self.run.workspace.database.begin() as connection:
            left = ledger.conclude(
                connection, intent, outcome, now=self.run.clock.utcnow(), lease_s=self.run.lease_s
            )
            if count_accepted(outcome):
                course.note(connection, self.run.campaign.id, None)
            self.run.checkpoint("concluding")
        return left

    def _follow(self, outcome: Outcome, accepted: int) -> None:
        """Do to the whole campaign what one answer means for it."""
        now = self.run.clock.utcnow()
        if (
            outcome.halt
            or self.run.refusals > REFUSALS_IN_A_ROW
            or self.run.doubts >= DOUBTS_IN_A_ROW
        ):
            self.run.held_by = outcome
            self._halt(outcome.error)
            return
        if not outcome.later:
            return
        self.run.held_by = outcome
        with self.run.workspace.database.begin() as connection:
            course.postpone(connection, self.run.campaign.id, outcome.retry_after_s, now=now)
            if not accepted:
                course.note(connection, self.run.campaign.id, outcome.error)

    def _halt(self, error: Mapping[str, Any] | None) -> None:
        with self.run.workspace.database.begin() as connection:
            course.halt(connection, self.run.campaign.id, error, now=self.run.clock.utcnow())

    def _give_back(self, mine: Claim, wait_s: float) -> None:
        """End a claim; where the provider asked to wait meanwhile, the batch does, too."""
        now, held_by = self.run.clock.utcnow(), self.run.held_by
        with self.run.workspace.database.begin() as connection:
            if held_by and held_by.later and not wait_s:
                wait_s = course.wait_of(connection, self.run.campaign.id, held_by.retry_after_s)
            batches.give_back(connection, mine, now=now, wait_s=wait_s)


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
    """Say whether nobody knows what became of anybody whom a request asked for."""
    fates = {verdict.fate for verdict in outcome.verdicts}
    return Fate.UNKNOWN in fates and fates <= {Fate.UNKNOWN, Fate.AGAIN}

"""Whatever happens in whatever order: nobody twice, nobody lost, nobody against their will.

A model of the provider and of what its answers and events prove, beside the real rows. Two workers
claim, ask, answer, sleep through their leases and die; people leave; the marketer pauses, cancels,
sends again; events come in any order.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from campaigns.delivery import batches, campaigns, events, ledger
from campaigns.delivery.batches import Claim
from campaigns.delivery.ledger import Fenced, Intent
from campaigns.delivery.transports import PEOPLE, Fate, Outcome, Request, Verdict, problem
from campaigns.errors import ConflictError
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.settings import Settings
from campaigns.store import suppressions
from campaigns.store.suppressions import SuppressionReason
from campaigns.store.tables import batch, campaign, message
from campaigns.store.workspace import open_workspace
from tests.support.factory import a_consent
from tests.support.sending import a_running_campaign, a_shop, people

pytestmark = pytest.mark.slow

LEASE_S = 60.0
WORKERS = st.sampled_from(["anna", "boris"])
ANSWERS = st.sampled_from(["accepted", "taken, no answer", "lost, no answer", "later", "refused"])
OPEN = {"ready", "claimed", "in_flight"}


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


class Sending(RuleBasedStateMachine):
    """One campaign to five people in two batches."""

    def __init__(self, shop: Path, now) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(shop, self.folder, dirs_exist_ok=True)
        self.shop = open_workspace(Settings(data=self.folder, batch_size=3))
        sa.event.listen(self.shop.database.engine, "connect", _carefree)
        self.now, self.number = now, 0
        self.claims: dict[str, Claim] = {}
        self.calls: dict[str, Call] = {}
        self.taken: list[tuple[str, str]] = []  # token, key of the attempt
        self.asked: Counter[int] = Counter()  # calls that may have been taken
        self.granted: Counter[int] = Counter()  # times that somebody said: send it again
        self.proved: set[int] = set()
        self.dropped: set[int] = set()
        self.gone: set[int] = set()
        self.history: dict[str, set[str]] = defaultdict(set)

    # --- what workers do ---------------------------------------------------------------------

    @rule(who=WORKERS)
    def claim(self, who):
        if who not in self.calls:
            with self.shop.database.begin() as connection:
                mine = batches.claim(connection, 1, who, now=self.now, lease_s=LEASE_S)
            self.claims.pop(who, None)
            if mine:
                self.claims[who] = mine

    @precondition(lambda self: self.claims)
    @rule(who=WORKERS, answer=ANSWERS, half=st.booleans())
    def ask(self, who, answer, half):
        if who not in self.claims or who in self.calls:
            return
        mine = self.claims[who]
        with self.shop.database.read() as connection:
            rows = batches.waiting(connection, mine.batch_id)
        rows = rows[: (len(rows) + 1) // 2] if half else rows
        if rows.is_empty():
            return
        self.number += 1
        key = f"k{self.number}"
        try:
            with self.shop.database.begin() as connection:
                intent = ledger.intend(
                    connection, mine, _request(rows), Purpose.OFFERS, key=key, now=self.now,
                    lease_s=LEASE_S,
                )  # fmt: skip
        except Fenced:
            del self.claims[who]
            return
        self.provider(Call(intent, answer, key))
        self.calls[who] = Call(intent, answer, key)

    def provider(self, call):
        for one in asked(call):
            assert one.message_id not in self.gone, "asked for somebody who has left"
            assert self.asked[one.message_id] <= self.granted[one.message_id], "asked for twice"
            self.asked[one.message_id] += 1
            if call.taken:
                self.taken.append((one.token, call.key))

    @precondition(lambda self: self.calls)
    @rule(who=WORKERS)
    def hear(self, who):
        call = self.calls.pop(who, None)
        if call is None:
            return
        outcome = call.outcome()
        with self.shop.database.begin() as connection:
            left = ledger.conclude(connection, call.intent, outcome, now=self.now, lease_s=LEASE_S)
        self.claims.pop(who, None)
        if left:
            self.claims[who] = left
        for one, verdict in zip(asked(call), outcome.verdicts, strict=True):
            if verdict.fate is Fate.AGAIN:
                self.asked[one.message_id] -= 1
            if verdict.fate is Fate.ACCEPTED:
                self.proved.add(one.message_id)

    @rule(who=WORKERS)
    def give_back(self, who):
        if who in self.claims and who not in self.calls:
            with self.shop.database.begin() as connection:
                batches.give_back(connection, self.claims.pop(who), now=self.now)

    @rule(who=WORKERS)
    def die(self, who):
        self.claims.pop(who, None)
        self.calls.pop(who, None)

    @rule()
    def leases_run_out(self):
        self.now += timedelta(seconds=LEASE_S + 1)
        ledger.sweep(self.shop, self.now)

    @rule(who=WORKERS, answer=ANSWERS)
    def take_over(self, who, answer):
        """The other one sleeps through its lease, wakes, and believes in what it had."""
        self.leases_run_out()
        self.claim(who)
        self.ask(who, answer, half=False)

    @rule()
    def sweep(self):
        ledger.sweep(self.shop, self.now)

    # --- what people do ----------------------------------------------------------------------

    @rule(index=st.integers(0, 4), how=st.sampled_from(["suppress", "withdraw"]))
    def leave(self, index, how):
        with self.shop.database.begin() as connection:
            row = connection.execute(sa.select(message).order_by(message.c.id)).all()[index]
            if how == "suppress":
                suppressions.suppress(
                    connection, row.address_key, reason=SuppressionReason.OPERATOR, source="x",
                    actor="x", now=self.now,
                )  # fmt: skip
            else:
                a_consent(connection, row.contact_id, now=self.now, given=False)
        self.gone.add(row.id)

    @rule(verb=st.sampled_from(["pause", "resume", "resume"]))
    def steer(self, verb):
        with suppress(ConflictError):
            getattr(campaigns, verb)(self.shop, "Spring", actor="m", now=self.now)

    @precondition(lambda self: self.number > 1)
    @rule()
    def cancel(self):
        with suppress(ConflictError):
            campaigns.cancel(self.shop, "Spring", actor="m", now=self.now)

    @precondition(lambda self: self.number)
    @rule(verb=st.sampled_from(["resend", "assume_sent", "retry"]))
    def decide(self, verb):
        before = self.states()
        with suppress(ConflictError):
            if verb == "retry":
                campaigns.retry(self.shop, "Spring", actor="m", now=self.now)
            else:
                campaigns.settle(self.shop, "Spring", decision=verb, actor="m", now=self.now)
        for message_id, state in self.states().items():
            if state == "pending" and before[message_id] != "pending":
                self.granted[message_id] += 1
            if state == "accepted" and before[message_id] != "accepted":
                self.proved.add(message_id)

    # --- what the provider says ----------------------------------------------------------------

    @precondition(lambda self: self.taken)
    @rule(data=st.data(), kind=st.sampled_from(["processed", "delivered", "dropped"]))
    def event(self, data, kind):
        token, key = data.draw(st.sampled_from(self.taken))
        if kind == "dropped" and "delivered" in self.history[key + token]:
            return
        if kind == "delivered" and "dropped" in self.history[key + token]:
            return
        self.history[key + token].add(kind)
        said = {"event": kind, "sg_event_id": f"{kind}{key}{token}", "x_m": token, "x_k": key}
        events.keep_body(self.shop, "sendgrid", json.dumps([said]).encode(), now=self.now)
        events.ingest(self.shop, now=self.now)
        with self.shop.database.read() as connection:
            found = connection.execute(
                sa.select(message.c.id).where(message.c.token == token)
            ).scalar_one()
        (self.dropped if kind == "dropped" else self.proved).add(found)

    # --- what must always hold -----------------------------------------------------------------

    def states(self) -> dict[int, str]:
        with self.shop.database.read() as connection:
            rows = connection.execute(sa.select(message.c.id, message.c.state))
            return {row.id: row.state for row in rows}

    @invariant()
    def accepted_is_what_was_proved(self):
        for message_id, state in self.states().items():
            proved = message_id in self.proved
            if state == "accepted":
                assert proved
            if not self.granted[message_id]:
                assert (state == "accepted") == (proved and message_id not in self.dropped)

    @invariant()
    def batches_tell_what_their_messages_say(self):
        with self.shop.database.read() as connection:
            rows = connection.execute(sa.select(batch)).all()
            of = defaultdict(Counter)
            for one in connection.execute(sa.select(message.c.batch_id, message.c.state)):
                of[one.batch_id][one.state] += 1
        assert sum(counts.total() for counts in of.values()) == 5
        for row in rows:
            counts = of[row.id]
            if counts["pending"]:
                assert row.state in OPEN
            if counts["in_flight"]:
                assert row.state == "in_flight"
            if row.state not in OPEN:
                assert (row.accepted, row.failed, row.unknown) == (
                    counts["accepted"], counts["failed"], counts["unknown"],
                )  # fmt: skip

    def teardown(self):
        try:
            self.everything_ends()
        finally:
            self.shop.database.close()
            shutil.rmtree(self.folder)

    def everything_ends(self):
        """When workers work and the provider answers, nobody is left waiting."""
        self.die("anna")
        self.die("boris")
        self.steer("resume")
        for _ in range(15):  # more than there can be batches
            self.leases_run_out()
            self.claim("anna")
            self.ask("anna", "accepted", half=False)
            self.hear("anna")
            self.give_back("anna")
        self.accepted_is_what_was_proved()
        self.batches_tell_what_their_messages_say()
        self.leases_run_out()
        with self.shop.database.read() as connection:
            state = connection.execute(sa.select(campaign.c.state)).scalar_one()
        assert state in ("done", "cancelled")
        assert not {"pending", "in_flight"} & set(self.states().values())


def _carefree(connection, _record):
    connection.execute("PRAGMA synchronous=OFF")


def asked(call):
    request = call.intent.request
    return [request.addressee(index) for index in range(request.count)]


def _request(waiting) -> Request:
    people = waiting.with_columns(name=pl.lit(""), unsubscribe_url=pl.lit("")).select(list(PEOPLE))
    return Request(1, "Spring", Language.HY, "s", "h", "t", people, pl.DataFrame())


@pytest.fixture
def a_running_shop(sqlite_workspace, now) -> Path:
    """The folder of a shop whose campaign has just been started."""
    object.__setattr__(sqlite_workspace.settings, "batch_size", 3)
    a_shop(sqlite_workspace, now)
    people(sqlite_workspace, now, 5, languages=("hy",))
    a_running_campaign(sqlite_workspace, now)
    with sqlite_workspace.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return sqlite_workspace.settings.data


def test_nobody_twice_nobody_lost_nobody_against_their_will(a_running_shop, now):
    ended = []

    def begun():
        ended.append(Sending(a_running_shop, now))
        return ended[-1]

    run_state_machine_as_test(
        begun,
        settings=settings(
            max_examples=30, stateful_step_count=40, deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # shrinking 40 steps outlasts the test's own time
        ),
    )  # fmt: skip
    assert any(one.proved for one in ended)
    assert any(one.gone for one in ended)

"""Whatever happens in whatever order: nobody twice, nobody lost, nobody against their will.

A model of the provider and of what its answers and events prove, beside the real rows. Three lanes of
two workers claim, ask, answer (late, too), sleep through their leases and die; the provider makes
everybody wait; people leave; the marketer pauses, cancels, decides and changes the policy; requests
are taken back; events come in any order.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter, defaultdict
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

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

from campaigns.delivery import batches, campaigns, course, ledger
from campaigns.delivery.batches import Claim
from campaigns.delivery.heard import events
from campaigns.delivery.ledger import Fenced
from campaigns.delivery.transports import Fate, Manner
from campaigns.delivery.unsettled import recall
from campaigns.errors import ConflictError
from campaigns.model.permission import Purpose
from campaigns.settings import Settings
from campaigns.store import suppressions
from campaigns.store.suppressions import SuppressionReason
from campaigns.store.tables import batch, campaign, message
from campaigns.store.workspace import open_workspace
from tests.delivery.model_calls import Call, Cancellations, asked, request_for
from tests.delivery.model_policies import Policies
from tests.support.factory import a_consent
from tests.support.sending import a_running_campaign, a_shop, people

pytestmark = pytest.mark.slow

LEASE_S = 60.0
WORKERS = st.sampled_from(["anna/1", "anna/2", "boris/1"])
ANSWERS = st.sampled_from(["accepted", "taken, no answer", "lost, no answer", "later", "refused"])
DOUBTS = st.sampled_from(["taken, no answer", "lost, no answer"])
OPEN = {"ready", "claimed", "in_flight"}


class Sending(Policies, RuleBasedStateMachine):
    """One campaign to five people in two batches."""

    def __init__(self, shop: Path, now) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(shop, self.folder, dirs_exist_ok=True)
        self.shop = open_workspace(
            Settings(data=self.folder, batch_size=3, sendgrid_api_key="SG.x")
        )
        sa.event.listen(self.shop.database.engine, "connect", _carefree)
        self.now, self.number = now, 0
        self.claims: dict[str, Claim] = {}
        self.calls: dict[str, Call] = {}
        self.taken: list[tuple[str, str]] = []  # token, key of the attempt
        self.asked: Counter[int] = Counter()  # calls that may have been taken
        self.granted: Counter[int] = Counter()  # times that somebody said: send it again
        self.proved: dict[int, set[str]] = defaultdict(set)  # message → attempts that took it
        self.dropped: dict[int, set[str]] = defaultdict(set)
        self.assumed: set[int] = set()  # somebody said: count it as sent
        self.numbers: dict[str, str] = {}  # key → number by which it can be recalled
        self.recalled: set[str] = set()  # keys whose letters never leave
        self.late: list[Call] = []  # answers to workers that were given up
        self.of_key: dict[str, list[int]] = {}  # key → messages that were asked for under it
        self.resends: Counter[int] = Counter()  # times that the policy sent a message again
        self.provider_cancelled: set[str] = set()
        self.patches = pytest.MonkeyPatch()
        self.patches.setattr(recall, "call", Cancellations(self.provider_cancelled).call)
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
    @rule(who=WORKERS, answer=ANSWERS, half=st.booleans(), safe=st.booleans())
    def ask(self, who, answer, half, safe):
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
                    connection, mine, request_for(rows, self._manner(key, safe=safe)),
                    Purpose.OFFERS, key=key, now=self.now, lease_s=LEASE_S,
                )  # fmt: skip
        except Fenced:
            del self.claims[who]
            return
        self.provider(Call(intent, answer, key))
        self.calls[who] = Call(intent, answer, key)

    def _manner(self, key, *, safe):
        if not safe:
            return Manner()
        self.numbers[key] = f"number-{key}"
        return Manner(self.numbers[key], self.now + recall.MARGIN + timedelta(minutes=5))

    def provider(self, call):
        self.of_key[call.key] = [one.message_id for one in asked(call)]
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
        self.claims.pop(who, None)
        if left := self._conclude(call):
            self.claims[who] = left

    @precondition(lambda self: self.late)
    @rule(data=st.data())
    def hear_late(self, data):
        """The answer to a worker that was given up reaches it after all."""
        self._conclude(self.late.pop(data.draw(st.integers(0, len(self.late) - 1))))

    def _conclude(self, call):
        outcome = call.outcome()
        with self.shop.database.begin() as connection:
            left = ledger.conclude(connection, call.intent, outcome, now=self.now, lease_s=LEASE_S)
        for one, verdict in zip(asked(call), outcome.verdicts, strict=True):
            if verdict.fate is Fate.AGAIN and call.key not in self.recalled:
                self.asked[one.message_id] -= 1
            if verdict.fate is Fate.ACCEPTED:
                self.proved[one.message_id].add(call.key)
        return left

    @rule(who=WORKERS, answer=ANSWERS, safe=st.booleans())
    def work(self, who, answer, safe):
        """What mostly happens: a batch is taken up, asked for and heard of."""
        self.claim(who)
        self.ask(who, answer, half=False, safe=safe)
        self.hear(who)

    @rule(who=WORKERS, answer=DOUBTS, safe=st.booleans(), minutes=st.sampled_from([0, 16]))
    def work_in_doubt(self, who, answer, safe, minutes):
        self.work(who, answer, safe)
        self.time_passes_and_policies_work(minutes)

    @rule(who=WORKERS)
    def give_back(self, who):
        if who in self.claims and who not in self.calls:
            with self.shop.database.begin() as connection:
                batches.give_back(connection, self.claims.pop(who), now=self.now)

    @rule(who=WORKERS, late=st.booleans())
    def die(self, who, late):
        """Die, or only seem to: then the answer may still be heard."""
        self.claims.pop(who, None)
        call = self.calls.pop(who, None)
        if call and late:
            self.late.append(call)

    @rule(wait_s=st.sampled_from([0.0, 30.0]))
    def postpone(self, wait_s):
        with self.shop.database.begin() as connection:
            course.postpone(connection, 1, wait_s, now=self.now)

    @rule()
    def leases_run_out(self):
        self.now += timedelta(seconds=LEASE_S + 1)
        ledger.sweep(self.shop, self.now)

    @rule(who=WORKERS, answer=ANSWERS)
    def take_over(self, who, answer):
        """The other one sleeps through its lease, wakes, and believes in what it had."""
        self.leases_run_out()
        self.claim(who)
        self.ask(who, answer, half=False, safe=False)

    @rule()
    def sweep(self):
        ledger.sweep(self.shop, self.now)

    # --- what people do ----------------------------------------------------------------------

    @precondition(lambda self: self.number > 2 * len(self.gone))
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

    @rule(verb=st.sampled_from(["pause", "resume", "resume", "resume"]))
    def steer(self, verb):
        with suppress(ConflictError):
            getattr(campaigns, verb)(self.shop, "Spring", actor="m", now=self.now)

    @precondition(lambda self: self.number > 3)
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
        self._grant(before)
        for message_id, state in self.states().items():
            if state == "accepted" and before[message_id] != "accepted":
                self.assumed.add(message_id)

    def _grant(self, before):
        for message_id, state in self.states().items():
            if state == "pending" and before[message_id] != "pending":
                self.granted[message_id] += 1
                self.assumed.discard(message_id)

    # --- what the provider says ----------------------------------------------------------------

    @precondition(lambda self: self.taken)
    @rule(data=st.data(), kind=st.sampled_from(["processed", "delivered", "dropped"]))
    def event(self, data, kind):
        token, key = data.draw(st.sampled_from(self.taken))
        if key in self.recalled and kind == "delivered":
            return  # it never leaves
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
        if key not in self.recalled or kind == "delivered":
            (self.dropped if kind == "dropped" else self.proved)[found].add(key)

    # --- what must always hold -----------------------------------------------------------------

    def states(self) -> dict[int, str]:
        with self.shop.database.read() as connection:
            rows = connection.execute(sa.select(message.c.id, message.c.state))
            return {row.id: row.state for row in rows}

    @invariant()
    def accepted_is_what_was_proved(self):
        """Some attempt took it and did not drop it, or a person said so: exactly then."""
        for message_id, state in self.states().items():
            stands = bool(self.proved[message_id] - self.dropped[message_id])
            if state == "accepted":
                assert stands or message_id in self.assumed
            elif stands:
                raise AssertionError(f"{message_id} was taken and is {state}")

    @invariant()
    def nobody_has_two_unless_somebody_granted_it(self):
        for message_id, keys in self.proved.items():
            assert len(keys - self.dropped[message_id]) <= 1 + self.granted[message_id]

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
            self.patches.undo()
            self.shop.database.close()
            shutil.rmtree(self.folder)

    def everything_ends(self):
        """When workers work and the provider answers, nobody is left waiting."""
        for who in ("anna/1", "anna/2", "boris/1"):
            self.die(who, late=False)
        self.now += timedelta(minutes=1)
        self.steer("resume")
        for _ in range(15):  # more than there can be batches
            self.leases_run_out()
            self.claim("anna/1")
            self.ask("anna/1", "accepted", half=False, safe=False)
            self.hear("anna/1")
            self.give_back("anna/1")
        self.accepted_is_what_was_proved()
        self.batches_tell_what_their_messages_say()
        self.leases_run_out()
        with self.shop.database.read() as connection:
            state = connection.execute(sa.select(campaign.c.state)).scalar_one()
        assert state in ("done", "cancelled")
        assert not {"pending", "in_flight"} & set(self.states().values())


def _carefree(connection, _record):
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def a_running_shop(sqlite_workspace, now) -> Path:
    """The folder of a shop whose campaign has just been started."""
    object.__setattr__(sqlite_workspace.settings, "batch_size", 3)
    a_shop(sqlite_workspace, now)
    people(sqlite_workspace, now, 5, languages=("hy",))
    a_running_campaign(sqlite_workspace, now)
    with sqlite_workspace.database.begin() as connection:
        connection.execute(campaign.update().values(transport="smtp"))
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

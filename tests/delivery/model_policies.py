"""The part of the model of sending that is about policies: time passes, and what is silent moves."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from campaigns.delivery import ledger, options
from campaigns.delivery.unsettled import doubt
from campaigns.errors import ConflictError
from campaigns.model.options import Policy


class Policies:
    """Rules of ``test_model.Sending``, which has the shop, the clock and what is known."""

    @rule(policy=st.sampled_from([Policy.HOLD, Policy.RESEND]))
    def choose_policy(self, policy):
        with suppress(ConflictError):
            options.change(self.shop, "Spring", policy=policy, actor="m", now=self.now)

    @precondition(lambda self: self.number)
    @rule(minutes=st.sampled_from([0, 16]))
    def time_passes_and_policies_work(self, minutes):
        """The provider cancels what it is asked to; only what policy or recall says waits again."""
        self.now += timedelta(minutes=minutes)
        ledger.sweep(self.shop, self.now)
        before, asked_before = self.states(), set(self.provider_cancelled)
        doubt.settle_unknown(self.shop, now=self.now)
        taken_back = {
            key for key, number in self.numbers.items()
            if number in self.provider_cancelled and number not in asked_before
        }  # fmt: skip
        self.recalled |= taken_back
        self._forget_recalled(taken_back)
        self._grant_beyond(before, taken_back)

    def _forget_recalled(self, keys):
        for key in keys:
            for message_id in self.of_key[key]:
                self.asked[message_id] -= 1
                self.proved[message_id].discard(key)

    def _grant_beyond(self, before, taken_back):
        freed = {message_id for key in taken_back for message_id in self.of_key[key]}
        for message_id, state in self.states().items():
            if state == "pending" and before[message_id] == "unknown" and message_id not in freed:
                assert self.resends[message_id] == 0, "sent again by itself twice"
                self.resends[message_id] += 1
                self.granted[message_id] += 1

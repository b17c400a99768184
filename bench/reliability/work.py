"""What there is to do in a run: campaigns, one after another, and the operator who watches them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import sqlalchemy as sa

from bench.delivery_shop import fill
from campaigns.clock import utcnow
from campaigns.delivery import campaigns, options
from campaigns.errors import ConflictError
from campaigns.letters import library
from campaigns.model.options import Policy, Schedule
from campaigns.model.states import CampaignState, MessageState
from campaigns.store.tables import campaign, message, webhook_body
from campaigns.store.workspace import Workspace
from tests.support.sending import LETTER, TEXTS, a_shop, an_accepted_trial, source

AWAY = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.PendingRollbackError)
PATIENCE_S = 60.0
ALWAYS = Schedule(opens=0, closes=0, holidays=True)
RUNNING = (CampaignState.RUNNING, CampaignState.PAUSED)
OPEN = (MessageState.PENDING, MessageState.IN_FLIGHT)
Result = TypeVar("Result")


def patiently(step: Callable[[], Result]) -> Result:
    """Do a step of a person, again while the database is away or full."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return step()
        except AWAY:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@dataclass
class Work:
    """The campaigns of a run."""

    workspace: Workspace
    policy: Policy
    made: int = 0
    cancelled: int = 0

    def lay(self, readers: int) -> None:
        """Fill the shop with readers who agreed."""
        fill(self.workspace, readers)
        a_shop(self.workspace, utcnow())
        an_accepted_trial(self.workspace, utcnow())

    def begin(self) -> None:
        """Plan, approve and start one more campaign to everybody."""
        name = f"Run {self.made + 1}"
        patiently(lambda: self._begin(name))
        self.made += 1

    def _begin(self, name: str) -> None:
        shop, actor, now = self.workspace, "operator", utcnow()
        letter = f"{LETTER}_{self.made}"  # nobody gets the same one twice running
        if name not in self._names():
            self._write(letter)
            campaigns.create(shop, name, segment="everyone", letter=letter, transport="sendgrid",
                             actor=actor, now=now)  # fmt: skip
        if self.state(name) == CampaignState.DRAFT:
            options.change(shop, name, actor=actor, now=now, policy=self.policy, schedule=ALWAYS)
            campaigns.plan(shop, name, actor=actor, now=now)
        if self.state(name) == CampaignState.PLANNED:
            campaigns.approve(shop, name, actor=actor, now=now, probe=lambda _url: True,
                              account=lambda _settings, _name: None)  # fmt: skip
        if self.state(name) == CampaignState.APPROVED:
            campaigns.send(shop, name, actor=actor, now=now)

    def _write(self, letter: str) -> None:
        texts = {language: [source(body)] for language, body in TEXTS.items()}
        with self.workspace.database.begin() as connection:
            library.save(connection, letter, texts, actor="operator", now=utcnow())

    def waiting(self) -> int:
        """How many messages are still to be sent."""
        return patiently(lambda: self._count(message.c.state.in_(OPEN)))

    def unknown(self) -> int:
        """Of how many messages nobody knows."""
        return patiently(lambda: self._count(message.c.state == MessageState.UNKNOWN))

    def unheard(self) -> int:
        """How many posts of the provider wait to be understood."""
        return patiently(self._unheard)

    def resume_paused(self) -> int:
        """Do what an operator does when the provider was ill: go on."""
        return sum(self._try(campaigns.resume, name) for name in self.named(CampaignState.PAUSED))

    def pause_one(self) -> bool:
        names = self.named(CampaignState.RUNNING)
        return bool(names) and self._try(campaigns.pause, names[0])

    def cancel_one(self) -> bool:
        """Cancel the newest campaign for good."""
        names = self.named(*RUNNING)
        done = bool(names) and self._try(campaigns.cancel, names[-1])
        self.cancelled += done
        return done

    def named(self, *states: CampaignState) -> list[str]:
        query = (
            sa.select(campaign.c.name).where(campaign.c.state.in_(states)).order_by(campaign.c.id)
        )
        return patiently(lambda: self._scalars(query))

    def state(self, name: str) -> str:
        return self._scalars(sa.select(campaign.c.state).where(campaign.c.name == name))[0]

    def _names(self) -> list[str]:
        return self._scalars(sa.select(campaign.c.name))

    def _try(self, verb: Callable[..., object], name: str) -> bool:
        try:
            patiently(lambda: verb(self.workspace, name, actor="operator", now=utcnow()))
        except ConflictError:  # it was over in the meantime
            return False
        return True

    def _scalars(self, query: sa.Select[tuple[str]]) -> list[str]:
        with self.workspace.database.read() as connection:
            return list(connection.execute(query).scalars())

    def _count(self, which: sa.ColumnElement[bool]) -> int:
        with self.workspace.database.read() as connection:
            query = sa.select(sa.func.count()).select_from(message).where(which)
            return connection.execute(query).scalar_one()

    def _unheard(self) -> int:
        with self.workspace.database.read() as connection:
            query = sa.select(sa.func.count()).select_from(webhook_body)
            waiting = query.where(webhook_body.c.ingested_at.is_(None))
            return connection.execute(waiting).scalar_one()

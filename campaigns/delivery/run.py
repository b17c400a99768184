"""What the lanes of one worker share while they send a campaign, and how a batch is written.

The campaign is as it was frozen; each pair of the letter is compiled once. One lane at a time works
at the ``desk``, where rows are claimed and kept, and one at a time is ``writing`` the requests of a
batch, while the calls of the others are under way.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns import clock as system
from campaigns.delivery import batches
from campaigns.delivery.batches import Claim
from campaigns.delivery.bestsellers import bestsellers, readable
from campaigns.delivery.recipients import Circumstances, Reader, columns, values
from campaigns.delivery.requests import Occasion, compose
from campaigns.delivery.throttle import Pace
from campaigns.delivery.transports import Outcome, Request, problem
from campaigns.delivery.unsettled import settling
from campaigns.errors import CampaignsError, RenderError
from campaigns.letters.columns import Columns
from campaigns.letters.counted import Links
from campaigns.letters.fields import Item, Values
from campaigns.letters.quotes import Quote
from campaigns.letters.render import CompiledText, compile_text
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.model.states import MessageState
from campaigns.store.options import Brand
from campaigns.store.workspace import Workspace

ADDRESSED = {"given_name", "family_name", "unsubscribe_url"}
"""Fields that an envelope needs, whatever the letter says."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a long run takes time and ids from."""

    utcnow: Callable[[], datetime] = system.utcnow
    monotonic_s: Callable[[], float] = system.monotonic_s
    new_token: Callable[[], str] = system.new_token
    sleep_s: Callable[[float], None] = system.sleep_s


SYSTEM = Clock()


@dataclass(slots=True)
class Run:
    """One run of ``dispatch.send_campaign``."""

    workspace: Workspace
    campaign: sa.Row[Any]
    brand: Brand
    quoted: Mapping[str, Quote]
    owner: str
    stop: Callable[[], bool]
    clock: Clock
    checkpoint: Callable[[str], None]
    links: Links | None = None
    """Those that are counted; None where nothing is."""
    prepare: Callable[[Request], Request] = lambda request: request
    """What a request needs before anybody writes that it is about to be asked for (safe mode)."""
    pace: Pace | None = None
    """How fast the account may be asked; None: there is no limit."""
    desk: threading.Lock = field(default_factory=threading.Lock)
    writing: threading.Lock = field(default_factory=threading.Lock)
    """Held while the requests of a batch are written; rows are kept meanwhile."""
    broken: BaseException | None = None
    """What ended a lane before its time; the others take up nothing more."""
    held_by: Outcome | None = None
    """The answer for which nothing more is asked of the provider now."""
    bestsellers: Sequence[Item] | None = None
    compiled: dict[tuple[Language, int, str], CompiledText] = field(default_factory=dict)
    refusals: int = 0
    doubts: int = 0
    batches: int = 0
    accepted: int = 0
    one_by_one: int = 0

    def goes_on(self) -> bool:
        """Say whether a lane may take up something more."""
        return self.broken is None and self.held_by is None and not self.stop()

    def requests(self, mine: Claim, window: int) -> list[Request]:
        """Return the requests that reach all who wait in a batch.

        Raises:
            CampaignsError: the letter cannot be sent to anybody.
        """
        language = Language(mine.language)
        counts = self.links is not None
        occasion = Occasion(self.campaign.id, self.campaign.name, language, counts_opens=counts)
        compiled = self._compiled(language, mine.text, mine.design)
        with self.workspace.database.read() as connection:
            what = self._circumstances(connection, language, compiled.reads)
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
        return self.requests(mine, window)

    def _circumstances(
        self, connection: sa.Connection, language: Language, fields: Collection[str]
    ) -> Circumstances:
        now = self.clock.utcnow()
        if "recommendations" in fields and self.bestsellers is None:
            self.bestsellers = bestsellers(self.workspace, connection, now=now)
        fitting = readable(self.bestsellers or (), language)
        return Circumstances(language, self.purpose, now, self.brand.currency, fitting)

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
                source, language, self.brand, design=design, quotes=self.quoted,
                links=self.links,
            )  # fmt: skip
        return self.compiled[key]

    @property
    def purpose(self) -> Purpose:
        return Purpose(self.campaign.purpose)

    @property
    def lease_s(self) -> float:
        return self.workspace.settings.lease_s


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

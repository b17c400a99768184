"""Opens and clicks of some letters, judged by all that is known of each (``delivery.heard.readers``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.delivery.heard import tallies
from campaigns.delivery.heard.readers import Machine, Seen, judge
from campaigns.delivery.heard.sendgrid_events import ENGAGING, ProviderEvent
from campaigns.model.states import EventKind
from campaigns.store import bulk
from campaigns.store.tables import event, link

_JUDGED = ENGAGING | {EventKind.DELIVERED}


@dataclass(frozen=True, slots=True)
class Engagement:
    """Who it was that opened or clicked."""

    machines: dict[str, Machine | None] = field(default_factory=dict)
    """Id of a new event → the program that did it, None for a person."""
    bits: dict[int, int] = field(default_factory=dict)
    """Message → its bits of opens and clicks, all that were ever heard of."""


@dataclass(slots=True)
class _Letter:
    """What was seen of one message: of each thing its row's id, or its event's where it is new."""

    campaign_id: int
    seen: list[Seen] = field(default_factory=list)
    ids: list[int | str] = field(default_factory=list)


def engaged(
    connection: sa.Connection,
    fresh: Sequence[ProviderEvent],
    about: Mapping[str, sa.Row[Any]],
) -> Engagement:
    """Judge the messages of which new events tell something that matters to that.

    Earlier events that look otherwise in the new company are marked anew, and the figures of the
    links with them.
    """
    letters: dict[int, _Letter] = {}
    for one in fresh:
        row = about.get(one.event_id)
        if row is None or one.kind not in _JUDGED:
            continue
        if one.kind in ENGAGING or row.heard & tallies.ENGAGED:
            letters[row.id] = _Letter(row.campaign_id)
    if not letters:
        return Engagement()
    _recall(connection, letters)
    for one in fresh:
        row = about.get(one.event_id)
        if row is not None and row.id in letters and one.kind in _JUDGED:
            letters[row.id].seen.append(Seen(one.kind, one.at, one.machine, one.link))
            letters[row.id].ids.append(one.event_id)
    return _judge(connection, letters)


def _recall(connection: sa.Connection, letters: Mapping[int, _Letter]) -> None:
    ids = pl.DataFrame({"message_id": list(letters)}, schema={"message_id": pl.Int64})
    query = sa.select(
        event.c.id, event.c.message_id, event.c.kind, event.c.at, event.c.machine, event.c.link
    ).where(bulk.among(connection, [event.c.message_id], ids))
    for number, message_id, kind, at, machine, number_of_link in connection.execute(query).all():
        if kind in _JUDGED:
            of = Machine(machine) if machine else None
            letters[message_id].seen.append(Seen(EventKind(kind), at, of, number_of_link))
            letters[message_id].ids.append(number)


def _judge(connection: sa.Connection, letters: Mapping[int, _Letter]) -> Engagement:
    found = Engagement()
    marked: list[tuple[int, str | None]] = []
    links: Counter[tuple[int, int, bool]] = Counter()
    for message_id, letter in letters.items():
        told = judge(letter.seen)
        found.bits[message_id] = _bits(letter, told)
        for one, which, machine in zip(letter.seen, letter.ids, told, strict=True):
            if isinstance(which, str):
                found.machines[which] = machine
            elif one.machine != machine:
                marked.append((which, None if machine is None else str(machine)))
        before = _followed(letter, [one.machine for one in letter.seen], only_old=True)
        links.update(_followed(letter, told) - before)
        links.subtract(before - _followed(letter, told))
    frame = pl.DataFrame(marked, schema={"id": pl.Int64, "machine": pl.String}, orient="row")
    bulk.update(connection, event, frame)
    _count_links(connection, links)
    return found


def _bits(letter: _Letter, told: Sequence[Machine | None]) -> int:
    bits = 0
    for one, machine in zip(letter.seen, told, strict=True):
        if one.kind in ENGAGING:
            bits |= tallies.bits_of(one.kind, machine, "")
    return bits


def _followed(
    letter: _Letter, machines: Iterable[Machine | None], *, only_old: bool = False
) -> set[tuple[int, int, bool]]:
    """Return the links that were followed: campaign, number, whether by a program."""
    return {
        (letter.campaign_id, one.link, machine is not None)
        for one, which, machine in zip(letter.seen, letter.ids, machines, strict=True)
        if one.link is not None and not (only_old and isinstance(which, str))
    }


def _count_links(connection: sa.Connection, counts: Mapping[tuple[int, int, bool], int]) -> None:
    for (campaign_id, number, by_machine), count in sorted(counts.items()):
        if count:
            column = link.c.machines if by_machine else link.c.persons
            connection.execute(
                link.update()
                .where(link.c.campaign_id == campaign_id, link.c.number == number)
                .values({column: column + count})
            )

"""Counted links: an address of ours in the letter, a number in it, and a row that says where to.

A letter carries its reader's signed token and the link's number. Where that leads was frozen when
the campaign was planned, so nobody can make our address lead elsewhere. What was followed is kept
as raw rows, many at once, and goes the way of all events (``delivery.heard.events``).
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import orjson
import sqlalchemy as sa

from campaigns.delivery.heard.readers import Machine, by_agent
from campaigns.delivery.heard.sendgrid_events import ProviderEvent, items_of, moment
from campaigns.errors import RenderError
from campaigns.letters import quotes
from campaigns.letters.counted import Links
from campaigns.letters.render import common_targets, compile_text
from campaigns.model.language import Language
from campaigns.model.options import options_of
from campaigns.model.states import EventKind
from campaigns.settings import Settings
from campaigns.store.options import read_brand
from campaigns.store.tables import link, message, webhook_body
from campaigns.store.workspace import Workspace

PROVIDER = "web"
PATH = "c"
"""Begins the path of our addresses."""
AGENT_CHARACTERS = 300
MAX_LINKS = 500
"""Counted links of a campaign; what goes beyond leads straight to where it goes."""


class Click(NamedTuple):
    """Somebody, or something, followed a link."""

    key: str
    """Its own id, so that it counts once."""
    token: str
    number: int
    at: datetime
    agent: str
    machine: Machine | None = None
    """What the request itself gives away."""


def freeze(
    connection: sa.Connection, campaign_id: int, texts: Mapping[Language, Sequence[str]]
) -> None:
    """Number the links of a campaign's texts, in place of what was numbered before."""
    brand, quoted = read_brand(connection), quotes.published(connection)
    found: dict[str, None] = {}
    for language, sources in texts.items():
        for source in sources:
            with contextlib.suppress(RenderError):  # told by preflight, and never sent
                compiled = compile_text(source, language, brand, quotes=quoted)
                found |= dict.fromkeys(common_targets(compiled))
    connection.execute(sa.delete(link).where(link.c.campaign_id == campaign_id))
    rows = [
        {"campaign_id": campaign_id, "number": number, "url": url}
        for number, url in enumerate(list(found)[:MAX_LINKS], start=1)
    ]
    if rows:
        connection.execute(link.insert(), rows)


def links_of(connection: sa.Connection, settings: Settings, campaign: sa.Row[Any]) -> Links | None:
    """Return the links that a campaign's letters count, None where they lead straight.

    They do where the marketer wants no counting, or readers could not reach our address.
    """
    if not options_of(campaign.options).counts_clicks:
        return None
    if not settings.public_url.startswith("https://"):
        return None
    rows = connection.execute(sa.select(link).where(link.c.campaign_id == campaign.id))
    return Links(f"{settings.base_url}/{PATH}/", {row.url: row.number for row in rows})


def target(connection: sa.Connection, token: str, number: int) -> str | None:
    """Return where a link in a letter leads, None where there is no such letter or link."""
    query = (
        sa.select(link.c.url)
        .join(message, message.c.campaign_id == link.c.campaign_id)
        .where(message.c.token == token, link.c.number == number)
    )
    found: str | None = connection.execute(query).scalar()
    return found


def keep(workspace: Workspace, clicks: Sequence[Click], *, now: datetime) -> None:
    """Store clicks as one raw row: that costs one commit, however many they are."""
    told = [
        {
            "id": one.key, "token": one.token, "link": one.number, "at": one.at.timestamp(),
            "useragent": one.agent[:AGENT_CHARACTERS], "machine": one.machine,
        }
        for one in clicks
    ]  # fmt: skip
    row = {"provider": PROVIDER, "received_at": now, "body": orjson.dumps(told)}
    with workspace.database.begin() as connection:
        connection.execute(webhook_body.insert().values(row))


def read_clicks(body: bytes, received_at: datetime) -> list[ProviderEvent]:
    """Return the clicks in a row of :func:`keep`.

    Raises:
        InputError: it is none.
    """
    return [_event(item, received_at) for item in items_of(body)]


def _event(item: Mapping[str, Any], received_at: datetime) -> ProviderEvent:
    told = Machine(item["machine"]) if item["machine"] else None
    return ProviderEvent(
        event_id=f"click:{item['id']}", kind=EventKind.CLICKED,
        at=moment(item["at"], received_at), received_at=received_at, token=item["token"],
        machine=told or by_agent(EventKind.CLICKED, item["useragent"]), link=item["link"],
        raw=orjson.dumps({"useragent": item["useragent"]}).decode(),
    )  # fmt: skip


class LinkCount(NamedTuple):
    """A counted link, and from how many letters people and programs followed it."""

    url: str
    persons: int
    machines: int


def link_counts(connection: sa.Connection, campaign_id: int) -> list[LinkCount]:
    """Return the links of a campaign that were followed, those of most people first."""
    query = (
        sa.select(link.c.url, link.c.persons, link.c.machines)
        .where(link.c.campaign_id == campaign_id, link.c.persons + link.c.machines > 0)
        .order_by(link.c.persons.desc(), link.c.number)
    )
    return [LinkCount(*row) for row in connection.execute(query)]

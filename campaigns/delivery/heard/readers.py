"""Who opened or clicked: the reader, or a program that looked in the reader's place.

Two kinds of rules. What one event tells by itself (:func:`by_agent`) holds for ever. What only the
company of other events tells (:func:`judge`) is worked out anew from everything that is known of a
letter whenever something new is heard of it, so the order in which events come makes no difference
and the first click of a burst is marked when the second one comes.

Sources. SendGrid's event webhook reference: ``sg_machine_open`` is true for opens by Apple's Mail
Privacy Protection. Apple's proxies fetch every picture of a letter soon after it arrives and call
themselves ``Mozilla/5.0`` and nothing more. Gmail's and Yahoo's image proxies fetch when a person
looks (Gmail may fetch ahead of that, and then soon after the arrival): they count as persons.
Barracuda, Proofpoint, Mimecast, Microsoft Defender and their like follow every link of a letter
within seconds of its arrival, some under their own names (Marketo's and Validity's notes on clicks
by filters; the Word to the Wise on Barracuda): hence the names, the haste and the bursts. A person
who is that fast counts as a machine, which errs on the modest side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from campaigns.model.states import EventKind

HASTE = timedelta(seconds=5)
"""Whoever opens or clicks sooner after the arrival is no person: who is told of a letter and opens
it needs longer."""
BURST = timedelta(seconds=2)
"""Nobody follows two different links of a letter within this time."""
APPLE_AGENT = "Mozilla/5.0"

_SCANNER = re.compile(
    r"barracuda|proofpoint|mimecast|messagelabs|symantec|forcepoint|fireeye|trellix|trend ?micro"
    r"|\btmes\b|sophos|fortinet|fortimail|checkpoint|avanan|ironport|ciscosecure|vade ?secure"
    r"|cloudmark|cyren|zscaler|safelinks|microsoft office existence|ms-?office|urlscan|virustotal"
    r"|headless|phantomjs|puppeteer|playwright|selenium|python|aiohttp|httpx|curl/|wget|libwww"
    r"|go-http-client|java/|okhttp|apache-httpclient|node-fetch|axios|ruby|perl|(?<!cu)bot\b|crawl|spider"
    r"|scan(?:ner|ning)?\b|monitor",
    re.IGNORECASE,
)
_PREVIEW = re.compile(
    r"facebookexternalhit|telegrambot|whatsapp|viber|skypeuripreview|slackbot|twitterbot|discordbot"
    r"|linkedinbot|bingpreview|google-pagerenderer|googleimageproxy.*preview|embedly|vkshare",
    re.IGNORECASE,
)


class Machine(StrEnum):
    """The kind of program that opened or clicked. What each is known by stands above."""

    APPLE = "apple"
    SCANNER = "scanner"
    """It says so itself, or asked for no more than the headers."""
    PREVIEW = "preview"
    """A messenger that shows what a link leads to, or a browser that fetches ahead."""
    AT_ONCE = "at_once"
    BURST = "burst"


BY_ITSELF = frozenset({Machine.APPLE, Machine.SCANNER, Machine.PREVIEW})
"""Kinds that one event tells by itself."""


class Seen(NamedTuple):
    """A delivery, an open or a click of one letter."""

    kind: EventKind
    at: datetime
    machine: Machine | None = None
    link: int | None = None


@lru_cache(maxsize=10_000)
def by_agent(kind: EventKind, agent: str, *, is_apple: bool = False) -> Machine | None:
    """Return the program that one open or click gives away by itself, None for a person.

    Args:
        kind: what happened.
        agent: the program's own name (``User-Agent``).
        is_apple: the provider says that it was Apple's proxy.

    >>> by_agent(EventKind.OPENED, "Mozilla/5.0 (via ggpht.com GoogleImageProxy)") is None
    True
    """
    if kind is EventKind.OPENED and (is_apple or agent.strip() == APPLE_AGENT):
        return Machine.APPLE
    if _PREVIEW.search(agent):
        return Machine.PREVIEW
    nameless = kind is EventKind.CLICKED and not agent.strip()  # every browser has a name
    return Machine.SCANNER if nameless or _SCANNER.search(agent) else None


def judge(seen: Sequence[Seen]) -> list[Machine | None]:
    """Return for each thing seen of one letter which program did it, None for a person."""
    arrivals = [one.at for one in seen if one.kind is EventKind.DELIVERED]
    soon = min(arrivals) + HASTE if arrivals else None
    clicks = sorted((one for one in seen if one.kind is EventKind.CLICKED), key=lambda one: one.at)
    hurried = _bursts(clicks)
    return [_judged(one, soon, hurried) for one in seen]


def _judged(one: Seen, soon: datetime | None, hurried: set[datetime]) -> Machine | None:
    if one.kind is EventKind.DELIVERED:
        return None
    if one.machine in BY_ITSELF:
        return one.machine
    if soon is not None and one.at <= soon:
        return Machine.AT_ONCE
    return Machine.BURST if one.kind is EventKind.CLICKED and one.at in hurried else None


def _bursts(clicks: Sequence[Seen]) -> set[datetime]:
    """Return the moments of clicks close to a click on another link."""
    found: set[datetime] = set()
    for place, one in enumerate(clicks):
        for other in clicks[place + 1 :]:
            if other.at - one.at > BURST:
                break
            if None not in (one.link, other.link) and one.link != other.link:
                found |= {one.at, other.at}
    return found

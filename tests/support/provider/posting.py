"""How the fake SendGrid posts events: signed, out of order, some twice, some late, some never."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError, ClientSession

from tests.support.provider.account import Account


@dataclass(frozen=True)
class Manner:
    """How events are posted. The defaults are those of an ordinary day."""

    twice: float = 1 / 3
    """Part of the events that come twice."""
    share: float = 1.0
    """Part of the events that come at all."""
    shuffled: bool = True
    late_s: float = 0.0
    """How long after they were asked for."""
    per_post: int = 10_000
    seed: int = 1


def arranged(events: list[dict[str, Any]], manner: Manner) -> Iterator[list[dict[str, Any]]]:
    """The posts in which events come."""
    chance = random.Random(manner.seed + len(events))
    kept = [one for one in events if chance.random() < manner.share]
    mixed = [*kept, *kept[: int(len(kept) * manner.twice)]]
    if manner.shuffled:
        chance.shuffle(mixed)
    for start in range(0, len(mixed), manner.per_post):
        yield mixed[start : start + manner.per_post]


async def post(account: Account, url: str, events: list[dict[str, Any]], manner: Manner) -> int:
    """Post events; return the worst answer, 0 when nobody answered at all."""
    await asyncio.sleep(manner.late_s)
    answers = [await _post_once(account, url, part) for part in arranged(events, manner)]
    return max(answers, key=lambda status: status or 1_000, default=200)


async def _post_once(account: Account, url: str, events: list[dict[str, Any]]) -> int:
    content = json.dumps(events).encode()
    timestamp = str(int(time.time()))  # noqa: TID251
    headers = {
        "Content-Type": "application/json",
        "X-Twilio-Email-Event-Webhook-Signature": account.sign(content, timestamp),
        "X-Twilio-Email-Event-Webhook-Timestamp": timestamp,
    }
    try:
        async with (
            ClientSession() as session,
            session.post(url, data=content, headers=headers, ssl=False) as response,
        ):
            return response.status
    except ClientError:
        return 0

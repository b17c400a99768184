"""What became of each letter: the rows beside what the provider got."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from campaigns.model.states import CampaignState, MessageState
from campaigns.store.tables import campaign, message
from campaigns.store.workspace import Workspace

SETTLED = frozenset(
    {MessageState.ACCEPTED, MessageState.FAILED, MessageState.CANCELLED, MessageState.UNKNOWN}
)


@dataclass(frozen=True)
class Verdict:
    """Messages by what is true of them. The first four have to be 0."""

    lost: int
    """Neither accepted, nor refused with a reason, nor cancelled, nor visibly unknown."""
    falsely_sent: int
    """Called accepted, and the provider never took them."""
    falsely_refused: int
    """Called failed or cancelled, and the provider took them."""
    twice: int
    """Taken more than once by the provider."""
    unsettled: int
    """Called unknown although the provider reported them."""
    unknown: int
    """Called unknown, and never taken: what is left to a person."""
    accepted: int
    failed: int
    cancelled: int

    @property
    def holds(self) -> bool:
        """Whether nothing was lost, invented or doubled."""
        return not (self.lost or self.falsely_sent or self.falsely_refused or self.twice)

    def figures(self) -> dict[str, int]:
        return asdict(self)


def verdict(workspace: Workspace, taken: Mapping[str, int]) -> Verdict:
    """Compare every row with what the provider took: token → times."""
    with workspace.database.read() as connection:
        query = sa.select(
            message.c.token, message.c.state, message.c.error.is_(None).label("is_silent"),
            campaign.c.state.label("campaign"),
        ).join(campaign, campaign.c.id == message.c.campaign_id)  # fmt: skip
        rows = connection.execute(query).all()
    found: Counter[str] = Counter()
    for row in rows:
        found.update(_of(row.state, taken.get(row.token, 0), row.is_silent, row.campaign))
    strangers = set(taken) - {row.token for row in rows}
    found["lost"] += len(strangers)  # letters of which no row knows
    return Verdict(**{name: found[name] for name in Verdict.__dataclass_fields__})


def _of(state: str, times: int, is_silent: bool, campaign_state: str) -> set[str]:  # noqa: FBT001
    found: set[str] = set()
    if state not in SETTLED or (state == MessageState.FAILED and is_silent):
        found.add("lost")
    if state == MessageState.CANCELLED and campaign_state != CampaignState.CANCELLED:
        found.add("lost")
    if state == MessageState.ACCEPTED:
        found.add("accepted" if times else "falsely_sent")
    if state in (MessageState.FAILED, MessageState.CANCELLED):
        found.add("falsely_refused" if times else state)
    if state == MessageState.UNKNOWN:
        found.add("unsettled" if times else "unknown")
    if times > 1:
        found.add("twice")
    return found

"""The states that rows go through, and which change is lawful.

    campaign     draft → planned → approved → (scheduled →) running ⇄ paused → done (any before done → cancelled)
    batch        ready → claimed → in_flight → accepted | failed | unknown (claimed → ready; unknown → ready | accepted)
    message      pending → in_flight → accepted | failed | unknown; pending → cancelled
    testimonial  submitted → approved | refused; approved → withdrawn; submitted → withdrawn

Why a batch's call whose outcome nobody knows is ``unknown`` and never ``ready`` again by itself:
docs/decisions/0005-rows-are-the-truth.md.
"""

from __future__ import annotations

from enum import StrEnum


class CampaignState(StrEnum):
    DRAFT = "draft"
    PLANNED = "planned"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    """It starts by itself at ``starts_at``."""
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class BatchState(StrEnum):
    READY = "ready"
    CLAIMED = "claimed"
    IN_FLIGHT = "in_flight"
    ACCEPTED = "accepted"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class MessageState(StrEnum):
    PENDING = "pending"
    IN_FLIGHT = "in_flight"
    ACCEPTED = "accepted"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class TestimonialState(StrEnum):
    __test__ = False  # pytest: this is no test class
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class FileState(StrEnum):
    """A file is looked at by the worker; then its sheets are uploads of their own."""

    ARRIVED = "arrived"
    READ = "read"
    FAILED = "failed"


class UploadState(StrEnum):
    RECEIVED = "received"
    """Copied and looked at; a person may correct the mapping."""
    QUEUED = "queued"
    STORING = "storing"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"
    """It was stored and taken back: the store is as if it had never been."""


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class EventKind(StrEnum):
    """What a provider or the public web reports, in our words."""

    PROCESSED = "processed"
    DROPPED = "dropped"
    DEFERRED = "deferred"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    BLOCKED = "blocked"
    OPENED = "opened"
    CLICKED = "clicked"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"
    UNKNOWN = "unknown"


CAMPAIGN_MOVES: dict[CampaignState, frozenset[CampaignState]] = {
    CampaignState.DRAFT: frozenset({CampaignState.PLANNED, CampaignState.CANCELLED}),
    CampaignState.PLANNED: frozenset(
        {CampaignState.PLANNED, CampaignState.APPROVED, CampaignState.CANCELLED}
    ),
    CampaignState.APPROVED: frozenset(
        {CampaignState.SCHEDULED, CampaignState.RUNNING, CampaignState.CANCELLED}
    ),
    CampaignState.SCHEDULED: frozenset(
        {
            CampaignState.APPROVED,
            CampaignState.RUNNING,
            CampaignState.PAUSED,
            CampaignState.CANCELLED,
        }
    ),
    CampaignState.RUNNING: frozenset(
        {CampaignState.PAUSED, CampaignState.DONE, CampaignState.CANCELLED}
    ),
    CampaignState.PAUSED: frozenset(
        {
            CampaignState.SCHEDULED,
            CampaignState.RUNNING,
            CampaignState.DONE,
            CampaignState.CANCELLED,
        }
    ),
    CampaignState.DONE: frozenset({CampaignState.RUNNING}),
    CampaignState.CANCELLED: frozenset(),
}


def may_move(now: CampaignState, then: CampaignState) -> bool:
    """Say whether a campaign in state ``now`` may become ``then``."""
    return then in CAMPAIGN_MOVES[now]

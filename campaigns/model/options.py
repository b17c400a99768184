"""What a marketer decides of one campaign beside its letter and its segment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any


class Policy(StrEnum):
    """What becomes of messages of which nobody knows whether the provider took them."""

    HOLD = "hold"
    """They wait for the provider's events, then for a person. Nobody gets two by it."""
    RECONCILE = "reconcile"
    """The provider is asked; what it surely does not have is sent again. Nobody gets two by it."""
    RESEND = "resend"
    """They are sent again after a while. Somebody may get two."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When readers may be reached, in their own local time. The defaults are ``at once``."""

    at: str = ""
    """Local day and time (``2026-12-01T10:00``) at which each reader's letter leaves; empty: as
    soon as the window opens."""
    opens: int = 9
    closes: int = 20
    """First hour, and the hour after the last one, in which letters leave. Equal: all day."""
    weekdays: str = "1234567"
    """Days on which letters leave, Monday is 1."""
    holidays: bool = False
    """Letters leave on public holidays, too."""
    best_hour: bool = False
    """Each reader's letter leaves at the hour at which they read (practice 50)."""
    deadline: str = ""
    """Local day and time after which the letter makes no sense."""


@dataclass(frozen=True, slots=True)
class CampaignOptions:
    """The options of one campaign, as its row keeps them."""

    policy: Policy = Policy.HOLD
    safe: bool = False
    """SendGrid is given the letters some time before they leave, so that an unknown request can
    be recalled and asked again."""
    sandbox: bool = False
    """SendGrid checks everything and sends nothing."""
    single: bool = False
    """One request a reader, also where a provider takes many."""
    holdout: int = 0
    """Per cent of the audience that gets nothing, so that the letter's effect can be seen."""
    counts_clicks: bool = True
    """Links lead over our own address, which counts them."""
    schedule: Schedule = field(default_factory=Schedule)


def options_of(stored: Mapping[str, Any]) -> CampaignOptions:
    """Return the options as a row keeps them; what is not there is as by default.

    >>> options_of({"policy": "resend", "schedule": {"opens": 10}}).schedule.opens
    10
    """
    known = {f.name for f in fields(CampaignOptions)} - {"policy", "schedule"}
    hours = {f.name for f in fields(Schedule)}
    schedule = stored.get("schedule") or {}
    return CampaignOptions(
        policy=Policy(stored.get("policy", Policy.HOLD)),
        schedule=Schedule(**{name: value for name, value in schedule.items() if name in hours}),
        **{name: value for name, value in stored.items() if name in known},
    )


def stored(options: CampaignOptions) -> dict[str, Any]:
    """Return options as a row keeps them."""
    return asdict(options)

"""Do mailboxes trust the domain that letters leave from? What its records say, and what is missing.

Every question goes through an ``Ask``, so that the rules are decided over answers alone. What
could not be asked is said to be unknown, never wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Light(StrEnum):
    """How one thing stands."""

    GOOD = "good"
    WEAK = "weak"
    """It works, and could be better."""
    BAD = "bad"
    """Letters are turned away, or land among spam, because of it."""
    UNKNOWN = "unknown"
    """Nobody could tell: no connection, or nobody but a person can look."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record to be added where the domain's records are kept."""

    name: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: ``topic`` is what, ``code`` and ``facts`` are what was found."""

    topic: str
    light: Light
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    add: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a name server says: values, or that there are none, or (``failure``) nothing at all."""

    values: tuple[str, ...] = ()
    failure: str = ""


Ask = Callable[[str, str], Answer]
"""Returns the records of a name and a kind (``TXT``, ``CNAME``, ``MX``, ``A``)."""

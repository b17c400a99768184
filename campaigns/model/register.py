"""How near a letter stands to its reader."""

from __future__ import annotations

from enum import StrEnum


class Register(StrEnum):
    """The tone of a letter's address; polite in each, Դուք and თქვენ. A letter's head names it."""

    NEUTRAL = "neutral"
    """By first name, without a title: what a shop writes when it says nothing else."""
    FORMAL = "formal"
    """With a title where the gender is known, as a bank writes."""
    WARM = "warm"
    """As to somebody one knows well."""

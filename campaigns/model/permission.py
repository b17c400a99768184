"""May this contact be sent this message, now?

The answer is a decision over facts. It is asked twice: when an audience is frozen
(``campaigns.delivery.plan``) and in the transaction that commits the intent to send
(``campaigns.delivery.ledger``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """What consent is given for. GDPR art. 6(1)(a); Georgia 3144-XIმს art. 12; Armenia HO-49-N."""

    OFFERS = "offers"
    """Marketing: offers, news, "we miss you"."""
    TESTIMONIALS = "testimonials"
    """Being asked for an opinion that may be published."""


class Denial(StrEnum):
    """Why a contact is left out. Values are stored and reported."""

    NO_ADDRESS = "no_address"
    DUPLICATE_ADDRESS = "duplicate_address"
    ADDRESS_CHANGED = "address_changed"
    """Between planning and sending."""
    SUPPRESSED = "suppressed"
    NO_CONSENT = "no_consent"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    LANGUAGE_MISSING = "language_missing"
    CAPPED = "capped"
    """They have had as many letters lately as the shop allows itself."""
    OUTRANKED = "outranked"
    """A letter that matters more to them leaves the same day."""
    QUIET_HOURS = "quiet_hours"
    """No hour in which they may be written to is left before the campaign's deadline."""
    HOLDOUT = "holdout"
    """They get nothing, so that it can be seen what the letter changed."""
    REPEATED = "repeated"
    """The letter has nothing for them but the very text and design that they got the last time."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known about one contact at one moment, for one purpose."""

    has_address: bool
    suppressed: bool
    consent: bool | None
    """The newest consent record: given, withdrawn, or none at all."""
    has_language: bool
    """The letter exists in the language that this contact reads."""


def denial(standing: Standing) -> Denial | None:
    """Return why this contact must be left out, or None when they may be sent to."""
    if not standing.has_address:
        return Denial.NO_ADDRESS
    if standing.suppressed:
        return Denial.SUPPRESSED
    if standing.consent is None:
        return Denial.NO_CONSENT
    if not standing.consent:
        return Denial.CONSENT_WITHDRAWN
    if not standing.has_language:
        return Denial.LANGUAGE_MISSING
    return None

"""What codes are called: states, reasons, fields. One word per thing, in the reader's language."""

from __future__ import annotations

from campaigns.errors import N_
from campaigns.language.catalogue import catalogue
from campaigns.model.language import Language

# "<what>.<value>" → English. Codes are stored; these are only shown.
LABELS: dict[str, str] = {
    "denial.no_address": N_("no e-mail address"),
    "denial.duplicate_address": N_("the same address as another contact"),
    "denial.suppressed": N_("asked us not to write, or the address does not work"),
    "denial.no_consent": N_("no recorded consent"),
    "denial.consent_withdrawn": N_("consent withdrawn"),
    "denial.language_missing": N_("the letter has no text in their language"),
    "language.hy": N_("Armenian"),
    "language.ka": N_("Georgian"),
    "language.en": N_("English"),
    "person.orders": N_("number of orders"),
    "person.revenue": N_("total of the orders"),
    "person.days_since_last": N_("days since the last order"),
    "person.days_since_first": N_("days since the first order"),
    "person.first_order_at": N_("date of the first order"),
    "person.last_order_at": N_("date of the last order"),
    "person.language": N_("language"),
    "person.city": N_("city"),
    "person.gender": N_("gender"),
    "person.birthday": N_("birthday"),
    "person.name": N_("full name"),
    "person.given_name": N_("given name"),
    "person.family_name": N_("family name"),
    "person.customer_id": N_("customer number"),
    "person.address": N_("e-mail address"),
    "person.phone": N_("phone"),
    "person.has_consent": N_("consent to offers"),
    "person.created_at": N_("date added"),
    "campaign.draft": N_("draft"),
    "campaign.planned": N_("planned"),
    "campaign.approved": N_("approved"),
    "campaign.running": N_("sending"),
    "campaign.paused": N_("paused"),
    "campaign.done": N_("finished"),
    "campaign.cancelled": N_("cancelled"),
    "message.pending": N_("waiting"),
    "message.in_flight": N_("being sent"),
    "message.accepted": N_("accepted"),
    "message.failed": N_("refused"),
    "message.unknown": N_("outcome unknown"),
    "message.cancelled": N_("cancelled"),
    "testimonial.submitted": N_("waiting to be read"),
    "testimonial.approved": N_("published"),
    "testimonial.refused": N_("not published"),
    "testimonial.withdrawn": N_("withdrawn by the customer"),
    "brand.nameless": N_("our team"),
}


def label(code: str, language: Language) -> str:
    """Return what ``code`` is called in ``language``; an unknown code shows itself."""
    text = LABELS.get(code)
    return catalogue("core", language).gettext(text) if text else code.rpartition(".")[2]

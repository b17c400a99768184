"""Contacts for the tests of segments: one call, one whole person."""

from __future__ import annotations

from campaigns.model.permission import Purpose
from campaigns.store.consents import Proof, add_consent
from campaigns.store.suppressions import address_key
from campaigns.store.tables import contact, rollup

_ROLLUP = ("orders", "revenue_minor", "first_order_at", "last_order_at")


def add_person(connection, now, **facts):
    """Insert a contact with rollup and consent; return its id."""
    address = facts.get("address")
    own = {"language": "hy", "language_evidence": "default", "created_at": now, "updated_at": now,
           "attributes": {}, "address_key": address and address_key(address)}  # fmt: skip
    own |= {name: facts[name] for name in contact.c.keys() if name in facts}  # noqa: SIM118
    number = connection.execute(contact.insert().values(own).returning(contact.c.id)).scalar_one()
    if facts.get("orders"):
        sums = {name: facts[name] for name in _ROLLUP}
        connection.execute(rollup.insert().values(contact_id=number, currency="AMD", **sums))
    if facts.get("has_consent") is not None:
        proof = Proof("1", "hy", "paper", now, "card application", "test")
        add_consent(connection, number, Purpose.OFFERS, given=facts["has_consent"], proof=proof,
                    actor="test", now=now)  # fmt: skip
    return number

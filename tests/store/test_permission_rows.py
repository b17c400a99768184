import sqlalchemy as sa

from campaigns.model.permission import Purpose
from campaigns.store.consents import Proof, add_consent, newest
from campaigns.store.suppressions import (
    SuppressionReason,
    address_key,
    suppress,
    suppressed_keys,
)
from campaigns.store.tables import consent, contact, suppression


def a_contact(connection, now):
    values = {"language": "hy", "language_evidence": "default", "attributes": {},
              "created_at": now, "updated_at": now}  # fmt: skip
    return connection.execute(contact.insert().values(values).returning(contact.c.id)).scalar_one()


def test_the_newest_consent_record_is_the_one_in_force(workspace, now):
    proof = Proof("v1", "hy", "spreadsheet", now, "card application", "upload:1 row:2")
    with workspace.database.begin() as connection:
        contact_id = a_contact(connection, now)
        for given in (True, False, True):
            last = add_consent(connection, contact_id, Purpose.OFFERS, given=given, proof=proof,
                               actor="anna", now=now)  # fmt: skip
        add_consent(connection, contact_id, Purpose.TESTIMONIALS, given=False, proof=proof,
                    actor="anna", now=now)  # fmt: skip

    with workspace.database.read() as connection:
        found = connection.execute(sa.select(newest(Purpose.OFFERS))).one()
        kept = connection.execute(sa.select(sa.func.count()).select_from(consent)).scalar_one()
    assert (found.contact_id, found.consent_id) == (contact_id, last)
    assert kept == 4


def test_a_suppressed_address_is_found_again_however_it_is_written(workspace, now):
    key = address_key("Ani@Example.AM")
    with workspace.database.begin() as connection:
        first = suppress(connection, key, reason=SuppressionReason.BOUNCED, source="event",
                         actor="provider", now=now)  # fmt: skip
        second = suppress(connection, key, reason=SuppressionReason.OPERATOR, source="ui",
                          actor="anna", now=now)  # fmt: skip

    with workspace.database.read() as connection:
        found = suppressed_keys(connection, [address_key(" ani@example.am "), "b@example.am"])
        row = connection.execute(sa.select(suppression)).one()
    assert (first, second) == (True, False)
    assert found == {"ani@example.am"}
    assert row.reason == "bounced"
    assert "ani" not in str(row._asdict())


def test_what_a_person_does_outranks_what_a_sheet_said(workspace, now):
    with workspace.database.begin() as connection:
        for key, source in (("a@example.am", "upload:7"), ("b@example.am", "web")):
            suppress(connection, key, reason=SuppressionReason.OPERATOR, source=source, actor="anna",
                     now=now)  # fmt: skip
        told = [
            suppress(connection, key, reason=SuppressionReason.COMPLAINED, source="sendgrid",
                     actor="sendgrid", now=now)
            for key in ("a@example.am", "b@example.am")
        ]  # fmt: skip
        suppress(connection, "a@example.am", reason=SuppressionReason.OPERATOR, source="upload:8",
                 actor="anna", now=now)  # fmt: skip

    with workspace.database.read() as connection:
        rows = connection.execute(sa.select(suppression.c.reason, suppression.c.source)).all()
    assert told == [False, False]
    assert sorted(rows) == [("complained", "sendgrid"), ("operator", "web")]


def test_a_wish_to_leave_gives_way_to_what_its_person_cannot_take_back(workspace, now):
    told = [
        ("unsubscribed", "page"), ("complained", "upload:3"), ("complained", "sendgrid"),
        ("unsubscribed", "page"), ("bounced", "sendgrid"),
    ]  # fmt: skip
    reasons = []
    with workspace.database.begin() as connection:
        for reason, source in told:
            suppress(connection, "a@example.am", reason=SuppressionReason(reason), source=source,
                     actor="anna", now=now)  # fmt: skip
            reasons.append(connection.execute(sa.select(suppression.c.reason)).scalar_one())

    assert reasons == ["unsubscribed", "unsubscribed", *["complained"] * 3]

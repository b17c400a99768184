from campaigns.model.permission import Purpose
from campaigns.store import contacts
from campaigns.store.suppressions import SuppressionReason, suppress
from tests.support.factory import a_consent, a_contact


def test_a_contact_is_found_by_its_id_and_by_its_address_in_any_case(workspace, now):
    with workspace.database.begin() as connection:
        ani = a_contact(connection, now=now, customer_id="C-1", address="ani@example.com")

        assert contacts.find(connection, " C-1 ").id == ani
        assert contacts.find(connection, "ANI@Example.com").id == ani
        assert contacts.find(connection, "C-2") is None
        assert contacts.find(connection, "nino@example.com") is None


def test_a_search_finds_parts_of_words_and_takes_signs_for_what_they_are(workspace, now):
    with workspace.database.begin() as connection:
        ani = a_contact(
            connection, now=now, given_name="Անի", family_name="Պետրոսյան", city="Երևան"
        )
        eve = a_contact(connection, now=now, language="en", given_name="Eve", city="100%")

        assert [row.id for row in contacts.search(connection, "Պետ")] == [ani]
        assert [row.id for row in contacts.search(connection, "Անի Երև")] == [ani]
        assert [row.id for row in contacts.search(connection, "ԱՆԻ երեւ")] == [ani]
        assert [row.id for row in contacts.search(connection, "eVe")] == [eve]
        assert [row.id for row in contacts.search(connection, "%")] == [eve]
        assert contacts.search(connection, "nobody") == []


def test_without_a_word_all_are_shown_page_by_page(workspace, now):
    with workspace.database.begin() as connection:
        ids = [a_contact(connection, now=now) for _ in range(5)]

        assert [row.id for row in contacts.search(connection, "", limit=2, offset=2)] == ids[2:4]


def test_only_those_with_an_address_a_consent_and_no_suppression_are_mailable(workspace, now):
    with workspace.database.begin() as connection:
        agreed = a_contact(connection, now=now, address="a@example.com")
        refused = a_contact(connection, now=now, language="ka", address="b@example.com")
        nowhere = a_contact(connection, now=now, language="ka", address=None)
        left = a_contact(connection, now=now, address="d@example.com")
        a_contact(connection, now=now, address="silent@example.com")
        asked = a_contact(connection, now=now, address="e@example.com")
        for contact_id in (agreed, refused, nowhere, left):
            a_consent(connection, contact_id, now=now)
        a_consent(connection, refused, now=now, given=False)
        a_consent(connection, asked, now=now, purpose=Purpose.TESTIMONIALS)
        assert contacts.totals(connection).mailable == 2
        suppress(
            connection, "d@example.com", reason=SuppressionReason.BOUNCED, source="test",
            actor="anna", now=now,
        )  # fmt: skip

        totals = contacts.totals(connection)

    assert (totals.contacts, totals.mailable) == (6, 1)
    assert totals.by_language == {"hy": 4, "ka": 2}

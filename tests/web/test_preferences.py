"""A reader chooses which letters they get, with the link of a letter and nothing else."""

import pytest
import sqlalchemy as sa

from campaigns.model.permission import Purpose
from campaigns.store.suppressions import SuppressionReason, address_key, suppress
from campaigns.store.tables import consent, contact, suppression
from tests.support.factory import a_recipient
from tests.web.conftest import ON_BOTH

ADDRESS = "anahit@example.am"


@pytest.fixture
def recipient(workspace, now):
    return a_recipient(workspace, now=now, language="ka", address=ADDRESS)


def link(workspace, recipient):
    return f"/u/{workspace.signer.sign('unsubscribe', recipient.token)}"


def agreed(workspace, recipient):
    """The newest answer of each purpose."""
    query = sa.select(consent.c.purpose, consent.c.given).order_by(consent.c.id)
    with workspace.database.read() as connection:
        rows = connection.execute(query.where(consent.c.contact_id == recipient.contact_id))
        return {purpose for purpose, given in dict(iter(rows)).items() if given}


def suppressed(workspace):
    with workspace.database.read() as connection:
        return list(connection.execute(sa.select(suppression.c.reason)).scalars())


def language(workspace):
    with workspace.database.read() as connection:
        return connection.execute(sa.select(contact.c.language)).scalar_one()


@ON_BOTH
def test_a_reader_takes_other_letters_in_another_language(client, workspace, recipient):
    path = link(workspace, recipient) + "/choice"
    assert 'value="ka" checked' in client.get(path).text

    answer = client.post(path, data={"testimonials": "1", "letters": "hy"})

    assert answer.status_code == 200
    assert agreed(workspace, recipient) == {Purpose.TESTIMONIALS}
    assert (language(workspace), suppressed(workspace)) == ("hy", [])


@ON_BOTH
def test_choosing_nothing_is_leaving_and_choosing_again_is_coming_back(
    client, workspace, recipient
):
    path = link(workspace, recipient) + "/choice"

    client.post(path, data={"letters": "ka"})
    left = agreed(workspace, recipient), suppressed(workspace)
    client.post(path, data={"offers": "1", "letters": "ka"})

    assert left == (set(), [SuppressionReason.UNSUBSCRIBED])
    assert (agreed(workspace, recipient), suppressed(workspace)) == ({Purpose.OFFERS}, [])


@pytest.mark.parametrize(
    "reason", [SuppressionReason.COMPLAINED, SuppressionReason.BOUNCED, SuppressionReason.OPERATOR]
)
def test_an_address_that_was_stopped_otherwise_stays_stopped(
    client, workspace, recipient, now, reason
):
    with workspace.database.begin() as connection:
        suppress(
            connection, address_key(ADDRESS), reason=reason, source="test", actor="anna", now=now
        )
    path = link(workspace, recipient) + "/choice"

    page = client.post(path, data={"offers": "1", "testimonials": "1", "letters": "en"}).text

    assert "<form" not in page
    assert suppressed(workspace) == [reason]
    assert Purpose.TESTIMONIALS not in agreed(workspace, recipient)


def test_an_old_letter_gives_no_word_in_the_name_of_a_new_address(client, workspace, recipient):
    with workspace.database.begin() as connection:
        connection.execute(contact.update().values(address="new@example.am", address_key="new@example.am"))  # fmt: skip

    page = client.post(link(workspace, recipient) + "/choice", data={"testimonials": "1"}).text

    assert "<form" not in page
    assert Purpose.TESTIMONIALS not in agreed(workspace, recipient)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_changes_nothing(client, workspace, recipient, method):
    before = agreed(workspace, recipient)

    answer = client.request(method, link(workspace, recipient) + "/choice?offers=&letters=hy")

    assert answer.status_code == 200
    assert (agreed(workspace, recipient), language(workspace)) == (before, "ka")


@pytest.mark.parametrize("path", ["/u/nonsense/choice", "/u/a.b.c/choice"])
def test_an_address_that_nobody_signed_leads_nowhere(client, path):
    assert client.get(path).status_code == 404
    assert client.post(path, data={"offers": "1"}).status_code == 404


def test_what_a_form_holds_beside_its_fields_is_ignored(client, workspace, recipient):
    path = link(workspace, recipient) + "/choice"

    answer = client.post(path, content=b"\xff=%%&letters=ru&offers=1")

    assert answer.status_code == 200
    assert agreed(workspace, recipient) == {Purpose.OFFERS}

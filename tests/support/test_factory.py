import sqlalchemy as sa

from campaigns.store.tables import contact, message
from tests.support.factory import a_recipient


def test_the_factory_makes_a_person_and_the_letter_they_got(workspace, now):
    first = a_recipient(workspace, now=now, language="ka")
    second = a_recipient(workspace, now=now, campaign_id=first.campaign_id)

    with workspace.database.read() as connection:
        rows = connection.execute(
            sa.select(message.c.token, contact.c.language)
            .join(contact, contact.c.id == message.c.contact_id)
            .order_by(message.c.id)
        ).all()
    assert [tuple(row) for row in rows] == [(first.token, "ka"), (second.token, "hy")]

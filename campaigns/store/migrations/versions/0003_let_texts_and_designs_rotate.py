"""let a letter have several texts, and say which text and design a message has"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    number = sa.Column("number", sa.Integer(), server_default="1", nullable=False)
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(number)
        batch_op.drop_constraint("uq_letter_name_language_version", type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_letter_name_language_number_version"),
            ["name", "language", "number", "version"],
        )
    for table in ("batch", "message"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("text", sa.Integer(), server_default="1", nullable=False))
            batch_op.add_column(
                sa.Column("design", sa.Text(), server_default="note", nullable=False)
            )
    _index_messages()
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_contact_id_purpose_id"))
        batch_op.create_index(
            batch_op.f("ix_consent_contact_id_purpose_id_given"),
            ["contact_id", "purpose", "id", "given"],
        )
    _list_texts()
    letter = sa.table("letter", sa.column("origin", sa.Text()))
    op.execute(letter.update().where(letter.c.origin == "marketer").values(origin="human"))


def _index_messages() -> None:
    """Keep no index that every letter passes through again and again while it is sent."""
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_campaign_id_state"))
        batch_op.drop_index(batch_op.f("ix_message_contact_id"))
        batch_op.drop_constraint("uq_message_campaign_id_contact_id", type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_message_contact_id_campaign_id"), ["contact_id", "campaign_id"]
        )
    unsettled = sa.text("state = 'unknown' OR state = 'failed'")
    op.create_index(
        op.f("ix_message_campaign_id_state"), "message", ["campaign_id", "state"],
        sqlite_where=unsettled, postgresql_where=unsettled,
    )  # fmt: skip


def _list_texts() -> None:
    """Make one text a language a list of texts, in campaigns that were planned before."""
    connection = op.get_bind()
    campaign = sa.table("campaign", sa.column("id", sa.BigInteger()), sa.column("texts", JSON))
    for row in connection.execute(sa.select(campaign.c.id, campaign.c.texts)).all():
        texts = {
            language: [text] if isinstance(text, str) else text
            for language, text in row.texts.items()
        }
        connection.execute(campaign.update().where(campaign.c.id == row.id).values(texts=texts))

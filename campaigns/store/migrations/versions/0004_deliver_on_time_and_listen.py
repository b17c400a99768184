"""let campaigns keep to hours and limits, and keep what comes back"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
UTC = sa.DateTime(timezone=True)
HEARD = {
    "processed": 1, "dropped": 2, "deferred": 4, "delivered": 8, "bounced": 16, "blocked": 32,
    "opened": 64, "clicked": 512, "complained": 2048, "unsubscribed": 4096,
}  # fmt: skip
"""Kind of an event → its bit in ``message.heard``; ascending, so that while one is set it is the
highest there is."""


def upgrade() -> None:
    _extend_campaign()
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.add_column(sa.Column("zone", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("hour", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("resent", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.add_column(sa.Column("recall_id", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("send_at", UTC, nullable=True))
        batch_op.add_column(sa.Column("settled_at", UTC, nullable=True))
        batch_op.create_index(batch_op.f("ix_attempt_intent_at"), ["intent_at"])
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("machine", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("link", sa.Integer(), nullable=True))
    _extend_message()
    _create_tables()
    _count_what_was_heard()


def _extend_campaign() -> None:
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.add_column(sa.Column("options", JSON, server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("rank", sa.Integer(), server_default="2", nullable=False))
        batch_op.add_column(sa.Column("starts_at", UTC, nullable=True))
        batch_op.create_index(batch_op.f("ix_campaign_finished_at"), ["finished_at"])
        batch_op.drop_column("policy")


def _extend_message() -> None:
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("heard", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("heard_at", UTC, nullable=True))
        batch_op.drop_constraint("uq_message_campaign_id_address_key", type_="unique")
        batch_op.create_index(batch_op.f("ix_message_campaign_id"), ["campaign_id"])


def _count_what_was_heard() -> None:
    """Nobody told machines from persons before, so that all opens count as those of persons."""
    connection = op.get_bind()
    of_it = "FROM event WHERE event.message_id = message.id"
    connection.execute(sa.text(f"UPDATE message SET heard_at = (SELECT max(at) {of_it})"))
    for kind, bit in HEARD.items():
        kinds = {"kind": kind, "bit": bit}
        connection.execute(
            sa.text(f"UPDATE message SET heard = heard + :bit"
                    f" WHERE EXISTS (SELECT 1 {of_it} AND event.kind = :kind)"), kinds,
        )  # fmt: skip
        connection.execute(
            sa.text("INSERT INTO tally (campaign_id, what, messages)"
                    " SELECT campaign_id, CAST(:kind AS TEXT), count(*) FROM message"
                    " WHERE heard >= :bit GROUP BY campaign_id"), kinds,
        )  # fmt: skip


def _create_tables() -> None:
    big = sa.BigInteger()
    own_id = big.with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "link",
        sa.Column("campaign_id", big, sa.ForeignKey("campaign.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("persons", sa.Integer(), server_default="0", nullable=False),
        sa.Column("machines", sa.Integer(), server_default="0", nullable=False),
    )
    op.create_table(
        "tally",
        sa.Column("campaign_id", big, sa.ForeignKey("campaign.id"), primary_key=True),
        sa.Column("what", sa.Text(), primary_key=True),
        sa.Column("messages", sa.Integer(), server_default="0", nullable=False),
    )
    op.create_table(
        "reply",
        sa.Column("id", own_id, sa.Identity(), primary_key=True),
        sa.Column("key", sa.Text(), nullable=False, unique=True),
        sa.Column("contact_id", big, sa.ForeignKey("contact.id"), nullable=True, index=True),
        sa.Column("message_id", big, sa.ForeignKey("message.id"), nullable=True, index=True),
        *(sa.Column(name, sa.Text(), nullable=False)
          for name in ("address_key", "name", "subject", "text", "full_text", "kind", "source")),
        sa.Column("attachments", JSON, nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("received_at", UTC, nullable=False, index=True),
        sa.Column("seen_at", UTC, nullable=True),
    )  # fmt: skip
    op.create_table(
        "trial",
        sa.Column("id", own_id, sa.Identity(), primary_key=True),
        sa.Column("token", sa.Text(), nullable=False, unique=True),
        *(sa.Column(name, sa.Text(), nullable=False)
          for name in ("transport", "account", "letter", "language", "key", "address_hash")),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("error", JSON, nullable=True),
        sa.Column("at", UTC, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("heard_at", UTC, nullable=True),
    )  # fmt: skip
    op.create_table(
        "bucket",
        sa.Column("account", sa.Text(), primary_key=True),
        sa.Column("promised_until", UTC, nullable=False),
    )
    op.create_table(
        "secret",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", UTC, nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
    )

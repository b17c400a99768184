"""say where files come from, keep what undoing needs, take in products and conversations"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

UTC = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "product",
        sa.Column("id", ID, sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("price_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("attributes", JSON, server_default="{}", nullable=False),
        sa.Column("created_at", UTC, nullable=False),
        sa.Column("updated_at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("key", name=op.f("uq_product_key")),
    )
    op.create_table(
        "rate",
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("home", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("updated_at", UTC, nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("currency", "home", "day", name=op.f("pk_rate")),
    )
    op.create_table(
        "source_file",
        sa.Column("id", ID, sa.Identity(always=False), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("options", JSON, server_default="{}", nullable=False),
        sa.Column("facts", JSON, server_default="{}", nullable=False),
        sa.Column("error", JSON, nullable=True),
        sa.Column("received_at", UTC, nullable=False),
        sa.Column("finished_at", UTC, nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_file")),
    )
    with op.batch_alter_table("source_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_file_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_source_file_state"), ["state"], unique=False)

    op.create_table(
        "conversation",
        sa.Column("id", ID, sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("customer_id", sa.Text(), nullable=True),
        sa.Column("card_number", sa.Text(), nullable=True),
        sa.Column("address_key", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("at", UTC, nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("employee", sa.Text(), nullable=True),
        sa.Column("attributes", JSON, server_default="{}", nullable=False),
        sa.Column("upload_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_conversation_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["upload.id"], name=op.f("fk_conversation_upload_id_upload")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
        sa.UniqueConstraint("key", name=op.f("uq_conversation_key")),
    )
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_conversation_contact_id"), ["contact_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_conversation_upload_id"), ["upload_id"], unique=False)

    op.create_table(
        "former_key",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("upload_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_former_key_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["upload.id"], name=op.f("fk_former_key_upload_id_upload")
        ),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_former_key")),
    )
    with op.batch_alter_table("former_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_former_key_contact_id"), ["contact_id"], unique=False)

    # Without these, each contact or consent that an undo deletes reads the whole table.
    op.create_index(op.f("ix_left_out_contact_id"), "left_out", ["contact_id"], unique=False)
    op.create_index(op.f("ix_message_consent_id"), "message", ["consent_id"], unique=False)

    with op.batch_alter_table("contact_source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_source_upload_id"))

    op.drop_table("contact_source")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("card_number", sa.Text(), nullable=True))

    with op.batch_alter_table("sheet_mapping", schema=None) as batch_op:
        batch_op.add_column(sa.Column("options", JSON, server_default="{}", nullable=False))

    op.drop_column("job", "progress")
    _add_file()
    _close_what_waited()
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stage", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("quality", JSON, server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("changes", JSON, server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("problem_book", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("undone_at", UTC, nullable=True))
        batch_op.add_column(sa.Column("undone_by", sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f("ix_upload_file_id"), ["file_id"], unique=False)


def _add_file() -> None:
    """Add the reference in place: SQLite would else copy the table, to which other rows refer."""
    reference = "CONSTRAINT fk_upload_file_id_source_file REFERENCES source_file (id)"
    op.execute(f"ALTER TABLE upload ADD COLUMN file_id BIGINT {reference}")


def _close_what_waited() -> None:
    """Have sheets that were not stored yet given again: they are looked at in another way now."""
    upload = sa.table(
        "upload", sa.column("id", sa.BigInteger), sa.column("file_name", sa.Text),
        sa.column("state", sa.Text), sa.column("error", JSON),
    )  # fmt: skip
    waiting = upload.c.state.in_(("received", "queued", "storing"))
    for row in op.get_bind().execute(sa.select(upload).where(waiting)).all():
        gone = {"code": "sheet.gone", "facts": {"file": row.file_name}}
        op.execute(upload.update().where(upload.c.id == row.id).values(state="failed", error=gone))

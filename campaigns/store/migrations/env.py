"""Alembic's way in: it runs inside the transaction that ``store.database.migrate`` opened."""

from alembic import context

from campaigns.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()

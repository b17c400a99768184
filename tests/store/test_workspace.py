import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from campaigns.store.options import Brand, read_brand, save_brand
from campaigns.store.tables import audit, metadata


def test_the_migrations_make_the_tables_that_the_program_expects(workspace):
    with workspace.database.read() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)

    assert differences == []


def test_a_brand_is_kept_and_the_change_is_audited(workspace, now):
    brand = Brand(shop_name="Նուռ", legal_name="«Նուռ» ՍՊԸ")

    with workspace.database.begin() as connection:
        save_brand(connection, brand, actor="anna", now=now)

    with workspace.database.read() as connection:
        row = connection.execute(sa.select(audit)).one()
        assert read_brand(connection) == brand
    assert (row.actor, row.verb, row.at) == ("anna", "brand.save", now)

"""Each awkward file comes to what it should, on both databases. ``make.py`` wrote the files."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from campaigns.errors import InputError
from campaigns.store import snapshots
from campaigns.store.tables import contact
from tests.awkward.make import CASES
from tests.support.sheets import take_in

FILES = Path(__file__).parent / "files"


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(CASES))
def test_an_awkward_file_comes_to_what_it_should(workspace, now, name):
    expected, data = CASES[name], (FILES / name).read_bytes()
    if expected.error:
        with pytest.raises(InputError) as caught:
            take_in(workspace, data, name, now=now)
        assert caught.value.code == expected.error
        assert str(caught.value).startswith(name)
        return

    reports = take_in(workspace, data, name, now=now)

    assert [(one.kind, one.rows, one.stored, one.merged, one.reasons) for one in reports] == [
        (one.kind, one.rows, one.stored, one.merged, one.reasons) for one in expected.sheets
    ]
    _check_contents(workspace, expected)
    assert set(expected.notes) <= {note for one in reports for note in one.notes}


def _check_contents(workspace, expected):
    with workspace.database.read() as connection:
        rows = connection.execute(sa.select(contact).order_by(contact.c.id)).all()
    found = {row.address: row for row in rows}
    if expected.people is not None:
        assert sorted(
            ((row.address, row.given_name, row.family_name, row.phone, row.language)
             for row in rows), key=str) == sorted(expected.people, key=str)  # fmt: skip
    for address, day in (expected.birthdays or {}).items():
        assert found[address].birthday.isoformat() == day
    for address, kept in (expected.attributes or {}).items():
        assert kept.items() <= found[address].attributes.items()
    if expected.sums is not None:
        lines = snapshots.orders(workspace).collect()
        sums = lines.group_by("customer_id").agg(pl.col("amount_minor").sum())
        assert dict(sums.iter_rows()) == expected.sums

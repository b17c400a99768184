"""Whatever a sheet says: rows in = stored + merged + refused, and again nothing new."""

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

from campaigns.errors import InputError
from campaigns.sheets import intake
from campaigns.sheets.understanding.fields import (
    FIELDS,
    KEYS,
    NEEDED,
    WITH_ATTRIBUTES,
    Mapping,
    SheetKind,
)
from campaigns.store import tables
from tests.support.sheets import arrive, store, xlsx

KINDS = [kind for kind in SheetKind if kind is not SheetKind.IGNORE]
CELLS = st.sampled_from([
    None, None, "", "1", "2", "7.0", "C-1", "C-2", "C536379", "ani@example.am", "Nino@Example.ge", "a@b", "x@@y",
    "091 234567", "+995 555 12 34 56", "01.02.2026", "2026-02-30", "13/25/2026", "03/04/2026", "12,50",
    "1 200 ֏", "$10", "-5", "(7)", "1.234", "10%", "USD", "Total", "Ընդամենը", "yes", "ոչ", "Return",
    "cancelled", "Վաճառք", "Անի", "Ani Petrosyan", "ნინო", "#N/A", "=1+1", "\u200b", "'=x", "x" * 300, "∞",
])  # fmt: skip


@st.composite
def sheets(draw):
    kind = draw(st.sampled_from(KINDS))
    needed = [draw(st.sampled_from(group)) for group in (KEYS[kind], *NEEDED.get(kind, ()))]
    more = draw(st.lists(st.sampled_from(FIELDS[kind]), max_size=6))
    fields = list(dict.fromkeys([*needed, *more]))
    if kind in WITH_ATTRIBUTES:
        fields.append("attribute")
    rows = draw(st.lists(st.lists(CELLS, min_size=len(fields), max_size=len(fields)), max_size=8))
    return kind, fields, rows


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sheets())
def test_every_row_is_stored_merged_or_refused(sqlite_workspace, now, sheet):
    kind, fields, rows = sheet
    book = xlsx([[f"Column {place}" for place in range(len(fields))], *rows])

    first = _taken_in(sqlite_workspace, book, kind, fields, now)
    again = _taken_in(sqlite_workspace, book, kind, fields, now)

    for report in (first, again):
        assert report.state == "done"
        assert report.rows == report.stored + report.merged + report.refused
        assert report.refused == sum(report.reasons.values()) == _refusals(sqlite_workspace, report)
    assert (again.rows, again.stored) == (first.rows, 0)
    assert again.reasons == first.reasons


def _taken_in(workspace, book, kind, fields, now):
    """Store the sheet, if its rows can be told from its headings."""
    try:
        [upload_id] = arrive(workspace, book, now=now)
    except InputError:
        reject()
    headings = intake.preview(workspace, upload_id).headings
    assume(len(headings) == len(fields))
    mapping = Mapping(kind, dict(zip(headings, fields, strict=True)))
    return store(workspace, upload_id, now=now, mapping=mapping)


def _refusals(workspace, report):
    query = sa.select(sa.func.count()).where(tables.refusal.c.upload_id == report.upload)
    with workspace.database.read() as connection:
        return connection.execute(query).scalar_one()

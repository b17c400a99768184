"""What a sheet would change is what it then changes; asking changes nothing and hinders nobody."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from campaigns.errors import InputError
from campaigns.sheets import intake
from campaigns.sheets.storing.changes import Example
from campaigns.sheets.understanding.fields import Mapping, SheetKind
from campaigns.store import tables
from tests.support.sheets import arrive, store, take_in, xlsx

PEOPLE = ["Customer ID", "E-mail", "Name", "Phone", "City", "Consent"]
ANI = ["C-1", "ani@example.com", "Անի", "37491234567", "Երևան", "այո"]
NINO = ["C-2", "nino@example.com", "ნინო", None, "Gori", "არა"]
NEWS = [
    PEOPLE,
    ["C-1", "ani@example.com", None, None, "Գյումրի", "ոչ"],
    NINO,
    ["C-3", "emma@example.com", "Emma", None, None, "yes"],
    ["C-2", "ani@example.com", None, None, None, None],
    ["C-4", "x@", None, None, None, None],
]


def _everything(workspace):
    with workspace.database.read() as connection:
        return {
            table.name: connection.execute(
                sa.select(table).order_by(*table.primary_key.columns)
            ).all()
            for table in tables.metadata.sorted_tables
        }


def test_a_changed_file_says_what_would_change_and_changes_nothing(workspace, now):
    take_in(workspace, xlsx([PEOPLE, ANI, NINO]), now=now)
    [upload_id] = arrive(workspace, xlsx(NEWS), now=now)
    mapping = intake.preview(workspace, upload_id).mapping
    before = _everything(workspace)

    found = intake.rehearse(workspace, upload_id, mapping, now=now)

    assert _everything(workspace) == before
    assert (found.new, found.changed, found.unchanged, found.refused) == (1, 1, 1, 2)
    assert found.by_field == {"city": 1}
    assert (found.consents_given, found.consents_withdrawn) == (1, 1)
    assert found.conflicts == [{"row": 5, "contacts": [2, 1], "rows": []}]
    assert found.examples == [Example(2, "city", "Երևան", "Գյումրի")]
    assert found.reasons == {"bad_address": 1, "identity_conflict": 1}


@pytest.mark.slow
def test_what_was_rehearsed_is_what_storing_does_and_keeps(workspace, now):
    take_in(workspace, xlsx([PEOPLE, ANI, NINO]), now=now)
    [upload_id] = arrive(workspace, xlsx(NEWS), now=now)
    mapping = intake.preview(workspace, upload_id).mapping
    rehearsed = intake.rehearse(workspace, upload_id, mapping, now=now)

    report = store(workspace, upload_id, now=now, mapping=mapping)

    assert report.changes == rehearsed.counts()
    assert report.reasons == rehearsed.reasons
    assert [column["heading"] for column in report.quality] == PEOPLE
    assert (
        report.rows == rehearsed.new + rehearsed.changed + rehearsed.unchanged + rehearsed.refused
    )
    again = intake.rehearse(workspace, upload_id, mapping, now=now)
    assert (again.new, again.changed, again.consents_given, again.consents_withdrawn) == (
        0,
        0,
        0,
        0,
    )


@pytest.mark.slow
def test_a_value_of_a_customer_is_not_kept_with_the_upload(sqlite_workspace, now):
    take_in(sqlite_workspace, xlsx([PEOPLE, ANI, NINO]), now=now)
    [upload_id] = arrive(sqlite_workspace, xlsx(NEWS), now=now)

    report = store(sqlite_workspace, upload_id, now=now)

    assert report.changes["by_field"] == {"city": 1}
    assert "Գյումրի" not in str(report.changes)


@pytest.mark.slow
def test_nobody_waits_for_a_rehearsal_and_it_waits_for_nobody(sqlite_workspace, now):
    [upload_id] = arrive(sqlite_workspace, xlsx([PEOPLE, ANI]), now=now)
    mapping = intake.preview(sqlite_workspace, upload_id).mapping
    found = []

    def rehearse():
        found.append(intake.rehearse(sqlite_workspace, upload_id, mapping, now=now))

    with sqlite_workspace.database.begin():
        thread = threading.Thread(target=rehearse)
        thread.start()
        thread.join(timeout=20)

    assert [each.new for each in found] == [1]


@pytest.mark.slow
def test_a_mapping_that_does_not_fit_cannot_be_rehearsed(sqlite_workspace, now):
    [upload_id] = arrive(sqlite_workspace, xlsx([PEOPLE, ANI]), now=now)

    with pytest.raises(InputError):
        intake.rehearse(
            sqlite_workspace, upload_id, Mapping(SheetKind.CONTACTS, {"City": "city"}), now=now
        )


@pytest.mark.slow
def test_a_sheet_that_is_left_out_changes_nothing(sqlite_workspace, now):
    [upload_id] = arrive(sqlite_workspace, xlsx([PEOPLE, ANI]), now=now)

    found = intake.rehearse(sqlite_workspace, upload_id, Mapping(SheetKind.IGNORE, {}), now=now)

    assert (found.new, found.refused) == (0, 0)


CALLS = [["Date", "E-mail", "Topic", "Channel"], ["03.01.2026", "ani@example.com", "Tea", "phone"]]


@pytest.mark.slow
def test_orders_and_calls_of_a_former_address_find_their_customer(workspace, now):
    orders = [["Order ID", "Date", "E-mail", "Amount"], [1, "01.01.2026", "ani@example.com", 100]]
    take_in(workspace, xlsx([PEOPLE, ANI]), now=now)
    later = now + timedelta(hours=1)
    take_in(
        workspace, xlsx([PEOPLE, ["C-1", "new@example.com", None, None, None, None]]), now=later
    )
    take_in(workspace, xlsx(orders), now=later)
    take_in(workspace, xlsx(CALLS), now=later)

    kept = _everything(workspace)

    [ani] = kept["contact"]
    assert [(row.contact_id, row.orders) for row in kept["rollup"]] == [(ani.id, 1)]
    assert [row.contact_id for row in kept["conversation"]] == [ani.id]


@pytest.mark.slow
def test_a_call_of_a_stranger_is_claimed_when_the_customer_arrives(workspace, now):
    take_in(workspace, xlsx(CALLS), now=now)
    assert _everything(workspace)["conversation"][0].contact_id is None

    take_in(workspace, xlsx([PEOPLE, ANI]), now=now)

    kept = _everything(workspace)
    assert [row.contact_id for row in kept["conversation"]] == [kept["contact"][0].id]


@pytest.mark.slow
def test_an_order_goes_to_whom_its_number_names_once_he_is_known(workspace, now):
    """Told with another's address, the order was his only until the number had an owner."""
    orders = [
        ["Order ID", "Date", "Customer ID", "E-mail", "Amount"],
        [1, "01.01.2026", "C-7", "ani@example.com", 100],
    ]
    take_in(workspace, xlsx(orders), now=now)
    take_in(workspace, xlsx([PEOPLE[1:], ANI[1:]]), now=now)
    first = _everything(workspace)
    assert [row.contact_id for row in first["rollup"]] == [first["contact"][0].id]

    take_in(
        workspace, xlsx([PEOPLE, ["C-7", "zaza@example.com", "Zaza", None, None, None]]), now=now
    )

    kept = _everything(workspace)
    assert [row.contact_id for row in kept["rollup"]] == [kept["contact"][1].id]

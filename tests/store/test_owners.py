import polars as pl
import pytest

from campaigns.store import owners
from campaigns.store.tables import former_key
from tests.support.factory import a_contact


@pytest.fixture
def people(workspace, now):
    with workspace.database.begin() as connection:
        ani = a_contact(connection, now=now, customer_id="C-1", address="ani@example.am",
                        card_number="77", phone="+37491000001")  # fmt: skip
        aram = a_contact(connection, now=now, customer_id="C-2", address=None, address_key=None,
                         card_number="77", phone="+37491000002")  # fmt: skip
        nino = a_contact(connection, now=now, customer_id=None, address="nino@example.ge",
                         card_number="88", phone="+37491000003")  # fmt: skip
        connection.execute(
            former_key.insert().values(kind="address_key", key="old@example.am", contact_id=ani)
        )
        connection.execute(
            former_key.insert().values(kind="customer_id", key="C-0", contact_id=aram)
        )
    return {"ani": ani, "aram": aram, "nino": nino}


CASES = [
    (("C-1", None, None, None), "ani"),
    ((None, None, "nino@example.ge", None), "nino"),
    (("C-2", None, "ani@example.am", None), "aram"),  # the number is stronger
    (("C-9", None, "ani@example.am", None), "ani"),  # a web shop has numbers of its own
    (("C-0", None, None, None), "aram"),
    ((None, None, "old@example.am", None), "ani"),
    ((None, "88", None, None), "nino"),
    ((None, "77", None, None), None),  # a family shares the card
    ((None, None, None, "+37491000002"), "aram"),
    (("C-9", None, None, "+37491000002"), None),  # of somebody else with the same phone
    (("C-9", None, None, "+37491000003"), "nino"),  # whose number is not known
    ((None, "77", None, "+37491000001"), "ani"),
    ((None, None, "stranger@example.am", None), None),
]


@pytest.mark.parametrize("many", [True, False])
def test_keys_find_their_contact(workspace, people, monkeypatch, many):
    monkeypatch.setattr(owners, "FEW_KEYS", 0 if many else 1000)
    told = pl.DataFrame(
        [case for case, _ in CASES], dict.fromkeys(owners.WHO, pl.String), orient="row"
    )

    with workspace.database.read() as connection:
        found = owners.owners(connection, told)

    owned = {tuple(row[:-1]): row[-1] for row in found.iter_rows()}
    assert {case: owned.get(case) for case, _ in CASES} == {
        case: people.get(name) for case, name in CASES
    }

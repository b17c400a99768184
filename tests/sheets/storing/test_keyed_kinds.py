"""Products, conversations and suppressions: told once, told again, told differently, taken back."""

import pytest
import sqlalchemy as sa

from campaigns.sheets.storing.before import restore
from campaigns.sheets.storing.suppressions import take_back_suppressions
from campaigns.sheets.understanding.fields import Mapping, SheetKind
from campaigns.store import tables
from campaigns.store.suppressions import SuppressionReason, suppress, suppressed_keys
from tests.support.factory import a_contact
from tests.support.sheets import take_in, xlsx

pytestmark = pytest.mark.slow  # each takes several sheets in
PRODUCTS = Mapping(SheetKind.PRODUCTS, {
    "Code": "product_code", "Name": "product", "Price": "unit_price", "Group": "category", "Shelf": "attribute",
})  # fmt: skip
CALLS = Mapping(SheetKind.CONVERSATIONS, {
    "No": "conversation_id", "Date": "happened_at", "Client": "customer_id", "Phone": "phone",
    "Said": "text", "Mood": "attribute",
})  # fmt: skip
BLOCKED = Mapping(
    SheetKind.SUPPRESSIONS, {"E-mail": "address", "Why": "reason", "When": "suppressed_at"}
)
DAY = "01.02.2026 12:30"


@pytest.fixture
def take(workspace, now):
    def run(mapping, *rows):
        book = xlsx([list(mapping.columns), *rows])
        [report] = take_in(workspace, book, "s.xlsx", now=now, mapping=mapping)
        assert report.rows == report.stored + report.merged + report.refused
        return report

    return run


def _rows(workspace, table):
    with workspace.database.read() as connection:
        return connection.execute(sa.select(table).order_by(*table.primary_key)).all()


def _take_back(workspace, upload_id):
    with workspace.database.begin() as connection:
        take_back_suppressions(workspace, connection, upload_id)
        restore(workspace, connection, upload_id)


def test_products_are_known_by_their_code_or_their_name(workspace, take):
    report = take(
        PRODUCTS, ["7.0", "Tea", "1 200 ֏", "Drinks", "A"], [None, "ԹԵՅ", "5", None, None],
        ["7", None, None, "Hot drinks", None], [None, "Թեյ", "6", None, "B"], [None, None, "5", "x", None],
        ["8", "Cup", "?", None, None],
    )  # fmt: skip

    found = [
        (p.key, p.name, p.category, p.price_minor, p.currency, p.attributes)
        for p in _rows(workspace, tables.product)
    ]
    assert found == [
        ("7", "Tea", "Hot drinks", 120_000, "AMD", {"Shelf": "A"}),
        ("թեյ", "Թեյ", None, 600, "AMD", {"Shelf": "B"}),
    ]  # fmt: skip
    assert (report.stored, report.merged, report.reasons) == (
        2,
        2,
        {"no_product": 1, "bad_amount": 1},
    )


def test_products_told_again_gain_what_is_new_and_lose_it_when_taken_back(workspace, take):
    take(PRODUCTS, ["7", "Tea", "5", None, "A"])
    before = _rows(workspace, tables.product)
    assert take(PRODUCTS, ["7", "Tea", "5", None, None]).merged == 1
    assert _rows(workspace, tables.product) == before
    change = take(PRODUCTS, ["7", None, "6", "Drinks", "B"], ["8", "Cup", None, None, None])
    [tea, cup] = _rows(workspace, tables.product)
    assert (tea.name, tea.price_minor, tea.category, tea.attributes) == (
        "Tea",
        600,
        "Drinks",
        {"Shelf": "B"},
    )
    assert (change.stored, change.merged, cup.name) == (1, 1, "Cup")

    _take_back(workspace, change.upload)

    assert _rows(workspace, tables.product) == before


def test_conversations_find_their_customer_now_or_later_and_can_be_taken_back(workspace, take, now):
    with workspace.database.begin() as connection:
        ani = a_contact(connection, now=now, customer_id="C-1", phone="+37491000001")
    report = take(
        CALLS, ["1", DAY, "C-1", None, "Hello", "glad"], [None, DAY, None, "091 000001", "Again", None],
        [None, DAY, None, "091 000001", "Again", None], [None, DAY, "C-9", None, "Who?", None],
        [None, DAY, None, None, "Nobody", None], ["2", "?", "C-1", None, None, None],
    )  # fmt: skip

    assert [row.contact_id for row in _rows(workspace, tables.conversation)] == [ani, ani, None]
    assert (report.stored, report.merged, report.reasons) == (3, 1, {"no_key": 1, "bad_date": 1})
    assert report.notes == {"customer_unknown": 1}
    before = _rows(workspace, tables.conversation)
    change = take(
        CALLS,
        ["1", "02.02.2026", "C-1", None, None, "sad"],
        ["1", DAY, "C-1", None, "Hello", "sad"],
    )
    [first, *_] = _rows(workspace, tables.conversation)
    assert (first.text, first.at.day, first.attributes) == ("Hello", 1, {"Mood": "sad"})
    _take_back(workspace, change.upload)
    assert _rows(workspace, tables.conversation) == before
    take_in(workspace, xlsx([["Customer ID"], ["C-9"]]), now=now)
    assert all(row.contact_id for row in _rows(workspace, tables.conversation))
    _take_back(workspace, report.upload)
    assert _rows(workspace, tables.conversation) == []


def _on_list(workspace, *addresses):
    with workspace.database.read() as connection:
        return sorted(suppressed_keys(connection, list(addresses)))


def test_a_sheet_of_suppressions_is_taken_back_but_not_what_people_did_since(workspace, take, now):
    with workspace.database.begin() as connection:
        suppress(connection, "old@example.am", reason=SuppressionReason.BOUNCED, source="sendgrid",
                 actor="sendgrid", now=now)  # fmt: skip
    before = _rows(workspace, tables.suppression)
    report = take(
        BLOCKED, ["A@Example.am", "Unsubscribed", DAY], ["a@example.am", None, None],
        ["b@example.am", "spam complaint", None], ["old@example.am", "x", None], ["nonsense", None, None],
    )  # fmt: skip
    assert (report.stored, report.merged, report.reasons) == (2, 2, {"bad_address": 1})
    told = {(row.reason, row.source) for row in _rows(workspace, tables.suppression)} - {
        ("bounced", "sendgrid")
    }
    assert told == {(reason, f"upload:{report.upload}") for reason in ("operator", "complained")}
    with workspace.database.begin() as connection:
        suppress(connection, "b@example.am", reason=SuppressionReason.UNSUBSCRIBED, source="web",
                 actor="web", now=now)  # fmt: skip

    _take_back(workspace, report.upload)

    assert _on_list(workspace, "a@example.am", "b@example.am", "old@example.am") == [
        "b@example.am",
        "old@example.am",
    ]
    assert set(before) <= set(_rows(workspace, tables.suppression))


def test_an_address_that_two_sheets_name_stays_until_both_are_taken_back(workspace, take):
    first = take(BLOCKED, ["a@example.am", None, None])
    row = _rows(workspace, tables.suppression)
    second = take(BLOCKED, ["a@example.am", "bounced", None])
    assert _rows(workspace, tables.suppression) == row

    _take_back(workspace, first.upload)
    assert _on_list(workspace, "a@example.am") == ["a@example.am"]
    _take_back(workspace, second.upload)
    assert _on_list(workspace, "a@example.am") == []

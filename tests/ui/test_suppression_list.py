"""The list of those who are never written to: seen in figures, longer by a word, handed out."""

import io

import pytest
from openpyxl import load_workbook

from campaigns.model.language import Language
from campaigns.store.suppressions import count_by_reason
from campaigns.ui.suppression_list import _book


def put(page, address):
    page.text_input(key="suppress-address").set_value(address)
    next(one for one in page.button if one.label == "Ավելացնել ցուցակում").click().run()


@pytest.mark.slow
def test_an_address_is_put_on_the_list_once_and_handed_out(shop, open_page, monkeypatch):
    page = open_page("contacts", "hy")

    put(page, "  Ani@Example.AM ")
    put(page, "Ani")

    assert not page.exception
    assert "էլ\\. հասցե չէ" in page.error[0].value
    with shop.database.read() as connection:
        assert count_by_reason(connection) == {"operator": 1}
    monkeypatch.setattr("campaigns.ui.suppression_list.workspace", lambda: shop)
    book = load_workbook(io.BytesIO(_book(Language.KA, "list", ("a", "b", "c", "d"))))
    assert [cell.value for cell in book.active[2]][:2] == [
        "ani@example.am", "თქვენი გადაწყვეტილებით"
    ]  # fmt: skip

"""The page of cards: looked at, taken away, and told what is missing."""

from __future__ import annotations

import pytest

from campaigns.delivery.cards import shop_card
from campaigns.model.language import Language
from campaigns.store.options import Brand, save_brand
from campaigns.store.tables import contact


@pytest.fixture
def member(shop, now):
    """A customer of the shop who has a card."""
    with shop.database.begin() as connection:
        connection.execute(
            contact.update()
            .where(contact.c.customer_id == "C-1")
            .values(card_number="2000000000017")
        )
    return "C-1"


def downloads(page):
    return {button.key for button in page.get("download_button")}


@pytest.mark.slow
def test_a_shop_that_nobody_can_reach_is_sent_to_the_settings(open_page):
    page = open_page("cards")

    assert "Settings" in page.info[0].value
    assert downloads(page) == set()


def test_the_support_card_is_shown_and_handed_out_in_each_form(shop, open_page):
    page = open_page("cards", "ka")

    assert not page.exception
    assert len(page.get("image")) == 1
    assert downloads(page) == {
        "card-support-ka-card", "card-support-ka-bleed", "card-support-ka-sheet", "card-vcf-ka",
    }  # fmt: skip


@pytest.mark.slow
def test_the_loyalty_card_of_a_customer_is_shown_beside_it(member, open_page):
    page = open_page("cards")
    page.text_input(key="card-customer").set_value(member).run()

    assert [error.value for error in page.error] == []
    assert {"card-loyalty-en-card", "card-loyalty-en-sheet"} <= downloads(page)


@pytest.mark.slow
@pytest.mark.parametrize(("key", "said"), [("C-2", "no card number"), ("C-99", "no such thing")])
def test_what_is_missing_for_a_loyalty_card_is_told(shop, open_page, key, said):
    page = open_page("cards")
    page.text_input(key="card-customer").set_value(key).run()

    assert said in page.error[0].value
    assert len(downloads(page)) == 4


@pytest.mark.slow
def test_a_name_too_long_for_a_card_is_told_and_the_page_lives(shop, open_page, now):
    with shop.database.begin() as connection:
        brand = Brand(shop_name="word " * 200, phone="091234567")
        save_brand(connection, brand, actor="anna", now=now)
    page = open_page("cards")

    assert not page.exception
    assert "shorten" in page.error[0].value


@pytest.mark.slow
def test_colour_and_hours_of_the_settings_are_those_of_the_cards(shop, open_page):
    page = open_page("settings")
    page.color_picker[0].set_value("#b91c1c")
    page.text_input[8].set_value("10:00–19:00")
    page.get_by_key("FormSubmitter:brand-Save").click().run()

    with shop.database.read() as connection:
        card = shop_card(connection, Language.EN)
    assert [error.value for error in page.error] == []
    assert (card.colour, card.hours) == ("#b91c1c", "10:00–19:00")

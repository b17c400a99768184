"""What a marketer does on the pages reaches the verbs, and the pages show what came of it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from campaigns.delivery import campaigns
from campaigns.delivery.dispatch import send_campaign
from campaigns.feedback import testimonials
from campaigns.jobs.here import run_here
from campaigns.model.language import Language
from campaigns.segments.verbs import named
from campaigns.store.options import read_brand
from campaigns.store.tables import audit, campaign, message
from tests.ui.conftest import EVIL


def press(page, text):
    [button] = [one for one in page.button if one.label == text]
    return button.click().run()


def choose(page, label, option):
    [box] = [one for one in page.selectbox if one.label == label]
    return box.set_value(option).run()


def field(page, label):
    [found] = [one for one in [*page.text_input, *page.text_area] if one.label.startswith(label)]
    return found


def test_the_shop_s_details_are_kept_with_their_author(sqlite_workspace, open_page):
    page = open_page("settings")
    assert "Name of the shop" in page.info[0].value

    page.text_input[0].set_value("Նուռ")
    press(page, "Save")

    with sqlite_workspace.database.read() as connection:
        assert read_brand(connection).shop_name == "Նուռ"
        assert connection.execute(sa.select(audit.c.actor)).scalars().all() == ["owner"]


def test_names_for_readers_of_another_language_are_kept(sqlite_workspace, open_page):
    page = open_page("settings")

    page.text_input(key="told-ka-shop_name").set_value("ნური")
    press(page, "Save")

    with sqlite_workspace.database.read() as connection:
        assert read_brand(connection).in_languages == {"ka": {"shop_name": "ნური"}}


def test_an_address_that_approval_would_refuse_is_refused_while_it_is_typed(
    sqlite_workspace, open_page
):
    page = open_page("settings")

    field(page, "Sender's e-mail address").set_value("hello@@nur")
    press(page, "Save")

    assert "sender's e\\-mail address" in page.error[0].value
    with sqlite_workspace.database.read() as connection:
        assert read_brand(connection).from_address == ""


def test_a_website_without_its_beginning_gets_one(sqlite_workspace, open_page):
    page = open_page("settings")

    field(page, "Website").set_value("nur.example")
    press(page, "Save")

    with sqlite_workspace.database.read() as connection:
        assert read_brand(connection).website == "https://nur.example"


@pytest.mark.slow
def test_a_chosen_campaign_stays_chosen_when_the_language_is_switched(busy_shop, open_page):
    page = open_page("campaigns", "en")
    choose(page, "Campaign", "March")

    page.get_by_key("language-switch").set_value(Language.KA).run()

    assert page.selectbox[0].value == "March"
    assert page.title[0].value == "კამპანიები"


def test_people_are_found_by_what_is_typed(shop, open_page):
    page = open_page("contacts")

    field(page, "Search by name").set_value("ნინო").run()

    [people] = [one.value for one in page.dataframe if "E-mail" in one.value.columns]
    assert list(people["E-mail"]) == ["nino@example.ge"]


def test_a_search_on_a_later_page_starts_at_its_first(shop, open_page):
    page = open_page("contacts")
    page.session_state["contacts-page"] = 3

    field(page, "Search by name").set_value("ნინო").run()

    [people] = [one.value for one in page.dataframe if "E-mail" in one.value.columns]
    assert list(people["E-mail"]) == ["nino@example.ge"]


@pytest.mark.slow
def test_a_segment_is_built_from_lists_counted_and_saved(shop, open_page):
    page = open_page("segments")

    choose(page, "What", "language")
    press(page, "Add this condition")
    choose(page, "What", "city")
    field(page, "Value").set_value("Երևան")
    press(page, "Add this condition")
    assert field(page, "Rule").value == 'language = "hy" and city = "Երևան"'
    assert [one.value for one in page.metric if one.label == "People"] == ["2"]
    field(page, "Name of the segment").set_value("Yerevan").run()
    press(page, "Save")

    with shop.database.read() as connection:
        rules = {one.name: one.rule for one in named(connection)}
    assert rules["Yerevan"] == 'language = "hy" and city = "Երևան"'


def test_a_rule_that_cannot_be_read_is_explained_in_the_reader_s_language(shop, open_page):
    page = open_page("segments", "ka")

    page.text_area[0].set_value("orders >>> 3").run()

    assert len(page.error) == 1
    assert any("ა" <= letter <= "ჰ" for letter in page.error[0].value)


def test_a_campaign_goes_from_an_idea_to_its_result(shop, open_page, now):
    page = open_page("campaigns")
    choose(page, "Which letter", "we_miss_you")
    field(page, "Name of the campaign").set_value("March").run()
    press(page, "Create and count the people")
    assert "being counted" in page.info[0].value

    run_here(shop, "plan:March")
    page.run()
    figures = {metric.label: metric.value for metric in page.metric}
    assert (figures["Will get the letter"], figures["Left out"]) == ("3", "1")
    press(page, "Approve")
    press(page, "Send now")
    assert [metric.value for metric in page.metric if metric.label == "Waiting"] == ["3"]
    press(page, "Pause")
    press(page, "Go on")
    with shop.database.read() as connection:
        campaign_id = campaigns.status(connection, "March").campaign_id
    send_campaign(shop, campaign_id, owner="worker")
    page.run()

    assert (
        page.success[0].value
        == "Finished: every letter lies in the folder. Nothing was sent to anybody."
    )
    assert page.code[0].value == str(shop.outbox / "March")


@pytest.mark.slow
def test_approval_waits_while_preflight_is_red_and_leads_to_the_place(shop, open_page, now):
    campaigns.create(shop, "March", segment="everyone", letter="birthday", actor="a", now=now)
    campaigns.plan(shop, "March", actor="anna", now=now)
    page = open_page("campaigns")
    choose(page, "Campaign", "March")

    assert [one.disabled for one in page.button if one.label == "Approve"] == [True]
    assert "marked red" in page.error[0].value
    [go] = [one for one in page.button if one.key == "go-plan-en-error-0-0"]
    go.click().run()

    assert page.title[0].value == "Letters"
    assert page.header[0].value == "Birthday wishes"
    assert not page.exception


@pytest.mark.slow
def test_a_campaign_to_nobody_leads_back_to_its_segment(shop, open_page, now):
    campaigns.create(shop, "Empty", segment="orders > 99", letter="we_miss_you", actor="a", now=now)
    campaigns.plan(shop, "Empty", actor="anna", now=now)
    page = open_page("campaigns")

    choose(page, "Campaign", "Empty")

    assert "Make its rule wider" in page.warning[-1].value
    [approve] = [one for one in page.button if one.label == "Approve"]
    assert approve.disabled


@pytest.mark.slow
def test_letters_of_unknown_outcome_are_explained_and_settled(busy_shop, open_page, now):
    campaigns.approve(busy_shop, "March", actor="anna", now=now)
    _call_with_no_answer(busy_shop, "sendgrid")
    page = open_page("campaigns")
    choose(page, "Campaign", "March")
    assert any("Nobody knows" in header.value for header in page.header)

    press(page, "Count them as sent")

    with busy_shop.database.read() as connection:
        assert campaigns.status(connection, "March").unknown == 0


@pytest.mark.slow
def test_files_of_unknown_outcome_ask_nobody_anything(busy_shop, open_page, now):
    campaigns.approve(busy_shop, "March", actor="anna", now=now)
    _call_with_no_answer(busy_shop, "outbox")
    page = open_page("campaigns")

    choose(page, "Campaign", "March")

    assert any("looks into the folder" in one.value for one in page.markdown)
    assert not {"Count them as sent", "Send them again"} & {one.label for one in page.button}


@pytest.mark.slow
def test_refusals_are_told_by_reason_before_they_are_tried_again(busy_shop, open_page, now):
    campaigns.approve(busy_shop, "March", actor="anna", now=now)
    _call_with_no_answer(busy_shop, "sendgrid")
    with busy_shop.database.begin() as connection:
        error = {"code": "transport.refused", "facts": {"reason": "550 5.7.1 quota"}}
        connection.execute(sa.update(message).values(state="failed", error=error))
        connection.execute(sa.text("UPDATE batch SET state = 'failed', unknown = 0, failed = size"))
    page = open_page("campaigns")
    choose(page, "Campaign", "March")
    assert any("quota" in one.value for one in page.markdown)

    press(page, "Try these 3 again")

    with busy_shop.database.read() as connection:
        assert campaigns.status(connection, "March").waiting == 3


@pytest.mark.slow
def test_what_only_sendgrid_can_do_is_offered_where_it_sends(busy_shop, open_page, now):
    campaigns.approve(busy_shop, "March", actor="anna", now=now)
    with busy_shop.database.begin() as connection:
        connection.execute(sa.update(campaign).values(transport="sendgrid"))
    page = open_page("campaigns")
    choose(page, "Campaign", "March")

    page.toggle(key="sandbox-March").set_value(True).run()

    labels = [one.label for one in page.button]
    assert "Let SendGrid check the letters" in labels
    assert "Send now" not in labels


def _call_with_no_answer(workspace, transport: str) -> None:
    """Leave the campaign as a call leaves it whose answer never came."""
    with workspace.database.begin() as connection:
        connection.execute(sa.text("UPDATE campaign SET state = 'done'"))
        connection.execute(sa.update(campaign).values(transport=transport))
        connection.execute(sa.text("UPDATE message SET state = 'unknown'"))
        connection.execute(sa.text("UPDATE batch SET state = 'unknown', unknown = size"))


@pytest.mark.slow
def test_a_double_click_on_approve_does_no_harm(busy_shop, open_page, now):
    page = open_page("campaigns", "hy")
    choose(page, "Արշավ", "March")

    campaigns.approve(busy_shop, "March", actor="anna", now=now)  # the first click, meanwhile
    press(page, "Հաստատել")

    assert not page.exception
    with busy_shop.database.read() as connection:
        assert campaigns.status(connection, "March").state == "approved"


def test_words_of_a_customer_are_published_after_reading(busy_shop, open_page, now):
    signed = _asked_for_opinion(busy_shop)
    testimonials.submit(
        busy_shop, signed, text=f"Շատ լավ խանութ է {EVIL}", display_name="Անի *Գ*", rating=5,
        consented=True, language=Language.HY, now=now,
    )  # fmt: skip
    page = open_page("testimonials", "ka")
    assert not any(EVIL in markdown.value for markdown in page.markdown)

    press(page, "გამოქვეყნება")

    with busy_shop.database.read() as connection:
        assert testimonials.count_published(connection) == 1
    assert page.text[1].value == f"Շատ լավ խանութ է {EVIL}"


@pytest.mark.slow
def test_words_of_a_customer_may_stay_unpublished_with_a_reason(busy_shop, open_page, now):
    testimonials.submit(
        busy_shop, _asked_for_opinion(busy_shop), text="Շատ լավ խանութ է", display_name="Անի",
        rating=5, consented=True, language=Language.HY, now=now,
    )  # fmt: skip
    page = open_page("testimonials")

    field(page, "Why?").set_value("a private matter").run()
    press(page, "Leave unpublished")

    with busy_shop.database.read() as connection:
        assert testimonials.find(connection, 1).state == "refused"


def _asked_for_opinion(workspace) -> str:
    with workspace.database.read() as connection:
        token = connection.execute(sa.select(message.c.token).limit(1)).scalar_one()
    return workspace.signer.sign("testimonial", token)

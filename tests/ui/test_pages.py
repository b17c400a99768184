"""Every page in every language: it draws, in that language, and shows no error."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from campaigns.clock import utcnow
from campaigns.jobs.rows import beat
from campaigns.language.catalogue import catalogue
from campaigns.model.language import Language
from tools.extraction import extract
from tools.screenshots import PAGES

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def said_in_source() -> set[str | tuple[str, str]]:
    """What the interface says in English; a pair where it is counted."""
    return {found.text for found in extract(ROOT) if found.domain == "ui"}


def texts(page: AppTest) -> list[str]:
    """Return what stands on a page: headings, messages, and the labels of what can be used."""
    shown = [
        element.value
        for kind in ("title", "header", "markdown", "caption", "info", "warning", "success", "text")
        for element in getattr(page, kind)
    ]
    labelled = [
        element.label
        for kind in (
            "button",
            "selectbox",
            "text_input",
            "text_area",
            "radio",
            "metric",
            "expander",
        )
        for element in getattr(page, kind)
    ]
    return shown + labelled


def turn_to(page: AppTest, name: str) -> None:
    page.switch_page(f"screens/{name}.py").run()


@pytest.mark.parametrize("language", Language)
def test_every_page_is_drawn_in_the_language(busy_shop, open_page, said_in_source, language):
    said = catalogue("ui", language)
    page = open_page("home", language)
    for name in PAGES:
        turn_to(page, name)

        assert not page.exception
        assert [error.value for error in page.error] == []
        assert len(texts(page)) > 2
        english = [
            text for text in texts(page) if text in said_in_source and said.gettext(text) != text
        ]
        assert language is Language.EN or english == [], name


@pytest.mark.parametrize("language", ["hy", "ka"])
def test_an_empty_shop_is_told_the_next_step_and_only_one(open_page, language):
    page = open_page("home", language)

    assert [button.key for button in page.button if button.proto.type == "primary"] == [
        "go-settings"
    ]


def test_at_most_one_primary_button_stands_on_a_page(busy_shop, open_page):
    page = open_page("home")
    for name in PAGES:
        turn_to(page, name)

        assert len([one for one in page.button if one.proto.type == "primary"]) <= 1, name


@pytest.mark.parametrize("language", ["hy", "ka"])
def test_every_text_of_the_interface_is_translated(said_in_source, language):
    said = catalogue("ui", Language(language))

    kept = {text if isinstance(text, str) else (text[0], 0) for text in said_in_source}
    assert {text for text in kept if text not in said._catalog} == set()


def test_a_missing_worker_is_told_and_a_living_one_is_not(sqlite_workspace, open_page):
    assert "campaigns up" in open_page("home").warning[0].value

    with sqlite_workspace.database.begin() as connection:
        beat(connection, "worker", now=utcnow())

    assert len(open_page("home").warning) == 0


def test_the_language_stays_when_a_button_leads_to_another_page(open_page):
    page = open_page("home", "ka")
    del page.query_params["lang"]

    page.button(key="go-settings").click().run()

    assert page.title[0].value == "პარამეტრები"


def test_the_language_is_switched_at_once_and_remembered(open_page):
    page = open_page("settings", "en")
    assert page.title[0].value == "Settings"

    page.get_by_key("language-switch").set_value(Language.KA).run()

    assert page.title[0].value == "პარამეტრები"
    assert page.query_params["lang"] == "ka"
    again = AppTest.from_file(page._script_path, default_timeout=30).run()
    assert again.title[0].value == "მთავარი"

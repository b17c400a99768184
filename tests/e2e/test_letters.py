"""A marketer writes a new letter in three languages, is stopped, mends it, and gets it approved."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from campaigns.language.labels import label
from campaigns.model.language import Language
from campaigns.ui.letter_fields import field_key
from tests.e2e.conftest import ROOT, Running
from tests.e2e.test_main_job import (
    _,
    choose,
    fill_in_the_shop,
    go,
    look_at_newest,
    press,
    upload,
)
from tools.screenshots import settle

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(420)]

HY, KA, EN = Language
NAME = "Նոր թեյեր"
WORDS = {
    HY: {
        "subject": "Մեր նոր թեյերը հասել են",
        "preheader": "Լեռնային ուրց, նանա և մասուր՝ այս տարվա բերքից, փոքրիկ տուփերով։",
        "benefit": "Այս շաբաթ խանութում կարող եք համտեսել երեքն էլ՝ առանց որևէ բան գնելու։",
        "body": "Ուրախ ենք պատմել, որ հասել են այս տարվա լեռնային թեյերը։",
    },
    KA: {
        "subject": "ახალი ჩაი უკვე ჩვენთანაა",
        "preheader": "მთის ბეგქონდარა, პიტნა და ასკილი წლევანდელი მოსავლიდან, პატარა კოლოფებით.",
        "benefit": "ამ კვირაში მაღაზიაში სამივეს გასინჯვა შეგიძლიათ, თუნდაც არაფერი იყიდოთ.",
        "body": "გვიხარია, რომ შეგვიძლია გითხრათ: მივიღეთ წლევანდელი მთის ჩაი.",
    },
    EN: {
        "subject": "Our new teas have arrived",
        "preheader": "Mountain thyme, mint and rosehip of this year, in small boxes.",
        "benefit": "This week you can taste all three in the shop without buying anything.",
        "body": "We are glad to tell you that the mountain teas of this year have arrived.",
    },
}


def test_a_letter_is_written_stopped_mended_and_approved(up: Running, page: Page):
    page.goto(f"{up.ui}/?lang=hy")
    settle(page)
    fill_in_the_shop(page)
    upload(page, ROOT / "examples" / "customers.xlsx")

    write(page)
    plan(page)
    see_what_is_red(page)
    mend(page)
    approve(page)


def write(page: Page) -> None:
    """Write the letter; an example stays in the English text, the Georgian benefit is forgotten."""
    go(page, "Letters")
    press(page, "New letter")
    for language, words in WORDS.items():
        for key in ("subject", "preheader", "benefit"):
            if (language, key) != (KA, "benefit"):
                fill(field(page, language, key), words[key])
        body = field(page, language, "body")
        body.click()
        body.press("Control+Home")
        body.press("ArrowDown")
        body.press("ArrowDown")
        page.keyboard.insert_text(words["body"])
        body.blur()
        settle(page)
    put_a_mark(page)
    name = page.get_by_label(_("Save under this name"))
    fill(name, NAME)
    press(page, "Save")
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()


def put_a_mark(page: Page) -> None:
    """Put a field at the cursor: its other words, for whoever lacks it, are still an example."""
    page.get_by_text(_("Put something in"), exact=True).click()
    settle(page)
    body = field(page, EN, "body")
    body.click()
    body.evaluate(
        "one => one.setSelectionRange(...Array(2).fill(one.value.indexOf('arrived') + 7))"
    )
    mark = page.locator("button.mark", has_text=label("letter_field.city", HY)).first
    click(mark)
    expect(body).to_have_value(re.compile(r'arrived\{\{ city \| default\("⟨…⟩"\) \}\}\.\n'))
    body.blur()
    settle(page)


def plan(page: Page) -> None:
    go(page, "Campaigns")
    choose(page, "Which letter", NAME)
    press(page, "Create and count the people")
    expect(page.get_by_role("heading", name=_("Checked before approval"))).to_be_visible()
    settle(page)


def see_what_is_red(page: Page) -> None:
    """Approval waits, and what is red leads to its place in the editor."""
    expect(page.get_by_role("button", name=_("Approve"), exact=True)).to_be_disabled()
    expect(page.get_by_text(_("Approval waits until everything that is marked red is mended."))).to_be_visible()  # fmt: skip
    expect(page.locator("[class*=findings-error-plan-en]")).to_contain_text("⟨…⟩")
    forgotten = page.locator("[class*=findings-error-plan-ka]").first
    click(forgotten.get_by_role("button", name=_("What the reader gains")).first)
    expect(page.get_by_role("heading", level=1)).to_have_text(_("Letters"))
    settle(page)
    expect(field(page, KA, "benefit")).to_be_focused()


def mend(page: Page) -> None:
    fill(field(page, KA, "benefit"), WORDS[KA]["benefit"])
    red = page.locator("[class*=findings-error-en-1]").first
    click(red.get_by_role("button", name=_("Show: {place}", place=_("line {line}", line=3))))
    body = field(page, EN, "body")
    expect(body).to_be_focused()
    page.keyboard.insert_text("your town")
    body.blur()
    settle(page)
    expect(body).to_have_value(re.compile(r'default\("your town"\)'))
    fill(body, body.input_value().replace("arrived{{", "arrived in {{"))
    expect(page.locator("[class*=findings-error]")).to_have_count(0)
    press(page, "Save")
    expect(page.get_by_text(_("version {version}", version=2))).to_be_visible()


def approve(page: Page) -> None:
    go(page, "Campaigns")
    look_at_newest(page)
    press(page, "Count again")
    expect(page.get_by_text(_("Nothing to mend: the campaign can be approved."))).to_be_visible(timeout=60_000)  # fmt: skip
    settle(page)
    press(page, "Approve")
    expect(page.get_by_role("button", name=_("Send now"))).to_be_visible()


def field(page: Page, language: Language, key: str) -> Locator:
    """Return a field of the first text."""
    return page.locator(f".st-key-{field_key(language, 1, key)}").locator("input, textarea").first


def click(button: Locator) -> None:
    """Press what may stand far down: right after scrolling Chromium gives clicks to the frame."""
    button.scroll_into_view_if_needed()
    settle(button.page)
    button.click()
    settle(button.page)


def fill(box: Locator, words: str) -> None:
    box.fill(words)
    box.press("Tab")
    settle(box.page)

"""The main job as a marketer in Yerevan does it: one workbook, one browser, a provider, a customer."""

from __future__ import annotations

import io
import json
import re
import time
import urllib.request
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, expect

from campaigns.clock import utcnow
from campaigns.delivery import options
from campaigns.language.catalogue import translate
from campaigns.letters import library
from campaigns.model.language import Language
from campaigns.settings import Settings
from campaigns.store.workspace import open_workspace
from tests.e2e.conftest import ROOT, Running
from tests.support.fake_sendgrid import Account
from tests.support.sending import AT_ANY_HOUR
from tools.screenshots import settle

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(420)]

HY = Language.HY
BRAND = {
    "Name of the shop": "Նուռ",
    "Legal name": "«Նուռ» ՍՊԸ",
    "Postal address": "ք. Երևան, Աբովյան 1",
    "Sender's e-mail address": "hello@nur.example",
    "Address for replies": "hello@nur.example",
    "Who signs the letters": "Անի և թիմը",
}


def _(text: str, **facts: object) -> str:
    return translate("ui", text, HY, **facts)


def test_from_a_workbook_to_a_published_opinion(
    up: Running, provider: tuple[Account, str], page: Page
):
    account, _address = provider
    page.goto(up.ui)
    settle(page)
    page.get_by_role("radio", name="Հայ").click()
    settle(page)
    expect(page.locator("html")).to_have_attribute("lang", "hy")

    fill_in_the_shop(page)
    upload(page, ROOT / "examples" / "customers.xlsx")
    take_the_problems(page)
    make_a_segment(page, 'language = "hy" or orders >= 5', "Մեր հաճախորդները")
    read_in_three_languages(page)
    planned = plan(page, "Մեր հաճախորդները")
    let_letters_leave_at_any_hour(up)
    send_to_me(page, account)
    send(page)
    assert len(account.messages) == planned
    assert len({message["to"] for message in account.messages}) == planned

    report_events(account, up)
    see_events(page, planned)
    link = link_of_a_letter(account)
    write_an_opinion(page, link)
    publish(page, up)


def go(page: Page, title: str) -> None:
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=_(title), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(_(title))
    settle(page)


def press(page: Page, text: str) -> None:
    button = page.get_by_role("button", name=_(text), exact=True).first
    for _attempt in range(5):
        try:
            button.scroll_into_view_if_needed()
            break
        except BrowserError:  # the page was drawn anew meanwhile
            settle(page)
    settle(page)  # right after scrolling Chromium still gives clicks to the letter's frame
    button.click()
    settle(page)


def look_at_newest(page: Page) -> None:
    """Open the campaign that was made last; the first of the list is a new one.

    A page drawn anew between the click and the choice shuts the list: it is then opened again.
    """
    newest = page.get_by_role("option").nth(1)
    for _attempt in range(5):
        page.get_by_role("combobox", name=_("Campaign")).click()
        try:
            newest.click(timeout=5_000)
        except BrowserError:
            page.keyboard.press("Escape")
            settle(page)
        else:
            break
    settle(page)


def choose(page: Page, field: str, option: str) -> None:
    box = page.get_by_role("combobox", name=re.compile(re.escape(_(field))))
    box.click()
    box.fill(option)  # a long list shows only its beginning
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def fill_in_the_shop(page: Page) -> None:
    go(page, "Settings")
    for field, value in BRAND.items():
        box = page.get_by_label(re.compile("^" + re.escape(_(field))))
        box.first.fill(value)
        box.first.press("Tab")
    press(page, "Save")
    expect(page.get_by_text(_("Everything that a letter needs is filled in."))).to_be_visible()


def upload(page: Page, book: Path) -> None:
    go(page, "Contacts")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(book)
    confirm = page.get_by_role("button", name=_("Yes, take it in"))
    for _sheet in range(2):
        expect(page.get_by_test_id("stDataFrame").first).to_be_visible()
        settle(page)
        confirm.click()
        settle(page)
    expect(page.get_by_role("heading", name=_("Uploads"))).to_be_visible(timeout=90_000)
    expect(page.get_by_text(_("Coming in"))).to_have_count(0, timeout=90_000)
    settle(page)


def take_the_problems(page: Page) -> None:
    button = page.get_by_role("button", name=_("Download your workbook with the problems marked"))
    expect(button).to_be_visible()
    with page.expect_download() as download:
        button.click()
    assert download.value.suggested_filename.endswith(".xlsx")
    for sheet in load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())):
        heading, *problems = [cell.value for cell in list(sheet.columns)[-1] if cell.value]
        assert all(re.search("[ա-և]", text) for text in (heading, *problems)), problems


def make_a_segment(page: Page, rule: str, name: str) -> None:
    go(page, "Segments")
    box = page.get_by_label(_("Rule"), exact=True)
    box.fill(rule)
    box.press("Control+Enter")
    settle(page)
    expect(page.get_by_role("heading", name=_("Some of them"))).to_be_visible()
    named = page.get_by_label(_("Name of the segment"))
    named.fill(name)
    named.press("Enter")
    settle(page)
    press(page, "Save")


def read_in_three_languages(page: Page) -> None:
    go(page, "Letters")
    card = page.locator(".st-key-open-True-testimonial_request button")
    card.scroll_into_view_if_needed()
    settle(page)
    card.click()
    settle(page)
    frames = page.frame_locator("iframe[src*='/preview/']")
    for place, word in enumerate(("Հարգելի", "გამარჯობა", "Dear")):
        expect(frames.nth(place).locator("body")).to_contain_text(word)


def plan(page: Page, segment: str) -> int:
    go(page, "Campaigns")
    choose(page, "Who gets it", segment)
    choose(page, "Which letter", library.shipped_title("testimonial_request", HY))
    choose(page, "How it is sent", "SendGrid")
    press(page, "Create and count the people")
    metric = page.get_by_test_id("stMetric").filter(has_text=_("Will get the letter"))
    expect(metric).to_be_visible(timeout=60_000)
    settle(page)
    shown = metric.get_by_test_id("stMetricValue").inner_text()
    return int(re.sub(r"\D", "", shown))


def let_letters_leave_at_any_hour(up: Running) -> None:
    """Or this test would end only by day."""
    workspace = open_workspace(Settings(data=up.data))
    name = library.shipped_title("testimonial_request", HY)
    options.change(workspace, name, actor="test", now=utcnow(), schedule=AT_ANY_HOUR)
    workspace.database.close()


def send_to_me(page: Page, account: Account) -> None:
    """Without a letter to ourselves the first campaign is not approved."""
    press(page, "Approve")
    expect(page.get_by_text("SendGrid-ի միացում", exact=False).last).to_be_visible()
    page.get_by_text(_("Send one to myself first")).click()
    settle(page)
    press(page, "Send to me")
    expect(
        page.get_by_text(_("Sent. Look into your mailbox, and into the spam folder too."))
    ).to_be_visible()
    [letter] = account.messages
    assert letter["to"] == BRAND["Address for replies"]
    account.messages.clear()
    account.accepted.clear()


def send(page: Page) -> None:
    press(page, "Approve")
    expect(page.get_by_role("button", name=_("Send now"))).to_be_visible()
    press(page, "Send now")
    done = page.get_by_text(_("Finished: every letter was accepted."))
    expect(done).to_be_visible(timeout=120_000)


def report_events(account: Account, up: Running) -> None:
    asked = json.dumps(
        {"url": f"{up.web}/hooks/sendgrid", "events": ["processed", "delivered"]}
    ).encode()
    request = urllib.request.Request(  # noqa: S310 - loopback
        f"{up.environ['CAMPAIGNS_SENDGRID_HOST']}/events", asked, method="POST"
    )
    with urllib.request.urlopen(request, timeout=60) as reply:  # noqa: S310
        assert json.load(reply) == {"status": 200, "events": 2 * len(account.messages)}


def see_events(page: Page, planned: int) -> None:
    heading = page.get_by_role("heading", name=_("What happened to the letters"))
    for _attempt in range(30):
        page.reload()
        settle(page)
        look_at_newest(page)
        if heading.is_visible():
            break
        time.sleep(1)
    expect(heading).to_be_visible()


def link_of_a_letter(account: Account) -> str:
    message = next(m for m in account.messages if "/t/" in m["html"] and 'lang="hy"' in m["html"])
    return re.search(r'href="(https://[^"]+/t/[^"]+)"', message["html"]).group(1)


def write_an_opinion(page: Page, link: str) -> None:
    customer = page.context.new_page()
    customer.goto(link)
    customer.locator("textarea").fill("Շատ համեղ թեյ է, առաքումն էլ՝ արագ։")
    customer.locator("input[type=checkbox]").check()
    customer.locator("form button[type=submit], form input[type=submit]").first.click()
    expect(customer.locator("h1")).to_be_visible()
    expect(customer.locator("textarea")).to_have_count(0)
    customer.close()


def publish(page: Page, up: Running) -> None:
    go(page, "Testimonials")
    expect(page.get_by_role("textbox").first).to_have_value(re.compile("Շատ համեղ թեյ"))
    press(page, "Publish")
    link = page.get_by_role("link", name=re.compile(_("Open the page")))
    expect(link).to_be_visible()
    public = page.context.new_page()
    public.goto(link.get_attribute("href"))
    expect(public.locator("html")).to_have_attribute("lang", "hy")
    expect(public.get_by_text("Շատ համեղ թեյ է")).to_be_visible()
    public.close()

"""Preflight of a planned campaign: green, or what to mend before anybody may approve it."""

from __future__ import annotations

import dataclasses

import pytest

from campaigns.delivery import campaigns, preflight
from campaigns.delivery.preflight import Outside
from campaigns.delivery.reach import is_alive
from campaigns.errors import NotAllowedError
from campaigns.letters import library
from campaigns.letters.spam import Score
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.store.options import save_brand
from tests.support.factory import a_consent, a_contact
from tests.support.sending import BRAND, people

EN = Language.EN
HEAD = (
    "---\nsubject: A word about your tea\npurpose: offers\n"
    "preheader: What we have learned from your answers this spring.\n"
    "benefit: You get fresh tea every week.\n---\n{{ contact | greeting }}\n\n"
)
CLOSING = "\n\nThank you. {{ benefit }}\n\n{{ signature }}\n"


@pytest.fixture
def planned(workspace, now):
    """Plan a campaign whose letter says ``body`` to English readers."""

    def planned(body, count=3, **brand):
        with workspace.database.begin() as connection:
            sender = dataclasses.replace(BRAND, phone="+374 10 123456", **brand)
            save_brand(connection, sender, actor="anna", now=now)
            texts = {EN: [HEAD + body + CLOSING]}
            library.save(connection, "tea", texts, actor="anna", now=now)
        people(workspace, now, count, languages=("en",))
        campaigns.create(workspace, "Tea", segment="everyone", letter="tea", actor="anna", now=now)
        campaigns.plan(workspace, "Tea", actor="anna", now=now)

    return planned


@pytest.fixture
def told(workspace, now):
    def told(outside=None):
        found = preflight.look(workspace, "Tea", now=now, outside=outside)
        return [(one.severity, one.code, one.facts.get("count")) for one in found]

    return told


def test_a_letter_that_every_recipient_can_get_is_green(planned, told):
    planned("We write to you about tea.")

    assert told() == []


def test_what_is_not_known_of_some_recipients_is_counted_field_by_field(
    planned, told, workspace, now
):
    with workspace.database.begin() as connection:
        page = {"page": "javascript:alert(1)"}
        contact_id = a_contact(connection, now=now, language="en", attributes=page)
        a_consent(connection, contact_id, now=now, purpose=Purpose.OFFERS)
    planned("Your page is [here](https://a.example/?p={{ attributes.page }}).")

    assert ("error", "check.may_be_empty", None) in told()
    assert ("error", "check.unresolved", 3) in told()


def test_a_sender_without_what_the_law_demands_and_an_empty_audience_are_errors(planned, told):
    planned("We write to you about tea.", count=0, legal_name="")

    assert [code for _, code, _ in told()] == ["check.brand_missing", "check.nobody"]


def test_readers_without_a_text_in_their_language_are_counted(planned, told, workspace, now):
    people(workspace, now, 2, languages=("ka",))
    planned("We write to you about tea.")

    assert ("error", "check.language_missing", 2) in told()


def test_dead_links_and_spam_are_looked_at_when_asked(planned, told):
    planned("See [our page](https://tea.example/a) or [another](https://tea.example/b).")
    asked = []

    def lives(link):
        asked.append(link)
        return link.endswith("/a")

    scores = iter([Score(2.5, ("SOME_RULE",))])

    found = told(Outside(lives, lambda _mail: next(scores)))

    assert [(severity, code) for severity, code, _ in found] == [
        ("error", "check.link_dead"), ("warning", "check.spam"),
    ]  # fmt: skip
    assert asked == ["https://tea.example/a", "https://tea.example/b"]
    assert told() == []


def test_red_can_not_be_approved(planned, workspace, now):
    planned("We write about ⟨tea⟩.")

    with pytest.raises(NotAllowedError) as caught:
        campaigns.approve(workspace, "Tea", actor="anna", now=now)
    assert caught.value.code == "campaign.letter_error"


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "https://[::1]/", "https://10.0.0.1/x", "x"])
def test_our_own_net_is_never_asked(url):
    assert not is_alive(url)

from __future__ import annotations

import email
from dataclasses import replace
from email import policy

import pytest
import sqlalchemy as sa

from campaigns.delivery import campaigns
from campaigns.delivery.dispatch import send_campaign
from campaigns.delivery.unsettled import settling
from campaigns.errors import ConflictError, InputError, NotAllowedError, NotFoundError
from campaigns.letters import library
from campaigns.model.language import Language
from campaigns.model.permission import Denial, Purpose
from campaigns.model.states import MessageState
from campaigns.store.options import Brand, save_brand
from campaigns.store.suppressions import SuppressionReason, suppress
from campaigns.store.tables import audit, batch, contact, message
from tests.support.factory import a_consent, a_contact
from tests.support.sending import (
    BRAND,
    LETTER,
    a_running_campaign,
    a_shop,
    batch_states,
    people,
    source,
    states,
)


def planned(shop, now, **more):
    campaigns.create(
        shop, "Spring", segment="everyone", letter=LETTER, actor="anna", now=now, **more
    )
    return campaigns.plan(shop, "Spring", actor="anna", now=now)


def status(shop):
    with shop.database.read() as connection:
        return campaigns.status(connection, "Spring")


def test_a_campaign_goes_from_nothing_to_letters_in_the_outbox(workspace, now):
    shop = workspace
    a_shop(shop, now)
    people(shop, now, 6)

    campaign_id = a_running_campaign(shop, now)
    report = send_campaign(shop, campaign_id, owner="worker-1")

    files = sorted(shop.outbox.rglob("*.eml"))
    assert report.accepted == len(files) == 6
    assert {path.parent.name for path in files} == {"hy", "ka", "en"}
    mail = email.message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert mail.get_body(("plain",))
    assert mail.get_body(("html",))
    assert "/u/" in mail["List-Unsubscribe"]
    found = status(shop)
    assert (found.state, found.accepted, found.waiting) == ("done", 6, 0)
    assert batch_states(shop) == {"accepted": 3}


def test_a_plan_accounts_for_everybody_whom_the_rule_finds(shop, now):
    with shop.database.begin() as connection:
        agreed = a_contact(connection, now=now)
        a_consent(connection, agreed, now=now)
        a_contact(connection, now=now)
        withdrawn = a_contact(connection, now=now)
        a_consent(connection, withdrawn, now=now)
        a_consent(connection, withdrawn, now=now, given=False)
        other_purpose = a_contact(connection, now=now)
        a_consent(connection, other_purpose, now=now, purpose=Purpose.TESTIMONIALS)
        blocked = a_contact(connection, now=now, address="Blocked@Example.am")
        a_consent(connection, blocked, now=now)
        suppress(connection, "blocked@example.am", reason=SuppressionReason.BOUNCED,
                 source="test", actor="test", now=now)  # fmt: skip
        nowhere = a_contact(connection, now=now, address=None)
        a_consent(connection, nowhere, now=now)
        two = a_contact(connection, now=now, address="a@x.am, b@x.am", address_key=None)
        a_consent(connection, two, now=now)

    report = planned(shop, now)

    assert report.planned == 1
    assert report.left_out == {
        Denial.NO_CONSENT: 2,
        Denial.CONSENT_WITHDRAWN: 1,
        Denial.SUPPRESSED: 1,
        Denial.NO_ADDRESS: 2,
    }
    assert status(shop).left_out == {str(why): n for why, n in report.left_out.items()}


def test_of_two_contacts_with_one_address_only_one_is_written_to(shop, now):
    with shop.database.begin() as connection:
        for key in ("same@example.am", None):
            contact_id = a_contact(connection, now=now, address="Same@example.am", address_key=key)
            a_consent(connection, contact_id, now=now)

    report = planned(shop, now)

    assert report.planned == 1
    assert report.left_out == {Denial.DUPLICATE_ADDRESS: 1}


def test_planning_again_replaces_the_first_plan(shop, now):
    people(shop, now, 3)
    planned(shop, now)
    people(shop, now, 2)

    report = campaigns.plan(shop, "Spring", actor="anna", now=now)

    assert report.planned == status(shop).planned == 5
    assert states(shop) == {"pending": 5}


def test_a_plan_refers_to_nothing_that_is_not_there(sqlite_shop, now):
    people(sqlite_shop, now, 9)
    planned(sqlite_shop, now)

    campaigns.plan(sqlite_shop, "Spring", actor="anna", now=now)

    with sqlite_shop.database.read() as connection:
        assert connection.execute(sa.text("PRAGMA foreign_key_check")).all() == []
        assert connection.execute(sa.select(sa.func.count()).select_from(message)).scalar() == 9


def test_batches_are_no_larger_than_the_setting(shop, now):
    people(shop, now, 4, languages=("hy",))
    object.__setattr__(shop.settings, "batch_size", 3)

    planned(shop, now)

    with shop.database.read() as connection:
        assert sorted(connection.execute(sa.select(batch.c.size)).scalars()) == [1, 3]


def test_a_letter_that_lacks_a_language_of_the_audience_is_not_approved(shop, now):
    people(shop, now, 2, languages=("hy", "ka"))
    with shop.database.begin() as connection:
        texts = {Language.HY: [source("Բարև։")]}
        library.save(connection, "armenian_only", texts, actor="anna", now=now)
    campaigns.create(
        shop, "Spring", segment="everyone", letter="armenian_only", actor="anna", now=now
    )

    report = campaigns.plan(shop, "Spring", actor="anna", now=now)
    with pytest.raises(NotAllowedError, match=r"ქართული \(1\)"):
        campaigns.approve(shop, "Spring", actor="anna", now=now)

    assert report.missing == {Language.KA: 1}


def test_a_campaign_to_nobody_is_not_approved(shop, now):
    planned(shop, now)

    with pytest.raises(NotAllowedError) as refused:
        campaigns.approve(shop, "Spring", actor="anna", now=now)

    assert refused.value.code == "campaign.nobody"


def test_a_sender_without_an_address_is_not_approved(shop, now):
    people(shop, now, 1)
    planned(shop, now)
    with shop.database.begin() as connection:
        save_brand(connection, Brand(shop_name="x"), actor="anna", now=now)

    with pytest.raises(NotAllowedError, match="postal_address"):
        campaigns.approve(shop, "Spring", actor="anna", now=now)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "probe", "code"),
    [
        pytest.param({}, True, "campaign.sendgrid_missing", id="no-key"),
        pytest.param({"sendgrid_api_key": "k"}, True, "campaign.public_url", id="no-address"),
        pytest.param(
            {"sendgrid_api_key": "k", "public_url": "https://shop.example"}, False,
            "campaign.unreachable", id="no-answer",
        ),
    ],
)  # fmt: skip
def test_real_mail_needs_its_settings_and_an_address_that_answers(shop, now, settings, probe, code):
    people(shop, now, 1)
    planned(shop, now, transport="sendgrid")
    for name, value in settings.items():
        object.__setattr__(shop.settings, name, value)

    with pytest.raises(NotAllowedError) as refused:
        campaigns.approve(shop, "Spring", actor="anna", now=now, probe=lambda _url: probe)

    assert refused.value.code == code
    assert status(shop).state == "planned"


def test_a_campaign_that_was_planned_again_meanwhile_is_not_approved(shop, now):
    people(shop, now, 1)
    planned(shop, now)
    for name in ("smtp_url", "public_url"):
        object.__setattr__(shop.settings, name, "https://shop.example")

    def replanned(_url):
        later = now.replace(minute=5)
        campaigns.plan(shop, "Spring", actor="boris", now=later)
        return True

    with shop.database.begin() as connection:
        connection.execute(sa.text("UPDATE campaign SET transport = 'smtp'"))
    with pytest.raises(ConflictError):
        campaigns.approve(shop, "Spring", actor="anna", now=now, probe=replanned)


@pytest.mark.parametrize("verb", ["send", "pause", "resume", "retry"])
def test_a_verb_is_refused_in_a_state_that_it_does_not_fit(shop, now, verb):
    people(shop, now, 1)
    planned(shop, now)

    with pytest.raises(ConflictError):
        getattr(campaigns, verb)(shop, "Spring", actor="anna", now=now)

    assert status(shop).state == "planned"


def test_an_unknown_campaign_letter_or_transport_is_an_error(shop, now):
    with pytest.raises(NotFoundError):
        campaigns.plan(shop, "nothing", actor="anna", now=now)
    with pytest.raises(NotFoundError):
        campaigns.create(shop, "a", segment="everyone", letter="none", actor="anna", now=now)
    with pytest.raises(InputError):
        campaigns.create(
            shop, "a", segment="everyone", letter=LETTER, transport="pigeon", actor="a", now=now
        )


def test_a_name_is_used_once(shop, now):
    planned(shop, now)

    with pytest.raises(ConflictError, match="taken"):
        campaigns.create(shop, " Spring ", segment="everyone", letter=LETTER, actor="anna", now=now)


def test_a_paused_campaign_sends_nothing_until_it_is_resumed(shop, now):
    people(shop, now, 3)
    campaign_id = a_running_campaign(shop, now)
    campaigns.pause(shop, "Spring", actor="anna", now=now)

    assert send_campaign(shop, campaign_id, owner="w").accepted == 0
    campaigns.resume(shop, "Spring", actor="anna", now=now)
    assert send_campaign(shop, campaign_id, owner="w").accepted == 3


def test_a_cancelled_campaign_waits_for_nobody(shop, now):
    people(shop, now, 3)
    campaign_id = a_running_campaign(shop, now)

    campaigns.cancel(shop, "Spring", actor="anna", now=now)

    assert send_campaign(shop, campaign_id, owner="w").accepted == 0
    found = status(shop)
    assert (found.state, found.waiting) == ("cancelled", 0)
    assert states(shop) == {"cancelled": 3}


def test_a_preview_shows_each_language_to_its_own_reader(shop, now):
    people(shop, now, 6)
    planned(shop, now)

    shown = campaigns.preview(shop, "Spring", now=now)

    assert {one.language: one.rendered.text.split("\n")[0] for one in shown} == {
        Language.HY: "Բարև, Անի։ 5 %",
        Language.KA: "გამარჯობა, ნინო! 5 %",
        Language.EN: "Hello Emma! 5 %",
    }


def test_the_links_of_a_preview_unsubscribe_nobody(shop, now):
    people(shop, now, 1)
    planned(shop, now)

    (shown,) = campaigns.preview(shop, "Spring", now=now)

    with shop.database.read() as connection:
        token = connection.execute(sa.select(message.c.token)).scalar_one()
    assert "/u/preview~" in shown.rendered.text
    assert token not in shown.rendered.html + shown.rendered.text


def test_what_became_known_of_a_message_in_another_state_is_not_written(shop, now):
    people(shop, now, 1)
    a_running_campaign(shop, now)
    with shop.database.begin() as connection:
        message_id = connection.execute(sa.select(message.c.id)).scalar_one()
        connection.execute(message.update().values(state="accepted"))
        settling.settle(connection, {message_id: {"state": "failed"}}, was=MessageState.PENDING)

    assert states(shop) == {"accepted": 1}


def test_each_verb_leaves_an_audit_row_with_its_actor(shop, now):
    people(shop, now, 1)
    a_running_campaign(shop, now)

    with shop.database.read() as connection:
        rows = connection.execute(
            sa.select(audit.c.verb, audit.c.actor).where(audit.c.verb.like("campaign.%"))
        ).all()

    assert rows == [(f"campaign.{verb}", "anna") for verb in ("create", "plan", "approve", "send")]


def test_a_message_keeps_the_words_of_the_address_but_an_ascii_domain(shop, now):
    with shop.database.begin() as connection:
        contact_id = a_contact(connection, now=now, address="Ani@Խանութ.հայ")
        a_consent(connection, contact_id, now=now)

    planned(shop, now)

    with shop.database.read() as connection:
        address = connection.execute(sa.select(message.c.address)).scalar_one()
        assert connection.execute(sa.select(contact.c.address)).scalar_one() != address
    assert address.startswith("Ani@xn--")
    assert address.isascii()


@pytest.mark.parametrize("field", ["from_address", "reply_to"])
def test_a_sender_that_no_provider_takes_is_not_approved(sqlite_shop, now, field):
    people(sqlite_shop, now, 1)
    planned(sqlite_shop, now)
    with sqlite_shop.database.begin() as connection:
        save_brand(connection, replace(BRAND, **{field: "shop at home"}), actor="anna", now=now)

    with pytest.raises(NotAllowedError, match=field):
        campaigns.approve(sqlite_shop, "Spring", actor="anna", now=now)


def test_a_sender_who_became_incomplete_after_the_approval_sends_nothing(sqlite_shop, now):
    people(sqlite_shop, now, 1)
    planned(sqlite_shop, now)
    campaigns.approve(sqlite_shop, "Spring", actor="anna", now=now)
    with sqlite_shop.database.begin() as connection:
        save_brand(connection, replace(BRAND, legal_name=""), actor="anna", now=now)

    with pytest.raises(NotAllowedError) as refused:
        campaigns.send(sqlite_shop, "Spring", actor="anna", now=now)

    assert refused.value.facts["fields"] == "legal_name"
    assert status(sqlite_shop).state == "approved"

"""Each reader's own address for answers, in a request that says it once."""

from __future__ import annotations

import json

import polars as pl
import pytest
import sqlalchemy as sa

from campaigns.delivery.dispatch import send_campaign
from campaigns.delivery.inbox import replies
from campaigns.delivery.transports import Addressee, Request, fill
from campaigns.delivery.transports.reply_address import REPLY, own_address
from campaigns.delivery.transports.sendgrid_body import encoded
from campaigns.model.language import Language
from campaigns.store.signing import Signer
from campaigns.store.tables import campaign, message, reply
from tests.delivery.conftest import use_sendgrid
from tests.delivery.mails import an_answer
from tests.support.provider.rules import broken_rules, validator
from tests.support.sending import BRAND, a_running_campaign, people, people_of

DOMAIN = "replies.arevik.example"
SIGNER = Signer(["secret"])


def a_request(count, tags):
    """A letter with a link to leave; ``tags`` makes its substitutions of the readers."""
    readers = [
        Addressee(i, f"{i:020}", f"p{i}@example.am", "Ani",
                  f"https://s.example/u/{SIGNER.sign('unsubscribe', f'{i:020}')}")
        for i in range(count)
    ]  # fmt: skip
    people = people_of(readers)
    words = "Leave: ~0^ Link: https://s.example/c/~1^/4"
    return Request(1, "Spring", Language.EN, "Hi", f"<p>{words}</p>", words, people, tags(people))


def by_link(people):
    return pl.DataFrame({"~0^": people["unsubscribe_url"]})


def by_click(people):
    tokens = pl.Series(SIGNER.sign_all("click", people["token"].to_list()))
    return pl.DataFrame({"~9^": people["name"], "~1^": tokens})


def read(request):
    """Each reader's address for answers and letter, as SendGrid makes them of a body."""
    body = json.loads(encoded(request, "key", BRAND, DOMAIN))
    assert broken_rules(validator(), body) == []
    return [
        (fill(body["reply_to"]["email"], one.get("substitutions", {})),
         fill(body["content"][1]["value"], one.get("substitutions", {})))
        for one in body["personalizations"]
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 2, 5])
def test_readers_answer_to_the_token_of_their_own_link_to_leave(count):
    request = a_request(count, by_link)

    assert read(request) == [
        (own_address(REPLY, request.addressee(i).unsubscribe_url, DOMAIN), request.filled(i)[1])
        for i in range(count)
    ]


def test_a_request_does_not_grow_by_it():
    request = a_request(100, by_link)

    assert len(encoded(request, "key", BRAND, DOMAIN)) < len(encoded(request, "key", BRAND))


def test_a_token_of_counted_links_is_taken_as_it_is():
    request = a_request(3, by_click)

    assert [address for address, _ in read(request)] == [
        f"r-{SIGNER.sign('click', f'{i:020}')}@{DOMAIN}" for i in range(3)
    ]


@pytest.mark.parametrize("tags", [
    lambda _people: pl.DataFrame(),
    lambda people: pl.DataFrame({"~0^": people["name"]}),
    lambda people: by_link(people).rename({"~0^": "@0;"}),
])  # fmt: skip
def test_without_a_tag_that_tells_readers_apart_they_answer_to_the_shop(tags):
    assert {address for address, _ in read(a_request(2, tags))} == {BRAND.reply_to}


@pytest.mark.slow
@pytest.mark.parametrize("counts_clicks", [True, False])
def test_an_answer_to_a_bulk_letter_finds_its_reader(sqlite_shop, sendgrid, now, counts_clicks):
    use_sendgrid(sqlite_shop, sendgrid.address)
    object.__setattr__(sqlite_shop.settings, "reply_domain", DOMAIN)
    people(sqlite_shop, now, 6, languages=("hy",))
    campaign_id = a_running_campaign(sqlite_shop, now, transport="sendgrid")
    with sqlite_shop.database.begin() as connection:
        row = connection.execute(sa.select(campaign.c.options)).scalar_one()
        connection.execute(
            campaign.update().values(options={**row, "counts_clicks": counts_clicks})
        )
    send_campaign(sqlite_shop, campaign_id, owner="w")

    (body,) = sendgrid.bodies
    assert sendgrid.problems == []
    for place, person in enumerate(body["personalizations"]):
        to = fill(body["reply_to"]["email"], person["substitutions"])
        answer = an_answer(f"answer {place}", to=to, sender="other@x.example")
        replies.keep_mail(sqlite_shop, replies.FILE, answer, now=now)
    assert replies.ingest(sqlite_shop, now=now).joined == 6

    with sqlite_shop.database.read() as connection:
        rows = connection.execute(
            sa.select(reply.c.text, message.c.token).join(
                message, message.c.id == reply.c.message_id
            )
        ).all()
    assert {row.token: row.text for row in rows} == {
        person["custom_args"]["x_m"]: f"answer {place}"
        for place, person in enumerate(body["personalizations"])
    }

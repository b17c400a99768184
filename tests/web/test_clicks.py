import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from campaigns.delivery.heard import clicks, events
from campaigns.delivery.recipients import CLICK
from campaigns.store.tables import event, link, message, tally, webhook_body
from campaigns.web import clicks as page
from campaigns.web.pages import Site
from tests.support.sending import a_running_campaign, a_shop, people
from tests.web.conftest import ON_BOTH, opened

TARGET = "https://nur.example.am/spring?a=1&b=%E2%82%BE"
PERSON = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"}


@pytest.fixture
def sent(workspace, now):
    """Two letters with two links, and the way to each."""
    a_shop(workspace, now)
    people(workspace, now, 2, languages=("hy",))
    campaign_id = a_running_campaign(workspace, now)
    rows = [{"campaign_id": campaign_id, "number": 1, "url": TARGET},
            {"campaign_id": campaign_id, "number": 2, "url": "https://nur.example.am/"}]  # fmt: skip
    with workspace.database.begin() as connection:
        connection.execute(link.insert(), rows)
        tokens = list(connection.execute(sa.select(message.c.token)).scalars())
    return opened(workspace, now), tokens


def path(workspace, token, number=1):
    [signed] = workspace.signer.sign_all_briefly(CLICK, [token])
    return f"/c/{signed}/{number}"


def figures(workspace, now):
    events.ingest(workspace, now=now)
    with workspace.database.read() as connection:
        links = connection.execute(sa.select(link.c.persons, link.c.machines).order_by("number"))
        counted = connection.execute(sa.select(tally.c.what, tally.c.messages))
        return [tuple(row) for row in links], dict(iter(counted))


@ON_BOTH
def test_who_follows_a_link_is_sent_on_and_counts_once(workspace, sent, now):
    site, (one, other) = sent

    answers = [site.get(path(workspace, token), headers=PERSON) for token in (one, one, other)]

    assert {(each.status_code, each.headers["location"]) for each in answers} == {(302, TARGET)}
    assert answers[0].headers["referrer-policy"] == "no-referrer"
    assert answers[0].headers["cache-control"] == "no-store"
    assert "set-cookie" not in answers[0].headers
    links, counted = figures(workspace, now)
    assert (links, counted) == ([(2, 0), (0, 0)], {"clicked": 2})
    assert figures(workspace, now) == (links, counted)


def test_a_program_is_sent_on_and_counts_apart(workspace, sent, now):
    site, (one, other) = sent

    assert site.head(path(workspace, one), headers=PERSON).status_code == 302
    site.get(path(workspace, one), headers={"User-Agent": "Barracuda Sentinel (EE)"})
    site.get(path(workspace, other), headers=PERSON | {"Sec-Purpose": "prefetch;prerender"})

    assert figures(workspace, now) == ([(0, 2), (0, 0)], {"clicked_scanner": 2})


@pytest.mark.parametrize("language", ["hy", "ka", "en"])
def test_a_wrong_address_leads_nowhere(workspace, sent, now, language):
    site, (one, _) = sent
    [signed] = workspace.signer.sign_all_briefly(CLICK, [one])
    numbers = ("3", "-1", "1e3", "9" * 400, "https:%2F%2Felse.example")
    wrong = [f"/c/{signed[:-1]}/1", "/c/nothing/1", "/c/%FF%FE/1"]
    wrong += [f"/c/{signed}/{number}" for number in numbers]

    for address in wrong:
        answer = site.get(address, headers=PERSON | {"Accept-Language": language})
        assert (address, answer.status_code) == (address, 404)
        assert f'lang="{language}"' in answer.text

    assert figures(workspace, now)[1] == {}


def test_a_signature_for_another_purpose_opens_nothing(workspace, sent):
    site, (one, _) = sent
    whole = workspace.signer.sign("unsubscribe", one)
    [brief] = workspace.signer.sign_all_briefly("unsubscribe", [one])

    for signed in (whole, brief, workspace.signer.sign(CLICK, one)):
        assert site.get(f"/c/{signed}/1", headers=PERSON).status_code == 404


def test_a_busy_database_keeps_nobody_waiting_and_loses_no_click(workspace, sent, now, monkeypatch):
    site, (one, _) = sent
    monkeypatch.setattr(page, "WAIT_S", 0.05)
    holds, done = threading.Event(), threading.Event()

    def write():
        with workspace.database.begin():
            holds.set()
            done.wait(10)

    with ThreadPoolExecutor(1) as other:
        other.submit(write)
        holds.wait(10)
        answer = site.get(path(workspace, one), headers=PERSON)
        done.set()
    assert answer.status_code == 302
    waited = time.monotonic() + 10
    while not _kept(workspace) and time.monotonic() < waited:
        threading.Event().wait(0.01)
    assert figures(workspace, now)[1] == {"clicked": 1}


def _kept(workspace):
    with workspace.database.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(webhook_body))


def test_one_link_followed_for_ever_sends_everybody_on_and_fills_no_disk(
    workspace, sent, now, monkeypatch
):
    monkeypatch.setattr(page, "MOST_OF_A_LETTER", 3)
    site, (one, other) = sent

    statuses = {site.get(path(workspace, one), headers=PERSON).status_code for _ in range(9)}
    site.get(path(workspace, other), headers=PERSON)

    events.ingest(workspace, now=now)
    with workspace.database.read() as connection:
        kept = connection.execute(sa.select(sa.func.count()).select_from(event)).scalar_one()
    assert (statuses, kept) == ({302}, 3 + 1)


def test_clicks_of_one_moment_are_stored_together(workspace, sent, now, monkeypatch):
    monkeypatch.setattr(page, "MOST_OF_A_LETTER", 500)
    _, (one, _) = sent
    keeper = page.Keeper(Site(workspace, lambda: now))
    made = [clicks.Click(f"k{n}", one, 1, now, PERSON["User-Agent"]) for n in range(500)]

    for kept in [keeper.keep(one) for one in made]:
        kept.result(10)

    assert _kept(workspace) < 100
    assert figures(workspace, now)[1] == {"clicked": 1}
    with workspace.database.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(event)) == 500


@pytest.mark.parametrize(
    ("url", "location"),
    [
        ("https://nur.example.am/Ծաղիկ?ա=1#վ", ("https://nur.example.am/%D4%BE%D5%A1%D5%B2%D5%AB%D5%AF"
         "?%D5%A1=1#%D5%BE")),
        ("https://nur.example.am/\r\nSet-Cookie: a=b",
         "https://nur.example.am/%0D%0ASet-Cookie:%20a=b"),
    ],
)  # fmt: skip
def test_an_address_of_any_letters_stands_in_the_header(workspace, sent, now, url, location):
    site, (one, _) = sent
    with workspace.database.begin() as connection:
        connection.execute(link.update().where(link.c.number == 2).values(url=url))

    assert site.get(path(workspace, one, 2)).headers["location"] == location

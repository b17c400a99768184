import json
import re
from datetime import timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from campaigns.feedback import testimonials
from campaigns.model.language import Language
from campaigns.web.published import PAGE_SIZE, shares
from tests.support.factory import a_recipient
from tests.web.conftest import ON_BOTH

BASE = "http://127.0.0.1:8600"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


class Head(HTMLParser):
    """Collects links, metas, structured data and the languages of parts."""

    def __init__(self, text):
        super().__init__()
        self.links, self.metas, self.data, self.langs, self.addresses = [], {}, "", [], []
        self._in_data = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "link":
            self.links.append(found)
        if tag == "meta":
            self.metas.setdefault(found.get("property") or found.get("name"), found.get("content"))
        if "lang" in found:
            self.langs.append((tag, found["lang"]))
        self.addresses += [found[name] for name in ("src", "href", "action") if name in found]
        self._in_data = tag == "script" and found.get("type") == "application/ld+json"

    def handle_data(self, data):
        if self._in_data:
            self.data += data

    def handle_endtag(self, _tag):
        self._in_data = False

    def alternates(self):
        return {link["hreflang"]: link["href"] for link in self.links if link["rel"] == "alternate"}

    def canonical(self):
        return next(link["href"] for link in self.links if link["rel"] == "canonical")


def publish(workspace, now, *, text="Շատ հաճելի սպասարկում էր։", name="Անի Գ.", rating=5, **person):
    recipient = a_recipient(workspace, now=now, **person)
    one = testimonials.submit(
        workspace, workspace.signer.sign("testimonial", recipient.token), text=text,
        display_name=name, rating=rating, consented=True, language=Language.HY, now=now,
    )  # fmt: skip
    testimonials.approve(workspace, one, actor="anna", now=now)
    with workspace.database.read() as connection:
        return testimonials.find(connection, one)


def local(url):
    assert url.startswith(BASE)
    return url.removeprefix(BASE)


@pytest.mark.parametrize("tail", ["", "slug"])
def test_pages_name_each_other_in_every_language(client, workspace, now, tail):
    one = publish(workspace, now)
    path = f"/testimonials/{one.slug}" if tail else "/testimonials"
    expected = {
        "hy-AM": f"{BASE}/hy{path}", "ka-GE": f"{BASE}/ka{path}", "en": f"{BASE}/en{path}",
        "x-default": f"{BASE}/en{path}",
    }  # fmt: skip

    for language in Language:
        answer = client.get(f"/{language}{path}")
        head = Head(answer.text)
        assert head.alternates() == expected
        assert head.canonical() == expected[language.hreflang]
        assert head.metas["og:locale"] == language.og_locale
        assert head.metas["og:url"] == head.canonical()
        assert ("html", str(language)) in head.langs
        assert answer.headers["content-language"] == str(language)


def test_a_quote_stands_in_its_own_language_and_is_labelled_as_such(client, workspace, now):
    one = publish(workspace, now, text="ძალიან კარგი მომსახურება იყო", name="ნინო ბ.")

    armenian = client.get(f"/hy/testimonials/{one.slug}").text
    georgian = client.get(f"/ka/testimonials/{one.slug}").text

    assert ("blockquote", "ka") in Head(armenian).langs
    assert "վրացերեն" in armenian
    assert "ძალიან კარგი მომსახურება იყო" in armenian
    assert "ქართულად" not in georgian


def test_the_structured_data_is_a_review_without_an_invented_rating(client, workspace, now):
    rated = publish(workspace, now, rating=2)
    unrated = publish(workspace, now, rating=None)

    review = json.loads(Head(client.get(f"/en/testimonials/{rated.slug}").text).data)
    plain = json.loads(Head(client.get(f"/en/testimonials/{unrated.slug}").text).data)

    assert review == {
        "@context": "https://schema.org", "@type": "Review", "inLanguage": "hy",
        "@id": f"{BASE}/en/testimonials/{rated.slug}",
        "url": f"{BASE}/en/testimonials/{rated.slug}",
        "author": {"@type": "Person", "name": "Անի Գ."}, "datePublished": "2026-03-02",
        "reviewBody": "Շատ հաճելի սպասարկում էր։",
        "itemReviewed": {
            "@type": "Organization", "name": "Նուռ", "url": "https://nur.example.am",
        },
        "reviewRating": {
            "@type": "Rating", "ratingValue": 2, "bestRating": 5, "worstRating": 1,
        },
    }  # fmt: skip
    assert "reviewRating" not in plain
    assert "★" not in client.get(f"/en/testimonials/{unrated.slug}").text


def test_no_average_is_claimed(client, workspace, now):
    publish(workspace, now)

    page = client.get("/en/testimonials").text
    assert json.loads(Head(page).data)["@type"] == "ItemList"
    assert "AggregateRating" not in page


def test_words_cannot_leave_the_structured_data(client, workspace, now):
    attack = "nice </script><script>alert(1)</script> \u2028 shop"
    one = publish(workspace, now, text=attack)

    page = client.get(f"/en/testimonials/{one.slug}").text

    assert page.count("<script") == 1
    assert json.loads(Head(page).data)["reviewBody"].startswith("nice </script>")


def test_buyers_and_edits_are_marked(client, workspace, now):
    buyer = publish(workspace, now)
    visitor = publish(workspace, now, orders=0)

    assert 'class="verified"' in client.get(f"/en/testimonials/{buyer.slug}").text
    assert 'class="verified"' not in client.get(f"/en/testimonials/{visitor.slug}").text
    assert "Edited" not in client.get(f"/en/testimonials/{buyer.slug}").text


def test_a_correction_is_shown_as_such(client, workspace, now):
    recipient = a_recipient(workspace, now=now)
    one = testimonials.submit(
        workspace, workspace.signer.sign("testimonial", recipient.token),
        text="Verry nice people", display_name="Ani", rating=None, consented=True,
        language=Language.EN, now=now,
    )  # fmt: skip
    testimonials.approve(workspace, one, actor="anna", now=now, text="Very nice people")

    assert "Edited: only spelling was corrected" in client.get("/en/testimonials").text


def test_the_page_says_how_opinions_are_collected(light):
    assert "How we collect and show opinions" in light.get("/en/testimonials").text


def test_a_page_asks_nothing_of_anybody_else(client, workspace, now):
    one = publish(workspace, now)
    head = Head(client.get(f"/hy/testimonials/{one.slug}").text)

    loaded = [link["href"] for link in head.links if link["rel"] in ("stylesheet", "icon")]
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)
    for address in loaded:
        assert client.get(address).status_code == 200
    assert client.get(local(head.metas["og:image"])).headers["content-type"] == "image/png"


def test_share_links_carry_the_address_and_nothing_else_leaves():
    links = {share.name: share.url for share in shares("https://x.am/hy/a?b=1&c", "Լավ & էժան")}

    assert links["Facebook"] == (
        "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fx.am%2Fhy%2Fa%3Fb%3D1%26c"
    )
    assert "text=%D4%BC%D5%A1%D5%BE%20%26%20" in links["Telegram"]
    assert set(links) == {"Facebook", "Telegram", "WhatsApp", "Viber", ""}


@ON_BOTH
def test_many_opinions_turn_over_pages(client, workspace, now):
    for number in range(PAGE_SIZE + 1):
        publish(workspace, now + timedelta(minutes=number), name=f"Person {number:02}")

    first, second = client.get("/en/testimonials").text, client.get("/en/testimonials?page=2").text

    assert "Person 20" in first
    assert "Person 00" not in first
    assert re.findall(r"Person \d\d", second) == ["Person 00"]
    assert Head(second).canonical() == f"{BASE}/en/testimonials?page=2"
    assert client.get("/en/testimonials?page=3").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "99999999999999999999", "٢"])
def test_an_odd_page_number_is_no_page(light, page):
    assert light.get(f"/en/testimonials?page={page}").status_code == 404


def test_what_waits_or_was_refused_is_on_no_page(client, workspace, now):
    recipient = a_recipient(workspace, now=now)
    one = testimonials.submit(
        workspace, workspace.signer.sign("testimonial", recipient.token), text="Waiting words here",
        display_name="Ani", rating=5, consented=True, language=Language.EN, now=now,
    )  # fmt: skip
    with workspace.database.read() as connection:
        slug = testimonials.find(connection, one).slug

    assert client.get(f"/en/testimonials/{slug}").status_code == 404
    testimonials.refuse(workspace, one, actor="anna", now=now, reason="advertising")
    assert client.get(f"/en/testimonials/{slug}").status_code == 404
    assert "Waiting words" not in client.get("/en/testimonials").text


@ON_BOTH
def test_the_map_names_every_page_with_its_languages(client, workspace, now):
    one = publish(workspace, now)
    answer = client.get("/sitemap.xml")

    urls = ET.fromstring(answer.text).findall(f"{SITEMAP}url")  # noqa: S314 - our own
    named = {url.findtext(f"{SITEMAP}loc"): url for url in urls}
    assert answer.headers["content-type"].startswith("application/xml")
    assert set(named) == {
        f"{BASE}/{language}/testimonials{tail}"
        for language in Language
        for tail in ("", f"/{one.slug}")
    }
    for url in urls:
        links = {link.get("hreflang"): link.get("href") for link in url.iter(f"{XHTML}link")}
        assert set(links) == {"hy-AM", "ka-GE", "en", "x-default"}
        assert url.findtext(f"{SITEMAP}loc") in links.values()


def test_robots_are_shown_the_map(light):
    assert f"Sitemap: {BASE}/sitemap.xml" in light.get("/robots.txt").text


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("hy-AM,hy;q=0.9,en;q=0.8", "hy"),
        ("ru-RU,ru;q=0.9,ka;q=0.5,en;q=0.4", "ka"),
        ("en-GB", "en"),
        ("en;q=0,ka;q=0.1", "ka"),
        ("ru", "hy"),
        ("", "hy"),
        (";;;,q=,=,hy;q=x", "hy"),
        ("," * 5000, "hy"),
    ],
)
def test_the_entrance_leads_to_the_language_of_the_browser(light, accepted, language):
    answer = light.get("/", headers={"Accept-Language": accepted, "Host": "evil.example"})

    assert answer.status_code == 302
    assert answer.headers["location"] == f"/{language}/testimonials"
    assert answer.headers["vary"] == "Accept-Language"


def test_addresses_never_come_from_the_request(client, workspace, now):
    one = publish(workspace, now)
    for path in (f"/en/testimonials/{one.slug}", "/en/testimonials", "/sitemap.xml"):
        assert "evil.example" not in client.get(path, headers={"Host": "evil.example"}).text


@pytest.mark.parametrize("path", ["/ru/testimonials", "/HY/testimonials", "/hy/testimonials/x/y"])
def test_other_addresses_do_not_exist(light, path):
    assert light.get(path).status_code == 404


def test_a_closing_slash_is_no_redirect_to_wherever_host_says(light):
    answer = light.get("/hy/testimonials/", headers={"Host": "evil.example"})

    assert "evil.example" not in str(answer.headers)

import re

import pytest

from bench.readers import SITE, readers
from campaigns.letters.columns import Columns, column
from campaigns.letters.counted import TOKEN, Links
from campaigns.letters.library import SHIPPED, read_folder
from campaigns.letters.render import common_targets, compile_text
from campaigns.letters.verify import check_request
from campaigns.model.language import Language
from tests.support.sending import BRAND

BODY = """---
subject: Spring
preheader: News
purpose: offers
benefit: 5 %
offer:
  name: Tea
  now: 900 AMD
  link: https://a.example/offer?x=1&y={q}
button:
  text: Look
  link: https://a.example/button
---
Hello {{ given_name | default("friend") }}! See [one](https://a.example/one?a=1&b="2") and
[one again](https://a.example/one?a=1&b="2"), <https://a.example/bare>, or [your own]({{ testimonial_url }}),
[write](mailto:shop@a.example), [yours](https://a.example/for?who={{ contact_id }}).
{{ benefit }} ![x](https://a.example/picture.png)

{% if city %}[In {{ city }}](https://a.example/city){% endif %}

{{ offer }}
"""
ONE = "https://a.example/one?a=1&b=%222%22"
STATIC = {ONE, "https://a.example/bare", "https://a.example/city", "https://a.example/button",
          "https://a.example/offer?x=1&y=%7Bq%7D"}  # fmt: skip
_HREF = re.compile(r'href="([^"]*)"')


def numbered(compiled):
    return Links(f"{SITE}/c/", {url: n for n, url in enumerate(common_targets(compiled), 1)})


def known(language, count, hostile=0.1):
    found = readers(language, count, seed=7, hostile=hostile)
    tokens = column([f"t{n:019}~{n:016}" for n in range(count)])
    return Columns(count, {**found.columns, TOKEN: tokens})


def compiled(source, language, *, design="note", counts=True):
    plain = compile_text(source, language, BRAND, design=design)
    if not counts:
        return plain
    return compile_text(source, language, BRAND, design=design, links=numbered(plain))


def test_what_leads_everybody_to_one_place_is_counted_and_nothing_else():
    plain = compiled(BODY, Language.EN, counts=False)
    assert set(common_targets(plain)) == STATIC
    reader = {**known(Language.EN, 1).row(0), "city": "Yerevan"}

    counting = compiled(BODY, Language.EN)
    straight, ours = plain.render(reader), counting.render(reader)

    assert ours.text == straight.text
    leads = {url: f"{SITE}/c/{reader[TOKEN]}/{n}" for url, n in counting.links.numbers.items()}
    wanted = [leads.get(href.replace("&amp;", "&"), href) for href in _HREF.findall(straight.html)]
    assert _HREF.findall(ours.html) == wanted
    assert sum(href.startswith(f"{SITE}/c/") for href in wanted) == len(STATIC) + 1
    for other in (reader["testimonial_url"], reader["unsubscribe_url"], "mailto:shop@a.example"):
        assert other in ours.html
    assert f"who={reader['contact_id']}" in ours.html


def test_a_letter_whose_links_have_no_number_is_as_it_was():
    reader = known(Language.EN, 1).row(0)
    plain = compile_text(BODY, Language.EN, BRAND)

    assert compile_text(BODY, Language.EN, BRAND, links=Links(SITE, {})).render(
        reader
    ) == plain.render(reader)


@pytest.mark.parametrize("language", list(Language))
def test_in_bulk_a_counted_link_says_what_it_says_alone(language):
    people = known(language, 60)
    text = compiled(BODY, language)

    requests = text.bulk(people)

    for request in requests:
        places = range(len(request))
        check_request(text, request, {n: people.row(int(request.rows[n])) for n in places})
    shared = [one for one in requests if one.tags]
    assert sum(map(len, shared)) > len(people.row(0)) / 2
    for one in shared:  # the reader's token is sent once, however many links there are
        assert sum(str(tag.values[0]).startswith("t0") for tag in one.tags.values()) == 1


@pytest.mark.slow
@pytest.mark.parametrize("letter", sorted(path.name for path in SHIPPED.iterdir() if path.is_dir()))
def test_every_shipped_letter_counts_in_bulk_as_alone(letter):
    for language, sources in read_folder(SHIPPED / letter).items():
        people = known(language, 20, hostile=0.0)
        text = compiled(sources[0], language)
        for request in text.bulk(people):
            places = range(len(request))
            check_request(text, request, {n: people.row(int(request.rows[n])) for n in places})

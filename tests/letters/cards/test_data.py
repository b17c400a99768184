"""What stands on a card, and that every form of it says the same."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
import vobject
from pypdf import PdfReader

from campaigns.errors import InputError
from campaigns.language.people.person import read_person
from campaigns.letters.cards.data import card_of, contact_lines, promise, question
from campaigns.letters.cards.pdf import card_pdf
from campaigns.letters.cards.vcard import vcard
from campaigns.letters.preview import sample_values
from campaigns.letters.render import compile_text
from campaigns.model.language import Language
from campaigns.store.options import Brand
from tests.letters.cards.conftest import BRAND, NUMBER, PRODUCTS, member

LETTER = """---
subject: Cards
purpose: testimonials
---
{{ contact | greeting }}

{{ contact_card }}

{{ loyalty_card }}
"""


def joined(text):
    """Return text without its spaces: a PDF and a letter break lines elsewhere."""
    return re.sub(r"\s", "", text)


def printed(card, face):
    return joined(
        "".join(page.extract_text() for page in PdfReader(io.BytesIO(card_pdf([card], face))).pages)
    )


def test_print_vcard_and_letter_say_the_same(card):
    lines = contact_lines(card)
    contact = f"https://nur.example.am/contact/{card.language}.vcf"
    values = {**sample_values(card.language), "card_number": NUMBER, "contact_url": contact}
    mail = compile_text(LETTER, card.language, BRAND).render(values)
    paper = printed(card, "support")
    saved = vobject.readOne(vcard(card))

    assert [line.kind for line in lines] == ["phone", "hours", "email", "website", "address"]
    for line in lines:
        assert line.said in mail.text
        assert joined(line.text) in paper
    assert saved.tel.value == lines[0].link
    assert [saved.email.value, saved.url.value] == [card.email, card.website_link]
    assert saved.adr.value.street == card.address
    assert saved.fn.value == card.shop
    for said in (card.hours, card.signer, card.role, question(card)):
        assert said in saved.note.value
        assert joined(said) in paper
    assert NUMBER in mail.text
    assert contact in mail.text
    assert f'href="{contact}"' in mail.html
    assert NUMBER in printed(card, "loyalty")


def test_the_product_of_interest_is_named_where_it_is_known(card):
    nothing = replace(card, product="")

    assert PRODUCTS[card.language] in question(card)
    assert question(nothing) != question(replace(nothing, phone=""))
    assert "{" not in question(card) + question(nothing)


def test_a_member_is_named_in_the_script_of_the_card_where_the_spelling_is_sure():
    ani = {"contact": read_person(given="Ani", family="Petrosyan"), "given_name": "Ani", "family_name": "Petrosyan"}  # fmt: skip
    smith = {"contact": read_person(given="Zyx", family="Qwfp"), "given_name": "Zyx", "family_name": "Qwfp"}  # fmt: skip
    nobody = {"contact": read_person(given="n/a"), "given_name": "n/a"}

    assert card_of(BRAND, Language.HY, ani).member == "Անի Պետրոսյան"
    assert card_of(BRAND, Language.HY, smith).member == "Zyx Qwfp"
    assert card_of(BRAND, Language.HY, nobody).member == ""


def test_what_is_not_known_is_left_out_and_a_promise_always_stands():
    bare = card_of(Brand(shop_name="Nur", phone="call us"), Language.EN)

    assert [(line.kind, line.text, line.link) for line in contact_lines(bare)] == [
        ("phone", "call us", "")
    ]
    assert bare.role == "Customer support"
    assert promise(bare)
    assert promise(card_of(BRAND, Language.EN, gives="10% off")) == "10% off"


@pytest.mark.parametrize(
    ("changes", "face", "code"),
    [
        ({"shop": ""}, "support", "card.missing"),
        ({"phone": "", "email": ""}, "support", "card.missing"),
        ({"number": ""}, "loyalty", "card.no_number"),
    ],
)
def test_a_card_that_would_be_of_no_use_is_refused(changes, face, code):
    card = card_of(BRAND, Language.EN, member(Language.EN))

    with pytest.raises(InputError) as refusal:
        card_pdf([replace(card, **changes)], face)

    assert refusal.value.code == code


def test_a_card_number_that_no_till_takes_is_refused():
    with pytest.raises(InputError, match="at most 64"):
        card_of(BRAND, Language.EN, {"card_number": "1" * 65})


def test_hidden_characters_and_line_breaks_do_not_reach_a_card():
    card = card_of(Brand(shop_name="Nur\u202e\nWine\u200b\ud800"), Language.EN)

    assert card.shop == "Nur Wine\N{REPLACEMENT CHARACTER}"
    assert card_of(Brand(shop_name="Ани‑Nur"), Language.EN).shop == "Ани-Nur"

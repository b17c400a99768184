"""vCard 4.0, read back by somebody else's program."""

from __future__ import annotations

from dataclasses import replace

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from campaigns.letters.cards.data import card_of
from campaigns.letters.cards.vcard import MAX_OCTETS, short_vcards, vcard
from campaigns.model.language import Language
from campaigns.store.options import Brand
from tests.letters.cards.conftest import BRAND, member

HOSTILE = st.text(
    st.one_of(
        st.sampled_from("\\,;:\"'\r\n\u2028\x85\x0b\t=^"),
        st.characters(codec="utf-8"),
        st.sampled_from("ՆուռԱղբյուրღვინო"),
    ),
    min_size=1,
    max_size=80,
).filter(lambda text: any(map(str.isalnum, text)))


def written(brand: Brand, language: Language = Language.HY) -> str:
    return vcard(card_of(brand, language))


def test_it_is_version_4_in_utf_8_with_its_language(card):
    text = vcard(card)
    lines = text.split("\r\n")

    assert lines[:3] == ["BEGIN:VCARD", "VERSION:4.0", "KIND:org"]
    assert lines[-2:] == ["END:VCARD", ""]
    assert f"LANG:{card.language}" in lines
    assert f"FN;LANGUAGE={card.language}:{card.shop}" in lines
    assert "TEL;VALUE=uri;TYPE=work:tel:+37491234567" in lines
    assert "\n" not in text.replace("\r\n", "")


@pytest.mark.slow
@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_whatever_a_shop_is_called_it_is_read_back_and_nothing_is_added(
    shop, signer, hours, address
):
    brand = replace(BRAND, shop_name=shop, signer=signer, hours=hours, postal_address=address,
                    in_languages={})  # fmt: skip
    text = written(brand)
    card = card_of(brand, Language.HY)
    read = vobject.readOne(text)

    assert read.fn.value == card.shop
    assert read.org.value == [card.shop]
    assert read.note.value.startswith(f"{card.signer}, {card.role}" if card.signer else card.role)
    assert read.adr.value.street == card.address if card.address else "adr" not in read.contents
    assert set(read.contents) <= {"version", "kind", "fn", "org", "tel", "email", "url", "adr",
                                  "lang", "note"}  # fmt: skip
    assert all(len(entries) == 1 for entries in read.contents.values())


@given(st.text(st.sampled_from("Աა€a,😀"), min_size=1, max_size=200))
def test_lines_are_folded_at_75_octets_and_never_inside_a_character(shop):
    text = written(replace(BRAND, shop_name=shop, in_languages={}))

    assert all(len(line.encode()) <= MAX_OCTETS for line in text.split("\r\n"))
    assert f"FN;LANGUAGE=hy:{shop.replace(',', chr(92) + ',')}\r\n" in text.replace("\r\n ", "")


def test_a_hostile_e_mail_phone_or_website_adds_no_property():
    bad = "x\r\nNOTE:evil\nTEL:1;2,3"
    text = written(replace(BRAND, reply_to=bad, phone=bad, website=f"https://x.example/{bad}"))
    read = vobject.readOne(text)

    assert len(read.contents["tel"]) == len(read.contents["note"]) == 1
    assert read.email.value == "x NOTE:evil TEL:1;2,3"
    assert read.tel.value == "x NOTE:evil TEL:1;2,3"


def test_what_stands_in_a_square_code_grows_shorter_until_only_a_name_and_a_phone_are_left():
    found = list(short_vcards(card_of(BRAND, Language.KA, member(Language.KA))))
    names = [
        [line.split(":")[0].split(";")[0] for line in text.split("\r\n")[2:-2]] for text in found
    ]

    assert names == [["FN", "TEL", "EMAIL", "URL"], ["FN", "TEL", "EMAIL"], ["FN", "TEL"], ["FN", "EMAIL"]]  # fmt: skip
    assert all(vobject.readOne(text).fn.value == "ღვინის სახლი „ნური“" for text in found)
    assert found[0].count(";") == 0

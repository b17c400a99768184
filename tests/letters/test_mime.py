import email
import email.policy
from datetime import UTC, datetime
from email.header import decode_header, make_header

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.errors import RenderError
from campaigns.letters.library import load
from campaigns.letters.mime import message
from campaigns.letters.preview import sample_values
from campaigns.letters.render import Rendered, compile_text
from campaigns.model.language import Language
from campaigns.store.options import Brand

BRAND = Brand(
    shop_name="Նուռ",
    from_name="«Նուռ», խանութ",
    from_address="barev@nur.example",
    reply_to="anahit@nur.example",
)
LONG_LINK = "https://letters.nur.example/u/" + "a1B2-_" * 30 + "~" + "Zz9" * 10
NOON = datetime(2026, 3, 8, 12, tzinfo=UTC)


def build(**changes):
    facts = {
        "rendered": Rendered("Բարև", "", "<p>Բարև</p>", "Բարև\n"), "brand": BRAND,
        "to_address": "ani@example.com", "to_name": "Անի", "language": Language.HY,
        "message_id": "<abc@nur.example>", "unsubscribe_url": LONG_LINK, "date": NOON,
    }  # fmt: skip
    facts |= changes
    return message(facts.pop("rendered"), **facts)


def parsed(mail):
    return email.message_from_bytes(mail.as_bytes(), policy=email.policy.default)


@pytest.mark.parametrize("language", list(Language))
def test_a_message_reads_back_as_it_was_rendered(language):
    compiled = compile_text(load(None, "testimonial_request").texts[language][0], language, BRAND)
    rendered = compiled.render(sample_values(language))

    mail = parsed(build(rendered=rendered, language=language))

    assert mail["Subject"] == rendered.subject
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    for part, text in zip(mail.iter_parts(), (rendered.text, rendered.html), strict=True):
        assert part.get_content_charset() == "utf-8"
        assert part.get_content().replace("\r\n", "\n").rstrip("\n") == text.rstrip("\n")
    assert mail["Content-Language"] == language


def test_the_headers_say_who_and_how_to_stop():
    mail = parsed(build())

    assert str(mail["From"].addresses[0].display_name) == "«Նուռ», խանութ"
    assert mail["To"].addresses[0].addr_spec == "ani@example.com"
    assert mail["Reply-To"] == "anahit@nur.example"
    assert mail["Message-ID"] == "<abc@nur.example>"
    assert mail["Date"].datetime == NOON
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_link_to_unsubscribe_is_never_encoded_or_folded():
    assert f"\r\nList-Unsubscribe: <{LONG_LINK}>\r\n".encode() in build().as_bytes()


def test_one_click_is_promised_for_https_only():
    mail = build(unsubscribe_url="http://127.0.0.1:8000/u/1")
    assert "List-Unsubscribe-Post" not in mail
    assert mail["List-Unsubscribe"] == "<http://127.0.0.1:8000/u/1>"


def test_only_ascii_goes_over_the_wire():
    assert build(to_name="ნინო").as_bytes().isascii()


def test_the_same_message_is_the_same_bytes():
    assert build().as_bytes() == build().as_bytes()


@pytest.mark.parametrize(
    "changes",
    [
        {"to_address": "ani@example.com\r\nBcc: all@example.com"},
        {"to_address": "ani@example.com, all@example.com"},
        {"to_address": ""},
        {"to_address": "ani"},
        {"unsubscribe_url": "https://a.example/\r\nBcc: x@y"},
        {"message_id": "<a@b>\nBcc: x@y"},
        {"brand": Brand(from_address="")},
    ],
)
def test_a_value_that_is_no_header_is_refused(changes):
    with pytest.raises(RenderError):
        build(**changes).as_bytes()


@pytest.mark.slow
@settings(deadline=None)
@given(st.text(), st.text(), st.text())
def test_no_text_forges_a_header(to_name, from_name, subject):
    brand = Brand(from_name=from_name, shop_name="x", from_address="a@b.example")
    mail = build(to_name=to_name, brand=brand, rendered=Rendered(subject, "", "<p>x</p>", "x\n"))
    read = parsed(mail)

    assert sorted(read.keys()) == sorted(mail.keys())
    assert [a.addr_spec for a in read["To"].addresses] == ["ani@example.com"]
    assert [a.addr_spec for a in read["From"].addresses] == ["a@b.example"]
    assert "Bcc" not in read


@pytest.mark.parametrize(
    "name", ["კონსტანტინე ჯანჯღავაშვილი", "Հռիփսիմե Տեր-Մկրտչյան", "Անի", "Նուռ, «Անի»"]
)
def test_a_long_name_is_broken_between_words_only(name):
    mail = parsed(build(to_name=name))

    raw = build(to_name=name).as_bytes()
    header = email.message_from_bytes(raw)["To"]
    assert str(make_header(decode_header(header))) == f"{name} <ani@example.com>"
    assert mail["To"].addresses[0].display_name.split() == name.split()


def test_a_word_that_no_encoded_word_can_hold_is_cut_as_the_standard_allows():
    name = "ჯანჯღავაშვილი-გელაშვილი-აბრამიშვილი"

    header = email.message_from_bytes(build(to_name=name).as_bytes())["To"]

    assert str(make_header(decode_header(header))) == f"{name} <ani@example.com>"
    assert max(map(len, header.split())) <= 75


@pytest.mark.slow
@given(st.text(min_size=1, max_size=200))
def test_whatever_a_name_is_its_reader_gets_it_back(name):
    header = email.message_from_bytes(build(to_name=name).as_bytes())["To"]

    shown = str(make_header(decode_header(header)))
    assert shown.endswith("ani@example.com>") or shown == "ani@example.com"
    assert "\n" not in shown

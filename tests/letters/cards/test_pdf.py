"""Cards on paper: the exact size, the fonts inside, every word whole, codes that can be read."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from campaigns.errors import InputError
from campaigns.letters.cards.data import card_of
from campaigns.letters.cards.pdf import card_pdf, sheet_pdf
from campaigns.letters.cards.picture import png
from campaigns.model.language import Language
from tests.letters.cards.conftest import BRAND, NUMBER, member

MM = 72 / 25.4
LONG = {
    "shop": "«Հայաստանի ավանդական գինիների և կոնյակների տուն» փակ բաժնետիրական ընկերություն",
    "signer": "Հռիփսիմե-Անահիտ Տեր-Հովհաննիսյան-Մանուկյանց",
    "role": "Հաճախորդների հետ աշխատանքի և հետվաճառքային սպասարկման բաժնի ավագ մասնագետ",
    "hours": "Երկուշաբթիից շաբաթ՝ 10:00–19:00, կիրակի՝ 11:00–17:00, տոն օրերին՝ փակ",
    "website": "traditional-wines-of-armenia.example.am/hy/shop",
    "email": "customer.relations@traditional-wines-of-armenia.example.am",
    "address": "Հայաստանի Հանրապետություն, ք. Երևան, Կենտրոն վարչական շրջան, Մովսես Խորենացու 124/2, 0018",
    "product": "Ձեռագործ կարպետ՝ բնական ներկերով, 200 × 300 սմ, Սյունիքի նախշերով",
    "member": "Հռիփսիմե-Անահիտ Տեր-Հովհաննիսյան-Մանուկյանց",
    "gives": "10 % զեղչ բոլոր գինիների և կոնյակների համար, նաև նվեր՝ Ձեր ծննդյան օրը",
}


def opened(document: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(document))


def box(rectangle) -> tuple[float, ...]:
    """Return a box in millimetres."""
    return tuple(round(float(side) / MM, 2) for side in rectangle)


def read_codes(document: bytes) -> set[str]:
    picture = Image.open(io.BytesIO(png(document, dots_per_inch=300)))
    return {code.text for code in zxingcpp.read_barcodes(picture)}


def fonts_of(reader: PdfReader) -> dict[str, bool]:
    """Return each font of the first page, and whether its letters are in the file."""
    found = reader.pages[0]["/Resources"]["/Font"].values()
    return {
        str(font["/BaseFont"]): "/ToUnicode" in font
        and "/FontFile2" in font.get("/FontDescriptor", {})
        for font in (one.get_object() for one in found)
    }


@pytest.mark.parametrize("face", ["support", "loyalty"])
def test_a_card_is_85_by_55_millimetres_with_its_fonts_inside(card, face):
    reader = opened(card_pdf([card], face))
    (page,) = reader.pages

    assert box(page.mediabox) == box(page.trimbox) == (0, 0, 85, 55)
    fonts = fonts_of(reader)
    assert len(fonts) >= 2
    assert all(fonts.values())
    assert reader.trailer["/Root"]["/Lang"] == card.language
    assert "\N{REPLACEMENT CHARACTER}" not in page.extract_text()


def test_bleed_reaches_three_millimetres_over_the_edge(card):
    (page,) = opened(card_pdf([card], "loyalty", bleed=True)).pages

    assert box(page.mediabox) == box(page.bleedbox) == (0, 0, 91, 61)
    assert box(page.trimbox) == (3, 3, 88, 58)


@pytest.mark.slow
def test_ten_cards_fill_a_sheet_and_the_eleventh_takes_another(card):
    cards = [replace(card, number=f"{NUMBER}{place}") for place in range(11)]
    first, second = opened(sheet_pdf(cards, "loyalty")).pages
    numbers = [line for line in first.extract_text().split("\n") if line.startswith(NUMBER)]

    assert box(first.mediabox) == (0, 0, 210, 297)
    assert sorted(numbers) == sorted(one.number for one in cards[:10])
    assert second.extract_text().count(NUMBER) == 1


@pytest.mark.slow
def test_the_codes_say_what_the_card_says(card):
    assert read_codes(card_pdf([card], "loyalty")) == {NUMBER}
    (code,) = read_codes(card_pdf([card], "support"))
    assert f"FN:{card.shop}\r\n" in code
    assert "TEL:+37491234567\r\n" in code


@pytest.mark.slow
@pytest.mark.parametrize(
    "number", ["ARM-2000-1234-5678-90-XY", "Քարտ 17", "1", "a\\b;c<&>\"'%", "9" * 64]
)
def test_any_number_is_printed_whole_and_its_square_can_be_read(number):
    document = card_pdf([card_of(BRAND, Language.HY, {"card_number": number})], "loyalty")

    assert number.replace(" ", "") in "".join(opened(document).pages[0].extract_text().split())
    assert number in read_codes(document)


@pytest.mark.slow
@pytest.mark.parametrize("face", ["support", "loyalty"])
def test_very_long_names_are_printed_whole(face):
    card = replace(card_of(BRAND, Language.HY, member(Language.HY)), **LONG)
    text = "".join(opened(card_pdf([card], face)).pages[0].extract_text().split())
    shown = set(LONG) - ({"member", "gives"} if face == "support" else set(LONG) - {"shop", "member", "gives"})  # fmt: skip

    assert {name for name in shown if "".join(LONG[name].split()) not in text} == set()


def test_letters_that_no_font_has_are_refused_but_a_name_is_only_left_out():
    card = card_of(BRAND, Language.EN, member(Language.EN))
    with pytest.raises(InputError, match=r"shop_name.*商"):
        card_pdf([replace(card, shop="商店")], "support")

    text = opened(card_pdf([replace(card, member="محمد")], "loyalty")).pages[0].extract_text()

    assert text.split("\n")[:3] == [
        "Nur Wines",
        "Loyalty card",
        "Show this card at every purchase.",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("colour", ["#ffffff", "#000000", "#ffd400", "#777777"])
def test_any_colour_of_a_shop_gives_a_card(colour):
    card = replace(card_of(BRAND, Language.EN, member(Language.EN)), colour=colour)

    assert read_codes(card_pdf([card], "loyalty")) == {NUMBER}


@pytest.mark.slow
def test_a_card_is_the_same_bytes_each_time(card):
    assert card_pdf([card], "support") == card_pdf([card], "support")


def picture(form: str, size: tuple[int, int]) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "#b91c1c").save(file, form)
    return file.getvalue()


@pytest.mark.slow
def test_a_logo_stands_on_the_card_and_what_is_none_is_refused():
    card = card_of(BRAND, Language.EN, member(Language.EN))
    good = opened(card_pdf([card], "support", logo=picture("PNG", (30, 20))))
    assert len(good.pages[0].images) == 1

    for bad in (b"", b"%PDF-1.4", b"<svg/>", picture("GIF", (2, 2)), picture("PNG", (4001, 1)),
                picture("PNG", (300, 200))[:60]):  # fmt: skip
        with pytest.raises(InputError) as refusal:
            card_pdf([card], "support", logo=bad)
        assert refusal.value.code == "card.logo"

"""Cards through the command line."""

from __future__ import annotations

import io

import pytest
import vobject
from pypdf import PdfReader

CARDS = (
    "Customer ID,First name,Last name,Language,Card number\n"
    "C-1,Անի,Սարգսյան,hy,2000000000017\n"
    "C-2,ნინო,ბერიძე,ka,2000000000024\n"
)


@pytest.fixture
def members(shop, tmp_path):
    """The shop, two of whose customers have a card."""
    sheet = tmp_path / "cards.csv"
    sheet.write_text(CARDS, encoding="utf-8")
    shop.json("import", str(sheet), "--as", "contacts")
    shop.json("brand", "set", "phone=+37491234567", "shop_name.hy=Նուռ")
    return shop


def text(path):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages)


@pytest.mark.slow
def test_the_support_card_is_written_for_print_and_for_address_books(members, tmp_path):
    paper, book = tmp_path / "card.pdf", tmp_path / "card.vcf"

    said = members.json("card", "support", "--lang", "hy", "--contact", "C-1", "--out", str(paper))
    members.json(
        "card", "support", "--lang", "en", "--format", "vcf", "--product", "Cup", "--out", str(book)
    )

    assert said == {"out": str(paper), "cards": 1, "language": "hy"}
    assert {"Նուռ", "+374 91 23-45-67"} <= set(text(paper).replace("\xa0", " ").split("\n"))
    assert "“Tea”" not in book.read_text(encoding="utf-8")
    found = vobject.readOne(book.read_text(encoding="utf-8"))
    assert found.fn.value == "Nur"
    assert "“Cup”" in found.note.value


@pytest.mark.slow
def test_loyalty_cards_of_several_customers_stand_on_pages_or_one_sheet(members, tmp_path):
    out = tmp_path / "cards.pdf"

    members.json("card", "loyalty", "C-1", "nino@example.ge", "--lang", "ka", "--out", str(out))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(out.read_bytes())).pages]
    assert ["2000000000017" in pages[0], "2000000000024" in pages[1]] == [True, True]
    assert "ნინო ბერიძე" in pages[1]

    members.json(
        "card", "loyalty", "C-1", "C-2", "--gives", "10% off", "--sheet", "--out", str(out)
    )
    assert len(PdfReader(io.BytesIO(out.read_bytes())).pages) == 1
    assert text(out).count("10% off") == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("loyalty", "C-3"), 1, "has no card number"),
        (("loyalty", "C-99"), 1, "there is no such thing"),
        (("loyalty",), 2, "CONTACT"),
        (("support", "--sheet", "--bleed"), 2, "do not go together"),
        (("support", "--format", "vcf", "--sheet"), 2, "are for pdf"),
        (("support", "--lang", "ru"), 2, "ru"),
    ],
)
def test_what_cannot_be_made_is_told_by_the_exit_code_and_leaves_no_file(
    members, tmp_path, words, code, said
):
    out = tmp_path / "card.pdf"
    result = members("card", *words, "--out", str(out))

    assert result.exit_code == code
    assert said in result.stderr
    assert not out.exists()


@pytest.mark.slow
def test_the_look_of_cards_is_set_and_an_impossible_colour_refused(shop):
    said = shop.json("brand", "set", "colour=#b91c1c", "tells_ai=yes")

    assert (said["colour"], said["tells_ai"]) == ("#b91c1c", True)
    assert shop.json("brand", "set", "tells_ai=no")["tells_ai"] is False
    assert shop("brand", "set", "colour=red").exit_code == 1
    assert shop("brand", "set", "tells_ai=maybe").exit_code == 1

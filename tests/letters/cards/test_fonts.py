"""The fonts that are kept beside the program hold every letter of our languages."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from campaigns.letters.cards.fonts import BOLD, FOLDER, REGULAR, has_letters
from tools import card_fonts

ARMENIAN = "".join(map(chr, (*range(0x531, 0x557), *range(0x561, 0x588)))) + "՛՜՝՞։֊֏"
GEORGIAN = "".join(map(chr, range(0x10D0, 0x10F1))) + "₾"
OTHERS = "ABCXYZabcxyz0123456789.,:;-–—«»„“”‘’()/@+№%&€$₽ äöüßçéñőžŁəğıİş АБЯабяёЁ"


@pytest.mark.parametrize("name", [REGULAR, BOLD])
def test_every_letter_is_there_and_is_drawn(name):
    font = TTFont(FOLDER / f"{name}.ttf")
    drawn = {
        chr(code)
        for code, glyph in font.getBestCmap().items()
        if font["glyf"][glyph].numberOfContours
    }

    assert set(ARMENIAN + GEORGIAN + OTHERS) - drawn == {" "}
    assert has_letters(ARMENIAN + GEORGIAN + OTHERS)
    assert not has_letters("商")


def test_the_licence_lies_beside_them():
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / "LICENSE-OFL").read_text("utf-8")


@pytest.mark.slow
def test_the_kept_fonts_are_what_their_maker_makes(tmp_path, monkeypatch):
    monkeypatch.setattr(card_fonts, "TARGET", tmp_path)

    card_fonts.main()

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in FOLDER.iterdir()
    }

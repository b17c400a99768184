"""Make the two fonts that cards are printed with, one file for all our scripts.

A card mixes Armenian or Georgian with Latin and Cyrillic names, and a PDF embeds plain TrueType
only: so the variable web fonts of ``static/fonts`` are cut to the letters that cards need, fixed
at two weights and merged. Run ``python -m tools.card_fonts`` after the web fonts have changed; the
result is kept in the repository. Noto Sans is under the SIL Open Font License, which reserves no
name, and so are its cuts (the licence lies beside them).
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "static" / "fonts"
TARGET = ROOT / "templates" / "cards" / "fonts"
SCRIPTS = ("latin", "latin-ext", "armenian", "georgian", "cyrillic")
WEIGHTS = {"regular": 400, "bold": 650}
LETTERS = (
    range(0x20, 0x7F), range(0xA0, 0x180), range(0x18F, 0x190), range(0x218, 0x21C),
    range(0x259, 0x25A), range(0x400, 0x460), range(0x490, 0x492), range(0x530, 0x590),
    range(0x10D0, 0x1100), range(0x1C90, 0x1CC0), range(0x2010, 0x2027), range(0x2030, 0x203B),
    range(0x20A0, 0x20C0), range(0x2116, 0x2117), range(0x2122, 0x2123), range(0x2212, 0x2213),
)  # fmt: skip
"""Latin with the letters of Europe, Azerbaijan and Turkey; Cyrillic; Armenian; Georgian with its
capitals; punctuation and currencies."""
KEPT = ("OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post")
EPOCH_SECONDS = 3_800_000_000
"""The day written into the files (since 1904), so that a second run changes no byte."""


def main() -> None:
    """Write ``noto-sans-<weight>.ttf`` and the licence."""
    TARGET.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SOURCES / "LICENSE-OFL.txt", TARGET / "LICENSE-OFL")
    for name, weight in WEIGHTS.items():
        with tempfile.TemporaryDirectory() as folder:
            parts = [str(_cut(script, weight, Path(folder))) for script in SCRIPTS]
            merged = Merger().merge(parts)
        merged["head"].created = merged["head"].modified = EPOCH_SECONDS
        merged["head"].macStyle = int(name == "bold")
        merged["OS/2"].usWeightClass = weight
        _rename(merged, name)
        merged.recalcTimestamp = False
        merged.save(TARGET / f"noto-sans-{name}.ttf")


def _cut(script: str, weight: int, folder: Path) -> Path:
    """Return one script at one weight, without what only a browser would use."""
    font = TTFont(SOURCES / f"noto-sans-{script}-wght-normal.woff2")
    instantiateVariableFont(font, {"wght": weight}, inplace=True)
    cutter = subset.Subsetter(
        subset.Options(hinting=False, layout_features=[], notdef_outline=True)
    )
    cutter.populate(unicodes=[letter for letters in LETTERS for letter in letters])
    cutter.subset(font)
    for table in set(font.keys()) - {*KEPT, "GlyphOrder"}:
        del font[table]
    font.flavor = None
    path = folder / f"{script}.ttf"
    font.save(path)
    return path


def _rename(font: TTFont, name: str) -> None:
    style = name.title()
    said = {
        1: "Noto Sans Cards",
        2: style,
        4: f"Noto Sans Cards {style}",
        6: f"NotoSansCards-{style}",
    }
    for number, text in said.items():
        font["name"].setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    main()

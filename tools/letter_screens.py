"""Photographs letters as mail clients show them: every design, wide and narrow, by day and night.

    .venv/bin/python -m tools.letter_screens FOLDER [--letters thank_you] [--languages hy,ka]
        [--designs note,card] [--from-folder TEXTS] [--colour #ffd400] [--pictures]

Saves ``<letter>-<language>-<design>-<width>-<mode>.png``; modes are light, dark, and off (no
pictures are loaded). Reports what is wider than the window. Nothing is asked of other machines:
an invented picture answers for every address.
"""

from __future__ import annotations

import argparse
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, Route, sync_playwright

from campaigns.letters.design import designs_for
from campaigns.letters.library import SHIPPED, read_folder, shipped
from campaigns.letters.preview import sample_values
from campaigns.letters.quotes import Quote
from campaigns.letters.render import compile_text
from campaigns.model.language import Language
from campaigns.store.options import Brand
from tests.support.browser import chromium_path
from tools.screenshots import FLAGS

WIDTHS = (640, 375)
MODES = ("light", "dark", "off")
BRAND = Brand(
    shop_name="Նուռ", legal_name="«Նուռ» ՍՊԸ", postal_address="ՀՀ, 0001, Երևան, Աբովյան 12",
    from_address="barev@nur.example", reply_to="anahit@nur.example", phone="+374 10 123456",
    hours="10:00–19:00", website="https://nur.example", signer="Անահիտ Պետրոսյան",
    signer_role="տնօրեն",
    in_languages={
        "ka": {"shop_name": "ბროწეული", "legal_name": "შპს „ბროწეული“", "signer": "ანაჰიტ პეტროსიანი",
               "signer_role": "დირექტორი", "postal_address": "0108, თბილისი, რუსთაველის გამზ. 12"},
        "en": {"shop_name": "Pomegranate", "legal_name": "Pomegranate LLC", "signer": "Anahit Petrosyan",
               "signer_role": "director", "postal_address": "12 Abovyan St, Yerevan 0001, Armenia"},
    },
)  # fmt: skip
ILLUSTRATED = replace(
    BRAND, logo_url="https://nur.example/logo.png", photo_url="https://nur.example/photo.jpg"
)
QUOTES = {"anna": Quote("Լավագույն ծածկոցը, որ երբևէ ունեցել եմ։", "Աննա, Դիլիջան")}
SAMPLES = Path(__file__).parents[1] / "tests" / "letters" / "samples"
"""Letters that show every block; they are not for sending."""
TOO_WIDE = """() => Array.from(document.querySelectorAll('body *'))
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
  .map((e) => e.tagName + ' ' + e.textContent.trim().slice(0, 40)).slice(0, 3)"""


def main() -> None:
    """Take the photographs that the arguments ask for."""
    asked = _arguments()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        for width in WIDTHS:
            for mode in asked.modes.split(","):
                _photograph(browser, asked, width, mode)
        browser.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--letters", default="")
    parser.add_argument("--languages", default=",".join(Language))
    parser.add_argument("--designs", default="")
    parser.add_argument("--modes", default=",".join(MODES))
    parser.add_argument("--from-folder", type=Path, help="letters kept as folders of texts")
    parser.add_argument("--colour", default=BRAND.colour)
    parser.add_argument("--shop", default="")
    parser.add_argument("--pictures", action="store_true", help="with a logo and a portrait")
    return parser.parse_args()


def _photograph(browser: Browser, asked: argparse.Namespace, width: int, mode: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 400},
        color_scheme="dark" if mode == "dark" else "light", java_script_enabled=True,
    )  # fmt: skip
    page = context.new_page()
    page.route(re.compile("^https?:"), _refuse if mode == "off" else _answer_with_picture)
    for name, html in _letters(asked):
        page.set_content(html)
        page.wait_for_timeout(30)
        _report_width(page, f"{name}-{width}-{mode}")
        page.screenshot(path=asked.folder / f"{name}-{width}-{mode}.png", full_page=True)
    context.close()


def _report_width(page: Page, name: str) -> None:
    for text in page.evaluate(TOO_WIDE):
        print(f"{name}: wider than the window: {text}")


def _letters(asked: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """Yield each letter's name in files, and its HTML."""
    brand = _brand(asked)
    for name in asked.letters.split(",") if asked.letters else _names(asked.from_folder):
        texts = read_folder((asked.from_folder or SHIPPED) / name)
        for language in map(Language, asked.languages.split(",")):
            first = compile_text(texts[language][0], language, brand, quotes=QUOTES)
            for design in asked.designs.split(",") if asked.designs else designs_for(first.text):
                compiled = compile_text(
                    texts[language][0], language, brand, design=design, quotes=QUOTES
                )
                yield f"{name}-{language}-{design}", compiled.render(sample_values(language)).html


def _names(folder: Path | None) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if one.is_dir()) if folder else shipped()


def _brand(asked: argparse.Namespace) -> Brand:
    brand = replace(ILLUSTRATED if asked.pictures else BRAND, colour=asked.colour)
    return replace(brand, shop_name=asked.shop, in_languages={}) if asked.shop else brand


def _refuse(route: Route) -> None:
    route.abort()


def _answer_with_picture(route: Route) -> None:
    """Draw a landscape, a portrait or a logo, by the name in the address."""
    url = route.request.url
    size = (280, 90) if "logo" in url else (300, 300) if "photo" in url else (1200, 640)
    picture = Image.new("RGBA", size, (0, 0, 0, 0) if "logo" in url else (196, 178, 150, 255))
    draw = ImageDraw.Draw(picture)
    if "logo" in url:
        draw.ellipse((5, 5, 85, 85), fill=(120, 20, 50, 255))
        draw.rectangle((105, 30, 270, 60), fill=(30, 30, 30, 255))
    else:
        across, down = size
        draw.ellipse((across * 0.3, down * 0.2, across * 0.7, down * 0.7), fill=(150, 60, 60, 255))
        draw.rectangle((0, down * 0.75, across, down), fill=(88, 104, 84, 255))
    written = io.BytesIO()
    picture.save(written, "PNG")
    route.fulfill(body=written.getvalue(), content_type="image/png")


if __name__ == "__main__":
    main()

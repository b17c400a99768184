"""Letters as Chromium paints them: what stands on what, by day and at night, on a phone."""

from dataclasses import replace

import pytest

from campaigns.letters.design import designs
from campaigns.letters.look import READABLE, contrast
from campaigns.letters.preview import sample_values
from campaigns.letters.render import compile_text
from campaigns.model.language import Language
from tools.letter_screens import ILLUSTRATED, QUOTES, SAMPLES, TOO_WIDE

COLOURS = ["#0f766e", "#ffe600", "#000000", "#ffffff", "#7f7f7f"]
SEEN = """() => {
  const painted = (e) => {
    const colour = getComputedStyle(e).backgroundColor;
    return colour !== 'rgba(0, 0, 0, 0)' ? colour : e.parentElement ? painted(e.parentElement) : 'none';
  };
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement, words = walker.currentNode.textContent.trim();
    if (words && e.getClientRects().length)
      found.push([words.slice(0, 30), getComputedStyle(e).color, painted(e),
        parseFloat(getComputedStyle(e).fontSize)]);
  }
  return found;
}"""


def hexed(colour):
    parts = colour.removeprefix("rgb(").removesuffix(")").split(",")
    return "#" + "".join(f"{int(part):02x}" for part in parts)


@pytest.mark.e2e
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("design", designs())
def test_every_word_can_be_read_in_any_colour_and_fits_a_phone(browser, scheme, design):
    page = browser.new_page(viewport={"width": 375, "height": 700}, color_scheme=scheme)
    page.route("**/*", lambda route: route.abort())
    source = (SAMPLES / "every_block" / "ka.md").read_text(encoding="utf-8")
    for colour in COLOURS:
        brand = replace(ILLUSTRATED, colour=colour)
        compiled = compile_text(source, Language.KA, brand, design=design, quotes=QUOTES)
        page.set_content(compiled.render(sample_values(Language.KA)).html)
        seen = page.evaluate(SEEN)
        assert len(seen) > 40
        faint = [one for one in seen if contrast(hexed(one[1]), hexed(one[2])) < READABLE]
        assert faint == []
        assert min(one[3] for one in seen) >= 14
        assert page.evaluate(TOO_WIDE) == []

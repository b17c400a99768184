"""The HTML of every design with every block, as mail clients and screen readers take it."""

import json
from dataclasses import replace

import pytest

from campaigns.letters.design import designs
from campaigns.letters.preview import sample_values
from campaigns.letters.render import compile_text
from campaigns.model.language import Language
from tests.support.mail_markup import faults
from tools.letter_screens import ILLUSTRATED, QUOTES, SAMPLES
from tools.mail_baseline import BASELINES, findings, is_installed

OTHERS = ["#ffe600", "#000000", "#ffffff", "#fbe4ea", "#7f7f7f", "#ff0000"]
COLOURS = ["#0f766e", *(pytest.param(one, marks=pytest.mark.slow) for one in OTHERS)]
DESIGNS = pytest.mark.parametrize("design", designs())


def html(design, language=Language.HY, **changes):
    source = (SAMPLES / "every_block" / f"{language}.md").read_text(encoding="utf-8")
    brand = replace(ILLUSTRATED, **changes)
    compiled = compile_text(source, language, brand, design=design, quotes=QUOTES)
    return compiled.render(sample_values(language)).html


@DESIGNS
@pytest.mark.parametrize("colour", COLOURS)
def test_every_block_is_sound_and_readable_in_any_colour(design, colour):
    assert faults(html(design, colour=colour)) == []


@pytest.mark.slow
@DESIGNS
def test_a_letter_without_a_logo_is_as_sound(design):
    assert faults(html(design, logo_url="")) == []


@pytest.mark.slow
@DESIGNS
@pytest.mark.parametrize("language", list(Language))
def test_a_letter_with_everything_in_it_is_far_from_being_cut(design, language):
    assert len(html(design, language).encode()) < 40_000


@pytest.mark.parametrize(
    "spoilt",
    [
        '<img src="https://a.example/x" width="4">', "<table></table>", '<a href="/x">x</a>',
        '<b id="a"></b><b id="a"></b>', "<p><b>x</p></b>", '<p style="color:#eeeeee">x</p>',
        '<p style="font-size:11px">x</p>', '<p style="float:left">x</p>', "<h1>x</h1><h1>y</h1>",
        "<div>",
    ],
)  # fmt: skip
def test_the_check_sees_what_is_wrong(spoilt):
    assert len(faults(spoilt)) >= 1


@pytest.mark.slow
@pytest.mark.skipif(not is_installed(), reason="html-validate and caniemail are not installed here")
@DESIGNS
def test_the_checkers_of_mail_find_nothing_new(design):
    known = json.loads((BASELINES / f"{design}.json").read_text(encoding="utf-8"))
    assert findings(html(design)) == known


@pytest.mark.slow
@pytest.mark.skipif(not is_installed(), reason="html-validate and caniemail are not installed here")
def test_the_checkers_of_mail_would_find_something():
    found = findings('<html lang="en"><body><img src="x"><p id="a"><p id="a"></body></html>')
    assert {"no-dup-id", "wcag/h37"} <= set(found["html-validate"])

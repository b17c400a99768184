"""The frame of a letter: one trusted MJML file, compiled to HTML for mail clients by mrml."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from html import escape
from pathlib import Path

import mrml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from campaigns.errors import RenderError
from campaigns.letters.escape import clean
from campaigns.letters.fields import brand_values
from campaigns.letters.head import Head
from campaigns.letters.look import Look
from campaigns.letters.text import LetterText, boxes
from campaigns.model.language import Language
from campaigns.store.options import Brand

FOLDER = Path(__file__).parents[2] / "templates" / "designs"
DESIGN = "note"
"""What a letter is shown in when nobody chose."""

# Where the letter's own words go: the last private-use characters, which no text may contain.
MARKS = {
    "subject": "\uf8f0", "preheader": "\uf8f1", "shop": "\uf8f2", "body": "\uf8f3",
    "footer": "\uf8f6",
}  # fmt: skip
_NAMES = {mark: name for name, mark in MARKS.items()}
_MARK = re.compile(f"([{''.join(MARKS.values())}])")


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of a frame: absolute https addresses, empty where there is none."""

    logo: str = ""
    image: str = ""
    image_alt: str = ""
    shop: str = ""
    """Its first letter stands where there is no logo."""

    @property
    def initial(self) -> str:
        """The first letter of the shop's name, as it is written: never made a capital."""
        return next((letter for letter in self.shop if letter.isalnum()), "")


OFFER = "offer"
_ORDER = (DESIGN, "card", "story", OFFER)


def designs() -> list[str]:
    """Return the names of the designs: ours from the plainest on, then what a shop added."""
    found = {path.name.partition(".")[0] for path in FOLDER.glob("*.mjml.j2")}
    return [one for one in _ORDER if one in found] + sorted(found.difference(_ORDER))


def designs_for(text: LetterText) -> tuple[str, ...]:
    """Return the designs that a text is shown in, in the order in which its head names them.

    A text that names none is shown in all of ours; the one around an offer needs an offer.

    Raises:
        RenderError: the head names a design that is not there.
    """
    known = designs()
    for name in text.head.designs:
        if name not in known:
            line = text.head.entries["designs"].line
            raise RenderError("letter.design", line=line, got=name, expected=", ".join(known))
    offers = any(box.kind == OFFER for box in boxes(text.body))
    fitting = tuple(one for one in _ORDER if one in known and (offers or one != OFFER))
    return tuple(dict.fromkeys(text.head.designs)) or fitting


def pictures(head: Head, brand: Brand) -> Pictures:
    """Return the pictures of a letter; preflight looks at their addresses and words."""
    shop = clean(brand_values(brand)["shop_name"])
    return Pictures(brand.logo_url, head.text("image"), head.text("image_alt"), shop)


@lru_cache(maxsize=64)
def frame(language: Language, look: Look, design: str, shown: Pictures) -> tuple[str, ...]:
    """Return the frame cut at its marks: HTML at even places, names of ``MARKS`` at odd ones."""
    mjml = (
        _environment()
        .get_template(f"{design}.mjml.j2")
        .render(language=language, look=look, marks=MARKS, pictures=_escaped(shown))
    )
    html: str = mrml.to_html(mjml).content
    for mark in MARKS.values():  # mrml writes it as Rust would, where it names the whole letter
        html = html.replace(f"\\u{{{ord(mark):x}}}", mark)
    return tuple(_NAMES.get(part, part) for part in _MARK.split(html))


@lru_cache
def _environment() -> Environment:
    """Designs are read once, for all languages and colours."""
    return Environment(
        autoescape=True, undefined=StrictUndefined, loader=FileSystemLoader(FOLDER),
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def _escaped(shown: Pictures) -> dict[str, Markup]:
    """Return what a shop wrote as HTML, without backslashes: one could spell a mark as mrml does."""
    names = [*(one.name for one in fields(shown)), "initial"]
    return {
        name: Markup(escape(getattr(shown, name)).replace("\\", "&#92;"))  # noqa: S704 - escaped
        for name in names
    }

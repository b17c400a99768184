"""The frame of a letter: one trusted MJML file, compiled to HTML for mail clients by mrml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import mrml
from jinja2 import Environment, StrictUndefined

from campaigns.letters.head import Head
from campaigns.letters.look import Look
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


def designs() -> list[str]:
    """Return the names of the designs."""
    return sorted(path.name.partition(".")[0] for path in FOLDER.glob("*.mjml.j2"))


def pictures(head: Head, brand: Brand) -> Pictures:
    """Return the pictures of a letter."""
    return Pictures(brand.logo_url, head.text("image"), head.text("image_alt"))


@lru_cache(maxsize=64)
def frame(language: Language, look: Look, design: str, shown: Pictures) -> tuple[str, ...]:
    """Return the frame cut at its marks: HTML at even places, names of ``MARKS`` at odd ones."""
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    source = (FOLDER / f"{design}.mjml.j2").read_text(encoding="utf-8")
    mjml = environment.from_string(source).render(
        language=language, look=look, marks=MARKS, pictures=shown
    )
    html: str = mrml.to_html(mjml).content
    return tuple(_NAMES.get(part, part) for part in _MARK.split(html))

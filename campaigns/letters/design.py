"""The frame of a letter: one trusted MJML file, compiled to HTML for mail clients by mrml."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import mrml
from jinja2 import Environment, StrictUndefined

from campaigns.model.language import Language

DESIGNS = Path(__file__).parents[2] / "templates" / "designs"

# Where the letter's own words go: the last private-use characters, which no text may contain.
MARKS = {
    "subject": "\uf8f0", "preheader": "\uf8f1", "shop": "\uf8f2", "body": "\uf8f3",
    "button_text": "\uf8f4", "closing": "\uf8f5", "footer": "\uf8f6",
    "button_link": "https://button-link.invalid/",  # mrml escapes private characters in links
}  # fmt: skip
_NAMES = {mark: name for name, mark in MARKS.items()}
_MARK = re.compile(f"({'|'.join(map(re.escape, MARKS.values()))})")

# Mail clients have hardly any web fonts: Android has Noto, Windows Segoe UI or Sylfaen (a serif,
# so the layout must stand that), Apple picks by itself.
FONTS = {
    Language.HY: "'Noto Sans Armenian', 'Segoe UI', Sylfaen, Mshtakan, 'Helvetica Neue', Arial, sans-serif",
    Language.KA: "'Noto Sans Georgian', 'Segoe UI', Sylfaen, 'Helvetica Neue', Arial, sans-serif",
    Language.EN: "'Segoe UI', 'Helvetica Neue', Arial, sans-serif",
}


@lru_cache(maxsize=16)
def frame(
    language: Language, *, has_button: bool, has_closing: bool, design: str = "note"
) -> tuple[str, ...]:
    """Return the frame cut at its marks: HTML at even places, names of ``MARKS`` at odd ones."""
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    source = (DESIGNS / f"{design}.mjml.j2").read_text(encoding="utf-8")
    mjml = environment.from_string(source).render(
        language=language, fonts=FONTS[language], marks=MARKS, has_button=has_button,
        has_closing=has_closing,
    )  # fmt: skip
    html: str = mrml.to_html(mjml).content
    return tuple(_NAMES.get(part, part) for part in _MARK.split(html))

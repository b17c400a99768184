"""How a page is made: a template, a language, and values that are escaped whatever they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from campaigns.feedback.testimonials import shop_name
from campaigns.language.catalogue import catalogue
from campaigns.language.formats import date_long, number
from campaigns.model.language import Language
from campaigns.store.options import Brand, read_brand
from campaigns.store.workspace import Workspace

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates" / "pages"
STATIC = ROOT / "static" / "web"
LANGUAGES = tuple(Language)


@dataclass(frozen=True, slots=True)
class Site:
    """What every route works with: the workspace, and the clock that is read once a request."""

    workspace: Workspace
    now: Callable[[], datetime]

    @property
    def base_url(self) -> str:
        """Address of this site. Never taken from the request, whose Host header anyone can set."""
        return self.workspace.settings.base_url

    def brand(self) -> Brand:
        with self.workspace.database.read() as connection:
            return read_brand(connection)

    def page(
        self, template: str, language: Language, *, status: int = 200, **facts: object
    ) -> HTMLResponse:
        """Return a page of the shop in ``language``."""
        brand = self.brand().told_in(language)
        shop = shop_name(brand, language)
        text = render(template, language, brand=brand, shop=shop, site=self.base_url, **facts)
        return HTMLResponse(text, status, {"Content-Language": str(language)})


def render(template: str, language: Language, **facts: object) -> str:
    """Return the text of a template. ``facts`` are hostile until escaped, and always escaped."""
    return environment(language).get_template(template).render(facts)


@lru_cache(maxsize=len(LANGUAGES))
def environment(language: Language) -> Environment:
    """Return the templates of one language.

    ``_("a text with {places}", places=…)`` says a text of the catalogue ``web``; neither the
    translation nor the values can bring markup in.
    """
    found = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    found.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    found.globals |= {
        "_": partial(say, language), "language": language, "languages": LANGUAGES, "version": static_version(),
        "date": lambda day: date_long(day, language),
        "number": lambda value: number(value, language),
    }  # fmt: skip
    return found


def say(language: Language, text: str, /, **facts: object) -> Markup:
    """Return a text of the catalogue ``web``, escaped, its places filled with escaped facts.

    >>> say(Language.EN, "{name} about {shop}", name="<b>", shop="&")
    Markup('&lt;b&gt; about &amp;')
    """
    return escape(catalogue("web", language).gettext(text)).format(**facts)


@lru_cache(maxsize=1)
def static_version() -> str:
    """Return what changes when the style does, so that nobody keeps an old one."""
    return hashlib.sha256((STATIC / "pages.css").read_bytes()).hexdigest()[:10]


def language_named(text: str) -> Language | None:
    """Return the language of a tag in an address, or None for anything else."""
    return Language(text) if text in {str(language) for language in LANGUAGES} else None


def chosen_language(request: Request, otherwise: Language) -> Language:
    """Return the language that the reader switched to, or ``otherwise``."""
    return language_named(request.query_params.get("language", "")) or otherwise


def best_language(accepted: str, otherwise: Language) -> Language:
    """Return the first of our languages in an ``Accept-Language`` header.

    >>> best_language("ru-RU,ru;q=0.9,ka;q=0.8,en;q=0.7", Language.HY)
    <Language.KA: 'ka'>
    """
    wishes = [_wish(part) for part in accepted.split(",")[:20]]
    ours = [(weight, language) for language, weight in wishes if language and weight > 0]
    return max(ours, key=lambda wish: wish[0])[1] if ours else otherwise


def _wish(part: str) -> tuple[Language | None, float]:
    tag, _, quality = part.strip().partition(";")
    digits = quality.strip().removeprefix("q=")
    weight = float(digits) if digits.replace(".", "", 1).isdecimal() and digits.isascii() else 1.0
    return language_named(tag.split("-")[0].strip().lower()), weight

"""The pages that everybody may read: published opinions in three languages, and their map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from campaigns.feedback import testimonials
from campaigns.feedback.testimonial_rows import Testimonial
from campaigns.model.language import Language
from campaigns.web import structured
from campaigns.web.guard import error_page, reader_language
from campaigns.web.pages import Site, language_named, render

PAGE_SIZE = 20
MAP_MOST = 16_000
"""Opinions in the site map: three addresses each, and a map may hold 50,000 (sitemaps.org)."""
_FRESH = {"Cache-Control": "public, max-age=60"}
"""Short, so that words that were taken back are gone within a minute."""


@dataclass(frozen=True, slots=True)
class Share:
    """A link that carries a page to others; no script and no counter of anybody's."""

    name: str
    url: str


def routes(site: Site) -> list[Route]:
    """Return the routes of this area."""
    found: list[tuple[str, Callable[[Site, Request], Response]]] = [
        ("/", entrance), ("/robots.txt", robots), ("/sitemap.xml", site_map),
        ("/{language}/testimonials", all_opinions), ("/{language}/testimonials/{slug}", one_opinion),
    ]  # fmt: skip
    return [Route(path, partial(endpoint, site), methods=["GET"]) for path, endpoint in found]


def entrance(site: Site, request: Request) -> Response:
    """Send a visitor to the opinions in the language that their browser asks for."""
    default = language_named(site.brand().default_language) or Language.HY
    language = reader_language(request, default)
    return RedirectResponse(
        f"/{language}/testimonials", 302, {"Vary": "Accept-Language", "Cache-Control": "no-cache"}
    )


def all_opinions(site: Site, request: Request) -> Response:
    """Show the published opinions, the newest first."""
    language, page = _language(request), _page_number(request)
    with site.workspace.database.read() as connection:
        total = testimonials.count_published(connection)
        found = testimonials.published(connection, limit=PAGE_SIZE, offset=PAGE_SIZE * (page - 1))
    if page > 1 and not found:
        raise HTTPException(404)
    suffix = f"?page={page}" if page > 1 else ""
    at = structured.addresses(site.base_url, f"/testimonials{suffix}", language)
    answer = site.page(
        "opinions.html", language, found=found, at=at, page=page,
        last=max(1, -(-total // PAGE_SIZE)),
        data=structured.item_list([_url(site, language, one) for one in found]),
    )  # fmt: skip
    return _fresh(answer)


def one_opinion(site: Site, request: Request) -> Response:
    """Show one opinion on a page of its own, to be shared."""
    language, slug = _language(request), request.path_params["slug"]
    with site.workspace.database.read() as connection:
        one = testimonials.by_slug(connection, slug)
        gone = one is None and testimonials.was_withdrawn(connection, slug)
    if one is None:
        return error_page(request, 410 if gone else 404)
    brand = site.brand()
    shop = testimonials.shop_name(brand, language)
    at = structured.addresses(site.base_url, f"/testimonials/{one.slug}", language)
    answer = site.page(
        "opinion_page.html", language, one=one, at=at, share=shares(at.canonical, one.text),
        summary=structured.description(one.text),
        data=structured.review(one, brand, shop, at.canonical),
    )  # fmt: skip
    return _fresh(answer)


def site_map(site: Site, _request: Request) -> Response:
    """List the pages of all languages for search engines."""
    with site.workspace.database.read() as connection:
        found = testimonials.published(connection, limit=MAP_MOST)
    pages = [("/testimonials", None), *((f"/testimonials/{one.slug}", one) for one in found)]
    entries = [
        (structured.addresses(site.base_url, path, language), one)
        for path, one in pages
        for language in Language
    ]
    text = render("sitemap.xml", Language.EN, entries=entries)
    return Response(text, media_type="application/xml", headers=_FRESH)


def robots(site: Site, _request: Request) -> Response:
    """Tell search engines where the map is. Private pages refuse them by a header of their own."""
    return PlainTextResponse(f"User-agent: *\nAllow: /\n\nSitemap: {site.base_url}/sitemap.xml\n")


def shares(url: str, text: str) -> list[Share]:
    """Return the share links of a page."""
    link, words = quote(url, safe=""), quote(structured.description(text), safe="")
    both = f"{words}%20{link}"
    return [
        Share("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={link}"),
        Share("Telegram", f"https://t.me/share/url?url={link}&text={words}"),
        Share("WhatsApp", f"https://wa.me/?text={both}"),
        Share("Viber", f"viber://forward?text={both}"),
        Share("", f"mailto:?body={both}"),
    ]


def _url(site: Site, language: Language, one: Testimonial) -> str:
    return f"{site.base_url}/{language}/testimonials/{one.slug}"


def _language(request: Request) -> Language:
    language = language_named(request.path_params["language"])
    if language is None:
        raise HTTPException(404)
    return language


def _page_number(request: Request) -> int:
    text = request.query_params.get("page", "1")
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and int(text)):
        raise HTTPException(404)
    return int(text)


def _fresh(answer: Response) -> Response:
    answer.headers.update(_FRESH)
    return answer

"""What search engines and messengers are told about a page, as plain values.

Sources: schema.org Review; Google "Review snippet" (a shop's reviews of itself on its own page
earn no stars, so no average is claimed); RFC 5646 tags for ``hreflang``; the Open Graph protocol.
"""

from __future__ import annotations

from dataclasses import dataclass

from campaigns.feedback.testimonial_rows import Testimonial
from campaigns.model.language import Language
from campaigns.store.options import Brand

DESCRIPTION_MOST = 160


@dataclass(frozen=True, slots=True)
class Addresses:
    """One page in its languages."""

    canonical: str
    alternates: list[tuple[str, str]]
    """``hreflang`` and address: every language, this one too, and ``x-default``."""
    by_language: dict[Language, str]


def addresses(base_url: str, path: str, language: Language) -> Addresses:
    """Return where the page ``path`` (without its language) stands in each language."""
    urls = {each: f"{base_url}/{each}{path}" for each in Language}
    alternates = [(each.hreflang, url) for each, url in urls.items()]
    return Addresses(urls[language], [*alternates, ("x-default", urls[Language.EN])], urls)


def review(one: Testimonial, brand: Brand, shop: str, url: str) -> dict[str, object]:
    """Return a testimonial as a schema.org Review; without a rating when none was given."""
    reviewed: dict[str, object] = {"@type": "Organization", "name": shop}
    if brand.website.startswith(("https://", "http://")):
        reviewed["url"] = brand.website
    found: dict[str, object] = {
        "@context": "https://schema.org", "@type": "Review", "@id": url, "url": url,
        "author": {"@type": "Person", "name": one.display_name}, "inLanguage": one.language,
        "datePublished": (one.moderated_at or one.submitted_at).date().isoformat(),
        "reviewBody": one.text, "itemReviewed": reviewed,
    }  # fmt: skip
    if one.rating is not None:
        found["reviewRating"] = {
            "@type": "Rating", "ratingValue": one.rating, "bestRating": 5, "worstRating": 1,
        }  # fmt: skip
    return found


def item_list(urls: list[str]) -> dict[str, object]:
    """Return the pages of a list as a schema.org ItemList."""
    items = [
        {"@type": "ListItem", "position": place, "url": url} for place, url in enumerate(urls, 1)
    ]
    return {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": items}


def description(text: str) -> str:
    """Return the beginning of a text, cut between words, for a preview of the page."""
    flat = " ".join(text.split())
    if len(flat) <= DESCRIPTION_MOST:
        return flat
    return flat[:DESCRIPTION_MOST].rsplit(" ", 1)[0].rstrip(" ,.;:՝։") + "…"

"""The shop's contact for address books: letters, cards and pages may lead here."""

from __future__ import annotations

from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from campaigns.errors import InputError
from campaigns.letters.cards.data import card_of
from campaigns.letters.cards.vcard import MEDIA_TYPE, vcard
from campaigns.web.pages import Site, language_named


def routes(site: Site) -> list[Route]:
    """Return the routes of this area."""
    return [Route("/contact/{language}.vcf", partial(contact, site), methods=["GET"])]


def contact(site: Site, request: Request) -> Response:
    """Answer with the vCard of the shop, as readers of a language write it."""
    language = language_named(request.path_params["language"])
    if language is None:
        raise HTTPException(404)
    try:
        text = vcard(card_of(site.brand(), language))
    except InputError as cause:  # nobody has filled in who the shop is
        raise HTTPException(404) from cause
    headers = {
        "Content-Disposition": 'attachment; filename="contact.vcf"',
        "Content-Language": str(language), "Cache-Control": "public, max-age=3600",
    }  # fmt: skip
    return Response(text, media_type=MEDIA_TYPE, headers=headers)

"""The customer's own pages: writing an opinion, and taking it back.

Everyone who was asked gets the same form in the same words, whatever they may think of the shop.
"""

from __future__ import annotations

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from campaigns.errors import ConflictError, InputError
from campaigns.feedback import quote_permission, testimonials, words
from campaigns.feedback.testimonials import Form
from campaigns.model.language import Language
from campaigns.model.states import TestimonialState
from campaigns.web.forms import posted
from campaigns.web.guard import FORM_BYTES
from campaigns.web.pages import Site, chosen_language, language_named

TRAP = "topic"
"""A field that people do not see, with a name that no browser fills in for them."""


def routes(site: Site) -> list[Route]:
    """Return the routes of this area."""
    both = ["GET", "POST"]
    return [
        Route("/t/{signed}", partial(opinion, site), methods=both, max_body_size=FORM_BYTES),
        Route(
            "/t/{signed}/withdraw", partial(withdrawal, site), methods=both,
            max_body_size=FORM_BYTES,
        ),
    ]  # fmt: skip


async def opinion(site: Site, request: Request) -> Response:
    """Show the form; on POST, take in what was written."""
    if request.method != "POST":
        return await run_in_threadpool(_form, site, request)
    return await run_in_threadpool(_submit, site, request, await posted(request))


async def withdrawal(site: Site, request: Request) -> Response:
    """Ask once more; on POST, take the words back."""
    if request.method != "POST":
        return await run_in_threadpool(_ask_withdrawal, site, request)
    return await run_in_threadpool(_withdraw, site, request)


def _form(site: Site, request: Request) -> Response:
    form = _opened(site, request)
    language = chosen_language(request, form.language)
    if not form.is_open:
        return _closed(site, request, form, language)
    filled = {
        "text": form.text, "display_name": form.display_name,
        "rating": str(form.rating or ""), "consented": "",
    }  # fmt: skip
    return _show_form(site, request, form, language, filled, {})


def _submit(site: Site, request: Request, fields: dict[str, str]) -> Response:
    form = _opened(site, request)
    language = language_named(fields.get("language", "")) or form.language
    if fields.get(TRAP):
        return _thanks(site, request, language)
    given = words.submission(
        fields.get("text", ""), fields.get("display_name", ""), fields.get("rating", ""),
        consented=bool(fields.get("consented")),
    )  # fmt: skip
    problems = words.problems(given)
    if problems and form.is_open:
        return _show_form(site, request, form, language, fields, problems)
    try:
        _keep(site, request, given, language)
    except ConflictError:
        return _closed(site, request, _opened(site, request), language)
    return _thanks(site, request, language)


def _keep(site: Site, request: Request, given: words.Submission, language: Language) -> None:
    testimonials.submit(
        site.workspace, request.path_params["signed"], text=given.text,
        display_name=given.display_name, rating=given.rating, consented=given.consented,
        language=language, now=site.now(),
    )  # fmt: skip


def _show_form(
    site: Site,
    request: Request,
    form: Form,
    language: Language,
    filled: dict[str, str],
    problems: dict[str, InputError],
) -> Response:
    shown = {name: filled.get(name, "") for name in ("text", "display_name", "rating", "consented")}
    return site.page(
        "opinion.html", language, status=422 if problems else 200, filled=shown,
        problems=problems, form=form, path=_path(request), trap=TRAP,
        wording=quote_permission.wording(language, form.shop_name), limits=words,
    )  # fmt: skip


def _thanks(site: Site, request: Request, language: Language) -> Response:
    return site.page("thanks.html", language, path=_path(request))


def _closed(site: Site, request: Request, form: Form, language: Language) -> Response:
    return site.page("closed.html", language, form=form, path=_path(request))


def _ask_withdrawal(site: Site, request: Request) -> Response:
    form = _opened(site, request)
    language = chosen_language(request, form.language)
    return site.page("withdraw.html", language, form=form, path=_path(request))


def _withdraw(site: Site, request: Request) -> Response:
    before = _opened(site, request)
    testimonials.withdraw(site.workspace, request.path_params["signed"], now=site.now())
    language = chosen_language(request, before.language)
    return _after_withdrawal(site, request, language)


def _after_withdrawal(site: Site, request: Request, language: Language) -> Response:
    form = _opened(site, request)
    template = "closed.html" if form.state is TestimonialState.WITHDRAWN else "withdraw.html"
    return site.page(template, language, form=form, path=_path(request))


def _opened(site: Site, request: Request) -> Form:
    try:
        return testimonials.request_form(site.workspace, request.path_params["signed"])
    except InputError as cause:
        raise HTTPException(404) from cause


def _path(request: Request) -> str:
    """Return the address of the form, without what hangs on it."""
    return f"/t/{request.path_params['signed']}"

"""How a customer's words come in, are read, shown, and taken back.

Words come in only through ``submit``, which needs the signed link of a letter that this person
got, and their tick under the sentence of ``quote_permission``. Nothing else in the program can
make a testimonial (FTC 16 CFR 465.2; EU 2005/29 annex I 23b, 23c). The permission to quote
stands on the testimonial itself; it is no consent to be sent letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from campaigns.errors import ConflictError, InputError, NotFoundError
from campaigns.feedback import quote_permission, words
from campaigns.feedback import testimonial_rows as rows
from campaigns.feedback.testimonial_rows import Testimonial
from campaigns.language.labels import label
from campaigns.model.language import Language
from campaigns.model.states import TestimonialState
from campaigns.store.journal import record
from campaigns.store.options import Brand, read_brand
from campaigns.store.workspace import Workspace

PURPOSE = "testimonial"
CUSTOMER = "customer"
REASON_MOST = 500
QUOTES = frozenset('«»„“”"')


@dataclass(frozen=True, slots=True)
class Form:
    """What the form shows before it is filled in, or what was sent with it before."""

    language: Language
    shop_name: str
    text: str
    display_name: str
    rating: int | None
    state: TestimonialState | None
    """None: nothing was sent yet."""

    @property
    def is_open(self) -> bool:
        """Whether the words may still be sent or changed."""
        return self.state in (None, TestimonialState.SUBMITTED)

    @property
    def may_withdraw(self) -> bool:
        """Whether there are words to take back."""
        return self.state in (TestimonialState.SUBMITTED, TestimonialState.APPROVED)


def request_form(workspace: Workspace, signed_token: str) -> Form:
    """Return the form that the link in a letter opens.

    Raises:
        InputError: the link is not ours, or was made for another purpose.
    """
    token = workspace.signer.check(PURPOSE, signed_token)
    with workspace.database.read() as connection:
        person = _asked(connection, token)
        sent = rows.by_token(connection, token)
        brand = read_brand(connection)
    language = Language(person.language)
    name = words.default_name(person.given_name, person.family_name)
    return Form(
        language=language,
        shop_name=shop_name(brand, language),
        text=sent.original_text if sent else "",
        display_name=sent.display_name if sent else name,
        rating=sent.rating if sent else None,
        state=sent.state if sent else None,
    )


def shop_name(brand: Brand, language: Language) -> str:
    """Return what customers know the shop as, without quotation marks: sentences bring theirs."""
    told = brand.told_in(language)
    name = told.shop_name or told.legal_name
    if name[:1] in QUOTES and name[-1:] in QUOTES and not QUOTES & set(name[1:-1]):
        name = name[1:-1]
    return name or label("brand.nameless", language)


def submit(
    workspace: Workspace,
    signed_token: str,
    *,
    text: str,
    display_name: str,
    rating: int | None,
    consented: bool,
    language: Language,
    now: datetime,
) -> int:
    """Keep a customer's words until somebody has read them; return the testimonial's id.

    Until then the same link changes them. ``language`` is the one the form was shown in, and so
    the one of the sentence that they agreed to.

    Raises:
        InputError: the link is not ours, a field is unusable, or the consent is not ticked.
        ConflictError: the words have been read already; only withdrawing is left.
    """
    token = workspace.signer.check(PURPOSE, signed_token)
    given = words.Submission(words.cleaned(text), words.one_line(display_name), rating, consented)
    for problem in words.problems(given).values():
        raise problem
    with workspace.database.begin() as connection:
        person = _asked(connection, token)
        values = _values(person, given, language, read_brand(connection), token, now)
        return _keep(connection, person, token, values, now)


def pending(connection: sa.Connection) -> list[Testimonial]:
    """Return what waits to be read, the oldest first."""
    return rows.oldest_first(connection, TestimonialState.SUBMITTED)


def find(connection: sa.Connection, testimonial_id: int, *, hold: bool = False) -> Testimonial:
    """Return one testimonial in whatever state it is; ``hold``: until the transaction ends.

    Raises:
        NotFoundError: there is none of that id.
    """
    found = rows.by_id(connection, testimonial_id, hold=hold)
    if found is None:
        raise NotFoundError("not_found", kind="testimonial", name=testimonial_id)
    return found


def approve(
    workspace: Workspace,
    testimonial_id: int,
    *,
    actor: str,
    now: datetime,
    text: str | None = None,
    seen: datetime | None = None,
) -> None:
    """Publish a testimonial. ``text`` may correct its spelling; the original is kept.

    ``seen`` is the ``submitted_at`` of the words that were read, so that none are published
    which the customer changed in the meantime.

    Raises:
        NotFoundError: there is none of that id.
        InputError: the corrected text says something else than the customer did.
        ConflictError: it is not waiting to be read any more, or was changed since ``seen``.
    """
    with workspace.database.begin() as connection:
        before = find(connection, testimonial_id, hold=True)
        if seen is not None and before.submitted_at != seen:
            raise ConflictError("testimonial.changed", name=testimonial_id)
        shown = before.original_text if text is None else _corrected(before.original_text, text)
        _moderate(
            connection, before, TestimonialState.APPROVED, {"text": shown, "reason": None},
            actor=actor, now=now,
        )  # fmt: skip
        record(connection, actor=actor, verb="testimonial.approve", now=now,
               subject=f"testimonial:{testimonial_id}", edited=shown != before.original_text)  # fmt: skip


def refuse(
    workspace: Workspace, testimonial_id: int, *, actor: str, now: datetime, reason: str
) -> None:
    """Keep a testimonial unpublished, and why.

    Raises:
        NotFoundError: there is none of that id.
        InputError: no reason is given, or it is too long.
        ConflictError: it is not waiting to be read any more.
    """
    why = words.one_line(reason)
    if not why:
        raise InputError("input.empty", field="reason")
    if len(why) > REASON_MOST:
        raise InputError("input.too_long", field="reason", got=len(why), limit=REASON_MOST)
    with workspace.database.begin() as connection:
        before = find(connection, testimonial_id, hold=True)
        _moderate(
            connection, before, TestimonialState.REFUSED, {"reason": why}, actor=actor, now=now
        )
        record(connection, actor=actor, verb="testimonial.refuse", now=now,
               subject=f"testimonial:{testimonial_id}", reason=why)  # fmt: skip


def withdraw(workspace: Workspace, signed: str, *, now: datetime) -> bool:
    """Take a customer's words back at their wish; say whether there was anything to take back.

    From this moment they are on no page and in no letter. Doing it twice does no harm.

    Raises:
        InputError: the link is not ours.
    """
    token = workspace.signer.check(PURPOSE, signed)
    alive = (TestimonialState.SUBMITTED, TestimonialState.APPROVED)
    with workspace.database.begin() as connection:
        found = rows.by_token(connection, token)
        if found is None or not rows.change(
            connection, found.testimonial_id, alive, {"state": TestimonialState.WITHDRAWN}
        ):
            return False
        record(connection, actor=CUSTOMER, verb="testimonial.withdraw", now=now,
               subject=f"testimonial:{found.testimonial_id}", was=found.state)  # fmt: skip
    return True


def published(
    connection: sa.Connection,
    language: str | None = None,
    *,
    limit: int | None = None,
    offset: int = 0,
) -> list[Testimonial]:
    """Return what may be shown to everybody, the newest first; ``language``: only in that one."""
    return rows.newest_published(connection, language, limit, offset)


def count_published(connection: sa.Connection) -> int:
    """Return how many testimonials are shown to everybody."""
    return rows.count_published(connection)


def by_slug(connection: sa.Connection, slug: str) -> Testimonial | None:
    """Return the published testimonial of a page's address, or None."""
    found = rows.by_slug(connection, slug)
    return found if found and found.state is TestimonialState.APPROVED else None


def was_withdrawn(connection: sa.Connection, slug: str) -> bool:
    """Say whether a page's words were there once and have been taken back."""
    found = rows.by_slug(connection, slug)
    return found is not None and found.state is TestimonialState.WITHDRAWN


def _asked(connection: sa.Connection, token: str) -> rows.Asked:
    person = rows.asked(connection, token)
    if person is None:
        raise InputError("token.invalid")
    return person


def _values(
    person: rows.Asked,
    given: words.Submission,
    language: Language,
    brand: Brand,
    token: str,
    now: datetime,
) -> dict[str, object]:
    return {
        "state": TestimonialState.SUBMITTED, "text": given.text, "original_text": given.text,
        "language": words.language_of(given.text, language), "rating": given.rating,
        "display_name": given.display_name, "slug": words.slug(given.display_name, token),
        "consent_wording": quote_permission.wording(language, shop_name(brand, language)),
        "consent_version": quote_permission.version(language), "submitted_at": now,
        "verified_buyer": person.orders > 0,
    }  # fmt: skip


def _keep(
    connection: sa.Connection,
    person: rows.Asked,
    token: str,
    values: dict[str, object],
    now: datetime,
) -> int:
    sent = rows.by_token(connection, token)
    if sent is None:
        whose = {"contact_id": person.contact_id, "message_id": person.message_id, "token": token}
        testimonial_id = rows.insert(connection, values | whose)
    elif rows.change(connection, sent.testimonial_id, (TestimonialState.SUBMITTED,), values):
        testimonial_id = sent.testimonial_id
    else:
        raise ConflictError("testimonial.closed")
    verb = "testimonial.submit" if sent is None else "testimonial.rewrite"
    record(connection, actor=CUSTOMER, verb=verb, subject=f"testimonial:{testimonial_id}", now=now,
           wording=values["consent_version"])  # fmt: skip
    return testimonial_id


def _corrected(original: str, text: str) -> str:
    shown = words.cleaned(text)
    if not words.is_correction(original, shown):
        raise InputError("testimonial.rewritten")
    return shown


def _moderate(
    connection: sa.Connection,
    before: Testimonial,
    state: TestimonialState,
    values: dict[str, object],
    *,
    actor: str,
    now: datetime,
) -> None:
    facts = {"state": state, "moderated_at": now, "moderated_by": actor}
    waiting = (TestimonialState.SUBMITTED,)
    if not rows.change(connection, before.testimonial_id, waiting, values | facts):
        raise ConflictError("conflict.state", kind="testimonial", name=before.testimonial_id,
                            got=before.state, expected=TestimonialState.SUBMITTED)  # fmt: skip

"""Everything that is looked at before a campaign may be approved: green, or a list of findings.

The letter (``letters.check``), who sends it, who gets it: every field must be known, or answered,
for each recipient of the frozen audience. What asks the network or another program, links that
answer and what spam filters say, is looked at only when asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.delivery import recipients
from campaigns.delivery.approval import missing_languages
from campaigns.delivery.recipients import Circumstances
from campaigns.delivery.status import row_of
from campaigns.errors import RenderError
from campaigns.letters import check, mime, quotes, spam
from campaigns.letters.finding import Finding
from campaigns.letters.library import Texts
from campaigns.letters.looks.mail import hrefs
from campaigns.letters.preview import sample_values
from campaigns.letters.quotes import Quote
from campaigns.letters.render import CompiledText, compile_text
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.store.options import Brand, read_brand
from campaigns.store.tables import message
from campaigns.store.workspace import Workspace

PART = 50_000
"""Recipients looked at together."""
REFUSED = 5.0
"""SpamAssassin's points from which filters refuse a mail."""
MAX_LINKS = 40

Alive = Callable[[str], bool]
"""Says whether a link answers."""
Score = Callable[[bytes], spam.Score | None]


@dataclass(frozen=True, slots=True)
class Outside:
    """What is asked beyond our own data."""

    is_alive: Alive
    score: Score = spam.score


def look(
    workspace: Workspace, name: str, *, now: datetime, outside: Outside | None = None
) -> list[Finding]:
    """Return everything that is wrong with a planned campaign, errors first; none is green.

    Args:
        workspace: where the rows lie.
        name: of the campaign.
        now: the present moment.
        outside: how links and spam filters are asked; None: they are not.

    Raises:
        NotFoundError: there is no such campaign.
    """
    with workspace.database.read() as connection:
        row = row_of(connection, name)
        brand = read_brand(connection)
        quoted = quotes.published(connection)
        texts = {Language(one): list(sources) for one, sources in row.texts.items()}
        found = check.findings(texts, brand, quoted)
        found += _sender(texts, brand) + _audience(connection, row, texts)
        compiled = _compiled(texts, brand, quoted)
        for (language, number), text in compiled.items():
            found += _unresolved(workspace, connection, row, (language, number, text), now)
    if outside:
        found += _dead_links(compiled, outside.is_alive)
        found += _spam(compiled, brand, outside.score, now)
    return sorted(found, key=lambda one: (one.severity, one.language, one.number, one.line))


def _sender(texts: Texts, brand: Brand) -> list[Finding]:
    first = next(iter(texts), Language.EN)
    return [
        Finding("error", first, 0, "check.brand_missing", {"field": field})
        for field in brand.missing()
    ]


def _audience(connection: sa.Connection, row: sa.Row[Any], texts: Texts) -> list[Finding]:
    first = next(iter(texts), Language.EN)
    found = [
        Finding("error", language, 0, "check.language_missing", {"count": count})
        for language, count in missing_languages(connection, row.id).items()
    ]
    nobody = [] if row.planned else [Finding("error", first, 0, "check.nobody")]
    return found + nobody


def _compiled(
    texts: Texts, brand: Brand, quoted: Mapping[str, Quote]
) -> dict[tuple[Language, int], CompiledText]:
    """Return the texts that can be read; what is wrong with the others was told."""
    found: dict[tuple[Language, int], CompiledText] = {}
    for language, sources in texts.items():
        for number, source in enumerate(sources, start=1):
            try:
                found[language, number] = compile_text(source, language, brand, quotes=quoted)
            except RenderError:
                continue
    return found


def _unresolved(
    workspace: Workspace,
    connection: sa.Connection,
    row: sa.Row[Any],
    which: tuple[Language, int, CompiledText],
    now: datetime,
) -> Iterator[Finding]:
    """Yield for how many recipients of a text something would stay open, field by field."""
    language, number, text = which
    wrong: Counter[tuple[str, str]] = Counter()
    what = Circumstances(language, Purpose(row.purpose), now, text.brand.currency)
    for part in _parts(connection, row.id, language, number):
        found = text.unwritable(
            recipients.columns(
                workspace, connection, part["contact_id"], part["token"], what, fields=text.reads
            )
        )
        wrong.update((error.code, str(error.facts.get("field", ""))) for error in found.values())
    for (_, field), count in wrong.items():
        yield Finding("error", language, 0, "check.unresolved", {"field": field, "count": count},
                      number=number)  # fmt: skip


def _parts(
    connection: sa.Connection, campaign_id: int, language: Language, number: int
) -> Iterator[pl.DataFrame]:
    """Yield ``contact_id`` and ``token`` of those who get a text, some at a time."""
    last = 0
    while True:
        rows = connection.execute(
            sa.select(message.c.id, message.c.contact_id, message.c.token)
            .where(
                message.c.campaign_id == campaign_id, message.c.language == language,
                message.c.text == number, message.c.id > last,
            )
            .order_by(message.c.id)
            .limit(PART)
        ).all()  # fmt: skip
        if not rows:
            return
        last = rows[-1].id
        yield pl.DataFrame(
            {"contact_id": [one.contact_id for one in rows], "token": [one.token for one in rows]}
        )


def _dead_links(
    compiled: Mapping[tuple[Language, int], CompiledText], is_alive: Alive
) -> list[Finding]:
    where = {
        link: key
        for key, text in compiled.items()
        for link in sorted(hrefs(text))
        if link.startswith("https://") and not link.startswith("https://example.com/")
    }
    return [
        Finding("error", language, 0, "check.link_dead", {"got": link}, number=number)
        for link, (language, number) in list(where.items())[:MAX_LINKS]
        if not is_alive(link)
    ]


def _spam(
    compiled: Mapping[tuple[Language, int], CompiledText], brand: Brand, score: Score, now: datetime
) -> Iterator[Finding]:
    for (language, number), text in compiled.items():
        try:
            mail = _sample_mail(text, brand, now)
        except RenderError:
            continue  # told by its own finding
        got = score(mail)
        if got and got.points >= spam.DOUBTFUL:
            yield Finding("error" if got.points >= REFUSED else "warning", language, 0,
                          "check.spam", {"got": got.points, "rules": ", ".join(got.rules)},
                          number=number)  # fmt: skip


def _sample_mail(text: CompiledText, brand: Brand, now: datetime) -> bytes:
    values = sample_values(text.language)
    made = mime.message(
        text.render(values), brand=brand, to_address="reader@example.com", to_name="",
        language=text.language, message_id="<preflight@example.com>",
        unsubscribe_url=str(values["unsubscribe_url"]), date=now,
    )  # fmt: skip
    return made.as_bytes()

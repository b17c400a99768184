"""From the readers of a batch to requests: composed in bulk, compared with the plain path.

The bulk path fills a skeleton by column; the plain path reads one person's rows and renders one
letter. On a sample of every request both are compared before anything is asked of a provider:
first what is known of the reader, then the mail, byte for byte. Where they differ, nobody gets
what the bulk path made: that request is rendered one by one, and the campaign's log tells of it.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from campaigns.delivery.transports import Request
from campaigns.errors import RenderError
from campaigns.letters.bulk import BulkRequest
from campaigns.letters.columns import Columns
from campaigns.letters.fields import Values
from campaigns.letters.render import CompiledText
from campaigns.letters.verify import check_request
from campaigns.model.language import Language

log = logging.getLogger(__name__)

REQUEST_BYTES = 4_000_000
ADDRESSEE_BYTES = 1_000
"""What one addressee needs beside substitutions: address, name, headers, ids."""
TAG_BYTES = 12
SAMPLE = 3
Plain = Callable[[Sequence[int]], Sequence[Values]]


@dataclass(frozen=True, slots=True)
class Occasion:
    """What all requests of a campaign share in one language."""

    campaign_id: int
    campaign: str
    language: Language
    counts_opens: bool = False


@dataclass(frozen=True, slots=True)
class Composed:
    """The requests of a batch. ``one_by_one``: readers for whom the bulk path was not trusted."""

    requests: list[Request]
    one_by_one: int = 0


def compose(
    occasion: Occasion,
    compiled: CompiledText,
    people: pl.DataFrame,
    known: Columns,
    plain: Plain,
    *,
    window: int,
) -> Composed:
    """Return the requests that reach all ``people``, each compared, none beyond its limits.

    Args:
        occasion: what all requests share.
        compiled: the letter.
        people: ``transports.PEOPLE``, one row a reader.
        known: what the letter may say of them, in the same order.
        plain: gives the same of some of them (places among ``people``) the plain way.
        window: addressees of a request at most.

    Raises:
        RenderError: the letter and its data do not fit together.
    """
    found: list[Request] = []
    distrusted = 0
    parts = compiled.bulk(known) if known.count else []
    for part, sample in zip(parts, _samples(parts, people, plain, window), strict=True):
        if _is_right(compiled, part, known, sample):
            found += _within(_request(occasion, part, people), window)
        else:
            distrusted += len(part)
            found += _one_by_one(occasion, compiled, people, part, plain)
    return Composed(found, distrusted)


def _samples(
    parts: Sequence[BulkRequest], people: pl.DataFrame, plain: Plain, window: int
) -> list[dict[int, Values]]:
    """Return what is known of some of each ``window`` recipients, read at once: place → values."""
    places = [
        [
            start + place
            for start in range(0, len(part), window)
            for place in _sample(
                people["token"][int(part.rows[start])], min(window, len(part) - start)
            )
        ]
        for part in parts
    ]
    rows = [
        int(part.rows[place]) for part, each in zip(parts, places, strict=True) for place in each
    ]
    facts = iter(plain(rows) if rows else ())
    return [{place: next(facts) for place in each} for each in places]


def _is_right(
    compiled: CompiledText, part: BulkRequest, known: Columns, sample: Mapping[int, Values]
) -> bool:
    """Say whether the recipients of a sample would get what the plain path gives them."""
    for place, facts in sample.items():
        read = known.row(int(part.rows[place]))
        if wrong := [name for name in read if read[name] != facts[name]]:
            log.warning("a request is rendered one by one: fields %s differ", ", ".join(wrong))
            return False
    try:
        check_request(compiled, part, sample)
    except RenderError as error:
        log.warning("a request is rendered one by one: %s", error)
        return False
    return True


def _request(occasion: Occasion, part: BulkRequest, people: pl.DataFrame) -> Request:
    tags = {
        name: pl.Series(one.values, dtype=pl.String).gather(one.codes)
        for name, one in part.tags.items()
    }
    return Request(
        occasion.campaign_id, occasion.campaign, occasion.language, part.subject, part.html,
        part.text, people[part.rows], pl.DataFrame(tags), counts_opens=occasion.counts_opens,
    )  # fmt: skip


def _one_by_one(
    occasion: Occasion,
    compiled: CompiledText,
    people: pl.DataFrame,
    part: BulkRequest,
    plain: Plain,
) -> Iterator[Request]:
    rows = part.rows.tolist()
    for row, facts in zip(rows, plain(rows), strict=True):
        mail = compiled.render(facts)
        yield Request(
            occasion.campaign_id, occasion.campaign, occasion.language, mail.subject, mail.html,
            mail.text, people[row : row + 1], pl.DataFrame(),
            counts_opens=occasion.counts_opens,
        )  # fmt: skip


def _within(request: Request, window: int) -> Iterator[Request]:
    """Divide a request into parts of at most ``window`` addressees and the allowed size."""
    for start in range(0, request.count, window):
        yield from _halves(request.part(start, min(window, request.count - start)))


def _halves(request: Request) -> Iterator[Request]:
    if request.count == 1 or _bytes(request) <= REQUEST_BYTES:
        yield request
        return
    middle = request.count // 2
    yield from _halves(request.part(0, middle))
    yield from _halves(request.part(middle, request.count - middle))


def _bytes(request: Request) -> int:
    skeleton = len(request.html.encode()) + len(request.text.encode())
    differing = sum(int(tag.str.len_bytes().sum()) for tag in request.tags)
    return skeleton + differing + request.count * (ADDRESSEE_BYTES + TAG_BYTES * request.tags.width)


def _sample(token: str, count: int) -> list[int]:
    """Return whom to compare: others in each request, yet the same when it is made again."""
    chance = random.Random(token)  # noqa: S311 - a sample, no secret
    return chance.sample(range(count), min(SAMPLE, count))

"""From the readers of a batch to requests: composed in bulk, compared with the plain path.

The bulk path fills a skeleton; the plain path renders one letter. On a sample of every request
both are compared byte for byte before anything is asked of a provider.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campaigns.delivery.transports import Addressee, Request
from campaigns.errors import RenderError
from campaigns.letters.columns import columns_of
from campaigns.letters.fields import Values
from campaigns.letters.render import CompiledText
from campaigns.letters.verify import check_request
from campaigns.model.language import Language

REQUEST_BYTES = 4_000_000
ADDRESSEE_BYTES = 1_000
"""What one addressee needs beside substitutions: address, name, headers, ids."""
SAMPLE = 3


@dataclass(frozen=True, slots=True)
class Occasion:
    """What all requests of a campaign share in one language."""

    campaign_id: int
    campaign: str
    language: Language


def compose(
    occasion: Occasion,
    compiled: CompiledText,
    readers: Sequence[Addressee],
    values: Sequence[Values],
    *,
    window: int,
) -> list[Request]:
    """Return the requests that reach all ``readers``, each compared, none beyond its limits.

    Raises:
        RenderError: the letter and its data do not fit together, or the two paths differ.
    """
    found: list[Request] = []
    columns = columns_of(values)
    for part in compiled.bulk(columns):
        check_request(compiled, part, columns, _sample(readers[part.rows[0]].token, len(part)))
        request = Request(
            occasion.campaign_id, occasion.campaign, occasion.language,
            part.subject, part.html, part.text,
            tuple(readers[i] for i in part.rows),
            tuple(part.substitutions(i) for i in range(len(part))),
        )  # fmt: skip
        found += _within(request, window)
    return found


def unwritable(compiled: CompiledText, values: Sequence[Values]) -> dict[int, RenderError]:
    """Return for whom the letter cannot be written, and why: index → error."""
    found: dict[int, RenderError] = {}
    for index, one in enumerate(values):
        try:
            compiled.render(one)
        except RenderError as error:
            found[index] = error
    return found


def _within(request: Request, window: int) -> Iterator[Request]:
    """Divide a request into parts of at most ``window`` addressees and the allowed size."""
    skeleton = len(request.html.encode()) + len(request.text.encode())
    part: list[int] = []
    size = skeleton
    for i, tags in enumerate(request.substitutions):
        one = ADDRESSEE_BYTES + sum(len(value.encode()) + 12 for value in tags.values())
        if part and (len(part) == window or size + one > REQUEST_BYTES):
            yield request.only(part)
            part, size = [], skeleton
        part.append(i)
        size += one
    yield request.only(part)


def _sample(token: str, count: int) -> list[int]:
    """Return whom to compare: others in each request, yet the same when it is made again."""
    chance = random.Random(token)  # noqa: S311 - a sample, no secret
    return chance.sample(range(count), min(SAMPLE, count))

"""An address for answers that differs from reader to reader, in a request that says it once.

SendGrid replaces tags in ``reply_to`` as it does in the letter (its reference of
``substitutions``), and each letter carries its reader's signed token already: in its counted links,
or at the end of the link to leave. That tag is taken, so a request does not grow.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from campaigns.delivery.transports import Request, fill
from campaigns.delivery.transports.reply_address import REPLY, own_address
from campaigns.store.signing import SEPARATOR

NO_ADDRESS = "@;"
"""Marks of tags with which an address would be none."""


def with_replies(request: Request, domain: str) -> tuple[Request, str | None]:
    """Return the request and the address for answers at ``domain``, with a tag where readers differ.

    None: the request has no tag for it, or ``domain`` is empty.
    """
    if not domain:
        return request, None
    if request.count == 1:
        return request, own_address(REPLY, request.people["unsubscribe_url"][0], domain)
    for tag in request.tags.columns:
        if any(mark in tag for mark in NO_ADDRESS):
            continue
        if (request.tags[tag] == request.people["unsubscribe_url"]).all():
            return _by_link(request, tag, domain)
        if _is_of_the_reader(request.tags[tag], request.people["token"]):
            return request, f"{REPLY}{tag}@{domain}"
    return request, None


def _is_of_the_reader(values: pl.Series, tokens: pl.Series) -> bool:
    """Say whether each value is the reader's signed token and nothing else."""
    both = pl.DataFrame({"value": values, "token": tokens})
    begins = pl.col("value").str.starts_with(pl.concat_str("token", pl.lit(SEPARATOR)))
    found: bool = both.select(
        (begins & ~pl.col("value").str.contains("/", literal=True)).all()
    ).item()
    return found


def _by_link(request: Request, tag: str, domain: str) -> tuple[Request, str]:
    """Let a tag stand for the token alone: what comes before it in the link is the same for all."""
    link: str = request.people["unsubscribe_url"][0]
    begins = link[: link.rindex("/") + 1]
    changed = {tag: f"{begins}{tag}"}
    tokens = request.tags.with_columns(pl.col(tag).str.strip_prefix(begins))
    made = replace(
        request, tags=tokens, subject=fill(request.subject, changed),
        html=fill(request.html, changed), text=fill(request.text, changed),
    )  # fmt: skip
    return made, f"{REPLY}{tag}@{domain}"

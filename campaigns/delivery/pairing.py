"""Who gets which text in which design: drawn by a keyed hash, never what they got the last time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
import sqlalchemy as sa

from campaigns.errors import RenderError
from campaigns.letters.design import DESIGN, designs_for
from campaigns.letters.parse import parse_text
from campaigns.letters.quotes import Quote
from campaigns.letters.similarity import CEILING, similarity
from campaigns.model.language import Language
from campaigns.model.rotation import Alike, Pair, fitting
from campaigns.model.states import MessageState
from campaigns.store import bulk
from campaigns.store.options import Brand
from campaigns.store.signing import Signer
from campaigns.store.tables import campaign, message

SENT = (MessageState.ACCEPTED, MessageState.UNKNOWN, MessageState.IN_FLIGHT)
_LAST: bulk.Schema = {"contact_id": pl.Int64, "last_text": pl.Int64, "last_design": pl.String}
_DRAWN: bulk.Schema = {"contact_id": pl.Int64, "text": pl.Int64, "design": pl.String}


def options(
    sources: Sequence[str], language: Language, brand: Brand, quoted: Mapping[str, Quote]
) -> list[Pair]:
    """Return every pair of a letter's texts in one language.

    A text that cannot be read has one look: that it may not be sent, ``preflight`` says.
    """
    return [
        Pair(number, design)
        for number, source in enumerate(sources, start=1)
        for design in _designs(source, language, brand, quoted)
    ]


def _designs(
    source: str, language: Language, brand: Brand, quoted: Mapping[str, Quote]
) -> tuple[str, ...]:
    try:
        return designs_for(parse_text(source, language, brand.told_in(language), quoted))
    except RenderError:
        return (DESIGN,)


def alike(sources: Sequence[str]) -> Alike:
    """Return which texts read so much alike that they count as one."""
    numbered = list(enumerate(sources, start=1))
    return {
        one: [other for other, words in numbered if similarity(text, words) > CEILING]
        for one, text in numbered
    }


def last_pairs(connection: sa.Connection, campaign_id: int, letter: str) -> pl.DataFrame:
    """Return the pair of each contact's last letter from earlier campaigns of the same letter."""
    query = sa.select(campaign.c.id).where(
        campaign.c.letter == letter, campaign.c.id != campaign_id
    )
    earlier = list(connection.execute(query).scalars())
    if not earlier:
        return pl.DataFrame(schema=_LAST)
    newest = (
        sa.select(sa.func.max(message.c.id).label("id"))
        .where(message.c.campaign_id.in_(earlier), message.c.state.in_(SENT))
        .group_by(message.c.contact_id)
        .subquery()
    )
    found: sa.Select[Any] = sa.select(
        message.c.contact_id, message.c.text, message.c.design
    ).join(newest, newest.c.id == message.c.id)  # fmt: skip
    return bulk.fetch_columns(connection, found, _LAST)


def paired(
    people: pl.DataFrame,
    last: pl.DataFrame,
    texts: Mapping[Language, Sequence[str]],
    every: Mapping[Language, Sequence[Pair]],
    *,
    signer: Signer,
    campaign_id: int,
) -> pl.DataFrame:
    """Return ``people`` with the ``text`` and ``design`` that each gets; nulls: only the same again.

    Args:
        people: contact_id, language and denial; who is denied gets none.
        last: as ``last_pairs`` gives it.
        texts: of the letter.
        every: the ``options`` in each language.
        signer: whose key draws.
        campaign_id: another campaign draws otherwise.
    """
    chosen = people.filter(pl.col("denial").is_null()).select("contact_id", "language")
    numbers = signer.draws(f"rotation.{campaign_id}", chosen["contact_id"].to_list())
    known = chosen.join(last, on="contact_id", how="left", maintain_order="left").with_columns(
        number=pl.Series(numbers, dtype=pl.UInt64)
    )
    drawn = [pl.DataFrame(schema=_DRAWN)]
    for (language, text, design), group in known.group_by("language", "last_text", "last_design"):
        before = Pair(int(str(text)), str(design)) if text is not None else None
        read = Language(str(language))
        drawn.append(_drawn(group, fitting(every[read], before, alike(texts[read]))))
    return people.join(pl.concat(drawn), on="contact_id", how="left", maintain_order="left")


def _drawn(group: pl.DataFrame, pairs: Sequence[Pair]) -> pl.DataFrame:
    """What ``choose_pair`` chooses for each of a group that may get the same pairs."""
    if not pairs:
        return pl.DataFrame(schema=_DRAWN)
    places = (group["number"].to_numpy() % np.uint64(len(pairs))).astype(np.int64)
    return pl.DataFrame({
        "contact_id": group["contact_id"],
        "text": pl.Series([pair.text for pair in pairs], dtype=pl.Int64).gather(places),
        "design": pl.Series([pair.design for pair in pairs], dtype=pl.String).gather(places),
    })  # fmt: skip

"""Who gets the letter, who does not and why: a segment's rule frozen into rows.

Everybody whom the rule finds ends in exactly one of two tables: ``message`` or ``left_out``. An
audience is a frame with one row a candidate, as there may be millions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

from campaigns.model.language import Language
from campaigns.model.permission import Denial, Purpose, Standing, denial
from campaigns.model.states import BatchState, MessageState
from campaigns.segments.query import PEOPLE, condition
from campaigns.segments.rule import Rule
from campaigns.store import bulk
from campaigns.store.suppressions import address_key
from campaigns.store.tables import batch, consent, contact, left_out, message

FOUND: bulk.Schema = {
    "contact_id": pl.Int64, "address": pl.String, "language": pl.String, "in_force": pl.Int64,
}  # fmt: skip
GROUP = ("language", "text", "design", "zone", "hour")
"""What all messages of a batch share."""
_MAILBOX = re.compile(r"[!#-'*+\-./0-9=?A-Z^-~]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)
_PLAIN_MAILBOX = r"^[!#-'*+\-./0-9=?A-Za-z^-~]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"


@dataclass(frozen=True, slots=True)
class PlanReport:
    """What planning came to. ``missing``: readers of languages that the letter lacks."""

    planned: int
    left_out: dict[Denial, int]
    languages: dict[Language, int]
    missing: dict[Language, int]


def candidates(
    connection: sa.Connection, rule: Rule, purpose: Purpose, *, now: datetime
) -> pl.DataFrame:
    """Return everybody whom the rule finds, oldest record first, with what decides about them.

    Columns: contact_id, address (as it goes on the wire; null when no provider could take it),
    key and its number, language, consent_id and consent (1 given, 0 withdrawn, null: none at all).
    """
    query: sa.Select[Any] = (
        sa.select(contact.c.id, contact.c.address, contact.c.language, _in_force(purpose))
        .select_from(PEOPLE)
        .where(condition(rule, now=now))
        .order_by(contact.c.id)
    )
    found = bulk.fetch_columns(connection, query, FOUND).with_columns(
        consent_id=pl.col("in_force") // 2, consent=pl.col("in_force") % 2
    )
    return _with_mailboxes(found.drop("in_force"))


def _in_force(purpose: Purpose) -> sa.ScalarSelect[int]:
    """Return a contact's newest consent as one number, id × 2 + given: one look at an index."""
    return (
        sa.select(consent.c.id * 2 + sa.cast(consent.c.given, sa.Integer))
        .where(consent.c.contact_id == contact.c.id, consent.c.purpose == purpose)
        .order_by(consent.c.id.desc())
        .limit(1)
        .correlate(contact)
        .scalar_subquery()
    )


def mailbox(address: str) -> tuple[str, str] | tuple[None, None]:
    """Return an address as it goes on the wire, and its key; Nones when no provider takes it.

    A local part beyond ASCII needs SMTPUTF8, which SendGrid and most mailboxes lack.

    >>> mailbox("Ani@Example.AM ")
    ('Ani@example.am', 'ani@example.am')
    >>> mailbox("ani@example.am, aram@example.am")
    (None, None)
    """
    key = address_key(address)
    if not _MAILBOX.fullmatch(key):
        return None, None
    return f"{address.strip().rpartition('@')[0]}@{key.rpartition('@')[2]}", key


def _with_mailboxes(people: pl.DataFrame) -> pl.DataFrame:
    """Put ``mailbox`` in place of the address, by column where an address is a plain one."""
    written = people["address"]
    plain = written.str.contains(_PLAIN_MAILBOX).fill_null(value=False)
    local, domain = written.str.replace("@.*$", ""), written.str.replace("^[^@]*", "")
    wire = (local + domain.str.to_lowercase()).zip_with(plain, written)
    odd = (~plain & written.is_not_null()).arg_true()
    other = [mailbox(address)[0] for address in written[odd]]
    wire = wire.scatter(odd, pl.Series(other, dtype=pl.String))
    key = wire.str.to_lowercase()
    return people.with_columns(wire.alias("address"), key.alias("key"))


def choose(
    people: pl.DataFrame, suppressed: Collection[str], languages: Collection[Language]
) -> pl.DataFrame:
    """Return the candidates with their ``denial``, null for those who are chosen.

    Of several with one address the first that may is chosen.
    """
    facts = people.select(
        has_address=pl.col("key").is_not_null(),
        suppressed=pl.col("key").is_in(list(suppressed)).fill_null(value=False),
        consent=pl.col("consent"),
        has_language=pl.col("language").is_in([str(language) for language in languages]),
    )
    kinds = facts.unique(maintain_order=True)
    judged = kinds.with_columns(
        pl.Series("denial", [_denial(one) for one in kinds.rows(named=True)], dtype=pl.String)
    )
    each = facts.join(judged, on=facts.columns, how="left", nulls_equal=True, maintain_order="left")
    told = people.with_columns(each["denial"])
    again = ~pl.struct("key", pl.col("denial").is_null().alias("may")).is_first_distinct()
    repeats = pl.col("denial").is_null() & again
    return _denied(told, repeats, Denial.DUPLICATE_ADDRESS)


def leave_out_repeated(audience: pl.DataFrame) -> pl.DataFrame:
    """Leave out those for whom no pair of the letter is left (``delivery.pairing``)."""
    nothing = pl.col("denial").is_null() & pl.col("design").is_null()
    return _denied(audience, nothing, Denial.REPEATED)


def _denied(audience: pl.DataFrame, whom: pl.Expr, why: Denial) -> pl.DataFrame:
    reason = pl.when(whom).then(pl.lit(str(why))).otherwise(pl.col("denial"))
    return audience.with_columns(reason.alias("denial"))


def _denial(facts: Mapping[str, Any]) -> Denial | None:
    given = facts["consent"]
    return denial(Standing(**{**facts, "consent": None if given is None else bool(given)}))


def report(audience: pl.DataFrame) -> PlanReport:
    """Return the figures of an audience."""
    chosen = audience.filter(pl.col("denial").is_null())
    missing = audience.filter(pl.col("denial") == Denial.LANGUAGE_MISSING)
    reasons = audience["denial"].drop_nulls().value_counts(sort=True)
    return PlanReport(
        planned=chosen.height,
        left_out={Denial(why): count for why, count in reasons.iter_rows()},
        languages=_by_language(chosen),
        missing=_by_language(missing),
    )


def _by_language(people: pl.DataFrame) -> dict[Language, int]:
    counts = dict(people["language"].value_counts().iter_rows())
    return {language: counts[language] for language in Language if language in counts}


def freeze(
    connection: sa.Connection,
    campaign_id: int,
    audience: pl.DataFrame,
    *,
    batch_size: int,
    new_tokens: Callable[[int], Sequence[str]],
) -> None:
    """Write the audience as rows, in place of what was planned before.

    The audience has all of ``GROUP``: a batch holds messages of one pair that leave together. Tokens
    ascend with the rows, whose index is written faster so; one still tells nothing but its place
    among them.
    """
    for table in (message, batch, left_out):
        connection.execute(sa.delete(table).where(table.c.campaign_id == campaign_id))
    denied = audience.filter(pl.col("denial").is_not_null())
    bulk.insert(
        connection, left_out, denied.select("contact_id", reason="denial"), campaign_id=campaign_id
    )
    chosen = audience.filter(pl.col("denial").is_null())
    if chosen["key"].is_duplicated().any():  # an index would say so, at a third of planning's cost
        raise RuntimeError("an audience holds an address twice")
    kinds = chosen.select(GROUP).unique().sort(GROUP).with_row_index("kind")
    parted = chosen.join(
        kinds, on=GROUP, how="left", nulls_equal=True, maintain_order="left"
    ).with_columns(part=pl.int_range(pl.len()).over("kind") // batch_size)
    # Batches of neighbouring customers follow one another: what the store keeps of them lies together.
    numbered = parted.sort("part", "kind", maintain_order=True)
    parts = numbered.group_by("part", "kind", maintain_order=True).len("size")
    parts = parts.join(kinds, on="kind", maintain_order="left").with_columns(
        bulk.new_ids(connection, batch, parts.height).alias("batch_id")
    )
    bulk.insert(
        connection, batch, parts.select(*GROUP, "size", id="batch_id"), campaign_id=campaign_id,
        state=BatchState.READY,
    )  # fmt: skip
    ids = parts.select("part", "kind", "batch_id")
    messages = numbered.join(ids, on=["part", "kind"], how="left", maintain_order="left")
    bulk.insert(
        connection, message,
        messages.select(
            "contact_id", "batch_id", "address", "language", "text", "design", "consent_id",
            address_key="key",
            token=pl.Series(new_tokens(chosen.height), dtype=pl.String).sort(),
        ),
        campaign_id=campaign_id, state=MessageState.PENDING,
    )  # fmt: skip

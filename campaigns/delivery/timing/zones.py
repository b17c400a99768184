"""In which time zone each reader lives, and at which hour their letter leaves.

What tells the zone, the first that is known: a column of the customer sheet with the zone or the
country; the country of the telephone number; the shop's own zone. All of it is found for sets of
readers, by the few values that differ among a million of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import polars as pl
import sqlalchemy as sa

from campaigns.delivery.timing import hours
from campaigns.delivery.timing.windows import days_of_rank, departure, open_hours
from campaigns.language.time_zones import only_code_of, zone_of_number, zone_of_place
from campaigns.model.options import CampaignOptions, Schedule
from campaigns.model.permission import Denial
from campaigns.model.priority import Priority
from campaigns.store import bulk
from campaigns.store.options import read_brand
from campaigns.store.tables import contact, upload

HEADINGS = frozenset({
    "country", "country code", "time zone", "timezone", "tz", "երկիր", "ժամային գոտի",
    "ქვეყანა", "სასაათო სარტყელი", "დროის სარტყელი", "страна", "часовой пояс",
})  # fmt: skip
"""What a column is called that tells where a reader lives."""
PREFIX = 8
"""Characters of a number, with its plus, that tell its zone as well as all of it."""
TOLD: bulk.Schema = {"contact_id": pl.Int64, "told": pl.String}

Orders = Callable[[], pl.LazyFrame]


def with_zones(
    connection: sa.Connection,
    audience: pl.DataFrame,
    options: CampaignOptions,
    now: datetime,
    *,
    rank: int = Priority.PROMOTION,
    orders: Orders | None = None,
) -> pl.DataFrame:
    """Return the audience with each reader's ``zone``, and ``hour`` where letters leave at the best.

    Of those who are chosen, whoever has no open hour before the deadline is left out. ``orders``:
    the order lines, whose hours tell of their customers as opens and clicks do.
    """
    schedule = days_of_rank(options.schedule, rank)
    placed = audience.join(
        zones_of(connection, audience["contact_id"]), on="contact_id", how="left",
        maintain_order="left",
    )  # fmt: skip
    may = departures(placed["zone"].unique(), schedule, now)
    if schedule.best_hour:
        history = hours.history(connection, placed, orders, now=now)
        best = hours.best_hours(placed.select("contact_id", "zone"), history, may)
        placed = placed.join(best, on="contact_id", how="left", maintain_order="left")
    else:
        placed = placed.with_columns(hour=pl.lit(None, pl.Int64))
    late = pl.col("denial").is_null() & ~pl.col("zone").is_in(may["zone"].unique().to_list())
    denied = pl.when(late).then(pl.lit(str(Denial.QUIET_HOURS))).otherwise(pl.col("denial"))
    return placed.with_columns(denied.alias("denial"))


def zones_of(connection: sa.Connection, contact_ids: pl.Series) -> pl.DataFrame:
    """Return ``contact_id`` and ``zone`` of contacts."""
    shop = read_brand(connection).local_zone
    people = pl.DataFrame({"contact_id": contact_ids})
    told = pl.concat([_by_place(connection), _by_number(connection, shop)])
    known = told.drop_nulls().unique("contact_id", keep="first", maintain_order=True)
    joined = people.join(known, on="contact_id", how="left", maintain_order="left")
    return joined.with_columns(pl.col("zone").fill_null(shop))


def departures(zones: pl.Series, schedule: Schedule, now: datetime) -> pl.DataFrame:
    """Return each ``zone`` with each local ``hour`` at which something may still leave for it."""
    rows = [
        (zone, hour)
        for zone in zones.sort()
        for hour in open_hours(schedule)
        if departure(now, zone, schedule, hour=hour)
    ]
    return pl.DataFrame(rows, schema={"zone": pl.String, "hour": pl.Int64}, orient="row")


def _by_place(connection: sa.Connection) -> pl.DataFrame:
    """Return the zones that columns of the sheets tell."""
    found = [pl.DataFrame(schema=TOLD)]
    for heading in _headings(connection):
        cell = contact.c.attributes[heading].as_string()
        query = sa.select(contact.c.id, cell).where(cell.is_not(None))
        found.append(bulk.fetch_columns(connection, query, TOLD))
    cells = pl.concat(found)
    return _told(cells, cells["told"], zone_of_place)


def _headings(connection: sa.Connection) -> list[str]:
    """Return the headings of a place among the columns that uploads kept under their own name."""
    mappings = connection.execute(sa.select(upload.c.mapping)).scalars()
    columns = {heading for mapping in mappings for heading in (mapping or {}).get("columns", ())}
    return sorted(
        heading for heading in columns
        if " ".join(heading.casefold().replace("_", " ").split()) in HEADINGS
    )  # fmt: skip


def _by_number(connection: sa.Connection, shop: str) -> pl.DataFrame:
    """Return the zones that numbers tell; those of the shop's own country need no look."""
    query = sa.select(contact.c.id, contact.c.phone).where(contact.c.phone.is_not(None))
    if own := only_code_of(shop):
        query = query.where(sa.not_(contact.c.phone.startswith(own)))
    numbers = bulk.fetch_columns(connection, query, TOLD)
    return _told(numbers, numbers["told"].str.slice(0, PREFIX), zone_of_number)


def _told(rows: pl.DataFrame, by: pl.Series, zone: Callable[[str], str | None]) -> pl.DataFrame:
    """Return ``contact_id`` and ``zone``; each value of ``by`` is looked at once."""
    first = rows.with_columns(by.alias("by")).group_by("by").agg(pl.col("told").min())
    zones = pl.Series("zone", [zone(told) for told in first["told"]], dtype=pl.String)
    known = first.select("by").with_columns(zones)
    return rows.with_columns(by.alias("by")).join(known, on="by").select("contact_id", "zone")

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import polars as pl
import pytest

from campaigns.delivery.timing.zones import with_zones, zones_of
from campaigns.model.options import CampaignOptions, Schedule
from campaigns.store.options import read_brand, save_brand
from campaigns.store.tables import event, upload
from tests.support.factory import a_contact, a_recipient


def _audience(*contact_ids):
    return pl.DataFrame({
        "contact_id": contact_ids, "denial": pl.Series([None] * len(contact_ids), dtype=pl.String)
    })  # fmt: skip


def _options(**schedule):
    return CampaignOptions(schedule=Schedule(**schedule))


def _a_sheet(connection, now, *headings):
    connection.execute(upload.insert().values(
        file_name="a.xlsx", sha256="0", path="a", sheet="1", kind="contacts", state="done",
        shape="s", mapping={"columns": dict.fromkeys(headings, "attribute")}, reasons={}, notes={},
        quality={}, changes={}, received_at=now, actor="ani",
    ))  # fmt: skip


def test_a_sheet_tells_the_zone_before_a_number_and_a_number_before_the_shop(shop, now):
    with shop.database.begin() as connection:
        _a_sheet(connection, now, "Country", "Time_Zone", "Shoe size")
        told = [
            ({"attributes": {"Country": "Վրաստան"}, "phone": "+37491234567"}, "Asia/Tbilisi"),
            ({"attributes": {"Time_Zone": "Europe/Paris", "Country": "Atlantis"}}, "Europe/Paris"),
            ({"attributes": {"Country": "Atlantis"}, "phone": "+995599123456"}, "Asia/Tbilisi"),
            ({"phone": "+4915112345678"}, "Europe/Berlin"),
            ({"phone": "+37491234567"}, "Asia/Yerevan"),
            ({"attributes": {"Shoe size": "GE"}}, "Asia/Yerevan"),
            ({}, "Asia/Yerevan"),
        ]
        ids = [a_contact(connection, now=now, **values) for values, _ in told]

        found = zones_of(connection, pl.Series(ids))

    assert found.rows() == list(zip(ids, [zone for _, zone in told], strict=True))


@pytest.mark.parametrize(
    ("changes", "zone"),
    [({"currency": "GEL"}, "Asia/Tbilisi"), ({"zone": "Europe/Paris"}, "Europe/Paris")],
)
def test_a_reader_of_whom_nothing_is_known_has_the_shops_zone(sqlite_shop, now, changes, zone):
    with sqlite_shop.database.begin() as connection:
        brand = replace(read_brand(connection), **changes)
        save_brand(connection, brand, actor="anna", now=now)

        assert zones_of(connection, pl.Series([7]))["zone"].to_list() == [zone]


def test_who_has_no_open_hour_before_the_deadline_is_left_out(shop, now):
    # It is 16:00 in Yerevan and 13:00 in Berlin; 3 March is a holiday in Georgia, 8 March in both.
    with shop.database.begin() as connection:
        here = a_contact(connection, now=now, phone="+37491234567")
        there = a_contact(connection, now=now, phone="+4915112345678")
        options = _options(opens=9, closes=15, deadline="2026-03-02T15:00")

        audience = with_zones(connection, _audience(here, there), options, now)

    assert audience.select("zone", "hour", "denial").rows() == [
        ("Asia/Yerevan", None, "quiet_hours"),
        ("Europe/Berlin", None, None),
    ]


def _an_event(connection, message_id, at, now, machine=None):
    connection.execute(event.insert().values(
        provider="sendgrid", provider_event_id=at.isoformat(), message_id=message_id, kind="opened",
        at=at, received_at=now, raw={}, machine=machine,
    ))  # fmt: skip


def test_each_gets_the_hour_at_which_a_person_opened_or_bought_in_their_own_zone(shop, now):
    reader = a_recipient(shop, now=now)
    days = [now.replace(hour=0) - timedelta(days=n) for n in range(1, 10)]
    with shop.database.begin() as connection:
        for day in days[:6]:  # 8:00 UTC is noon in Yerevan
            _an_event(connection, reader.message_id, day.replace(hour=8), now)
        for day in days:
            _an_event(connection, reader.message_id, day.replace(hour=14), now, machine="scanner")
        buyer = a_contact(connection, now=now)
        ordered = [day.replace(hour=17) for day in days[:6]] + days  # and some without a time
        lines = pl.LazyFrame(
            {
                "contact_id": [buyer] * len(ordered),
                "order_id": [str(at) for at in ordered],
                "ordered_at": ordered,
            },
            schema_overrides={"ordered_at": pl.Datetime("us", "UTC")},
        )

        audience = with_zones(
            connection, _audience(reader.contact_id, buyer), _options(best_hour=True), now,
            orders=lambda: lines,
        )  # fmt: skip

    assert audience["hour"].to_list() == [12, 17]

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.delivery import campaigns
from campaigns.delivery.dispatch import send_campaign
from campaigns.delivery.transports.outbox import OutboxTransport, folder_name
from tests.delivery.test_smtp import a_request
from tests.support.sending import BRAND, a_running_campaign, people, states


@settings(deadline=None)
@given(name=st.text())
def test_no_name_of_a_campaign_leads_out_of_the_outbox(name):
    folder = folder_name(name)

    assert folder
    assert not set(folder) & set('/\\.:\0<>|"?*')
    assert len(folder.encode()) <= 255


def test_to_write_a_letter_twice_is_to_write_it_once(tmp_path, now):
    transport = OutboxTransport(tmp_path, BRAND)

    first = transport.send(a_request(), "k1", now=now, time_left_s=60)
    again = transport.send(a_request(), "k2", now=now, time_left_s=60)

    assert first == again
    names = sorted(
        str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()
    )
    assert names == [f"Spring/en/token{i}.eml" for i in range(3)]


def test_a_name_with_a_line_break_forges_no_header(tmp_path, now):
    request = a_request(1)
    forged = pl.lit("Ani\r\nBcc: all@example.am").alias("name")
    request = replace(request, people=request.people.with_columns(forged))

    OutboxTransport(tmp_path, BRAND).send(request, "k", now=now, time_left_s=60)

    for path in tmp_path.rglob("*.eml"):
        assert b"\nBcc" not in path.read_bytes()


def test_an_outbox_that_cannot_be_written_to_pauses_and_loses_nobody(sqlite_shop, now):
    people(sqlite_shop, now, 2, languages=("hy",))
    campaign_id = a_running_campaign(sqlite_shop, now)
    sqlite_shop.outbox.write_text("a file stands where the folder should")

    send_campaign(sqlite_shop, campaign_id, owner="w")

    with sqlite_shop.database.read() as connection:
        found = campaigns.status(connection, "Spring")
    assert (found.state, found.waiting, found.error["code"]) == ("paused", 2, "transport.outbox")
    sqlite_shop.outbox.unlink()
    campaigns.resume(sqlite_shop, "Spring", actor="anna", now=now)
    send_campaign(sqlite_shop, campaign_id, owner="w")
    assert states(sqlite_shop) == {"accepted": 2}


@pytest.mark.parametrize("name", ["Գարուն", "გაზაფხული", "Spring"])
def test_a_folder_is_named_in_the_language_of_the_campaign(name):
    assert folder_name(name) == name

"""Segments, letters, campaigns, reports, brand and events through the command line."""

from __future__ import annotations

import email
import json
from email import policy

import orjson
import pytest
from openpyxl import load_workbook

STATUS = {"state", "planned", "accepted", "failed", "unknown", "waiting", "left_out"}


def test_a_rule_is_saved_counted_explained_and_removed(shop):
    saved = shop.json("segment", "save", "Buyers", "ORDERS>=1")

    assert saved == {"segment": "Buyers", "rule": "orders >= 1"}
    assert shop("segment", "count", "Buyers").stdout == "2\n"
    found = shop.json("segment", "explain", "Buyers")
    assert (found["count"], found["total"], found["by_language"]) == (2, 4, {"hy": 1, "ka": 1})
    assert [one["revenue"] for one in found["sample"]] == ["20000.00 AMD", "5000.00 AMD"]
    shop.json("segment", "remove", "Buyers")
    assert shop.json("segment", "list") == {"segments": []}
    assert shop("segment", "count", "Buyers").exit_code == 1


def test_people_are_exported_to_a_workbook(shop, tmp_path):
    out = tmp_path / "people.xlsx"

    shop.json("segment", "export", "orders >= 2", str(out))

    rows = list(load_workbook(out).active.iter_rows(values_only=True))
    assert rows == [
        (
            "customer_id",
            "name",
            "language",
            "city",
            "orders",
            "revenue",
            "currency",
            "last_order_at",
        ),
        ("C-1", "Անի Սարգսյան", "hy", "Երևան", "2", "20000.00", "AMD", "2026-02-20"),
    ]


@pytest.mark.parametrize("form", ["eml", "html", "txt"])
def test_a_letter_is_rendered_for_one_contact(shop, form):
    result = shop(
        "letter", "render", "thank_you", "--contact", "C-1", "--lang", "hy", "--format", form
    )

    assert result.exit_code == 0
    if form == "eml":
        mail = email.message_from_string(result.stdout, policy=policy.default)
        assert mail["To"].addresses[0].addr_spec == "ani@example.am"
        assert {part.get_content_type() for part in mail.walk()} >= {"text/plain", "text/html"}
    else:
        assert "Անի" in result.stdout


@pytest.mark.slow
def test_letters_are_listed_and_clean(shop):
    names = [one["name"] for one in shop.json("letter", "list")["letters"]]

    assert {"thank_you", "we_miss_you", "testimonial_request"} <= set(names)
    assert shop("letter", "check", "thank_you").exit_code == 0
    assert shop("letter", "check", "apology").exit_code == 0


@pytest.mark.slow
def test_preflight_says_what_keeps_a_campaign_from_being_approved(shop):
    shop("campaign", "create", "Sorry", "--segment", "everyone", "--letter", "apology")
    shop("campaign", "plan", "Sorry")

    told = shop("campaign", "preflight", "Sorry", "--json")

    codes = [one["code"] for one in json.loads(told.stdout)["findings"]]
    assert (told.exit_code, "check.example" in codes) == (1, True)


@pytest.mark.slow
def test_every_shipped_letter_is_without_mistake(shop):
    assert shop("letter", "check").exit_code == 0


def test_a_letter_is_taken_out_as_a_folder_and_read_again(shop, tmp_path):
    out = tmp_path / "birthday"

    told = shop.json("letter", "export", "birthday", "--out", str(out))
    kept = shop.json("letter", "save", "mine", str(out))

    assert told["files"] == ["hy.md", "hy.2.md", "ka.md", "ka.2.md", "en.md", "en.2.md"]
    assert kept["version"] == 1
    [version] = shop.json("letter", "versions", "mine")["versions"]
    assert (version["languages"], version["texts"]) == (["hy", "ka", "en"], 2)
    shop.json("letter", "export", "mine", "--out", str(tmp_path / "again"))
    for file in told["files"]:
        assert (tmp_path / "again" / file).read_bytes() == (out / file).read_bytes()


def test_a_letter_of_ones_own_is_kept_and_one_with_a_mistake_is_not(shop, tmp_path):
    good = tmp_path / "en.md"
    good.write_text("---\nsubject: Hello\npurpose: offers\n---\n\nHello.\n", encoding="utf-8")
    assert shop.json("letter", "save", "mine", str(good))["version"] == 1
    good.write_text("---\nsubject: Hello\npurpose: offers\n---\n\n{{ salary }}\n", encoding="utf-8")

    result = shop("letter", "save", "mine", str(good))

    assert (result.exit_code, "salary" in result.stderr) == (1, True)


@pytest.mark.slow
def test_a_campaign_goes_all_the_way_with_no_worker(shop):
    shop.json("campaign", "create", "Spring", "--segment", "everyone", "--letter", "thank_you")
    planned = shop.json("campaign", "plan", "Spring")
    previews = shop.json("campaign", "preview", "Spring")["letters"]
    shop.json("campaign", "approve", "Spring")
    sent = shop.json("campaign", "send", "Spring")

    assert (planned["planned"], planned["left_out"]) == (3, {"no_consent": 1})
    assert sorted(one["language"] for one in previews) == ["en", "hy", "ka"]
    assert set(sent) >= STATUS
    assert (sent["state"], sent["accepted"], sent["waiting"]) == ("done", 3, 0)
    assert sent["left_out"] == {"no_consent": 1}
    assert shop.json("campaign", "status", "Spring") == sent
    assert len(list((shop.data / "outbox").rglob("*.eml"))) == 3


def test_a_campaign_that_nobody_approved_is_not_sent(shop):
    shop.json("campaign", "create", "Spring", "--segment", "everyone", "--letter", "thank_you")

    result = shop("campaign", "send", "Spring")

    assert (result.exit_code, result.stdout) == (1, "")
    assert not list((shop.data / "outbox").rglob("*.eml"))


def test_a_paused_campaign_is_resumed_and_cancelled(shop):
    shop.json("campaign", "create", "Spring", "--segment", "everyone", "--letter", "thank_you")

    assert shop.json("campaign", "cancel", "Spring")["state"] == "cancelled"
    assert shop("campaign", "pause", "Spring").exit_code == 1
    assert shop.json("campaign", "list")["campaigns"][0]["name"] == "Spring"


def test_a_report_is_written(shop, tmp_path):
    out = tmp_path / "report.xlsx"
    shop.json("campaign", "create", "Spring", "--segment", "everyone", "--letter", "thank_you")
    shop.json("campaign", "plan", "Spring")

    figures = shop.json("report", "Spring", "--out", str(out), "--lang", "ka")

    rows = list(load_workbook(out).active.iter_rows(values_only=True))
    assert (figures["planned"], len(rows)) == (3, 5)
    assert shop("report", "Spring").exit_code == 1


def test_the_brand_is_changed_one_value_at_a_time(shop):
    found = shop.json("brand", "set", "phone=+374 10 000000")

    assert (found["shop_name"], found["phone"], found["missing"]) == ("Nur", "+374 10 000000", [])
    assert shop.json("brand", "show") == found
    told = shop.json("brand", "set", "shop_name.hy=Նուռ", "shop_name.ka=ნური")
    assert told["in_languages"] == {"hy": {"shop_name": "Նուռ"}, "ka": {"shop_name": "ნური"}}


@pytest.mark.parametrize(
    "text",
    ["colour=red", "phone", "currency=XXX", "default_language=ru", "phone.hy=1", "signer.ru=Аня"],
)
def test_a_brand_that_cannot_be_is_refused(shop, text):
    before = shop.json("brand", "show")

    result = shop("brand", "set", text)

    assert (result.exit_code, shop.json("brand", "show")) == (1, before)


def test_events_that_are_none_are_explained(shop, tmp_path):
    path = tmp_path / "events.json"
    path.write_text("no events", encoding="utf-8")

    result = shop("events", "ingest", str(path))

    assert (result.exit_code, result.stdout) == (1, "")


def test_an_event_of_a_stranger_is_taken_in_and_settles_nothing(shop, tmp_path):
    path = tmp_path / "events.json"
    event = {"email": "x@example.com", "event": "delivered", "sg_event_id": "e1", "timestamp": 1}
    path.write_bytes(orjson.dumps([event]))

    first = shop.json("events", "ingest", str(path))
    again = shop.json("events", "ingest", str(path))

    assert (first["bodies"], first["new"], first["settled"]) == (1, 1, 0)
    assert again["new"] == 0


def test_a_campaign_says_what_it_does_in_doubt_and_why_letters_were_refused(shop):
    shop.json("campaign", "create", "Doubt", "--segment", "everyone", "--letter", "thank_you",
              "--transport", "sendgrid")  # fmt: skip

    changed = shop.json("campaign", "options", "Doubt", "--policy", "reconcile", "--safe")

    assert (changed["policy"], changed["safe"], changed["sandbox"]) == ("reconcile", True, False)
    assert shop.json("campaign", "options", "Doubt") == changed
    told = shop.json("campaign", "retry", "Doubt", "--why")
    assert told == {"retried": 0, "refusals": []}
    assert shop("campaign", "settle", "Doubt", "--decision", "resend").exit_code == 1
    assert shop("campaign", "rehearse", "Doubt").exit_code == 1

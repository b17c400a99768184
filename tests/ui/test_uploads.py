"""The upload tab in each of its states: what waits, is read, is asked, comes in, came in."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import PurePath

import pytest
import sqlalchemy as sa

from campaigns.clock import utcnow
from campaigns.errors import CampaignsError
from campaigns.jobs import rows
from campaigns.jobs.progress import Told, tell
from campaigns.model.language import Language
from campaigns.model.states import FileState, UploadState
from campaigns.sheets import arrival, intake, reports
from campaigns.sheets.reading.alphabets import READINGS
from campaigns.sheets.reading.codecs import encode
from campaigns.sheets.reading.grid import LEGACY_FONTS
from campaigns.sheets.reading.staging import read_stage, write_stage
from campaigns.sheets.rehearsals import keep_rehearsal
from campaigns.sheets.understanding.fields import IGNORED, Mapping, SheetKind
from campaigns.sheets.undo import undo, undo_key
from campaigns.store.tables import job, source_file, upload
from campaigns.store.work import find_job
from campaigns.ui.file_reading import ENCODINGS, FONTS
from tests.support.sheets import arrive, csv_file, take_in, xlsx
from tests.ui.conftest import CUSTOMERS, EVIL, received
from tests.ui.test_work import choose, press

pytestmark = pytest.mark.slow  # each draws the largest page a few times

MOVED = [["ID", "E-mail", "City"], ["C-1", "ani@example.am", "Գյումրի"]]
PEOPLE = [["ID", "Name", "E-mail"], ["C-1", "Ani", "ani@example.am"]]


def worker_looks(workspace) -> None:
    """Do what the worker does with files that arrived."""
    for one in arrival.recent_files(workspace):
        if one.state == FileState.ARRIVED:
            with suppress(CampaignsError):
                arrival.look(workspace, one.id, now=utcnow())


def drop(page, workspace, *files):
    """Drop files into the page, let the worker look at them, and draw the page anew."""
    for name, data in files:
        page.file_uploader[0].upload(name, data)
    page.run()
    worker_looks(workspace)
    return page.run()


def shown(page) -> str:
    """Everything that a page says, in one string."""
    kinds = ("markdown", "caption", "info", "warning", "error", "success", "text", "subheader")
    said = [one.value for kind in kinds for one in getattr(page, kind)]
    return "\n".join([*said, *(one.text for one in page.get("progress"))])


def meanings(page) -> dict[str, str]:
    table = page.data_editor[0].value
    return dict(zip(table["heading"], table["meaning"], strict=True))


def edits(rows) -> dict:
    """What a person changed in an editable table: place of the row → column → value."""
    return {"edited_rows": rows, "added_rows": [], "deleted_rows": []}


def stored_mapping(workspace) -> Mapping:
    with workspace.database.read() as connection:
        return Mapping.from_json(connection.execute(sa.select(upload.c.mapping)).scalar_one())


def test_a_sheet_is_uploaded_read_mapped_and_queued_once(sqlite_workspace, open_page):
    page = open_page("contacts")

    drop(page, sqlite_workspace, ("customers.csv", CUSTOMERS.encode()))
    assert any(one.value.endswith("**: 5 rows") for one in page.markdown)
    found = meanings(page)
    press(page, "Yes, take it in")

    assert found["Էլ. հասցե"] == "address"
    assert found["Համաձայն է նամակներ ստանալ"] == "consent"
    assert not page.exception
    with sqlite_workspace.database.read() as connection:
        keys = connection.execute(sa.select(job.c.key)).scalars().all()
    assert keys.count("upload:1") == 1
    assert page.get("progress")[0].text.startswith("customers")


def test_the_bytes_of_a_file_are_dropped_once_it_is_copied(sqlite_workspace, open_page):
    page = open_page("contacts")
    key = page.file_uploader[0].key

    page.file_uploader[0].upload("customers.csv", CUSTOMERS.encode()).run()

    assert page.file_uploader[0].key != key
    assert page.file_uploader[0].value == []
    assert len(arrival.recent_files(sqlite_workspace)) == 1


def test_a_file_that_waits_for_a_worker_says_so(sqlite_workspace, open_page):
    page = open_page("contacts")

    page.file_uploader[0].upload("customers.csv", CUSTOMERS.encode()).run()

    assert "the worker is not running" in page.get("progress")[0].text


def test_an_empty_file_is_refused_beside_those_that_are_taken(sqlite_workspace, open_page):
    page = open_page("contacts")

    page.file_uploader[0].upload("empty.csv", b"").upload("a.xlsx", xlsx(PEOPLE))
    page.run()

    assert "empty\\.csv" in page.error[0].value
    assert [one.file for one in arrival.recent_files(sqlite_workspace)] == ["a.xlsx"]


def test_a_file_that_cannot_be_read_is_put_away(sqlite_workspace, open_page):
    page = open_page("contacts")
    drop(page, sqlite_workspace, ("customers.xlsx", b"PK\x03\x04 not a workbook"))

    press(page, "Put away")

    assert len(page.error) == 0


def test_a_file_that_failed_is_no_longer_told_of_once_it_was_uploaded_anew(
    sqlite_workspace, open_page
):
    page = open_page("contacts")
    drop(page, sqlite_workspace, ("a.xlsx", b"PK\x03\x04 not a workbook"))
    assert len(page.error) == 1

    drop(page, sqlite_workspace, ("a.xlsx", xlsx(PEOPLE)))

    assert len(page.error) == 0


def test_a_text_file_in_the_wrong_letters_is_read_again_as_the_person_says(
    sqlite_workspace, open_page
):
    old = b"ID;Name;E-mail\r\nC-1;" + encode("Անի", "armscii-8") + b";ani@example.am\r\n"
    page = open_page("contacts")
    drop(page, sqlite_workspace, ("old.csv", old))
    choose(page, "Encoding", "geostd8")
    press(page, "Read the file again")
    worker_looks(sqlite_workspace)
    page.run()
    [wrong] = [one for one in meanings_examples(page) if one not in ("C-1", "ani@example.am")]

    choose(page, "Encoding", "armscii-8")
    sample = [one.value for one in page.text]
    press(page, "Read the file again")
    worker_looks(sqlite_workspace)
    page.run()

    assert sample == ["C-1;Անի;ani@example.am"]
    assert wrong != "Անի"
    assert "Անի" in meanings_examples(page)


def meanings_examples(page) -> list[str]:
    return list(page.data_editor[0].value["examples"])


def test_how_far_an_import_is_is_said_with_rows_rate_and_time_left(shop, open_page, now):
    [upload_id] = arrive(shop, xlsx(PEOPLE), "more.xlsx", now=now)
    mapping = intake.preview(shop, upload_id).mapping
    intake.confirm(shop, upload_id, mapping, actor="anna", now=now)
    with shop.database.begin() as connection:
        job_id = find_job(connection, intake.job_key(upload_id)).id
        rows.claim(connection, job_id, "worker", lease_s=60, now=utcnow())
    started = utcnow() - timedelta(seconds=10)
    tell(shop.files, job_id, Told(4_000, 10_000, "storing", started))

    page = open_page("contacts")

    [bar] = [one for one in page.get("progress") if one.text.startswith("more\\.xlsx")]
    assert "writing down" in bar.text
    assert "4,000 of 10,000 rows" in bar.text
    assert "rows a second" in bar.text
    assert "seconds left" in bar.text
    assert bar.value == 40
    assert "The worker is not running" not in shown(page)


def test_an_import_that_broke_down_can_be_tried_again(shop, open_page, now):
    [upload_id] = arrive(shop, xlsx(PEOPLE), "more.xlsx", now=now)
    mapping = intake.preview(shop, upload_id).mapping
    intake.confirm(shop, upload_id, mapping, actor="anna", now=now)
    _break(shop, intake.job_key(upload_id))
    page = open_page("contacts")
    assert "more" in page.subheader[0].value
    assert len(page.error) == 1

    press(page, "Try again")

    with shop.database.read() as connection:
        assert find_job(connection, intake.job_key(upload_id)).state == "queued"


def test_a_file_whose_reading_broke_down_can_be_read_again(sqlite_workspace, open_page):
    page = open_page("contacts")
    page.file_uploader[0].upload("a.xlsx", xlsx(PEOPLE)).run()
    _break(sqlite_workspace, arrival.job_key(1))
    page.run()
    assert len(page.error) == 1

    press(page, "Read the file again")

    with sqlite_workspace.database.read() as connection:
        assert find_job(connection, arrival.job_key(1)).state == "queued"


def _break(workspace, key) -> None:
    error = {"code": "unexpected", "facts": {"reference": "abc"}}
    with workspace.database.begin() as connection:
        connection.execute(
            sa.update(job).where(job.c.key == key).values(state="failed", error=error)
        )


def test_hidden_rows_are_asked_about_and_the_answer_is_kept(sqlite_workspace, open_page, now):
    page = with_marks(sqlite_workspace, open_page, now, hidden_rows=(2,))
    [question] = [one for one in page.radio if "hidden" in one.label]
    assert question.label == "1 row of the sheet is hidden. Take it in too?"

    question.set_value("leave").run()
    press(page, "Yes, take it in")

    assert stored_mapping(sqlite_workspace).option("", "hidden_rows") == "leave"


def test_a_column_of_an_old_font_is_shown_with_a_converted_value(sqlite_workspace, open_page, now):
    people = [["Անուն", "E-mail"], ["Անի", "ani@example.am"]]
    fonts = {0: "armscii-8", 1: "armscii-8"}
    page = with_marks(sqlite_workspace, open_page, now, people, fonts=fonts)

    [told] = [one.value for one in page.info if "old font" in one.value]
    assert r"Անուն \(Անի\)" in told
    assert "example" not in told, "no font changes a Latin address"


def test_a_hidden_sheet_says_that_it_is(sqlite_workspace, open_page, now):
    page = with_marks(sqlite_workspace, open_page, now, hidden=True)

    assert "hidden in the workbook" in shown(page)


def with_marks(workspace, open_page, now, people=PEOPLE, **marks):
    """The page with a sheet of people that waits and bears marks."""
    arrive(workspace, xlsx(people), now=now)
    with workspace.database.read() as connection:
        key = connection.execute(sa.select(upload.c.stage)).scalar_one()
    grid = read_stage(workspace.files, key)
    rewrite(workspace, key, replace(grid, marks=replace(grid.marks, **marks)))
    return open_page("contacts")


def rewrite(workspace, key, grid) -> None:
    assert write_stage(workspace.files, PurePath(key).stem, grid) == key


def test_dates_that_read_both_ways_are_asked_about_with_a_value_of_the_sheet(
    sqlite_workspace, open_page, now
):
    people = [["ID", "E-mail", "Birthday"], ["C-1", "ani@example.am", "02.03.1990"]]
    arrive(sqlite_workspace, csv_file(people, delimiter=";"), "people.csv", now=now)
    page = open_page("contacts")
    [question] = [one for one in page.radio if "which date" in one.label]
    assert [one.replace("\\", "") for one in question.options] == [
        "02.03.1990 = 2 March 1990", "02.03.1990 = 3 February 1990",
    ]  # fmt: skip

    question.set_value("mdy").run()
    press(page, "Yes, take it in")

    assert stored_mapping(sqlite_workspace).option("Birthday", "dates") == "mdy"


def test_amounts_that_read_both_ways_are_asked_about(sqlite_workspace, open_page, now):
    orders = [["Order ID", "Date", "Customer ID", "Amount"], ["1", "2026-03-02", "C-1", "12.500"]]
    arrive(sqlite_workspace, csv_file(orders, delimiter=";"), "orders.csv", now=now)
    page = open_page("contacts")
    [question] = [one for one in page.radio if "how much" in one.label]
    assert [one.replace("\\", "") for one in question.options] == [
        "12.500 = 12,500", "12.500 = 12.5",
    ]  # fmt: skip

    press(page, "Yes, take it in")

    assert stored_mapping(sqlite_workspace).option("Amount", "decimal") == ","


def test_columns_that_nothing_recognised_stand_first_and_are_marked(
    sqlite_workspace, open_page, now
):
    people = [["ID", "E-mail", "Xyz", "Name"], ["C-1", "ani@example.am", "q", "Ani"]]
    arrive(sqlite_workspace, xlsx(people), now=now)

    page = open_page("contacts")

    table = page.data_editor[0].value
    assert table["heading"][0] == "Xyz"
    assert [why.startswith("❗") for why in table["why"]] == [True, False, False, False]
    assert "1 column needs a look" in shown(page)


def test_what_a_sheet_would_change_is_asked_of_the_worker_and_shown(shop, open_page, now):
    changed = [
        ["ID", "E-mail", "City"],
        ["C-1", "ani@example.am", "Գյումրի"],
        ["C-2", "nino@example.ge", "თბილისი"],
        ["C-9", "new@example.am", "Երևան"],
    ]
    arrive(shop, xlsx(changed), "changed.xlsx", now=now)
    page = open_page("contacts")
    assert any("What would change" in one.text for one in page.get("progress"))

    worker_rehearses(shop)
    page.run()

    figures = {one.label: one.value for one in page.metric}
    assert (figures["New"], figures["Changed"], figures["Already known"]) == ("1", "1", "1")
    assert "Changes: city (1)" in shown(page)
    assert any("Գյումրի" in str(table.value) for table in page.dataframe)


def test_what_would_change_is_asked_anew_when_a_column_gets_another_meaning(shop, open_page, now):
    arrive(shop, xlsx(MOVED), "changed.xlsx", now=now)
    page = open_page("contacts")
    worker_rehearses(shop)
    page.run()
    assert any(one.label == "Changed" for one in page.metric)

    place = list(page.data_editor[0].value["heading"]).index("City")
    page.session_state[page.data_editor[0].key] = edits({place: {"meaning": IGNORED}})
    page.run()

    assert not any(one.label == "Changed" for one in page.metric)
    assert rehearsal_of(shop).args["mapping"]["columns"]["City"] == IGNORED


def test_a_large_sheet_is_rehearsed_only_on_demand(shop, open_page, now, monkeypatch):
    monkeypatch.setattr("campaigns.ui.upload_changes.QUICK_ROWS", 0)
    arrive(shop, xlsx(MOVED), "changed.xlsx", now=now)
    page = open_page("contacts")
    assert rehearsal_of(shop) is None

    press(page, "What would change?")

    assert rehearsal_of(shop).state == "queued"


def rehearsal_of(workspace):
    with workspace.database.read() as connection:
        return connection.execute(sa.select(job).where(job.c.kind == "rehearse")).first()


def worker_rehearses(workspace) -> None:
    """Do what the worker does with the one rehearsal that was asked for."""
    asked = rehearsal_of(workspace)
    keep_rehearsal(workspace, asked.args["upload_id"], asked.args["mapping"], now=utcnow())
    with workspace.database.begin() as connection:
        connection.execute(sa.update(job).where(job.c.id == asked.id).values(state="done"))


def test_the_workbook_with_the_problems_is_handed_out_once_it_is_made(shop, open_page):
    page = open_page("contacts", "hy")
    assert any("Պատրաստվում է" in one.text for one in page.get("progress"))
    handed_out = "Ներբեռնել Ձեր ֆայլը՝ խնդիրների նշումով"
    assert handed_out not in [one.label for one in page.get("download_button")]

    reports.make_problem_book(shop, 1, Language.HY)
    page.run()

    assert handed_out in [one.label for one in page.get("download_button")]


def test_a_problem_book_that_could_not_be_made_can_be_asked_for_again(shop, open_page):
    key = reports.book_job(1, Language.EN)
    _break(shop, key)
    page = open_page("contacts")
    assert len(page.error) == 1

    press(page, "Try again")

    with shop.database.read() as connection:
        assert find_job(connection, key).state == "queued"


def test_the_type_of_a_column_of_one_s_own_can_be_said(sqlite_workspace, open_page, now):
    people = [["ID", "E-mail", "Xyz"], ["C-1", "ani@example.am", "02.03.2026"]]
    arrive(sqlite_workspace, xlsx(people), now=now)
    page = open_page("contacts")

    page.session_state[page.data_editor[1].key] = edits({0: {"type": "date"}})
    page.run()
    assert any("which date" in one.label for one in page.radio)
    press(page, "Yes, take it in")

    assert stored_mapping(sqlite_workspace).option("Xyz", "type") == "date"


def test_a_sheet_without_a_column_of_consent_warns(sqlite_workspace, open_page, now):
    arrive(sqlite_workspace, xlsx(PEOPLE), now=now)

    page = open_page("contacts")

    assert "nobody can be written to" in shown(page)


def test_a_sheet_is_skipped_with_one_click(sqlite_workspace, open_page, now):
    arrive(sqlite_workspace, xlsx(PEOPLE), now=now)
    page = open_page("contacts")

    press(page, "Skip this sheet")

    with sqlite_workspace.database.read() as connection:
        found = connection.execute(sa.select(upload.c.kind, upload.c.state)).one()
    assert found == ("ignore", "done")
    assert "This sheet was skipped" in shown(page)


def test_all_that_is_left_of_a_file_is_skipped_with_one_click(sqlite_workspace, open_page, now):
    arrive(sqlite_workspace, xlsx(One=PEOPLE, Two=PEOPLE, Three=PEOPLE), "book.xlsx", now=now)
    arrive(sqlite_workspace, xlsx(PEOPLE), "other.xlsx", now=now)
    page = open_page("contacts")

    press(page, "Skip the rest of this file")

    with sqlite_workspace.database.read() as connection:
        states = connection.execute(sa.select(upload.c.state).order_by(upload.c.id)).scalars().all()
    assert states == ["done", "done", "done", "received"]
    assert any("other" in one.value for one in page.markdown)


def test_a_sheet_of_another_kind_is_asked_about_anew(sqlite_workspace, open_page, now):
    arrive(sqlite_workspace, xlsx(PEOPLE), now=now)
    page = open_page("contacts")

    choose(page, "What is in this sheet?", SheetKind.IGNORE)

    assert not any(one.label == "Yes, take it in" for one in page.button)
    assert len(page.data_editor) == 0
    press(page, "Skip this sheet")
    assert set(stored_mapping(sqlite_workspace).columns.values()) == {IGNORED}


def test_a_remembered_sheet_says_so(sqlite_workspace, open_page, now):
    take_in(sqlite_workspace, xlsx(PEOPLE), now=now)
    arrive(sqlite_workspace, xlsx([*PEOPLE, ["C-2", "Nino", "n@example.ge"]]), now=now)

    page = open_page("contacts")

    assert "understood as then" in shown(page)


def test_a_mapping_that_lacks_something_is_refused_in_words(sqlite_workspace, open_page, now):
    arrive(sqlite_workspace, xlsx(PEOPLE), now=now)
    page = open_page("contacts", "hy")

    choose(page, "Ի՞նչ կա այս թերթում", SheetKind.ORDERS)
    press(page, "Այո, ներմուծել")

    assert len(page.error) == 1
    assert "ordered_at" not in page.error[0].value
    assert not page.exception


def test_what_became_of_an_upload_is_shown_with_the_refused_rows(shop, open_page):
    page = open_page("contacts")

    assert "1 row was refused" in page.warning[1].value
    assert "- This is not a valid e-mail address (1)" in shown(page)


def test_an_older_upload_is_looked_at(shop, open_page, now):
    take_in(shop, xlsx([["ID", "E-mail"], ["C-9", "new@example.am"]]), "new.xlsx", now=now)
    page = open_page("contacts")
    assert not any("was refused" in one.value for one in page.warning)

    choose(page, "Which upload", 1)

    assert any("was refused" in one.value for one in page.warning)


def test_names_of_files_and_sheets_stay_what_they_are(sqlite_workspace, open_page, now):
    received(sqlite_workspace, now)
    with sqlite_workspace.database.begin() as connection:
        connection.execute(sa.update(upload).values(file_name=EVIL))
        connection.execute(sa.update(source_file).values(file_name=EVIL))

    page = open_page("contacts")

    assert EVIL not in shown(page)
    assert r"\!\[x\]\(https\:\/\/evil" in shown(page)


def test_an_upload_that_was_undone_says_so(shop, open_page):
    with shop.database.begin() as connection:
        connection.execute(sa.update(upload).values(state=UploadState.UNDONE))

    page = open_page("contacts")

    assert "This upload was undone" in shown(page)


def test_the_first_rows_are_shown_as_they_will_be_and_as_they_stand(
    sqlite_workspace, open_page, now
):
    people = [
        ["ID", "E-mail", "Name"],
        ["C-1", "not an address", "Ani"],
        ["C-2", "b@example.am", "Նարե"],
    ]
    arrive(sqlite_workspace, xlsx(people), now=now)
    page = open_page("contacts", "hy")

    page.session_state["view-1"] = "before"
    page.run()

    tables = [str(one.value) for one in page.dataframe]
    assert any("not an address" in one for one in tables)
    assert any("էլ. հասցեն սխալ է" in one.casefold() for one in tables)


def test_an_upload_is_undone_after_it_was_said_what_that_means(shop, open_page):
    page = open_page("contacts")
    press(page, "Undo this upload…")
    assert "removed (customers): 4" in shown(page)

    press(page, "Yes, undo it")
    assert any("being undone" in one.text for one in page.get("progress"))
    undo(shop, 1, actor="owner", now=utcnow())
    finish_job(shop, undo_key(1))
    page.run()

    assert "This upload was undone" in shown(page)
    assert not any(one.label.startswith("Undo") for one in page.button)


def test_an_upload_on_which_another_stands_says_which_to_undo_first(shop, open_page, now):
    take_in(shop, xlsx(MOVED), "later.xlsx", now=now)
    page = open_page("contacts")
    choose(page, "Which upload", 1)

    press(page, "Undo this upload…")

    assert "later" in page.error[0].value
    assert not any(one.label == "Yes, undo it" for one in page.button)


def test_whoever_thinks_better_of_it_leaves_the_upload_as_it_is(shop, open_page):
    page = open_page("contacts")
    press(page, "Undo this upload…")

    press(page, "Leave it")

    assert not any(one.label == "Yes, undo it" for one in page.button)
    with shop.database.read() as connection:
        assert find_job(connection, undo_key(1)) is None


def finish_job(workspace, key) -> None:
    with workspace.database.begin() as connection:
        connection.execute(sa.update(job).where(job.c.key == key).values(state="done"))


def test_how_good_each_column_is_and_which_rows_contradict_is_shown(shop, open_page):
    quality = {"heading": "Էլ. հասցե", "field": "address", "filled": 4, "empty": 1, "changed": 2,
               "unreadable": 1, "distinct": 4, "notes": {}, "rows": [6]}  # fmt: skip
    with shop.database.begin() as connection:
        changes = {"conflicts": [{"row": 3, "contacts": [1, 2], "rows": []}]}
        connection.execute(sa.update(upload).values(quality=[quality], changes=changes))

    page = open_page("contacts")

    [table] = [one.value for one in page.dataframe if "Not understood" in one.value.columns]
    assert table.iloc[0][["What it means", "Filled", "Put right", "In rows"]].to_list() == [
        "e-mail address", "80%", "2", "6",
    ]  # fmt: skip
    assert any("one person and whose address" in one.value for one in page.warning)


def test_a_rate_is_entered_as_people_write_dates(sqlite_workspace, open_page):
    page = open_page("settings")

    page.text_input(key="rate-value").set_value("405,5")
    page.text_input(key="rate-day").set_value("01.03.2026")
    press(page, "Add the rate")

    assert not page.error
    [table] = [one.value for one in page.dataframe]
    assert [one.replace("\xa0", " ") for one in table.iloc[0]] == ["GEL", "1 March 2026", "405.5"]


def test_a_day_that_is_none_is_refused_in_words(sqlite_workspace, open_page):
    page = open_page("settings")

    page.text_input(key="rate-value").set_value("405,5")
    page.text_input(key="rate-day").set_value("soon")
    press(page, "Add the rate")

    assert "soon" in page.error[0].value
    assert len(page.dataframe) == 0


def test_every_encoding_and_font_that_reading_knows_can_be_chosen():
    assert set(READINGS) <= set(ENCODINGS)
    assert set(LEGACY_FONTS) - {"georgian-academy"} <= set(FONTS)

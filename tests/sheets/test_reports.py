import io

import pytest
from openpyxl import load_workbook

from campaigns.jobs import run_here
from campaigns.model.language import Language
from campaigns.sheets import reports
from campaigns.sheets.writing import excerpt
from campaigns.sheets.writing.book import RED, YELLOW
from tests.support.sheets import csv_file, take_in, xlsx

HEADINGS = ["Customer ID", "E-mail", "Name", "Consent"]
ANI = ["C-1", "ani@example.com", "Անի", "այո"]
BAD = ["C-9", "no-address", "Նարե", "այո"]
LOST = [None, None, "Վահե", "այո"]
TOTAL = ["Ընդամենը", None, None, 3]


def _book(workspace, report, language=Language.HY):
    data = reports.problem_book_of(workspace, [report.upload], language)
    return load_workbook(io.BytesIO(data))


def _bytes(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_corrected_book_goes_on_where_the_upload_stopped(workspace, now):
    [report] = take_in(workspace, xlsx([["Title"], HEADINGS, ANI, BAD, LOST]), now=now)
    book = _book(workspace, report)
    page = book.active
    assert [cell.value for cell in page[2]] == [*HEADINGS, "խնդիր"]
    assert page["E4"].value == "E-mail — էլ. հասցեն սխալ է"
    page["B4"], page["A5"] = "nare@example.com", "C-5"

    [again] = take_in(workspace, _bytes(book), now=now)

    assert (report.rows, report.stored, report.refused) == (3, 1, 2)
    assert (again.rows, again.stored, again.merged, again.refused) == (3, 2, 1, 0)


@pytest.mark.slow
def test_of_a_large_sheet_the_book_holds_what_is_left_to_do(workspace, now, monkeypatch):
    monkeypatch.setattr(excerpt, "WHOLE_SHEET_BYTES", 0)
    [report] = take_in(workspace, xlsx([["Title"], HEADINGS, ANI, BAD, TOTAL]), now=now)
    book = _book(workspace, report)
    book.active["B3"] = "nare@example.com"

    [again] = take_in(workspace, _bytes(book), now=now)

    assert (again.rows, again.stored, again.merged, again.refused) == (2, 1, 0, 1)
    assert again.reasons == {"totals_row": 1}


@pytest.mark.slow
def test_a_row_that_lacks_every_key_is_marked_where_a_key_could_stand(sqlite_workspace, now):
    [report] = take_in(sqlite_workspace, xlsx([HEADINGS, ANI, LOST]), now=now)

    page = _book(sqlite_workspace, report, Language.EN).active

    assert page["A3"].comment.text == page["E3"].value
    assert page["A3"].fill.fgColor.rgb == page["B3"].fill.fgColor.rgb != page["C3"].fill.fgColor.rgb


@pytest.mark.slow
def test_a_text_file_comes_back_as_a_workbook_that_imports(sqlite_workspace, now):
    rows = [HEADINGS, ANI, BAD]
    [report] = take_in(sqlite_workspace, csv_file(rows, delimiter=";"), "c.csv", now=now)
    book = _book(sqlite_workspace, report, Language.KA)
    assert book.active["E1"].value == "პრობლემა"
    book.active["B3"] = "nare@example.com"

    [again] = take_in(sqlite_workspace, _bytes(book), now=now)

    assert (again.rows, again.stored, again.merged) == (2, 1, 1)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["c.csv", "c.xlsx"])
def test_a_sheet_without_headings_comes_back_and_imports(sqlite_workspace, now, name):
    rows = [*([f"c{number}@example.com", "Անի"] for number in range(9)), ["no-address", "Նարե"]]
    data = csv_file(rows) if name.endswith("csv") else xlsx(rows)
    [report] = take_in(sqlite_workspace, data, name, now=now)
    assert (report.stored, report.refused) == (9, 1)
    book = _book(sqlite_workspace, report)
    book.active["A11"] = "nare@example.com"

    [again] = take_in(sqlite_workspace, _bytes(book), now=now)

    assert (again.rows, again.stored, again.merged, again.refused) == (10, 1, 9, 0)


def test_doubtful_cells_are_yellow_and_say_what_may_be_meant(workspace, now):
    rows = [
        [*HEADINGS, "Phone"],
        ["C-1", "ani@gmial.com", "Անի", "գուցե", "+37491234567"],
        [*BAD, None],
    ]
    [report] = take_in(workspace, xlsx(rows), now=now)
    assert (report.stored, report.refused) == (1, 1)

    page = _book(workspace, report, Language.EN).active

    assert [page[place].fill.fgColor.rgb for place in ("B2", "D2", "B3")] == [YELLOW, YELLOW, RED]
    assert "ani@gmail.com" in page["F2"].value
    assert page["E2"].fill.fill_type is None


@pytest.mark.slow
def test_a_row_of_totals_alone_needs_no_attention(sqlite_workspace, now):
    [report] = take_in(sqlite_workspace, xlsx([HEADINGS, ANI, TOTAL]), now=now)

    assert (report.refused, report.needs_attention) == (1, False)


@pytest.mark.slow
def test_the_worker_makes_the_book_in_the_language_of_the_person(workspace, now):
    [report] = take_in(workspace, xlsx([HEADINGS, ANI, BAD]), now=now)
    assert report.needs_attention
    assert reports.problem_book_path(workspace, report.upload, Language.EN) is None

    run_here(workspace, reports.book_job(report.upload, Language.EN))

    path = reports.problem_book_path(workspace, report.upload, Language.EN)
    assert load_workbook(path).active["E1"].value == "problem"


@pytest.mark.slow
def test_a_book_in_another_language_is_made_when_it_is_asked_for(sqlite_workspace, now):
    [report] = take_in(sqlite_workspace, xlsx([HEADINGS, ANI, BAD]), now=now)

    reports.ask_problem_book(sqlite_workspace, report.upload, Language.KA, actor="nino", now=now)
    run_here(sqlite_workspace, reports.book_job(report.upload, Language.KA))

    path = reports.problem_book_path(sqlite_workspace, report.upload, Language.KA)
    assert load_workbook(path).active["E1"].value == "პრობლემა"


def test_nobody_asks_for_a_book_without_problems(sqlite_workspace, now):
    [report] = take_in(sqlite_workspace, xlsx([HEADINGS, ANI]), now=now)

    assert not report.needs_attention
    assert reports.problem_book_path(sqlite_workspace, report.upload, Language.EN) is None


def test_a_report_tells_the_commonest_reason_first(workspace, now):
    [report] = take_in(workspace, xlsx([HEADINGS, BAD, LOST, LOST]), now=now)

    assert list(report.reasons.items()) == [("no_key", 2), ("bad_address", 1)]
    assert reports.recent(workspace) == [report]


@pytest.mark.slow
def test_a_report_tells_how_the_file_was_read(sqlite_workspace, now):
    data = csv_file([HEADINGS, ANI], "utf-16", ";")

    [report] = take_in(sqlite_workspace, data, "c.csv", now=now)

    assert (report.reading["delimiter"], report.reading["hidden_rows"]) == (";", 0)
    assert report.reading["encoding"].startswith("utf-16")

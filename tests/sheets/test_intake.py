import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import polars as pl
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.errors import ConflictError, InputError, NotFoundError
from campaigns.model.permission import Purpose
from campaigns.model.states import UploadState
from campaigns.sheets import intake, reports
from campaigns.sheets.reading.codecs import encode
from campaigns.sheets.understanding.fields import Mapping, SheetKind
from campaigns.store import contacts, snapshots, tables
from campaigns.store.options import Brand, save_brand
from campaigns.store.work import find_job
from tests.support.sheets import arrive, csv_file, store, take_in, xlsx

HEADINGS = ["Customer ID", "E-mail", "Name", "Phone", "Consent", "Consent source", "Consent date"]
ANI = ["C-1", "ani@example.com", "Անի", 37491234567, "այո", "card 2025", "01.02.2026"]
NINO = ["C-2", "nino@example.com", "ნინო", "555 12 34 56", "არა", None, None]
EMMA = ["C-3", "emma@example.com", "Emma", None, None, None, None]
ORDER_HEADINGS = ["Order ID", "Date", "Customer ID", "Amount", "Product", "Status"]


def _all(workspace, table):
    with workspace.database.read() as connection:
        return connection.execute(sa.select(table).order_by(*table.primary_key.columns)).all()


def test_a_plain_sheet_of_customers_is_stored_with_names_phones_and_languages(workspace, now):
    [report] = take_in(workspace, xlsx([HEADINGS, ANI, NINO, EMMA]), now=now)

    assert (report.state, report.rows, report.stored, report.refused) == ("done", 3, 3, 0)
    people = _all(workspace, tables.contact)
    assert [(row.customer_id, row.language, row.language_evidence) for row in people] == [
        ("C-1", "hy", "script"), ("C-2", "ka", "script"), ("C-3", "hy", "default"),
    ]  # fmt: skip
    assert [row.phone for row in people] == ["+37491234567", "+995555123456", None]
    assert people[0].address_key == "ani@example.com"


def test_a_workbook_with_dirty_names_is_stored_with_clean_ones_and_tells_what_was_done(
    workspace, now
):
    names = [
        "ՊԵՏՐՈՍՅԱՆ ԱՆԻ ՎԱՐԴԱՆԻ", "ᲑᲔᲠᲘᲫᲔ ᲓᲐᲕᲘᲗ", "giorgi BERIDZE", "Аni Smith", "Ms. Emma Brown",
        "Երևան ՍՊԸ", "giorgi@mail.ru", "Zaza;Lia", "Nino (Tbilisi)", "Ա. Պետրոսյան", "-",
    ]  # fmt: skip
    rows = [[f"c{place}@example.com", name] for place, name in enumerate(names)]

    [report] = take_in(workspace, xlsx([["E-mail", "Full name"], *rows]), now=now)

    stored = [
        (row.given_name, row.family_name, row.gender) for row in _all(workspace, tables.contact)
    ]
    assert stored == [
        ("Անի", "Պետրոսյան", "f"), ("დავით", "ბერიძე", "m"), ("Giorgi", "Beridze", "m"),
        ("Ani", "Smith", "f"), ("Emma", "Brown", "f"), ("Երևան ՍՊԸ", None, None),
        ("giorgi@mail.ru", None, None), ("Zaza;Lia", None, None), ("Nino", None, "f"),
        (None, "Պետրոսյան", None), ("-", None, None),
    ]  # fmt: skip
    assert report.notes == {
        "name_case": 3, "name_patronymic": 1, "name_letters": 1, "name_title": 1, "name_company": 1,
        "name_address": 1, "name_several": 1, "name_extra": 1, "name_initial": 1, "name_placeholder": 1,
    }  # fmt: skip
    assert _all(workspace, tables.contact)[0].attributes == {"Full name": "ՊԵՏՐՈՍՅԱՆ ԱՆԻ ՎԱՐԴԱՆԻ"}


def test_each_consent_has_its_proof(workspace, now):
    take_in(workspace, xlsx([HEADINGS, ANI, NINO, EMMA]), "members.xlsx", now=now)

    yes, no = _all(workspace, tables.consent)
    assert (yes.given, yes.purpose, yes.channel) == (True, Purpose.OFFERS, "spreadsheet")
    assert (yes.source, yes.at.date().isoformat()) == ("card 2025", "2026-02-01")
    assert yes.evidence == f"upload:{yes.upload_id} row:2"
    assert (no.given, no.source, no.at) == (False, "members.xlsx", now)
    with workspace.database.read() as connection:
        assert contacts.totals(connection).mailable == 1


def test_every_contact_knows_the_row_that_told_of_it(workspace, now):
    [report] = take_in(workspace, xlsx([HEADINGS, ANI, [], NINO]), now=now)

    assert _sources(workspace) == [
        (report.upload, 2), (report.upload, 4),
    ]  # fmt: skip


def test_a_bad_row_costs_only_itself(workspace, now):
    bad = ["C-9", "no-address", None, None, "yes", None, None]
    nobody = [None, None, "Անի", None, "yes", None, None]
    total = ["Ընդամենը", None, None, 3, None, None, None]

    [report] = take_in(workspace, xlsx([HEADINGS, ANI, bad, nobody, total]), now=now)

    assert (report.rows, report.stored, report.refused) == (4, 1, 3)
    assert report.reasons == {"bad_address": 1, "no_key": 1, "totals_row": 1}
    refused = _all(workspace, tables.refusal)
    assert [(row.row_number, row.reason, row.column) for row in refused] == [
        (3, "bad_address", "address"), (4, "no_key", None), (5, "totals_row", None),
    ]  # fmt: skip
    assert refused[0].cells["E-mail"] == "no-address"


def test_the_same_file_again_changes_nothing(workspace, now):
    data = xlsx([HEADINGS, ANI, NINO, EMMA])
    take_in(workspace, data, now=now)
    before = [_all(workspace, table) for table in (tables.contact, tables.consent)]

    [again] = take_in(workspace, data, now=now + timedelta(days=1))

    assert (again.stored, again.merged, again.refused) == (0, 3, 0)
    assert [_all(workspace, table) for table in (tables.contact, tables.consent)] == before


@pytest.mark.slow
def test_an_old_sheet_does_not_bring_back_a_consent_that_was_withdrawn(workspace, now):
    take_in(workspace, xlsx([HEADINGS, ANI]), now=now)
    take_in(workspace, xlsx([HEADINGS, [*ANI[:4], "ոչ", None, None]]), now=now)

    [report] = take_in(workspace, xlsx([HEADINGS, ANI]), now=now)

    assert report.notes == {"consent_not_restored": 1}
    assert [row.given for row in _all(workspace, tables.consent)] == [True, False]


def test_unusable_phones_and_dates_are_kept_as_attributes(workspace, now):
    rows = [["E-mail", "Phone", "Birthday"], ["ani@example.com", "չգիտեմ", "գարնանը"]]

    [report] = take_in(workspace, xlsx(rows), now=now)

    [ani] = _all(workspace, tables.contact)
    assert report.refused == 0
    assert (ani.phone, ani.birthday) == (None, None)
    assert ani.attributes == {"Phone": "չգիտեմ", "Birthday": "գարնանը"}


def test_orders_are_summed_up_for_their_customers(workspace, now):
    orders = [
        ORDER_HEADINGS,
        [1, "01.01.2026", "C-1", "12 500 ֏", "Wine", "paid"],
        [1, "01.01.2026", "C-1", 500, "Cup", "paid"],
        [2, "11.01.2026", "C-1", 1000, "Tea", "paid"],
        [3, "12.02.2026", "C-1", 9000, "Vase", "չեղարկված"],
        [4, "01.01.2026", "C-2", 700, "Tea", None],
    ]

    take_in(workspace, xlsx(People=[HEADINGS, ANI, NINO, EMMA], Orders=orders), now=now)

    ani, nino = _all(workspace, tables.rollup)
    assert (ani.orders, ani.revenue_minor, ani.currency) == (2, 1_400_000, "AMD")
    assert (ani.first_order_at.date().isoformat(), ani.last_order_at.date().isoformat()) == (
        "2026-01-01", "2026-01-11",
    )  # fmt: skip
    assert (ani.median_gap_days, ani.last_product) == (10.0, "Tea")
    assert (nino.orders, nino.median_gap_days) == (1, None)


def test_orders_wait_for_their_customer(workspace, now):
    orders = [ORDER_HEADINGS, [1, "01.01.2026", "C-1", 100, "Tea", "paid"]]
    [report] = take_in(workspace, xlsx(orders), now=now)
    assert (report.stored, _all(workspace, tables.rollup)) == (1, [])

    take_in(workspace, xlsx([HEADINGS, ANI]), now=now)

    [ani] = _all(workspace, tables.rollup)
    assert ani.revenue_minor == 10_000
    assert snapshots.orders(workspace).collect()["contact_id"].to_list() == [ani.contact_id]


def test_orders_by_address_find_their_customer_too(workspace, now):
    orders = [["Order ID", "Date", "E-mail", "Amount"], [1, "01.01.2026", "ANI@example.com", 100]]

    take_in(workspace, xlsx(People=[HEADINGS, ANI], Orders=orders), now=now)

    [ani] = _all(workspace, tables.rollup)
    assert ani.orders == 1


def test_bad_orders_are_refused_each_with_its_reason(workspace, now):
    orders = [
        ORDER_HEADINGS,
        [1, "երեկ", "C-1", 100, "Tea", None],
        [2, "01.01.2026", "C-1", "?", "Tea", None],
        [3, "01.01.2026", None, 100, "Tea", None],
        [4, "01.01.2026", "C-1", "$5", "Tea", None],
        ["Итого", None, None, 300, None, None],
    ]

    [report] = take_in(workspace, xlsx(orders), now=now)

    assert report.stored == 0
    assert report.reasons == {
        "bad_date": 1, "bad_amount": 1, "no_customer": 1, "no_rate": 1, "totals_row": 1,
    }  # fmt: skip


def test_orders_again_are_merged_and_corrected_ones_replace_the_old(workspace, now):
    first = [
        ORDER_HEADINGS,
        [1, "01.01.2026", "C-1", 100, "Tea", "paid"],
        [2, "02.01.2026", "C-1", 200, "Tea", "paid"],
    ]
    second = [ORDER_HEADINGS, first[1], [2, "02.01.2026", "C-1", 200, "Tea", "cancelled"]]
    take_in(workspace, xlsx(People=[HEADINGS, ANI], Orders=first), now=now)

    [report] = take_in(workspace, xlsx(second), now=now)

    assert (report.stored, report.merged) == (0, 2)
    [ani] = _all(workspace, tables.rollup)
    assert (ani.orders, ani.revenue_minor) == (1, 10_000)
    assert snapshots.orders(workspace).collect().height == 2


def test_equal_lines_without_an_order_number_are_two_purchases(workspace, now):
    rows = [["Date", "Customer ID", "Amount"], *[["01.01.2026", "C-1", 100]] * 2]
    take_in(workspace, xlsx(People=[HEADINGS, ANI], Orders=rows), now=now)

    [again] = take_in(workspace, xlsx(rows), now=now)

    [ani] = _all(workspace, tables.rollup)
    assert (ani.orders, ani.revenue_minor) == (2, 20_000)
    assert (again.stored, again.merged) == (0, 2)


def test_equal_lines_of_one_order_are_one(workspace, now):
    rows = [ORDER_HEADINGS, *[[1, "01.01.2026", "C-1", 100, "Tea", "paid"]] * 2]

    [report] = take_in(workspace, xlsx(rows), now=now)

    assert (report.stored, report.merged) == (1, 1)


def test_a_shop_in_another_currency_is_read_in_it(sqlite_workspace, now):
    with sqlite_workspace.database.begin() as connection:
        save_brand(connection, Brand(currency="GEL"), actor="nino", now=now)
    rows = [["Date", "Customer ID", "Amount"], ["01.01.2026", "C-1", "49,90 ₾"]]

    [report] = take_in(sqlite_workspace, xlsx(rows), now=now)

    assert report.stored == 1
    assert snapshots.orders(sqlite_workspace).collect()["amount_minor"].to_list() == [4990]


def test_a_preview_says_what_it_thinks_and_why(workspace, now):
    data = xlsx([["Our customers"], [], [*HEADINGS, "Shoe"], [*ANI, 42]])
    [upload_id] = arrive(workspace, data, "C:\\a\\b.xlsx", now=now)

    preview = intake.preview(workspace, upload_id)

    assert (preview.file_name, preview.sheet, preview.kind) == ("b.xlsx", "Sheet", "contacts")
    assert preview.headings == [*HEADINGS, "Shoe"]
    assert preview.mapping.columns["Shoe"] == "attribute"
    assert preview.evidence["E-mail"]["code"] == "heading_and_values"
    assert preview.rows == [{**dict(zip(HEADINGS, map(str, ANI), strict=True)), "Shoe": "42"}]
    assert (preview.row_count, preview.remembered) == (1, False)


def test_a_mapping_once_confirmed_is_remembered_by_the_headings(workspace, now):
    data = xlsx([["E-mail", "Note"], ["ani@example.com", "x"]])
    mapping = Mapping(SheetKind.CONTACTS, {"E-mail": "address", "Note": "city"})
    take_in(workspace, data, now=now, mapping=mapping)

    other = xlsx([["Note", "E-mail"], ["y", "nino@example.com"]])
    [upload_id] = arrive(workspace, other, "b.xlsx", now=now)
    preview = intake.preview(workspace, upload_id)

    assert preview.remembered
    assert preview.mapping.columns == mapping.columns
    assert {each["code"] for each in preview.evidence.values()} == {"remembered"}


def test_that_a_sheet_was_left_out_is_not_remembered(sqlite_workspace, now):
    sheet = [["E-mail", "Name"], ["ani@example.com", "Ani"]]
    left_out = Mapping(SheetKind.IGNORE, {"E-mail": "ignore", "Name": "ignore"})
    take_in(sqlite_workspace, xlsx(sheet), now=now, mapping=left_out)

    [upload_id] = arrive(
        sqlite_workspace, xlsx([*sheet, ["b@example.com", "B"]]), "b.xlsx", now=now
    )
    preview = intake.preview(sqlite_workspace, upload_id)

    assert (preview.remembered, preview.kind) == (False, SheetKind.CONTACTS)


def test_another_kind_is_guessed_anew(sqlite_workspace, now):
    data = xlsx([["Date", "Customer ID", "Amount"], ["01.01.2026", "C-1", 5]])
    [upload_id] = arrive(sqlite_workspace, data, "b.xlsx", now=now)

    preview = intake.preview(sqlite_workspace, upload_id, kind=SheetKind.CONTACTS)

    assert (preview.kind, preview.mapping.columns["Amount"]) == ("contacts", "attribute")


def test_confirming_asks_the_worker_and_a_second_time_is_refused(workspace, now):
    data = xlsx([HEADINGS, ANI])
    [upload_id] = arrive(workspace, data, "b.xlsx", now=now)
    mapping = intake.preview(workspace, upload_id).mapping

    intake.confirm(workspace, upload_id, mapping, actor="anna", now=now)

    with workspace.database.read() as connection:
        job = find_job(connection, f"upload:{upload_id}")
    assert job is not None
    assert (job.kind, job.args) == ("store_upload", {"upload_id": upload_id})
    with pytest.raises(ConflictError):
        intake.confirm(workspace, upload_id, mapping, actor="anna", now=now)


def test_a_sheet_that_is_ignored_is_done_with_no_rows(workspace, now):
    data = xlsx([["Shelf", "Colour"], ["1", "red"]])
    [upload_id] = arrive(workspace, data, "b.xlsx", now=now)
    preview = intake.preview(workspace, upload_id)
    assert preview.kind is SheetKind.IGNORE

    intake.confirm(workspace, upload_id, preview.mapping, actor="anna", now=now)

    report = reports.report(workspace, upload_id)
    assert (report.state, report.rows) == ("done", 0)


def test_nothing_is_stored_before_a_person_confirms(sqlite_workspace, now):
    data = xlsx([HEADINGS, ANI])
    [upload_id] = arrive(sqlite_workspace, data, "b.xlsx", now=now)

    with pytest.raises(ConflictError) as caught:
        intake.store_upload(sqlite_workspace, upload_id, actor="anna", now=now)
    assert caught.value.facts["expected"] == "queued"


def test_one_upload_stored_by_several_at_once_is_stored_once(workspace, now):
    data = csv_file([["Email"], *([f"a{number}@example.com"] for number in range(50))])
    [upload_id] = arrive(workspace, data, "b.csv", now=now)
    mapping = intake.preview(workspace, upload_id).mapping
    intake.confirm(workspace, upload_id, mapping, actor="anna", now=now)

    def work(_):
        return intake.store_upload(workspace, upload_id, actor="anna", now=now)

    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(work, range(4)))
    assert [each.stored for each in reports] == [50] * 4


def test_a_finished_upload_is_not_stored_twice(workspace, now):
    [report] = take_in(workspace, xlsx([HEADINGS, ANI]), now=now)

    again = intake.store_upload(workspace, report.upload, actor="anna", now=now)

    assert again == report
    assert len(_sources(workspace)) == 1


def test_a_database_that_fails_in_the_middle_leaves_nothing_and_the_next_try_stores_all(
    workspace, now
):
    orders = [ORDER_HEADINGS, [1, "01.01.2026", "C-1", 100, "Tea", "paid"]]
    data = io.BytesIO(xlsx(orders))
    [upload_id] = arrive(workspace, data.getvalue(), "b.xlsx", now=now)
    engine = workspace.database.engine
    sa.event.listen(engine, "before_cursor_execute", _fail_at_snapshot)

    with pytest.raises(OSError, match="disk"):
        store(workspace, upload_id, now=now)

    sa.event.remove(engine, "before_cursor_execute", _fail_at_snapshot)
    assert _all(workspace, tables.snapshot) == []
    assert snapshots.orders(workspace).collect().height == 0
    assert reports.report(workspace, upload_id).state == UploadState.STORING
    report = intake.store_upload(workspace, upload_id, actor="anna", now=now)
    assert (report.state, report.stored) == ("done", 1)
    assert snapshots.orders(workspace).collect().height == 1


def _fail_at_snapshot(_connection, _cursor, statement, *_rest):
    if statement.startswith("INSERT INTO snapshot"):
        raise OSError("the disk is full")


def test_two_uploads_that_tell_of_the_same_person_at_once_make_one_contact(workspace, now):
    ids = [
        upload_id
        for name in ("a.xlsx", "b.xlsx")
        for upload_id in arrive(workspace, xlsx([HEADINGS, ANI, NINO]), name, now=now)
    ]

    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda upload_id: store(workspace, upload_id, now=now), ids))

    assert sorted(report.stored for report in reports) == [0, 2]
    assert len(_all(workspace, tables.contact)) == 2
    assert len(_all(workspace, tables.consent)) == 2


def test_a_file_that_is_gone_fails_the_upload_and_it_may_be_confirmed_again(sqlite_workspace, now):
    data = xlsx([HEADINGS, ANI])
    [upload_id] = arrive(sqlite_workspace, data, "b.xlsx", now=now)
    mapping = intake.preview(sqlite_workspace, upload_id).mapping
    [path] = (sqlite_workspace.files.root / "uploads").iterdir()
    path.rename(path.with_suffix(".away"))

    with pytest.raises(InputError):
        store(sqlite_workspace, upload_id, now=now, mapping=mapping)

    report = reports.report(sqlite_workspace, upload_id)
    assert (report.state, report.error) == (
        "failed", {"code": "sheet.gone", "facts": {"file": "b.xlsx"}}
    )  # fmt: skip
    path.with_suffix(".away").rename(path)
    assert store(sqlite_workspace, upload_id, now=now).state == "done"


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "utf-8-sig"])
def test_a_russian_export_is_read_in_its_alphabet(sqlite_workspace, now, encoding):
    rows = [["Код", "Имя", "Эл. почта", "Согласие"], ["7", "Анна", "anna@example.com", "да"]]

    [report] = take_in(sqlite_workspace, csv_file(rows, encoding, ";"), "export.csv", now=now)

    [anna] = _all(sqlite_workspace, tables.contact)
    assert (report.stored, anna.given_name, anna.customer_id) == (1, "Анна", "7")


@pytest.mark.parametrize(
    ("encoding", "rows"),
    [
        ("armscii-8", [["Կոդ", "Անուն", "Քաղաք"], ["7", "Անի", "Երևան"], ["8", "Վահե", "Գյումրի"]]),
        (
            "geostd8",
            [["კოდი", "სახელი", "ქალაქი"], ["7", "ნინო", "თბილისი"], ["8", "ლუკა", "ბათუმი"]],
        ),
    ],
)
def test_an_old_alphabet_is_read(sqlite_workspace, now, encoding, rows):
    text = "\r\n".join(";".join(row) for row in rows)

    [report] = take_in(sqlite_workspace, encode(text, encoding), "old.csv", now=now)

    assert report.stored == 2
    assert [row.given_name for row in _all(sqlite_workspace, tables.contact)] == [
        row[1] for row in rows[1:]
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "sheet.empty"),
        (xlsx([]), "sheet.empty"),
        (xlsx([HEADINGS]), "sheet.no_rows"),
        (b"%PDF-1.4", "sheet.not_a_workbook"),
        (b"garbage", "sheet.not_a_workbook"),
        (b"name;e-mail", "sheet.no_rows"),
    ],
)
def test_a_useless_file_leaves_no_upload_behind(sqlite_workspace, now, data, code):
    with pytest.raises(InputError) as caught:
        arrive(sqlite_workspace, data, "x.xlsx", now=now)

    assert caught.value.code == code
    assert str(caught.value).startswith("x.xlsx: ")
    assert reports.recent(sqlite_workspace) == []


def test_duplicate_headings_keep_both_columns(sqlite_workspace, now):
    data = xlsx([["E-mail", "Shoe", "Shoe"], ["ani@example.com", 42, 43]])

    take_in(sqlite_workspace, data, now=now)

    [ani] = _all(sqlite_workspace, tables.contact)
    assert ani.attributes == {"Shoe": "42", "Shoe (2)": "43"}


def test_an_upload_that_does_not_exist_is_said_so(sqlite_workspace):
    with pytest.raises(NotFoundError):
        reports.report(sqlite_workspace, 99)


def test_every_step_is_in_the_audit(sqlite_workspace, now):
    take_in(sqlite_workspace, xlsx([HEADINGS, ANI]), now=now)

    assert [row.verb for row in _all(sqlite_workspace, tables.audit)] == [
        "file.receive", "upload.confirm", "consent.import", "upload.store",
    ]  # fmt: skip


_CELLS = st.one_of(
    st.none(),
    st.sampled_from(["", " ", "ani@example.com", "x@", "C-1", "C-2", "Total", "այո", "ոչ", "01.02.2026",
                     "12 500 ֏", "$5", "=1+1", "#N/A", "91234567", "\u200b", "՞՞", "Ընդամենը"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=8),
)  # fmt: skip


@pytest.mark.slow
@settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    st.sampled_from([HEADINGS, ORDER_HEADINGS]),
    st.lists(st.lists(_CELLS, min_size=7, max_size=7), min_size=1, max_size=8),
)
def test_every_row_is_stored_merged_or_refused(sqlite_workspace, now, headings, rows):
    text = [[str(cell or "").replace(";", "").replace('"', "") for cell in row] for row in rows]
    try:
        reports = take_in(
            sqlite_workspace, csv_file([headings, *text], delimiter=";"), "a.csv", now=now
        )
    except InputError as error:
        assert error.code == "sheet.no_rows"  # noqa: PT017 - rows of blanks are no rows
        return
    for report in reports:
        assert report.rows == report.stored + report.merged + report.refused
        assert sum(report.reasons.values()) == report.refused


def _sources(workspace):
    """Which rows of which uploads told of contacts."""
    kept = sa.select(tables.snapshot).where(tables.snapshot.c.kind == snapshots.SOURCE)
    with workspace.database.read() as connection:
        files = connection.execute(kept.order_by(tables.snapshot.c.id)).all()
    return [
        (file.upload_id, row)
        for file in files
        for row in pl.read_parquet(workspace.files.path(file.path))["row_number"]
    ]

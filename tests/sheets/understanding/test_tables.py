import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.sheets.reading.grid import Grid, Marks
from campaigns.sheets.understanding.recognise import ROW, guess
from campaigns.sheets.understanding.tables import Place, table
from tests.support.grids import grid, merged, sheet_of

HEAD = ["E-mail", "Name", "Phone"]
ANI = ["ani@example.com", "Ani", "091234567"]
NINO = ["nino@example.com", "Nino", "599123456"]
ANN = ["ann@example.com", "Ann", "+447911123456"]


def _rows(sheet):
    return sheet.rows[ROW].to_list()


def test_a_table_may_start_anywhere():
    rows = [["Our customers"], ["2026"], [], [None, None, *HEAD], [None, None, *ANI]]

    sheet = sheet_of(*rows)

    assert (sheet.headings, sheet.heading_row, sheet.places) == (HEAD, 4, (2, 3, 4))
    assert _rows(sheet) == [5]


def test_a_table_far_below_the_top_is_found():
    assert _rows(sheet_of(*[[]] * 200, HEAD, ANI)) == [202]


def test_blank_columns_and_rows_inside_are_passed_over():
    sheet = sheet_of(
        ["E-mail", None, "Name", None, "Phone"], ["a@x.am", None, "Ani", None, "1"], [], [],
        ["b@x.am", None, "Nino", None, "2"],
    )  # fmt: skip

    assert (sheet.headings, _rows(sheet)) == (HEAD, [2, 5])


@pytest.mark.parametrize(
    ("upper", "lower", "merges", "headings"),
    [
        (
            ["E-mail", "Customer", None, "Contact"], [None, "First name", "Last name", "Phone"],
            ["B1:C1", "A1:A2"], ["E-mail", "First name", "Last name", "Phone"],
        ),
        (
            ["Customer", None, "Order", None], ["No", "Name", "No", "Date"], ["A1:B1", "C1:D1"],
            ["Customer / No", "Customer / Name", "Order / No", "Order / Date"],
        ),
        (
            ["Клиент", None, "Покупка", None], ["Имя", "Телефон", "Дата", "Сумма"], [],
            ["Имя", "Телефон", "Дата", "Сумма"],
        ),
    ],
)  # fmt: skip
def test_two_rows_of_headings_are_one(upper, lower, merges, headings):
    sheet = sheet_of(upper, lower, ["a@x.am", "Ani", "P", "2026"], marks=merged(*merges))

    assert (sheet.headings, sheet.heading_row, _rows(sheet)) == (headings, 2, [3])


def test_a_heading_that_means_little_alone_takes_the_name_of_its_group():
    sheet = sheet_of(
        ["Product", None, "Sale", None, None, None],
        ["Code", "Name", "Date", "Qty", "Price", "Customer ID"],
        ["T-1", "Tea", "01.02.2026", "2", "100", "C-1"],
        marks=merged("A1:B1", "C1:F1"),
    )

    assert guess(sheet).mapping.columns == {
        "Product / Code": "product_code", "Product / Name": "product", "Sale / Date": "ordered_at",
        "Qty": "quantity", "Sale / Price": "unit_price", "Customer ID": "customer_id",
    }  # fmt: skip


def test_three_rows_of_headings_are_one():
    sheet = sheet_of(
        ["Data", None, None, None], ["Customer", None, "Order", None],
        ["Name", "Phone", "Date", "Amount"], ["Ani", "091234567", "01.02.2026", "100"],
        marks=merged("A1:B1", "A2:B2", "C2:D2"),
    )  # fmt: skip

    assert (sheet.headings, _rows(sheet)) == (["Name", "Phone", "Order / Date", "Amount"], [4])


def test_a_title_over_the_whole_table_is_no_group():
    sheet = sheet_of(["Customers", None, None], HEAD, ANI, marks=merged("A1:C1"))

    assert (sheet.headings, sheet.place.top) == (HEAD, 2)


def test_a_row_of_units_and_one_of_numbers_are_no_data():
    sheet = sheet_of(
        ["Date", "Quantity", "Amount"], [None, "հատ", "դրամ"], ["1", "2", "3"],
        ["01.02.2026", "2", "100"],
    )  # fmt: skip

    assert (_rows(sheet), dict(sheet.remarks)) == ([4], {"units_row": 1, "numbering_row": 1})


def test_figures_that_count_up_are_data_when_more_of_them_follow():
    assert _rows(sheet_of(["Quantity", "Price", "Amount"], [1, 2, 3], [2, 4, 5])) == [2, 3]


def test_headings_repeated_on_each_page_are_dropped_and_counted():
    sheet = sheet_of(["Report"], HEAD, ANI, ["Report"], HEAD, NINO, HEAD, ANN)

    assert (_rows(sheet), dict(sheet.remarks)) == ([3, 6, 8], {"headings_again": 3})


def test_tables_of_the_same_headings_below_each_other_are_one():
    sheet = sheet_of(["Gyumri"], HEAD, ANI, [], HEAD, NINO)

    assert _rows(sheet) == [3, 6]


@pytest.mark.parametrize(
    "foot",
    [
        "Գլխավոր հաշվապահ՝ ____________ Ս. Մելքոնյան", "მთავარი ბუღალტერი: ნ. ბერიძე",
        "Главный бухгалтер _______", "Page 1 of 3", "Էջ 2", "Prepared by: Anna",
    ],
)  # fmt: skip
def test_signatures_and_feet_of_pages_are_dropped_and_counted(foot):
    sheet = sheet_of(HEAD, ANI, [foot], NINO, [], [None, foot])

    assert (_rows(sheet), dict(sheet.remarks)) == ([2, 4], {"footer_rows": 2})


def test_a_signature_over_several_cells_is_dropped_but_no_row_with_a_phone():
    head = [*HEAD, "City", "Note", "Job", "Shop"]
    foot = ["Director", "____", "A. Petrosyan"]
    data = ["Director", "Ani", "091234567"]

    assert _rows(sheet_of(head, ANI, foot, data)) == [2, 4]


def test_what_only_may_be_a_foot_stays_to_be_refused_by_name():
    sheet = sheet_of(HEAD, ANI, ["Director"], ["director@example.com"], ["thanks"])

    assert _rows(sheet) == [2, 4, 5]


def test_totals_stay_to_be_refused():
    assert _rows(
        sheet_of(["Date", "No", "Amount"], ["1.2.2026", "1", "5"], ["Total", None, "5"])
    ) == [2, 3]


def test_merged_cells_are_written_into_each_of_their_rows():
    sheet = sheet_of(
        ["Order", "Product"], ["1", "Tea"], [None, "Cup"], ["2", "Tea"], marks=merged("A2:A3")
    )

    assert sheet.rows["Order"].to_list() == ["1", "1", "2"]
    assert dict(sheet.remarks) == {"filled_down": 1}


def test_the_better_of_two_tables_side_by_side_is_taken():
    other = ["E-mail", "Name"]
    sheet = sheet_of(
        [*HEAD, None, *other], [*ANI, None, "x@x.am", "X"], [*NINO, None, "y@x.am", "Y"], ANN
    )

    assert (sheet.headings, _rows(sheet)) == (HEAD, [2, 3, 4])
    assert dict(sheet.remarks) == {"other_table": 1}


def test_a_table_beside_that_starts_lower_is_not_mixed_in():
    sheet = sheet_of(
        HEAD, ANI, [*NINO, None, None, "City", "Product"], [*ANN, None, None, "Yerevan", "Tea"]
    )

    assert (sheet.headings, dict(sheet.remarks)) == (HEAD, {"other_table": 1})


def test_sparse_columns_behind_a_blank_one_stay_with_their_table():
    sheet = sheet_of(
        [*HEAD, None, "City", "Note"], [*ANI, None, "Yerevan", None], NINO,
        [*ANN, None, None, "x"], ANN,
    )  # fmt: skip

    assert sheet.headings == [*HEAD, "City", "Note"]


def test_another_table_below_is_cut_off():
    sheet = sheet_of(HEAD, ANI, NINO, [], ["City", "Product"], ["Yerevan", "Tea"])

    assert (_rows(sheet), dict(sheet.remarks)) == ([2, 3], {"other_table": 1})


def test_another_table_may_have_a_title_and_more_headings_that_we_know():
    orders = [["Orders"], ["Order", "Date", "E-mail", "Total"], ["1", "01.02.2025", ANI[0], "500"]]

    sheet = sheet_of(HEAD, ANI, NINO, [], *orders)

    assert (sheet.headings[:3], _rows(sheet)) == (HEAD, [2, 3])
    assert dict(sheet.remarks) == {"other_table": 1}


def test_one_record_above_the_table_is_told_of_the_sheet():
    firm = [["Phone", "E-mail"], ["010 200300", "shop@example.com"]]
    head = ["Order", "Date", "E-mail", "Total"]

    sheet = sheet_of(*firm, [], head, ["1", "01.02.2025", ANI[0], "500"])

    assert sheet.headings == head


def test_a_signature_beside_a_line_to_sign_on_is_no_row():
    head = [*HEAD, "City", "Birthday", "Note"]

    sheet = sheet_of(head, ANI, [], ["Գանձապահ՝", "_______", "Ա. Մկրտչյան"])

    assert (_rows(sheet), sheet.remarks["footer_rows"]) == ([2], 1)


def test_people_each_in_a_column_are_no_rows():
    sheet = sheet_of(*map(list, zip(HEAD, ANI, NINO, ANN, strict=True)))

    assert sheet.lists_one
    assert guess(sheet).mapping.kind == "ignore"


def test_a_sheet_of_one_thing_is_known_for_it():
    sheet = sheet_of(
        ["Name", "Ani"], ["E-mail", "ani@example.com"], ["Phone", "091234567"], ["City", "x"]
    )

    assert sheet.lists_one
    assert guess(sheet).mapping.kind == "ignore"


@pytest.mark.parametrize(
    "rows",
    [
        [["ani@example.com", "Ani"], ["nino@example.com", "Nino"]],
        [["00004", "19970101", "2", "29.33"], ["00021", "19970118", "2", "29.73"]],
        [["+37491234567"], ["+37493111222"]],
        [["Անի Պետրոսյան", "05.03.1990"], ["Արամ Սարգսյան", "15.03.1980"]],
    ],
)
def test_a_table_without_headings_loses_no_row(rows):
    sheet = sheet_of(*rows)

    assert (sheet.heading_row, _rows(sheet)) == (0, [1, 2])


def test_a_title_above_a_table_without_headings_is_no_row():
    assert _rows(sheet_of(["My people"], [], ["a@x.am", "Ani", "1"], ["b@x.am", "Eva", "2"])) == [
        3,
        4,
    ]


def test_hidden_rows_are_taken_or_left_as_a_person_says():
    hidden = grid(HEAD, ANI, NINO, marks=Marks(hidden_rows=(3,)))
    taken = table(hidden)

    left = table(hidden, taken.place, leave_hidden=True)

    assert (_rows(taken), _rows(left)) == ([2, 3], [2])
    assert dict(taken.remarks) == dict(left.remarks) == {"hidden_rows": 1}


def test_hidden_columns_are_read_and_remarked():
    sheet = sheet_of(HEAD, ANI, marks=Marks(hidden_columns=(2, 9)))

    assert (sheet.headings, dict(sheet.remarks)) == (HEAD, {"hidden_columns": 1})


def test_a_hidden_sheet_is_left_out_until_a_person_takes_it():
    sheet = sheet_of(HEAD, ANI, marks=Marks(hidden=True))

    assert guess(sheet).mapping.kind == "ignore"
    assert guess(sheet, "contacts").mapping.columns["E-mail"] == "address"


def test_the_beginning_of_a_sheet_is_cut_like_the_whole():
    whole = grid(HEAD, *[ANI] * 50, [None, None, None, "late"], ["Page 1"])
    place = Place.from_json(table(whole).place.to_json())

    sheet = table(Grid(whole.sheet, whole.cells.head(5)), place)

    assert sheet.headings == [*HEAD, "D"]
    assert _rows(sheet) == [2, 3, 4, 5]


@pytest.mark.parametrize("rows", [[[]], [[None]], [["  "], ["\t"]]])
def test_a_sheet_with_nothing_in_it_has_no_table(rows):
    assert table(grid(*[row or [None] for row in rows])) is None


CELLS = st.sampled_from(
    [None, "", " ", "Name", "E-mail", "Phone", "a@x.am", "1", "2", "3", "05.03.1990", "Total",
     "Page 1", "դրամ", "Ani", "x"]
)  # fmt: skip


@settings(max_examples=30)
@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=12))
def test_any_grid_gives_rows_of_its_own_that_hold_something(rows):
    cells = pl.DataFrame(rows, schema={str(place): pl.String for place in range(4)}, orient="row")
    sheet = table(Grid("Sheet", cells))
    if sheet is None:
        assert not any(cell and cell.strip() for row in rows for cell in row)
        return

    assert len(set(sheet.headings)) == len(sheet.headings) == len(sheet.places)
    for number, *texts in sheet.rows.iter_rows():
        assert texts == [rows[number - 1][place] for place in sheet.places]
        assert any(text and text.strip() for text in texts)
    again = table(Grid("Sheet", cells), Place.from_json(sheet.place.to_json()))
    assert again.rows.equals(sheet.rows)
    assert set(guess(sheet).mapping.columns) == set(sheet.headings)

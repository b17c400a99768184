"""What a line costs, and what counts as money that went back."""

import polars as pl
import pytest

from campaigns.sheets.cleaning.purchases import purchases
from campaigns.sheets.reading.grid import Grid, Marks
from campaigns.sheets.understanding.fields import Mapping, SheetKind
from campaigns.sheets.understanding.recognise import table

FIELDS = {
    "Order": "order_id", "Date": "ordered_at", "Customer": "customer_id", "Total": "amount",
    "Price": "unit_price", "Qty": "quantity", "Discount": "discount", "Status": "status",
    "Return": "status", "Item": "product",
}  # fmt: skip
DAY = "01.02.2026"


def _lines(*rows, kind=SheetKind.ORDER_LINES):
    names = dict.fromkeys((str(place) for place in range(len(rows[0]))), pl.String)
    sheet = table(Grid("S", pl.DataFrame(rows, names, orient="row"), Marks()))
    mapping = Mapping(kind, {heading: FIELDS[heading] for heading in rows[0]})
    return purchases(sheet, mapping, "AMD")


def _told(result, *names):
    return result.lines.select(names).rows()


def test_a_line_without_an_amount_costs_its_price_by_its_quantity_less_the_discount():
    result = _lines(
        ("Order", "Date", "Customer", "Price", "Qty", "Discount"),
        ("1", DAY, "C-1", "100", "3", "50"),
        ("1", DAY, "C-2", "10,50", "1,5", "10%"),
        ("1", DAY, "C-3", "100", "2", None),
        ("1", DAY, "C-4", "100", "-2", "20"),
    )

    assert _told(result, "amount_minor", "discount_minor") == [
        (25_000, 5_000), (1_418, 158), (20_000, None), (-18_000, 2_000),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "row", [("1", DAY, "C-1", "?", "1", None), ("1", DAY, "C-1", "5", "?", None),
            ("1", DAY, "C-1", "5", "1", "?"), ("1", DAY, "C-1", None, "1", None)]
)  # fmt: skip
def test_a_price_that_cannot_be_reckoned_with_is_refused(row):
    result = _lines(("Order", "Date", "Customer", "Price", "Qty", "Discount"), row)

    assert [each.reason for each in result.refused] == ["bad_amount"]


def test_the_total_of_a_web_shops_order_counts_once_and_its_lines_are_its_customers():
    result = _lines(
        ("Order", "Date", "Customer", "Total", "Item", "Price", "Qty", "Status"),
        ("#1", DAY, "C-1", "260", "Tea", "100", "2", "paid"),
        ("#1", None, None, None, "Cup", "60", "1", None),
        ("#2", DAY, "C-2", "60", "Cup", "60", "1", "Cancelled"),
        ("#2", None, None, None, "Tea", "100", "1", None),
        ("#3", "?", None, "60", "Cup", "60", "1", "paid"),
    )

    assert _told(result, "order_id", "customer_id", "product", "amount_minor", "status") == [
        ("#1", "C-1", "Tea", 26_000, "paid"), ("#1", "C-1", "Cup", 0, "paid"),
        ("#2", "C-2", "Cup", 6_000, "cancelled"), ("#2", "C-2", "Tea", 0, "cancelled"),
    ]  # fmt: skip
    assert [(each.row, each.reason) for each in result.refused] == [(6, "no_customer")]


def test_a_total_that_stands_on_each_line_counts_once():
    result = _lines(
        ("Order", "Date", "Customer", "Total", "Item", "Price", "Qty"),
        ("1", DAY, "C-1", "260", "Tea", "100", "2"), ("1", DAY, "C-1", "260", "Cup", "60", "1"),
        ("2", DAY, "C-1", "120", "Cup", "60", "2"),
    )  # fmt: skip

    assert [line[0] for line in _told(result, "amount_minor")] == [26_000, 0, 12_000]


def test_amounts_of_lines_that_happen_to_agree_each_count():
    result = _lines(
        ("Order", "Date", "Customer", "Total", "Item", "Price", "Qty"),
        ("1", DAY, "C-1", "60", "Tea", "60", "1"), ("1", DAY, "C-1", "60", "Cup", "60", "1"),
    )  # fmt: skip

    assert [line[0] for line in _told(result, "amount_minor")] == [6_000, 6_000]


def test_credit_notes_of_an_accounting_program_lower_the_revenue():
    result = _lines(
        ("Order", "Date", "Customer", "Price", "Qty", "Item"),
        ("536365", DAY, "17850", "2.55", "6", "HEART"), ("536366", DAY, "17850", "1", "2", "MUG"),
        ("C536379", DAY, "17850", "27.50", "-1", "Discount"), ("C536380", DAY, "17850", "5", "1", "MUG"),
    )  # fmt: skip

    assert _told(result, "amount_minor", "quantity", "status") == [
        (1_530, 6.0, None), (200, 2.0, None), (-2_750, -1.0, "returned"), (-500, 1.0, "returned"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sale", "back"),
    [
        ("Реализация 12", "Возврат от покупателя 3"),
        ("Վաճառք 12", "Վերադարձ գնորդից 3"),
        ("გაყიდვა 12", "დაბრუნება 3"),
        ("INV-12", "Return 3"),
    ],
)
def test_a_document_that_is_called_a_return_lowers_the_revenue(sale, back):
    result = _lines(
        ("Order", "Date", "Customer", "Total"), (sale, DAY, "C-1", "5"), (back, DAY, "C-1", "5"),
        kind=SheetKind.ORDERS,
    )  # fmt: skip

    assert _told(result, "amount_minor", "status") == [(500, None), (-500, "returned")]


def test_numbers_that_all_begin_with_c_are_no_credit_notes():
    head = ("Order", "Date", "Customer", "Total")
    result = _lines(head, ("C1", DAY, "C-1", "5"), ("C2", DAY, "C-1", "5"))

    assert _told(result, "amount_minor", "status") == [(500, None), (500, None)]


@pytest.mark.parametrize(
    ("sale", "back"),
    [("Sale", "Return"), ("Վաճառք", "Վերադարձ"), ("გაყიდვა", "დაბრუნება"), ("Продажа", "Возврат")],
)
def test_a_return_beside_sales_is_a_document_of_its_own(sale, back):
    head = ("Order", "Date", "Customer", "Total", "Status")
    result = _lines(head, ("1", DAY, "C-1", "50", sale), ("2", DAY, "C-1", "20", back))

    assert [line[0] for line in _told(result, "amount_minor")] == [5_000, -2_000]


@pytest.mark.parametrize(
    ("word", "amount", "expected"),
    [("ՉԵՂԱՐԿՎԱԾ", "20", (2_000, "cancelled")), ("დაბრუნებული", "20", (2_000, "cancelled")),
     ("Возврат", "-20", (-2_000, "returned")), ("(refunded)", "20", (2_000, "cancelled")),
     ("Առաքված", "20", (2_000, "առաքված")), (None, "-20", (-2_000, None))],
)  # fmt: skip
def test_words_tell_what_became_of_an_order(word, amount, expected):
    result = _lines(
        ("Order", "Date", "Customer", "Total", "Status"), ("1", DAY, "C-1", amount, word)
    )

    assert _told(result, "amount_minor", "status") == [expected]


def test_a_column_of_returns_answers_yes_or_no():
    head = ("Order", "Date", "Customer", "Total", "Return")
    result = _lines(
        head,
        ("1", DAY, "C-1", "5", "այո"),
        ("2", DAY, "C-1", "5", "no"),
        ("3", DAY, "C-1", "5", None),
    )

    assert [line[0] for line in _told(result, "status")] == ["cancelled", None, None]


def test_equal_lines_of_a_receipt_are_two_but_an_order_told_twice_is_one():
    rows = [("Order", "Date", "Customer", "Total", "Item"), *[("1", DAY, "C-1", "5", "Tea")] * 2]

    lines = _lines(*rows)
    orders = _lines(*rows, kind=SheetKind.ORDERS)

    assert (_told(lines, "line"), lines.repeated) == ([(0,), (1,)], 0)
    assert (_told(orders, "line"), orders.repeated) == ([(0,)], 1)


def test_a_quantity_that_cannot_be_read_is_told():
    result = _lines(("Order", "Date", "Customer", "Total", "Qty"), ("1", DAY, "C-1", "5", "many"))

    assert (_told(result, "quantity"), result.notes) == ([(1.0,)], {"quantity_unclear": 1})

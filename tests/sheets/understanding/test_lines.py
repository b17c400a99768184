from campaigns.sheets.understanding import evidence as why
from campaigns.sheets.understanding.fields import SheetKind
from campaigns.sheets.understanding.recognise import guess
from tests.support.grids import sheet_of

HEAD = ["Order ID", "Date", "Customer ID", "Product", "Quantity", "Unit price", "Total"]


def _guess(*rows, head=HEAD):
    return guess(sheet_of(head, *rows))


def test_a_total_on_each_line_of_an_order_is_no_amount_of_the_line():
    found = _guess(
        [1, "1.2.2026", "C-1", "Tea", 2, 100, 250], [1, "1.2.2026", "C-1", "Cup", 1, 50, 250],
        [2, "2.2.2026", "C-2", "Tea", 1, 100, 150], [2, "2.2.2026", "C-2", "Cup", 1, 50, 150],
    )  # fmt: skip

    assert (found.mapping.kind, found.mapping.columns["Total"]) == ("order_lines", "ignore")
    assert found.evidence["Total"].code == why.ORDER_TOTAL


def test_a_total_on_the_first_line_only_is_none_either():
    found = _guess(
        [1, "1.2.2026", "C-1", "Tea", 2, 100, 250], [1, None, None, "Cup", 1, 50, None],
        [2, "2.2.2026", "C-2", "Tea", 1, 100, 150], [2, None, None, "Cup", 1, 50, None],
    )  # fmt: skip

    assert found.evidence["Total"].code == why.ORDER_TOTAL


def test_quantity_times_price_is_the_amount_of_the_line_whatever_it_is_called():
    found = _guess(
        [1, "1.2.2026", "C-1", "Tea", 2, "100,00", "200,00", 250],
        [1, "1.2.2026", "C-1", "Cup", 1, "50,00", "50,00", 250],
        [2, "2.2.2026", "C-2", "Tea", 3, "100,00", "300,00", 350],
        [2, "2.2.2026", "C-2", "Cup", 1, "50,00", "50,00", 350],
        head=[*HEAD, "Amount"],
    )

    assert found.mapping.columns["Total"] == "amount"
    assert found.evidence["Total"].code == why.LINE_AMOUNT
    assert found.mapping.columns["Amount"] == "ignore"


def test_lines_without_prices_below_one_total_are_told_once():
    head = [name for name in HEAD if name not in ("Quantity", "Unit price")]
    found = _guess(
        [1, "1.2.2026", "C-1", "Tea", 250], [1, "1.2.2026", "C-1", "Cup", 250],
        [2, "2.2.2026", "C-2", "Tea", 150], [2, "2.2.2026", "C-2", "Cup", 150], head=head,
    )  # fmt: skip

    assert (found.mapping.kind, found.mapping.columns["Product"]) == ("orders", "ignore")
    assert found.mapping.columns["Total"] == "amount"


def test_an_order_in_one_row_is_no_line():
    found = _guess(
        [1, "1.2.2026", "C-1", "Tea", 250], [2, "2.2.2026", "C-2", "Tea", 150],
        head=[name for name in HEAD if name not in ("Quantity", "Unit price")],
    )  # fmt: skip

    assert found.mapping.kind == "orders"


def test_the_kind_that_a_person_says_holds_for_lines_too():
    head = [name for name in HEAD if name not in ("Quantity", "Unit price")]
    rows = [[1, "1.2.2026", "C-1", "Tea", 250], [1, "1.2.2026", "C-1", "Cup", 250]] * 2
    sheet = sheet_of(head, *rows, *([2, *row[1:]] for row in rows))

    found = guess(sheet, SheetKind.ORDER_LINES)

    assert (found.mapping.kind, found.mapping.columns["Product"]) == ("order_lines", "product")

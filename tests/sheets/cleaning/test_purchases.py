import polars as pl

from campaigns.sheets.cleaning.purchases import purchases
from campaigns.sheets.reading.files import Grid
from campaigns.sheets.understanding.recognise import guess, table


def _purchases(*rows, currency="AMD"):
    names = [str(place) for place in range(len(rows[0]))]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    sheet = table(Grid("Sheet", frame))
    return purchases(sheet, guess(sheet).mapping, currency)


def test_a_line_is_cleaned_in_every_column():
    result = _purchases(
        ("Order ID", "Date", "Customer ID", "E-mail", "Amount", "Currency", "Product", "Qty", "Status"),
        ("15.0", "2/3/2026", "7.0", "Ani@Example.com", "12 500,50", "դրամ", " Wine ", "1,5", "ՉԵՂԱՐԿՎԱԾ"),
    )  # fmt: skip

    [line] = result.lines.to_dicts()
    assert (line["order_id"], line["customer_id"], line["address_key"]) == (
        "15", "7", "ani@example.com",
    )  # fmt: skip
    assert (line["ordered_at"].isoformat(), line["amount_minor"], line["currency"]) == (
        "2026-03-02T00:00:00+00:00", 1_250_050, "AMD",
    )  # fmt: skip
    assert (line["product"], line["quantity"], line["status"]) == ("Wine", 1.5, "cancelled")


def test_lines_of_one_order_are_told_apart_by_their_amounts():
    head = ("Order ID", "Date", "Customer ID", "Amount")
    rows = [("1", "01.01.2026", "C-1", amount) for amount in ("100", "200", "100")]

    result = _purchases(head, *rows)

    assert result.lines.select("amount_minor", "line").rows() == [(10_000, 0), (20_000, 1)]
    assert result.repeated == 1


def test_a_made_order_number_depends_on_the_row_alone():
    head = ("Date", "Customer ID", "Amount")
    first, second = ("01.01.2026", "C-1", "100"), ("02.01.2026", "C-1", "200")

    one_way = _purchases(head, first, second).lines["order_id"].to_list()
    other_way = _purchases(head, second, first).lines["order_id"].to_list()

    assert one_way == other_way[::-1]
    assert len(set(one_way)) == 2


def test_a_wrong_address_is_no_customer_but_an_id_is_enough():
    head = ("Order ID", "Date", "Customer ID", "E-mail", "Amount")

    result = _purchases(
        head,
        ("1", "01.01.2026", None, "no-address", "100"),
        ("2", "01.01.2026", "C-1", "no-address", "100"),
    )

    assert [(each.row, each.reason) for each in result.refused] == [(2, "no_customer")]
    assert result.lines.height == 1

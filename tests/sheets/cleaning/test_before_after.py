from datetime import date

import polars as pl
import pytest

from campaigns.language.formats import NO_BREAK
from campaigns.model.language import Language
from campaigns.sheets.cleaning.before_after import Shop, before_after
from campaigns.sheets.reading.grid import Grid
from campaigns.sheets.understanding.fields import Mapping, SheetKind
from campaigns.sheets.understanding.recognise import table

TODAY = date(2026, 11, 22)
SHOP = Shop(Language.HY, "AMD")


def _shown(kind, columns, *rows, options=None, reader=Language.EN):
    names = [str(place) for place in range(len(columns))]
    cells = pl.DataFrame(
        [tuple(columns), *rows], schema=dict.fromkeys(names, pl.String), orient="row"
    )
    mapping = Mapping(kind, columns, options or {})
    shown = before_after(table(Grid("Sheet", cells)), mapping, reader, SHOP, today=TODAY)
    return [
        {name: (cell.before, cell.after.replace(NO_BREAK, " "), cell.remark) for name, cell in row.items()}
        for row in shown
    ]  # fmt: skip


PEOPLE = {
    "E-mail": "address", "Full name": "full_name", "Phone": "phone", "Born": "birthday",
    "Gender": "gender", "Language": "language", "Agrees": "consent", "Size": "attribute",
    "Comment": "ignore",
}  # fmt: skip


@pytest.mark.parametrize(
    ("reader", "born", "gender", "language", "answer"),
    [
        (Language.EN, "2 Mar 1990", "woman", "Armenian", "yes"),
        (Language.HY, "2 մարտի, 1990 թ.", "կին", "հայերեն", "այո"),
        (Language.KA, "2 მარ. 1990", "ქალი", "სომხური", "დიახ"),
    ],
)
def test_a_row_is_told_in_the_words_of_the_reader(reader, born, gender, language, answer):
    [row] = _shown(
        SheetKind.CONTACTS, PEOPLE,
        (" ani@example.com ", "ՊԵՏՐՈՍՅԱՆ Անի", "091234567", "02.03.1990", "իգ.", "hy", "այո", "XL", "x"),
        reader=reader,
    )  # fmt: skip

    assert row == {
        "E-mail": (" ani@example.com ", "ani@example.com", None),
        "Full name": ("ՊԵՏՐՈՍՅԱՆ Անի", "Անի Պետրոսյան", "note.name_case"),
        "Phone": ("091234567", "+374 91 23-45-67", None),
        "Born": ("02.03.1990", born, None),
        "Gender": ("իգ.", gender, None),
        "Language": ("hy", language, None),
        "Agrees": ("այո", answer, None),
        "Size": ("XL", "XL", None),
        "Comment": ("x", "", None),
    }


def test_what_cannot_be_read_has_its_remark_and_a_refused_row_its_reason():
    odd, refused, total = _shown(
        SheetKind.CONTACTS, {"E-mail": "address", "Phone": "phone", "Born": "birthday"},
        ("ani@gmial.com", "12", "31.02.1990"), ("ani@example", "091234567", None), ("Total", "2", None),
    )  # fmt: skip

    assert odd == {
        "E-mail": ("ani@gmial.com", "ani@gmial.com", "note.address_typo"),
        "Phone": ("12", "", "note.phone_unreadable"),
        "Born": ("31.02.1990", "", "note.date_unreadable"),
    }
    assert refused["E-mail"] == ("ani@example", "", "refusal.bad_address")
    assert refused["Phone"] == ("091234567", "", None)
    assert total["E-mail"] == ("Total", "", "refusal.totals_row")


def test_orders_show_their_days_and_sums():
    first, second = _shown(
        SheetKind.ORDERS,
        {"No": "order_id", "Day": "ordered_at", "Sum": "amount", "Pieces": "quantity", "Card": "card_number"},
        ("7.0", "03/25/2026", "12 500 ֏", "2", "4001"), ("8", "02/03/2026", "?", "1,5", None),
        options={"Day": {"dates": "mdy"}},
    )  # fmt: skip

    assert first == {
        "No": ("7.0", "7", None), "Day": ("03/25/2026", "25 Mar 2026", None),
        "Sum": ("12 500 ֏", "12,500 AMD", None), "Pieces": ("2", "2", None), "Card": ("4001", "4001", None),
    }  # fmt: skip
    assert second["Sum"] == ("?", "", "refusal.bad_amount")


def test_a_price_makes_up_for_an_empty_amount():
    columns = {"Day": "ordered_at", "Sum": "amount", "Price": "unit_price", "Card": "card_number"}
    [row] = _shown(SheetKind.ORDER_LINES, columns, ("02.03.2026", None, "$5", "4001"))

    assert (row["Sum"], row["Price"]) == (("", "", None), ("$5", "$5.00", None))


def test_attributes_are_shown_by_their_type():
    columns = {"E-mail": "address", "Points": "attribute", "Since": "attribute", "VIP": "attribute"}
    options = {"Points": {"type": "number"}, "Since": {"type": "date"}, "VIP": {"type": "yes_no"}}
    first, second = _shown(
        SheetKind.CONTACTS, columns,
        ("a@x.am", "1 250,50", "2/3/26", "հա"), ("b@x.am", "many", "13/3/26", None), options=options,
    )  # fmt: skip

    assert first["Points"] == ("1 250,50", "1250.5", None)
    assert first["Since"] == ("2/3/26", "2 Mar 2026", None)
    assert first["VIP"] == ("հա", "yes", None)
    assert second["Points"] == ("many", "many", "note.attribute_unreadable")


def test_no_more_rows_are_shown_than_asked_for():
    rows = [(f"a{place}@x.am",) for place in range(30)]
    assert len(_shown(SheetKind.CONTACTS, {"E-mail": "address"}, *rows)) == 10

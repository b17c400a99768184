import pytest

from campaigns.sheets.understanding.fields import SheetKind
from campaigns.sheets.understanding.recognise import guess
from tests.support.grids import lines, sheet_of


def _kind(text, name=""):
    return guess(sheet_of(*lines(text, ";")), name=name).mapping.kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Card No;Name;Points;Last visit\n4001;Ani Petrosyan;5;01.02.2026", SheetKind.CONTACTS),
        ("Քարտ;Գումար;Ամսաթիվ\n4001;500;01.02.2026", SheetKind.ORDERS),
        ("Date;Name;Phone;Amount\n1.2.2026;Ani;091234567;100", SheetKind.ORDERS),
        ("Name;Email;Status;Created;Notes\nAni;a@x.am;active;2026-01-01;x", SheetKind.CONTACTS),
        ("Ամսաթիվ;Հաճախորդ;Հեռախոս;Մեկնաբանություն;Արդյունք\n01.02.2026;Անի;091234567;x;լուծված",
         SheetKind.CONVERSATIONS),
        ("კოდი;დასახელება;ფასი\n1;ჩაი;10", SheetKind.PRODUCTS),
        ("Артикул;Наименование;Цена;Остаток\nА-1;Чай;100;5", SheetKind.PRODUCTS),
        ("Phone;Համաձայնություն;Ամսաթիվ\n091234567;այո;01.02.2026", SheetKind.CONSENTS),
        ("E-mail;Consent\na@x.am;yes", SheetKind.CONTACTS),
        ("Էլ. հասցե;Պատճառ;Ամսաթիվ\na@x.am;հրաժարվել է;01.02.2026", SheetKind.SUPPRESSIONS),
        ("E-mail;Name;Unsubscribed at\na@x.am;Ani;\nb@x.am;Eva;01.02.2026", SheetKind.CONTACTS),
        ("Անուն;Ազգանուն\nԱնի;Պետրոսյան", SheetKind.IGNORE),
        ("Month;Total\nJan;100", SheetKind.IGNORE),
        ("ID;Street\n1;Abovyan", SheetKind.IGNORE),
    ],
)  # fmt: skip
def test_the_kind_of_a_sheet_is_told_by_its_columns(text, kind):
    assert _kind(text) is kind


@pytest.mark.parametrize(
    "name",
    ["bounces.csv", "Стоп-лист.xlsx", "შავი სია.xlsx", "Հրաժարվածներ.xlsx", "cleaned_members.csv"],
)
def test_a_list_of_refusals_is_known_by_its_name(name):
    assert _kind("E-mail;Name\na@x.am;Ani") is SheetKind.CONTACTS
    assert _kind("E-mail;Name\na@x.am;Ani", name) is SheetKind.SUPPRESSIONS


def test_people_with_a_date_and_a_sum_who_come_again_are_orders():
    head = "First name;Last name;Phone;Created at;Amount"
    once = [f"Ani;P;0912345{n:02};01.02.2026;5" for n in range(30)]
    again = [f"Ani;P;0912345{n % 5:02};01.02.2026;5" for n in range(30)]

    assert _kind("\n".join([head, *once])) is SheetKind.CONTACTS
    assert _kind("\n".join([head, *again])) is SheetKind.ORDERS


def test_not_all_refused_where_a_column_tells_who_did():
    told = "Email;Unsubscribed\na@x.am;no\nb@x.am;yes\nc@x.am;no"

    assert _kind(told, "unsubscribed.csv") is SheetKind.CONTACTS
    assert _kind(told.replace("no", "yes"), "unsubscribed.csv") is SheetKind.SUPPRESSIONS
    assert _kind("Email;Name\na@x.am;Ani", "unsubscribed.csv") is SheetKind.SUPPRESSIONS

import re

import polars as pl
import pytest

from campaigns.language.labels import label
from campaigns.model.language import Language
from campaigns.sheets.reading.files import Grid
from campaigns.sheets.understanding.fields import FIELDS, SheetKind
from campaigns.sheets.understanding.heading_rows import find_headings
from campaigns.sheets.understanding.heading_words_trade import AMBIGUOUS
from campaigns.sheets.understanding.headings import WORDS, tokens
from campaigns.sheets.understanding.recognise import ROW, guess, shape, table
from campaigns.sheets.understanding.tables import unique_headings
from campaigns.sheets.understanding.vocabulary import CITIES, LANGUAGES, MONTHS, NO, STATUSES, YES


def _table(*rows):
    width = max(len(row) for row in rows)
    full = [[*row, *[None] * (width - len(row))] for row in rows]
    names = [str(place) for place in range(width)]
    frame = pl.DataFrame(full, schema=dict.fromkeys(names, pl.String), orient="row")
    return table(Grid("Sheet", frame))


def _columns(*headings):
    return guess(_table(headings, ["x"] * len(headings))).mapping.columns


@pytest.mark.parametrize(
    "headings",
    [
        ("Հաճախորդի համար", "Անուն", "Ազգանուն", "Էլ. փոստ", "Հեռախոս", "Լեզու", "Քաղաք", "Սեռ",
         "Ծննդյան օր", "Համաձայնություն", "Համաձայնության աղբյուր", "Համաձայնության ամսաթիվ",
         "Կարծիքի համաձայնություն"),
        ("მომხმარებლის კოდი", "სახელი", "გვარი", "ელ-ფოსტა", "ტელეფონი", "ენა", "ქალაქი", "სქესი",
         "დაბადების თარიღი", "თანხმობა", "თანხმობის წყარო", "თანხმობის თარიღი",
         "თანხმობა შეფასებაზე"),
        ("Customer ID", "First name", "Last name", "E-mail", "Phone number", "Language", "City", "Sex",
         "Date of birth", "Consent", "Consent source", "Consent date", "Consent to reviews"),
        ("Код клиента", "Имя", "Фамилия", "Эл. почта", "Телефон", "Язык", "Город", "Пол",
         "Дата рождения", "Согласие", "Источник согласия", "Дата согласия", "Согласие на отзыв"),
    ],
)  # fmt: skip
def test_headings_of_customers_are_known_in_four_languages(headings):
    fields = (
        "customer_id", "given_name", "family_name", "address", "phone", "language", "city",
        "gender", "birthday", "consent", "consent_source", "consent_at", "consent_testimonials",
    )  # fmt: skip
    assert _columns(*headings) == dict(zip(headings, fields, strict=True))


@pytest.mark.parametrize(
    "headings",
    [
        ("Պատվերի համար", "Ամսաթիվ", "Գումար", "Արժույթ", "Ապրանք", "Քանակ", "Կարգավիճակ",
         "Հաճախորդի համար", "Էլ. փոստ"),
        ("შეკვეთის ნომერი", "თარიღი", "თანხა", "ვალუტა", "პროდუქტი", "რაოდენობა", "სტატუსი",
         "მომხმარებლის კოდი", "ელფოსტა"),
        ("Order ID", "Order date", "Amount", "Currency", "Product", "Qty", "Status", "Customer ID",
         "Customer e-mail"),
        ("Номер заказа", "Дата", "Сумма", "Валюта", "Товар", "Количество", "Статус", "Код клиента",
         "Почта"),
    ],
)  # fmt: skip
def test_headings_of_orders_are_known_in_four_languages(headings):
    fields = (
        "order_id", "ordered_at", "amount", "currency", "product", "quantity", "status",
        "customer_id", "address",
    )  # fmt: skip
    assert _columns(*headings) == dict(zip(headings, fields, strict=True))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Customer's E-MAIL address", "address"),
        ("Հաճախորդի էլ. փոստի հասցեն", "address"),
        ("Անուն Ազգանուն", "full_name"),
        ("ФИО", "full_name"),
        ("სახელი, გვარი", "full_name"),
    ],
)
def test_a_longer_heading_is_known_by_the_words_in_it(heading, field):
    assert _columns(heading, "Phone")[heading] == field


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (("Name", "Email", "Created at", "Accepts marketing", "Total spent"), SheetKind.CONTACTS),
        (("Order", "Created at", "Email", "Total", "Lineitem name", "Name"), SheetKind.ORDERS),
        (("Date", "Customer ID", "Amount"), SheetKind.ORDERS),
        (("E-mail",), SheetKind.CONTACTS),
    ],
)
def test_people_with_sums_and_orders_with_names_are_told_apart(headings, kind):
    assert guess(_table(headings, ["x"] * len(headings))).mapping.kind is kind


def test_a_bare_number_is_that_of_what_the_sheet_lists():
    assert _columns("ID", "E-mail")["ID"] == "customer_id"
    assert _columns("ID", "Date", "Amount", "Customer ID")["ID"] == "order_id"


def test_what_is_not_known_becomes_an_attribute_with_no_evidence():
    found = guess(_table(["E-mail", "Shoe size"], ["a@example.com", "42"]))

    assert found.mapping.columns["Shoe size"] == "attribute"
    assert found.evidence["Shoe size"].code == "none"
    assert found.mapping.options == {"Shoe size": {"type": "number"}}


def test_addresses_are_known_by_their_look():
    found = guess(_table(["Phone", "Reach"], ["1", "a@example.com"], ["2", "b@example.com"]))

    assert found.mapping.columns["Reach"] == "address"
    assert found.evidence["Reach"].to_json() == {
        "code": "values", "confidence": 0.93, "look": "address", "share": 100, "unsure": False,
    }  # fmt: skip


def test_a_field_is_never_given_to_two_columns():
    columns = _columns("E-mail", "E-mail address", "Phone", "Phone (home)")

    assert sorted(columns.values()) == ["address", "attribute", "attribute", "phone"]


def test_a_sheet_of_neither_kind_is_left_out():
    assert guess(_table(["Shelf", "Colour"], ["1", "red"])).mapping.kind is SheetKind.IGNORE


def test_the_kind_that_a_person_says_is_followed():
    sheet = _table(["Date", "Amount", "Customer ID"], ["1", "2", "3"])

    assert guess(sheet).mapping.kind is SheetKind.ORDERS
    assert guess(sheet, SheetKind.CONTACTS).mapping.columns["Amount"] == "attribute"


def test_headings_are_found_below_titles():
    rows = [["Customers of 2026"], [], [None, "Name", "E-mail"], [None, "Ani", "ani@example.com"]]

    sheet = _table(*rows)

    assert (sheet.headings, sheet.heading_row) == (["Name", "E-mail"], 3)
    assert sheet.rows[ROW].to_list() == [4]


def test_headings_nobody_knows_are_the_first_row_of_texts():
    assert find_headings([["Report"], ["Shelf", "Colour"], ["1", "2"]]) == 1
    assert find_headings([[None], ["Shelf"], ["1"]]) == 1
    assert find_headings([[None], [None]]) is None


def test_a_sheet_without_headings_loses_no_row():
    sheet = _table(["ani@example.com", "Ani"], ["eve@example.com", "Eve"])

    assert (sheet.headings, sheet.rows[ROW].to_list()) == (["A", "B"], [1, 2])
    assert guess(sheet).mapping.columns["A"] == "address"


def test_empty_rows_are_no_rows():
    sheet = _table(
        ["Name", "E-mail"], ["Ani", "a@example.com"], [None, "  "], ["Eva", "e@example.com"]
    )

    assert sheet.rows[ROW].to_list() == [2, 4]


def test_equal_headings_are_numbered_and_missing_ones_take_the_columns_letter():
    assert unique_headings([(0, "Phone"), (1, "Phone"), (2, None), (3, "Phone")]) == [
        "Phone", "Phone (2)", "C", "Phone (3)"
    ]  # fmt: skip


def test_a_heading_may_not_take_the_place_of_the_row_number():
    assert unique_headings([(0, ROW)]) == [f"{ROW} (2)"]


def test_the_shape_does_not_depend_on_order_case_or_signs():
    assert shape(["E-mail", "Անուն"]) == shape(["ԱՆՈՒՆ", "email"])
    assert shape(["E-mail"]) != shape(["E-mail", "Phone"])


@pytest.mark.parametrize("language", list(Language))
def test_the_column_that_our_error_book_adds_is_no_data(language):
    problem = label("sheet.problem", language)

    assert _table(["E-mail", problem], ["a@example.com", "wrong"]).headings == ["E-mail"]


@pytest.mark.parametrize("kind", list(SheetKind))
def test_no_word_means_two_things_in_one_kind_of_sheet(kind):
    """A word of two fields stands in ``AMBIGUOUS``, or the first field of the kind has it."""
    allowed = {"status", "state", "описание", "comment"}
    every = [
        word
        for field in FIELDS[kind]
        for word in {"".join(tokens(one)) for one in WORDS[field].split(",")}
    ]
    twice = {word for word in every if every.count(word) > 1} - allowed

    assert twice == set()


def test_the_vocabulary_mixes_no_scripts_within_a_word():
    every = {
        *MONTHS, *CITIES, *LANGUAGES, *STATUSES, *YES, *NO,
        *(word for words in WORDS.values() for word in re.split(r"[\s,/.\-]+", words)),
        *(word for words in AMBIGUOUS.values() for line in words for word in re.split(r"[\s,/.\-]+", line)),
    }  # fmt: skip
    scripts = [r"[Ա-և]", r"[ა-ჰ]", r"[а-яё]", r"[a-z]"]
    mixed = {w for w in every if sum(bool(re.search(script, w)) for script in scripts) > 1}

    assert {word for word in mixed if len(word) > 2} == set()


@pytest.mark.parametrize(
    "heading",
    [
        "Unsubscribed", "Not subscribed", "No consent", "Consent withdrawn", "SMS consent",
        "Согласие на обработку персональных данных", "Համաձայնություն SMS-ի համար",
        "თანხმობა პერსონალური მონაცემების დამუშავებაზე", "Newsletter frequency",
    ],
)  # fmt: skip
def test_a_heading_that_only_speaks_of_consent_is_not_taken_for_one(heading):
    assert _columns(heading, "Email")[heading] == "attribute"


@pytest.mark.parametrize("heading", ["Հայրանունը", "Երեխայի անունը", "Խանութի անունը"])
def test_the_name_of_something_else_is_not_the_customers_name(heading):
    assert _columns(heading, "Email")[heading] == "attribute"

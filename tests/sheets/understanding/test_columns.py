import pytest

from campaigns.sheets.understanding import evidence as why
from campaigns.sheets.understanding.recognise import guess
from tests.support.grids import sheet_of

ADDRESSES = ["a@example.com", "b@example.com", "c@example.com", "d@example.com"]
PHONES = ["091234567", "093234567", "+995599123456", "094234567"]
NAMES = ["Անի", "Արամ", "Նարե", "Դավիթ"]
WHOLE_NAMES = ["Անի Պետրոսյան", "Արամ Սարգսյան", "Nino Beridze", "გიორგი კაპანაძე"]
BIRTHS = ["05.03.1990", "15.03.1950", "25.03.1970", "01.12.1985"]
DAYS = ["05.03.2026", "15.03.2026", "25.03.2026", "01.12.2025"]


def _guess(**columns):
    return guess(sheet_of(list(columns), *zip(*columns.values(), strict=True)))


def test_values_overrule_a_heading_that_is_wrong():
    found = _guess(Phone=ADDRESSES, Name=NAMES)

    assert found.mapping.columns["Phone"] == "address"
    assert found.evidence["Phone"].code == why.NOT_HEADING


def test_one_odd_value_overrules_no_heading():
    assert _guess(Phone=[*PHONES[:3], ADDRESSES[0]], Name=NAMES).mapping.columns["Phone"] == "phone"
    assert (
        _guess(Phone=ADDRESSES[:1], Name=NAMES[:1], Note=["x"]).mapping.columns["Phone"] == "phone"
    )


@pytest.mark.parametrize(("values", "field"), [(NAMES, "given_name"), (WHOLE_NAMES, "full_name")])
def test_a_name_is_whole_when_its_values_are(values, field):
    assert _guess(Phone=PHONES, Name=values).mapping.columns["Name"] == field


@pytest.mark.parametrize(("values", "field"), [(BIRTHS, "birthday"), (DAYS, "attribute")])
def test_a_date_among_people_is_their_birthday_when_the_years_say_so(values, field):
    assert _guess(Phone=PHONES, Name=NAMES, Date=values).mapping.columns["Date"] == field


def test_a_date_among_orders_is_theirs():
    found = _guess(Phone=PHONES, Date=DAYS, Amount=["1", "2", "3", "4"])

    assert (found.mapping.kind, found.mapping.columns["Date"]) == ("orders", "ordered_at")


@pytest.mark.parametrize(
    ("values", "field"),
    [(PHONES, "phone"), (["4000001", "4000002", "4000003", "4000004"], "card_number")],
)
def test_a_number_is_what_its_values_are(values, field):
    columns = _guess(Email=ADDRESSES, Number=values).mapping.columns

    assert columns["Number"] == field


@pytest.mark.parametrize(
    ("values", "field"),
    [(ADDRESSES, "address"), (PHONES, "phone"), (["C-1", "C-2", "C-1", "C-3"], "customer_id")],
)
def test_a_customer_of_an_order_is_known_by_what_stands_there(values, field):
    found = _guess(Customer=values, Date=DAYS, Amount=["1", "2", "3", "4"])

    assert found.mapping.columns["Customer"] == field


def test_a_customer_by_name_is_no_key_beside_a_phone():
    found = _guess(Customer=NAMES, Phone=PHONES, Date=DAYS, Amount=["1", "2", "3", "4"])

    assert (found.mapping.columns["Customer"], found.mapping.columns["Phone"]) == (
        "ignore",
        "phone",
    )


def test_answers_alone_are_never_consent():
    found = _guess(Email=ADDRESSES, Letters=["yes", "no", "yes", "yes"])

    assert found.mapping.columns["Letters"] == "attribute"
    headless = guess(sheet_of(*zip(ADDRESSES, NAMES, ["yes", "no", "yes", "yes"], strict=True)))
    assert "consent" not in headless.mapping.columns.values()


def test_headings_of_a_language_that_we_do_not_know_are_told_by_their_values():
    found = _guess(Courriel=ADDRESSES, Prénom=NAMES, Téléphone=PHONES, Rue=["a", "b", "c", "d"])

    assert list(found.mapping.columns.values()) == ["address", "given_name", "phone", "attribute"]


def test_streets_are_not_surnames():
    found = _guess(Email=ADDRESSES, Փողոց=["Աբովյան", "Տերյան", "Սարյան", "Պուշկին"])

    assert found.mapping.columns["Փողոց"] == "attribute"


def test_a_column_that_counts_the_rows_is_left_out():
    found = _guess(**{"№": ["1", "2", "3", "4"], "Email": ADDRESSES})

    assert (found.mapping.columns["№"], found.evidence["№"].code) == ("ignore", why.COUNTS_ROWS)


def test_the_second_meaning_and_the_doubt_are_told():
    seen = _guess(Email=ADDRESSES, ID=["1", "5", "7", "9"], **{"Home phone": ["1", "2", "3", "4"]})

    assert seen.evidence["ID"].second == "card_number"
    assert not seen.evidence["ID"].is_unsure
    assert seen.evidence["Home phone"].is_unsure
    assert seen.evidence["Email"].to_json() == {
        "code": "heading_and_values", "confidence": 1.0, "look": "address", "share": 100,
        "unsure": False,
    }  # fmt: skip

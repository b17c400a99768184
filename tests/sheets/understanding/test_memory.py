import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.sheets.reading.grid import Marks
from campaigns.sheets.understanding.fields import Mapping, SheetKind
from campaigns.sheets.understanding.guessing import understand
from campaigns.sheets.understanding.memory import closest, is_complete, recalled, shape
from tests.support.grids import sheet_of

HEAD = ["E-mail", "Name", "Shoe", "City"]
KNOWN = Mapping(
    SheetKind.CONTACTS,
    {"E-mail": "address", "Name": "family_name", "Shoe": "attribute", "City": "ignore"},
    {"Shoe": {"type": "text"}, "": {"hidden_rows": "leave"}},
)
ROW = {"E-mail": "a@x.am", "Name": "Ani", "Shoe": "42", "City": "Yerevan", "Phone": "091234567",
       "E-Mail:": "a@x.am", "SHOE": "42", "Town": "Yerevan"}  # fmt: skip


def _sheet(*headings):
    return sheet_of(headings, [ROW[name] for name in headings])


def test_what_was_confirmed_for_the_same_headings_holds_whatever_their_order_and_signs():
    sheet = _sheet("SHOE", "City", "E-Mail:", "Name")

    found, is_known = understand(sheet, KNOWN, [])

    assert is_known
    assert found.mapping.columns == {
        "SHOE": "attribute", "City": "ignore", "E-Mail:": "address", "Name": "family_name",
    }  # fmt: skip
    assert found.mapping.options == {"SHOE": {"type": "text"}, "": {"hidden_rows": "leave"}}
    assert {each.code for each in found.evidence.values()} == {"remembered"}


def test_a_new_column_is_guessed_beside_those_that_are_known():
    found, is_known = understand(_sheet(*HEAD, "Phone"), None, [KNOWN])

    assert not is_known
    assert found.mapping.columns == {**KNOWN.columns, "Phone": "phone"}
    assert found.evidence["Name"].code == "remembered"
    assert found.evidence["Phone"].code == "heading_and_values"


def test_a_renamed_column_is_guessed_anew():
    found, _ = understand(_sheet("E-mail", "Name", "Shoe", "Town"), None, [KNOWN])

    assert found.mapping.columns["Town"] == "city"
    assert found.mapping.columns["Name"] == "family_name"


def test_a_field_that_is_known_is_not_guessed_a_second_time():
    renamed = Mapping(SheetKind.CONTACTS, {**KNOWN.columns, "Shoe": "phone"})

    found, _ = understand(_sheet(*HEAD, "Phone"), None, [renamed])

    assert (found.mapping.columns["Shoe"], found.mapping.columns["Phone"]) == ("phone", "attribute")


def test_the_closest_sheet_counts_and_of_equal_ones_the_newest():
    far = Mapping(SheetKind.CONTACTS, dict.fromkeys([*HEAD, "a", "b"], "ignore"))
    newer = Mapping(SheetKind.CONTACTS, dict.fromkeys(HEAD, "attribute"))

    assert closest([*HEAD, "Phone"], [far, newer, KNOWN]) is newer
    assert closest(["E-mail", "x", "y"], [KNOWN]) is None


def test_a_sheet_of_another_kind_is_not_taken_for_the_known_one():
    orders = Mapping(SheetKind.ORDERS, dict.fromkeys(HEAD, "ignore"))

    found, _ = understand(_sheet(*HEAD, "Phone"), None, [orders])

    assert found.mapping.kind is SheetKind.CONTACTS
    assert "remembered" not in {each.code for each in found.evidence.values()}


@pytest.mark.parametrize(("second", "is_known"), [("Ani", True), ("091234567", False)])
def test_what_was_said_of_letters_holds_where_the_values_allow_it(second, is_known):
    known = Mapping(SheetKind.CONTACTS, {"A": "address", "B": "given_name"})
    sheet = sheet_of(*[[f"{letter}@x.am", second] for letter in "abcd"])

    assert understand(sheet, known, [])[1] is is_known


def test_the_shape_does_not_depend_on_order_case_or_signs():
    assert shape(["E-mail", "Անուն"]) == shape(["ԱՆՈՒՆ", "email"])
    assert shape(["E-mail"]) != shape(["E-mail", "Phone"])


HEADINGS = st.lists(
    st.sampled_from(["E-mail", "email", "Email.", "Name", "NAME", "Phone", "№"]), unique=True
)


@settings(max_examples=50)
@given(HEADINGS, HEADINGS)
def test_nothing_is_remembered_twice(ours, theirs):
    known = Mapping(SheetKind.CONTACTS, {name: f"{place}" for place, name in enumerate(theirs)})

    columns, _ = recalled(ours, known)

    assert len(set(columns.values())) == len(columns)
    if is_complete(ours, known):
        assert set(columns) == set(ours)


def test_a_hidden_sheet_is_left_out_though_its_like_was_confirmed():
    sheet = sheet_of(HEAD, [ROW[name] for name in HEAD], marks=Marks(hidden=True))

    found, is_known = understand(sheet, KNOWN, [KNOWN])

    assert (found.mapping.kind, is_known) == (SheetKind.IGNORE, False)

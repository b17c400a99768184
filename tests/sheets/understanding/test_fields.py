import pytest

from campaigns.errors import InputError
from campaigns.language.labels import LABELS
from campaigns.sheets.understanding.fields import (
    EXAMPLE,
    FIELDS,
    Mapping,
    SheetKind,
    check,
)


@pytest.mark.parametrize(
    "code", sorted({f"field.{name}" for names in FIELDS.values() for name in names})
)
def test_each_field_has_a_name_to_show(code):
    assert code in LABELS


def test_a_mapping_in_a_file_is_read():
    assert Mapping.parse(EXAMPLE) == Mapping(SheetKind.CONTACTS, {"E-mail": "address"})


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"kind": "people", "columns": {}}', "nonsense"])
def test_a_file_that_is_no_mapping_is_refused_with_an_example(text):
    with pytest.raises(InputError) as caught:
        Mapping.parse(text)
    assert EXAMPLE in str(caught.value)


def test_headings_left_out_of_a_mapping_are_ignored():
    mapping = Mapping(SheetKind.CONTACTS, {"E-mail": "address"})

    assert check(mapping, ["E-mail", "Shoe"]).columns == {"E-mail": "address", "Shoe": "ignore"}


@pytest.mark.parametrize(
    ("kind", "columns", "code"),
    [
        (SheetKind.CONTACTS, {"a": "address", "c": "city"}, "mapping.heading"),
        (SheetKind.CONTACTS, {"a": "shoe_size"}, "mapping.field"),
        (SheetKind.CONTACTS, {"a": "amount"}, "mapping.field"),
        (SheetKind.CONTACTS, {"a": "address", "b": "address"}, "mapping.twice"),
        (SheetKind.CONTACTS, {"a": "city"}, "mapping.key"),
        (SheetKind.ORDERS, {"a": "customer_id", "b": "ordered_at"}, "mapping.missing"),
    ],
)
def test_a_mapping_that_does_not_fit_the_sheet_is_refused(kind, columns, code):
    with pytest.raises(InputError) as caught:
        check(Mapping(kind, columns), ["a", "b"])
    assert caught.value.code == code


def test_a_sheet_that_is_to_be_ignored_needs_no_field():
    assert check(Mapping(SheetKind.IGNORE, {}), ["a"]).kind is SheetKind.IGNORE

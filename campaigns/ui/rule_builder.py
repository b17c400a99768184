"""A condition put together from lists, for those who do not write rules."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal

import streamlit as st

from campaigns.errors import N_
from campaigns.model.language import Language
from campaigns.segments.fields import ATTRIBUTE, FieldType, Operator, operators
from campaigns.segments.rule import Comparison, Value, parse
from campaigns.segments.verbs import Field
from campaigns.ui.choice import choose
from campaigns.ui.guard import guarded
from campaigns.ui.words import _, label

RULE = "segment-rule"
FIELD, OPERATOR, VALUE, JOIN = "build-field", "build-operator", "build-value", "build-join"
OPERATORS = {
    Operator.EQUAL: N_("is"),
    Operator.UNEQUAL: N_("is not"),
    Operator.LESS: N_("is less than"),
    Operator.AT_MOST: N_("is at most"),
    Operator.MORE: N_("is more than"),
    Operator.AT_LEAST: N_("is at least"),
    Operator.ONE_OF: N_("is one of"),
    Operator.CONTAINS: N_("contains"),
    Operator.EMPTY: N_("is not known"),
    Operator.FILLED: N_("is known"),
}
JOINS = {"and": N_("and also"), "or": N_("or else"), "and not": N_("but not")}
WITHOUT_VALUE = (Operator.EMPTY, Operator.FILLED)


def show_builder(fields: list[Field]) -> None:
    """Show lists from which a condition is added to the rule."""
    known = {field.name: field for field in fields}
    with st.grid(4, min_column_width=200, vertical_alignment="bottom"):
        name = choose(_("What"), list(known), key=FIELD, name=lambda name: _field_name(known[name]))
        field = known[name]
        operator = choose(
            _("How"), _operators(field), key=OPERATOR, name=lambda one: _(OPERATORS[one])
        )
        if operator not in WITHOUT_VALUE:
            _ask_value(field, operator)
        if st.session_state.get(RULE, "").strip():
            choose(_("Joined by"), list(JOINS), key=JOIN, name=lambda join: _(JOINS[join]))
    st.button(
        _("Add this condition"),
        icon=":material/add:",
        on_click=_add,
        args=(field,),
        key="build-add",
    )


def condition(field: Field, operator: Operator, entered: object) -> str:
    """Return one condition in the rule language.

    Raises:
        InputError: the value does not fit the field.
    """
    texts = _texts(operator, entered)
    values = tuple(_value(field.type, text) for text in texts)
    attribute = field.name if field.type == ATTRIBUTE else ""
    name = ATTRIBUTE if attribute else field.name
    return str(parse(str(Comparison(name, operator, values, attribute))))


def joined(rule: str, join: str, added: str) -> str:
    """Return ``rule`` with a condition more.

    >>> joined("a = 1 or b = 2", "and", "c = 3")
    '(a = 1 or b = 2) and c = 3'
    """
    before = rule.strip()
    if not before or before == "everyone":
        return f"not {added}" if before and join == "and not" else added
    if join != "or" and " or " in before:
        before = f"({before})"
    return f"{before} {join} {added}"


def _ask_value(field: Field, operator: Operator) -> None:
    several = operator is Operator.ONE_OF
    if field.type == FieldType.LANGUAGE and not several:
        choose(
            _("Value"), list(Language), key=f"{VALUE}-language",
            name=lambda choice: label(f"language.{choice}"),
        )  # fmt: skip
    elif field.type == FieldType.YES_NO:
        choices = {"yes": _("yes"), "no": _("no")}
        choose(_("Value"), list(choices), key=f"{VALUE}-yes", name=choices.__getitem__)
    else:
        st.text_input(_("Value"), key=f"{VALUE}-text", placeholder=_example(field, several=several))


def _example(field: Field, *, several: bool) -> str:
    if several:
        return _("Several, with commas between")
    if field.type in (FieldType.DATE, FieldType.MOMENT):
        return "2026-01-31"
    numbers = (FieldType.COUNT, FieldType.DAYS, FieldType.MONEY)
    return "90" if field.type in numbers else ""


def _add(field: Field) -> None:
    state = st.session_state
    operator = Operator(state[OPERATOR])
    with guarded():
        added = condition(field, operator, _entered(field, operator))
        state[RULE] = joined(state.get(RULE, ""), state.get(JOIN, "and"), added)


def _entered(field: Field, operator: Operator) -> object:
    if operator in WITHOUT_VALUE:
        return ""
    if field.type == FieldType.LANGUAGE and operator is not Operator.ONE_OF:
        return st.session_state.get(f"{VALUE}-language", "")
    kind = "yes" if field.type == FieldType.YES_NO else "text"
    return st.session_state.get(f"{VALUE}-{kind}", "")


def _texts(operator: Operator, entered: object) -> list[str]:
    if operator in WITHOUT_VALUE:
        return []
    text = str(entered).strip()
    if operator is Operator.ONE_OF:
        return [part.strip() for part in text.split(",") if part.strip()]
    return [text]


def _value(kind: str, text: str) -> Value:
    """Return what was typed as the field's kind; what does not fit stays text, for the rule
    language to explain.
    """
    if kind == FieldType.YES_NO:
        return text == "yes"
    if kind in (FieldType.DATE, FieldType.MOMENT):
        with suppress(ValueError):
            return date.fromisoformat(text)
    if kind in (FieldType.COUNT, FieldType.DAYS, FieldType.MONEY):
        return _figure(text)
    return text


def _figure(text: str) -> Value:
    figure = re.sub(r"\s", "", text).replace(",", ".")
    if figure.isdecimal():
        return int(figure)
    return Decimal(figure) if figure.replace(".", "", 1).isdecimal() else text


def _operators(field: Field) -> list[Operator]:
    return list(operators(ATTRIBUTE if field.type == ATTRIBUTE else field.name))


def _field_name(field: Field) -> str:
    return field.name if field.type == ATTRIBUTE else label(field.label_code)

"""The merge language: fields, filters, conditions. An allow-list over Jinja's syntax tree.

Jinja only parses. What is allowed is turned into plain functions here, so no letter can reach
an attribute, a method or a loop: there is nothing that would execute them.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from jinja2 import Environment, nodes

from campaigns.errors import RenderError
from campaigns.language.grammar import Kind as WordKind
from campaigns.language.people.person import Person
from campaigns.letters.escape import clean
from campaigns.letters.fields import FIELDS, ITEM_FIELDS, LISTS, MANY, Item, Kind, Values
from campaigns.letters.filters import (
    ROLES,
    Filter,
    counted,
    filters,
    next_word,
    role_filter,
    show,
)
from campaigns.model.language import Language
from campaigns.model.money import Money
from campaigns.model.register import Register

Locate = Callable[[int, str], dict[str, int]]
"""(line inside the section, text to find there) → ``line`` and ``column`` in the whole letter."""

_PARSER = Environment(autoescape=False)  # noqa: S701 - only parses
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq, "ne": operator.ne, "gt": operator.gt, "gteq": operator.ge,
    "lt": operator.lt, "lteq": operator.le,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expression:
    """What ``{{ … }}`` says. Expressions with the same ``key`` say the same."""

    key: str
    kind: Kind
    fields: frozenset[str] = field(compare=False)
    evaluate: Callable[[Values], object] = field(compare=False)
    may_be_empty: bool = field(compare=False)
    """It has no default, and the field is not one that is always there, or a filter may abstain."""
    filled_if: frozenset[str] = field(default=frozenset(), compare=False)
    """What it needs, as ``field`` or ``field | filter``: when one of these is there, it is."""
    tells: frozenset[str] = field(default=frozenset(), compare=False)
    """What is surely there when it is."""
    word: WordKind | None = field(default=None, compare=False)
    """What its values name, for those that can be put into a case."""

    @property
    def field_name(self) -> str:
        """The field to name when it is empty, with the filter that left it so."""
        return min(self.filled_if, default="") or self.key

    def is_sure(self, known: frozenset[str]) -> bool:
        """Say whether it shows something wherever all of ``known`` is there."""
        return not self.may_be_empty or bool(self.filled_if & known)


@dataclass(frozen=True, slots=True)
class Condition:
    """What ``{% if … %}`` asks, and which fields are surely filled in either case.

    ``parts`` are those of an ``and``, an ``or`` or a ``not``, as ``joined`` tells.
    """

    fields: frozenset[str]
    holds: Callable[[Values], bool]
    when_true: frozenset[str] = frozenset()
    when_false: frozenset[str] = frozenset()
    joined: Literal["and", "or", "not", ""] = ""
    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class ListItem:
    """The ``number``-th item of a list field, counted from 0: one turn of a ``for``."""

    field: str
    number: int

    @property
    def key(self) -> str:
        return f"{self.field}[{self.number}]"

    @property
    def is_there(self) -> Condition:
        """Whether a reader's list is that long."""
        return Condition(
            frozenset({self.field}), lambda values: self.of(values) is not None,
            when_true=frozenset({self.key}),
        )  # fmt: skip

    def of(self, values: Values) -> Item | None:
        """Return it, None where the list is shorter."""
        items = values.get(self.field)
        return items[self.number] if isinstance(items, tuple) and self.number < len(items) else None


def _nowhere(_line: int, _needle: str) -> dict[str, int]:
    return {"line": 1, "column": 1}


@dataclass(frozen=True, slots=True)
class Compiler:
    """Turns Jinja's nodes into expressions, for one language."""

    language: Language
    constants: Mapping[str, str]
    """Fields that are the same for everybody."""
    locate: Locate = _nowhere
    register: Register = Register.NEUTRAL
    scope: Mapping[str, ListItem] = field(default_factory=dict)
    """What the name behind ``for`` stands for."""

    def expression(self, node: nodes.Node, following: str = "") -> Expression:
        """Return what an output says; ``following`` are the words behind it.

        Raises:
            RenderError: an unknown field or filter, or anything else than those.
        """
        match node:
            case nodes.Name(name=name) if name in FIELDS and FIELDS[name].kind not in MANY:
                return self._field(name)
            case nodes.Name(name=name):
                raise self._no_field(node, name)
            case nodes.Getattr(node=nodes.Name(name=owner), attr=name) if owner in self.scope:
                return self._of_item(node, self.scope[owner], name)
            case (
                nodes.Getattr(node=nodes.Name(name="attributes"), attr=name)
                | nodes.Getitem(
                    node=nodes.Name(name="attributes"), arg=nodes.Const(value=str(name))
                )
            ) if not name.startswith("__"):
                return _attribute(name)
            case nodes.Filter(name=name, node=nodes.Node() as inner, args=args, kwargs=[]):
                return self._filter(node, name, self.expression(inner, following), args, following)
            case nodes.Const(value=str(text)):
                return Expression(repr(text), "text", frozenset(), lambda _: text, not text.strip())
        raise self._not_allowed(node)

    def condition(self, node: nodes.Node) -> Condition:
        """Return what an ``if`` asks.

        Raises:
            RenderError: it asks something that is not allowed.
        """
        match node:
            case nodes.Not(node=inner):
                part = self.condition(inner)
                return Condition(part.fields, lambda v: not part.holds(v), part.when_false,
                                 part.when_true, "not", (part,))  # fmt: skip
            case nodes.And(left=left, right=right):
                return _both(self.condition(left), self.condition(right))
            case nodes.Or(left=left, right=right):
                return _either(self.condition(left), self.condition(right))
            case nodes.Compare(
                expr=left, ops=[nodes.Operand(op=op, expr=nodes.Const(value=value))]
            ):
                return self._comparison(node, self.expression(left), op, value)
        if isinstance(node, nodes.Name) and node.name in LISTS:  # is there a first one?
            return ListItem(node.name, 0).is_there
        asked = self.expression(node)
        return Condition(
            asked.fields,
            lambda values: bool(_filled(asked.evaluate(values), self.language)),
            when_true=asked.tells,
        )

    def condition_of(self, asked: str) -> Condition:
        """Return what ``{% if asked %}`` asks, given as text.

        Raises:
            RenderError: as ``condition``.
        """
        return self.condition(_PARSER.parse(f"{{% if {asked} %}}{{% endif %}}").body[0].test)  # type: ignore[attr-defined] # an If

    def item(self, node: nodes.Node, number: int) -> ListItem:
        """Return the item that a turn of a ``for`` is about.

        Raises:
            RenderError: what stands behind ``in`` is no list.
        """
        if isinstance(node, nodes.Name) and node.name in LISTS:
            return ListItem(node.name, number)
        got = node.name if isinstance(node, nodes.Name) else type(node).__name__.lower()
        raise RenderError("letter.no_list", **self.locate(node.lineno, got), got=got,
                          expected=", ".join(LISTS))  # fmt: skip

    def _of_item(self, node: nodes.Node, item: ListItem, name: str) -> Expression:
        if name not in ITEM_FIELDS:
            raise RenderError("letter.unknown_field", **self.locate(node.lineno, name),
                              field=f"{item.field}.{name}", expected=", ".join(ITEM_FIELDS))  # fmt: skip
        declared = ITEM_FIELDS[name]

        def evaluate(values: Values) -> object:
            found = item.of(values)
            return None if found is None else getattr(found, name)

        key = f"{item.key}.{name}"
        known = frozenset({item.key}) if declared.always else frozenset({key})
        return Expression(key, declared.kind, frozenset({item.field}), evaluate,
                          may_be_empty=True, filled_if=known, tells=known,
                          word=declared.word)  # fmt: skip

    def _field(self, name: str) -> Expression:
        declared, itself = FIELDS[name], frozenset({name})
        if name in self.constants:
            text = self.constants[name]
            return Expression(name, "text", frozenset(), lambda _: text, not text, itself, itself,
                              declared.word)  # fmt: skip

        def evaluate(values: Values) -> object:
            return values.get(name)

        def as_text(values: Values) -> object:
            return _as_text(values.get(name))

        read = as_text if declared.kind in ("text", "link") else evaluate
        return Expression(name, declared.kind, itself, read, not declared.always, itself, itself,
                          declared.word)  # fmt: skip

    def _filter(
        self, node: nodes.Node, name: str, inner: Expression, args: list[nodes.Expr], following: str
    ) -> Expression:
        if name == "default" and len(args) == 1:
            return _default(inner, self.expression(args[0]), self.language)
        if name in ROLES and not args:
            return self._in_role(node, name, inner, following)
        if name == "counted":
            return self._counted(node, inner, args)
        known = self._filters().get(name)
        if known is None or args:
            raise self._no_filter(node, name)
        if inner.kind not in known.takes:
            raise self._does_not_fit(node, name, inner, known.takes)
        return _changed(inner, name, known)

    def _in_role(
        self, node: nodes.Node, name: str, inner: Expression, following: str
    ) -> Expression:
        if inner.word is None:
            fitting = [field.name for field in FIELDS.values() if field.word]
            raise self._does_not_fit(node, name, inner, fitting)
        # Only the Armenian article depends on the next word.
        behind = next_word(following) if self.language is Language.HY else None
        change = role_filter(ROLES[name], inner.word, self.language, self.register, behind)
        return _changed(inner, name, change, argument=behind)

    def _counted(self, node: nodes.Node, inner: Expression, args: list[nodes.Expr]) -> Expression:
        nouns = [arg.value for arg in args if isinstance(arg, nodes.Const)]
        expected = 2 if self.language is Language.EN else 1
        if len(args) != expected or not all(isinstance(one, str) and one for one in nouns):
            raise RenderError("letter.counted", **self.locate(node.lineno, "counted"))
        chosen = counted(nouns, self.language)
        if inner.kind not in chosen.takes:
            raise self._does_not_fit(node, "counted", inner, chosen.takes)
        return _changed(inner, "counted", chosen, argument=", ".join(nouns))

    def _filters(self) -> dict[str, Filter]:
        return filters(self.language, self.register)

    def _comparison(self, node: nodes.Node, left: Expression, op: str, value: object) -> Condition:
        compare = _COMPARISONS.get(op)
        fits = (left.kind == "number" and isinstance(value, int)) or (
            left.kind == "text" and isinstance(value, str) and op in ("eq", "ne")
        )
        if compare is None or not fits:
            raise RenderError("letter.comparison", **self.locate(node.lineno, left.key),
                              field=left.key)  # fmt: skip

        def holds(values: Values) -> bool:
            got = left.evaluate(values)
            return compare(got, value) if got is not None else op == "ne"

        filled = frozenset() if op == "ne" or value == "" else left.tells
        return Condition(left.fields, holds, when_true=filled)

    def _no_field(self, node: nodes.Node, name: str) -> RenderError:
        return RenderError("letter.unknown_field", **self.locate(node.lineno, name), field=name,
                           expected=", ".join(FIELDS))  # fmt: skip

    def _no_filter(self, node: nodes.Node, name: str) -> RenderError:
        expected = ", ".join(["default", "counted", *self._filters(), *ROLES])
        return RenderError("letter.unknown_filter", **self.locate(node.lineno, name), filter=name,
                           expected=expected)  # fmt: skip

    def _does_not_fit(
        self, node: nodes.Node, name: str, inner: Expression, expected: Sequence[str]
    ) -> RenderError:
        return RenderError("letter.filter_kind", **self.locate(node.lineno, name), filter=name,
                           field=inner.field_name, expected=", ".join(expected))  # fmt: skip

    def _not_allowed(self, node: nodes.Node) -> RenderError:
        got = type(node).__name__.lower()
        return RenderError("letter.not_allowed", **self.locate(node.lineno, ""), got=got)


def _filled(value: object, language: Language) -> object:
    """What an ``if`` takes for nothing: an empty text, zero, no date, a name that cannot be said."""
    match value:
        case Money():
            return value.minor
        case str():
            return value.strip()
        case Person():
            return show(value, language)
    return value


def _as_text(value: object) -> str | None:
    """Text as a reader sees it: a value of invisible characters alone is empty."""
    return None if value is None else clean(str(value))


def _attribute(name: str) -> Expression:
    def evaluate(values: Values) -> object:
        attributes = values.get("attributes")
        found = attributes.get(name) if isinstance(attributes, Mapping) else None
        return _as_text(found)

    key, shown = f"attributes[{name!r}]", f"attributes.{name}"
    itself = frozenset({shown})
    return Expression(key, "text", itself, evaluate, may_be_empty=True, filled_if=itself,
                      tells=itself, word=WordKind.NOUN)  # fmt: skip


def _default(inner: Expression, other: Expression, language: Language) -> Expression:
    def evaluate(values: Values) -> object:
        got = inner.evaluate(values)
        return got if show(got, language).strip() else other.evaluate(values)

    key = f"{inner.key}|default({other.key})"
    kind = inner.kind if inner.kind == other.kind else "text"
    return Expression(key, kind, inner.fields | other.fields, evaluate,
                      inner.may_be_empty and other.may_be_empty,
                      inner.filled_if | other.filled_if, inner.tells & other.tells)  # fmt: skip


def _changed(
    inner: Expression, name: str, chosen: Filter, *, argument: str | None = None
) -> Expression:
    def evaluate(values: Values) -> object:
        got = inner.evaluate(values)
        return chosen.change(got) if chosen.never_empty or got not in (None, "") else None

    key = f"{inner.key}|{name}" + (f"({argument})" if argument else "")
    filled_if, tells = inner.filled_if, inner.tells
    empty = inner.may_be_empty and not chosen.never_empty
    if chosen.never_empty:
        tells = frozenset()
    if inner.kind in chosen.abstains_on:
        filled_if = frozenset(f"{one} | {name}" for one in filled_if)
        tells |= filled_if
        # What is the same for everybody is known now.
        empty = bool(inner.fields) or not evaluate({})
    return Expression(key, "text", inner.fields, evaluate, empty, filled_if, tells)


def _both(left: Condition, right: Condition) -> Condition:
    return Condition(
        left.fields | right.fields,
        lambda values: left.holds(values) and right.holds(values),
        when_true=left.when_true | right.when_true,
        when_false=left.when_false & right.when_false,
        joined="and",
        parts=(left, right),
    )


def _either(left: Condition, right: Condition) -> Condition:
    return Condition(
        left.fields | right.fields,
        lambda values: left.holds(values) or right.holds(values),
        when_true=left.when_true & right.when_true,
        when_false=left.when_false | right.when_false,
        joined="or",
        parts=(left, right),
    )

"""The merge language: fields, filters, conditions. An allow-list over Jinja's syntax tree.

Jinja only parses. What is allowed is turned into plain functions here, so no letter can reach
an attribute, a method or a loop: there is nothing that would execute them.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from typing import Any

from jinja2 import nodes

from campaigns.errors import RenderError
from campaigns.language import formats
from campaigns.language.address import salutation
from campaigns.letters.escape import clean
from campaigns.letters.fields import FIELDS, Kind, Values
from campaigns.model.language import Language
from campaigns.model.money import Money

Locate = Callable[[int, str], dict[str, int]]
"""(line inside the section, text to find there) → ``line`` and ``column`` in the whole letter."""

CACHED = 20_000
"""Values whose written form is remembered: dates, names and products come again and again."""

_QUOTES = {Language.HY: ("«", "»"), Language.KA: ("„", "“"), Language.EN: ("“", "”")}
_INNER_QUOTES = {Language.HY: ("“", "”"), Language.KA: ("«", "»"), Language.EN: ("‘", "’")}
_ANY_QUOTE = '«»„“”"‟'
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
    """It has no default, and the field is not one that is always there."""

    @property
    def field_name(self) -> str:
        """The field to name when it is empty."""
        return min(self.fields, default="")


@dataclass(frozen=True, slots=True)
class Condition:
    """What ``{% if … %}`` asks, and which fields are surely filled in either case."""

    fields: frozenset[str]
    holds: Callable[[Values], bool]
    when_true: frozenset[str] = frozenset()
    when_false: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Compiler:
    """Turns Jinja's nodes into expressions, for one language."""

    language: Language
    constants: Mapping[str, str]
    """Fields that are the same for everybody."""
    locate: Locate

    def expression(self, node: nodes.Node) -> Expression:
        """Return what an output says.

        Raises:
            RenderError: an unknown field or filter, or anything else than those.
        """
        match node:
            case nodes.Name(name=name) if name in FIELDS and name != "attributes":
                return self._field(name)
            case nodes.Name(name=name):
                raise self._no_field(node, name)
            case nodes.Getattr(node=nodes.Name(name="attributes"), attr=name):
                return _attribute(name)
            case nodes.Getitem(
                node=nodes.Name(name="attributes"), arg=nodes.Const(value=str(name))
            ):
                return _attribute(name)
            case nodes.Filter(name=name, node=nodes.Node() as inner, args=args, kwargs=[]):
                return self._filter(node, name, self.expression(inner), args)
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
                                 part.when_true)  # fmt: skip
            case nodes.And(left=left, right=right):
                return _both(self.condition(left), self.condition(right))
            case nodes.Or(left=left, right=right):
                return _either(self.condition(left), self.condition(right))
            case nodes.Compare(
                expr=left, ops=[nodes.Operand(op=op, expr=nodes.Const(value=value))]
            ):
                return self._comparison(node, self.expression(left), op, value)
        asked = self.expression(node)
        sure = asked.fields if asked.may_be_empty and len(asked.fields) == 1 else frozenset()
        return Condition(asked.fields, lambda v: bool(_filled(asked.evaluate(v))), when_true=sure)

    def _field(self, name: str) -> Expression:
        declared = FIELDS[name]
        if name in self.constants:
            text = self.constants[name]
            return Expression(name, "text", frozenset(), lambda _: text, not text)
        empty = not declared.always
        if declared.kind in ("text", "link"):
            return Expression(
                name, declared.kind, frozenset({name}), lambda v: _as_text(v.get(name)), empty
            )
        return Expression(name, declared.kind, frozenset({name}), lambda v: v.get(name), empty)

    def _filter(
        self, node: nodes.Node, name: str, inner: Expression, args: list[nodes.Expr]
    ) -> Expression:
        if name == "default" and len(args) == 1:
            return _default(inner, self.expression(args[0]), self.language)
        wanted, change = self._filters().get(name, ("", None))
        if change is None or args:
            raise self._no_filter(node, name)
        if wanted and inner.kind != wanted:
            raise RenderError("letter.filter_kind", **self.locate(node.lineno, name), filter=name,
                              field=inner.field_name, expected=wanted)  # fmt: skip
        return _changed(inner, name, change, never_empty=name == "greeting")

    def _filters(self) -> dict[str, tuple[str, Callable[[object], object]]]:
        language = self.language
        return {
            "money": ("money", partial(show, language=language)),
            "date": ("date", partial(show, language=language)),
            "number": ("number", partial(show, language=language)),
            "on_date": ("date", lambda value: _on_date(_date(value), language)),
            "greeting": ("text", lambda value: _salutation(str(value or ""), language)),
            "quoted": ("text", lambda value: quoted(str(value), language)),
        }

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

        filled = frozenset() if op == "ne" or value == "" else left.fields
        return Condition(left.fields, holds, when_true=filled)

    def _no_field(self, node: nodes.Node, name: str) -> RenderError:
        return RenderError("letter.unknown_field", **self.locate(node.lineno, name), field=name,
                           expected=", ".join(FIELDS))  # fmt: skip

    def _no_filter(self, node: nodes.Node, name: str) -> RenderError:
        expected = ", ".join(["default", *self._filters()])
        return RenderError("letter.unknown_filter", **self.locate(node.lineno, name), filter=name,
                           expected=expected)  # fmt: skip

    def _not_allowed(self, node: nodes.Node) -> RenderError:
        got = type(node).__name__.lower()
        return RenderError("letter.not_allowed", **self.locate(node.lineno, ""), got=got)


def show(value: object, language: Language) -> str:
    """Return a value as a reader of ``language`` expects it; nothing for None."""
    if isinstance(value, str):
        return value
    return "" if value is None else _shown(value, language)


@lru_cache(maxsize=CACHED)
def _shown(value: object, language: Language) -> str:
    match value:
        case Money():
            return formats.money(value, language)
        case date():
            return formats.date_long(value, language)
        case int():
            return formats.number(value, language)
    return str(value)


_on_date = lru_cache(maxsize=CACHED)(formats.date_on)
_salutation = lru_cache(maxsize=CACHED)(salutation)


def _filled(value: object) -> object:
    """What an ``if`` takes for nothing: an empty text, zero, no date."""
    if isinstance(value, Money):
        return value.minor or None
    return value.strip() or None if isinstance(value, str) else value


@lru_cache(maxsize=CACHED)
def quoted(text: str, language: Language) -> str:
    """Return ``text`` in the quotation marks of the language, so that it needs no case ending.

    >>> quoted('Գինի "Արենի"', Language.HY)
    '«Գինի “Արենի”»'
    """
    opening, closing = _QUOTES[language]
    bare = text.strip()
    if len(bare) > 2 and bare[0] in _ANY_QUOTE and bare[-1] in _ANY_QUOTE:
        bare = bare[1:-1]
    return opening + _inner_quotes(bare, language) + closing


def _inner_quotes(text: str, language: Language) -> str:
    pair = _INNER_QUOTES[language]
    out, is_open = [], False
    for letter in text:
        out.append(pair[is_open] if letter in _ANY_QUOTE else letter)
        is_open ^= letter in _ANY_QUOTE
    return "".join(out)


def _as_text(value: object) -> str | None:
    """Text as a reader sees it: a value of invisible characters alone is empty."""
    return None if value is None else clean(str(value))


def _date(value: object) -> date:
    if not isinstance(value, date):
        raise RenderError("letter.value_kind", expected="date")
    return value


def _attribute(name: str) -> Expression:
    def evaluate(values: Values) -> object:
        attributes = values.get("attributes")
        found = attributes.get(name) if isinstance(attributes, Mapping) else None
        return _as_text(found)

    key, shown = f"attributes[{name!r}]", f"attributes.{name}"
    return Expression(key, "text", frozenset({shown}), evaluate, may_be_empty=True)


def _default(inner: Expression, other: Expression, language: Language) -> Expression:
    def evaluate(values: Values) -> object:
        got = inner.evaluate(values)
        return got if show(got, language).strip() else other.evaluate(values)

    key = f"{inner.key}|default({other.key})"
    kind = inner.kind if inner.kind == other.kind else "text"
    return Expression(key, kind, inner.fields | other.fields, evaluate, other.may_be_empty)


def _changed(
    inner: Expression, name: str, change: Callable[[object], object], *, never_empty: bool
) -> Expression:
    def evaluate(values: Values) -> object:
        got = inner.evaluate(values)
        return change(got) if never_empty or got not in (None, "") else None

    return Expression(f"{inner.key}|{name}", "text", inner.fields, evaluate,
                      inner.may_be_empty and not never_empty)  # fmt: skip


def _both(left: Condition, right: Condition) -> Condition:
    return Condition(
        left.fields | right.fields,
        lambda values: left.holds(values) and right.holds(values),
        when_true=left.when_true | right.when_true,
        when_false=left.when_false & right.when_false,
    )


def _either(left: Condition, right: Condition) -> Condition:
    return Condition(
        left.fields | right.fields,
        lambda values: left.holds(values) or right.holds(values),
        when_true=left.when_true & right.when_true,
        when_false=left.when_false | right.when_false,
    )

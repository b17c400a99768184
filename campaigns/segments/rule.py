"""The rule language: text to tree and back. What a tree means in SQL stands in ``query``.

    rule       = all ("or" all)*
    all        = one ("and" one)*
    one        = "not" one | "(" rule ")" | "everyone" | comparison
    comparison = field operator value | field "in" "(" value ("," value)* ")"
               | field "is" ["not"] "empty"
    field      = a name of ``fields.FIELDS`` | "attribute" text

Two-valued: a comparison with what is not known is false, so ``not`` of it is true.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaigns.errors import InputError
from campaigns.model.language import Language
from campaigns.segments.fields import ATTRIBUTE, FIELDS, FieldType, Operator, operators
from campaigns.segments.tokens import Kind, Token, tokens

MAX_LENGTH = 4_000
MAX_DEPTH = 30
MAX_VALUES = 100
MAX_WHOLE = 1_000_000_000
MAX_DAYS = 100_000
YEARS = range(1900, 2200)
KEYWORDS = frozenset({"and", "or", "not", "in", "contains", "is", "empty", "everyone"})
_BOOLEANS = {"yes": True, "true": True, "no": False, "false": False}

Value = str | int | Decimal | date | bool


@dataclass(frozen=True, slots=True)
class Everyone:
    """Every contact."""

    def __str__(self) -> str:
        return "everyone"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field against its values: none for ``is empty``, several for ``in``, else one."""

    field: str
    operator: Operator
    values: tuple[Value, ...] = ()
    attribute: str = ""
    """Name of the attribute where ``field`` is ``attribute``."""

    def __str__(self) -> str:
        field = f"{ATTRIBUTE} {_written(self.attribute)}" if self.field == ATTRIBUTE else self.field
        written = ", ".join(map(_written, self.values))
        if self.operator is Operator.ONE_OF:
            written = f"({written})"
        return f"{field} {self.operator} {written}".rstrip()


@dataclass(frozen=True, slots=True)
class Not:
    """Everyone whom ``rule`` leaves out."""

    rule: Rule

    def __str__(self) -> str:
        return f"not {_bracketed(self.rule, And, Or)}"


@dataclass(frozen=True, slots=True)
class And:
    """Whom all of ``rules`` hold for: two or more, none of them an ``And``."""

    rules: tuple[Rule, ...]

    def __str__(self) -> str:
        return " and ".join(_bracketed(rule, Or) for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Or:
    """Whom one of ``rules`` holds for: two or more, none of them an ``Or``."""

    rules: tuple[Rule, ...]

    def __str__(self) -> str:
        return " or ".join(map(str, self.rules))


Rule = Everyone | Comparison | Not | And | Or


def parse(text: str) -> Rule:
    """Return the rule that ``text`` writes; ``parse(str(rule)) == rule``.

    Raises:
        InputError: the text is no rule; facts hold ``position``, counted from 1.

    >>> str(parse('orders>=2 AND (city = «Երևան» or revenue > 100 000)'))
    'orders >= 2 and (city = "Երևան" or revenue > 100000)'
    """
    if len(text) > MAX_LENGTH:
        raise InputError("segment.too_long", got=len(text), limit=MAX_LENGTH)
    reader = _Reader(tokens(text))
    rule = reader.any_of(MAX_DEPTH)
    reader.end()
    return rule


class _Reader:
    """Recursive descent over the tokens of one rule."""

    def __init__(self, found: list[Token]) -> None:
        self._left = list(reversed(found))

    def any_of(self, depth: int) -> Rule:
        rules = [self._all_of(depth)]
        while self._skip("or"):
            rules.append(self._all_of(depth))
        return _joined(Or, rules)

    def end(self) -> None:
        if self._next.kind is not Kind.END:
            raise self._unexpected("and, or")

    def _all_of(self, depth: int) -> Rule:
        rules = [self._one(depth)]
        while self._skip("and"):
            rules.append(self._one(depth))
        return _joined(And, rules)

    def _one(self, depth: int) -> Rule:
        if depth == 0:
            raise InputError("segment.too_deep", position=self._next.position, limit=MAX_DEPTH)
        if self._skip("not"):
            return Not(self._one(depth - 1))
        if self._skip("("):
            rule = self.any_of(depth - 1)
            self._demand(")", "and, or, )")
            return rule
        return Everyone() if self._skip("everyone") else self._comparison()

    def _comparison(self) -> Comparison:
        token = self._take(Kind.WORD, "segment.field")
        if token.text not in FIELDS and token.text != ATTRIBUTE:
            raise _at(token, "segment.field", expected=_known_fields())
        attribute = ""
        if token.text == ATTRIBUTE:
            name = self._take(Kind.TEXT, "segment.attribute")
            if not (attribute := name.text).strip():
                raise _at(name, "segment.attribute")
        if FIELDS.get(token.text) is FieldType.YES_NO and not self._compares():
            return Comparison(token.text, Operator.EQUAL, (True,))
        operator = self._operator(token.text)
        return Comparison(token.text, operator, self._values(token.text, operator), attribute)

    def _compares(self) -> bool:
        token = self._next
        return (token.kind is Kind.SYMBOL and token.text not in "(),") or token.text in (
            "is", "in", "contains",
        )  # fmt: skip

    def _operator(self, field: str) -> Operator:
        token = self._next
        allowed = operators(field)
        text = self._left.pop().text if token.kind in (Kind.SYMBOL, Kind.WORD) else ""
        if text == "is":
            text = Operator.FILLED if self._skip("not") else Operator.EMPTY
            self._demand("empty", "empty")
        if text not in allowed:
            raise _at(token, "segment.syntax", expected=", ".join(allowed))
        return Operator(text)

    def _values(self, field: str, operator: Operator) -> tuple[Value, ...]:
        if operator in (Operator.EMPTY, Operator.FILLED):
            return ()
        if operator is not Operator.ONE_OF:
            return (self._value(field, operator),)
        self._demand("(", "(")
        values = [self._value(field, operator)]
        while self._skip(","):
            values.append(self._value(field, operator))
        if len(values) > MAX_VALUES:
            raise InputError("segment.too_many", got=len(values), limit=MAX_VALUES)
        self._demand(")", ", )")
        return tuple(values)

    def _value(self, field: str, operator: Operator) -> Value:
        token = self._next
        if field == ATTRIBUTE:
            value = _attribute_value(token, operator)
        else:
            value = _READERS[FIELDS[field]](token)
        self._left.pop()
        return value

    @property
    def _next(self) -> Token:
        return self._left[-1]

    def _skip(self, text: str) -> bool:
        token = self._next
        if token.kind not in (Kind.WORD, Kind.SYMBOL) or token.text != text:
            return False
        self._left.pop()
        return True

    def _demand(self, text: str, expected: str) -> None:
        if not self._skip(text):
            raise self._unexpected(expected)

    def _take(self, kind: Kind, code: str) -> Token:
        if self._next.kind is not kind or (self._next.text in KEYWORDS and kind is Kind.WORD):
            raise _at(self._next, code, expected=_known_fields())
        return self._left.pop()

    def _unexpected(self, expected: str) -> InputError:
        return _at(self._next, "segment.syntax", expected=expected)


def _joined(kind: type[And | Or], rules: list[Rule]) -> Rule:
    flat: list[Rule] = []
    for rule in rules:
        flat.extend(rule.rules if isinstance(rule, kind) else (rule,))
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def _bracketed(rule: Rule, *kinds: type[And | Or]) -> str:
    return f"({rule})" if isinstance(rule, kinds) else str(rule)


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _at(token: Token, code: str, **facts: object) -> InputError:
    if token.kind is Kind.END:
        return InputError("segment.unfinished", position=token.position)
    return InputError(code, position=token.position, got=token.text[:20], **facts)


def _known_fields() -> str:
    return ", ".join((*FIELDS, f'{ATTRIBUTE} "…"', "everyone"))


def _whole(limit: int) -> Callable[[Token], int]:
    def read(token: Token) -> int:
        if token.kind is not Kind.NUMBER or not token.text.isdecimal() or len(token.text) > 10:
            raise _at(token, "segment.whole")
        if int(token.text) > limit:
            raise _at(token, "segment.whole_range", limit=limit)
        return int(token.text)

    return read


def _amount(token: Token) -> Decimal:
    value = Decimal(token.text) if token.kind is Kind.NUMBER else None
    if value is None or abs(value) >= 10**13 or value != round(value, 2):
        raise _at(token, "segment.amount")
    return _plain_decimal(value)


def _plain_decimal(value: Decimal) -> Decimal:
    """Return ``value`` in the one spelling that is equal in text as well: 5 and 5.00 are 5."""
    whole = value.to_integral_value()
    return Decimal(int(whole)) if value == whole else value.normalize()


def _date(token: Token) -> date:
    try:
        value = date.fromisoformat(token.text if token.kind is Kind.DATE else "")
    except ValueError:
        raise _at(token, "segment.date") from None
    if value.year not in YEARS:
        raise _at(token, "segment.date")
    return value


def _text(token: Token) -> str:
    if token.kind is not Kind.TEXT:
        raise _at(token, "segment.text")
    return token.text


def _language(token: Token) -> str:
    if token.kind is not Kind.TEXT or token.text not in list(Language):
        raise _at(token, "segment.language", expected=", ".join(f'"{x}"' for x in Language))
    return token.text


def _yes_no(token: Token) -> bool:
    if token.kind is not Kind.WORD or token.text not in _BOOLEANS:
        raise _at(token, "segment.syntax", expected="yes, no")
    return _BOOLEANS[token.text]


def _attribute_value(token: Token, operator: Operator) -> Value:
    ordered = operator in (Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST)
    if operator is Operator.CONTAINS or (token.kind is Kind.TEXT and not ordered):
        return _text(token)
    return _amount(token)


_READERS: dict[FieldType, Callable[[Token], Value]] = {
    FieldType.COUNT: _whole(MAX_WHOLE),
    FieldType.MONEY: _amount,
    FieldType.DAYS: _whole(MAX_DAYS),
    FieldType.MOMENT: _date,
    FieldType.DATE: _date,
    FieldType.TEXT: _text,
    FieldType.LANGUAGE: _language,
    FieldType.YES_NO: _yes_no,
}

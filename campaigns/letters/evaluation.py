"""What the fields of a letter come to for many recipients: each distinct value is asked once.

Nothing is worked out before somebody needs it, for a letter may ask of those who have a value what
it must not ask of the others. Where the plain path raises for a recipient, the error itself stands
in the column: the caller raises it, or tells whom it concerns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from campaigns.errors import RenderError
from campaigns.letters.columns import Alike, Codes, Column, Columns, Rows, distinct
from campaigns.letters.escape import Context, are_plain_links, are_plain_parts
from campaigns.letters.expressions import Condition, Expression
from campaigns.letters.fields import Values
from campaigns.letters.pieces import Hole, written

Show = Callable[[Expression, Values], str]


@dataclass(frozen=True, slots=True)
class Group:
    """Some recipients, and what was worked out for them."""

    rows: Rows | None
    """None stands for everybody."""
    parts: dict[frozenset[str], tuple[Rows, Codes]] = field(default_factory=dict)
    shown: dict[Expression, Column] = field(default_factory=dict)
    links: dict[Expression, Column | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Answers for all recipients and for groups of them; what one group asked, no other asks again."""

    columns: Columns
    show: Show
    _alike: dict[frozenset[str], Alike] = field(default_factory=dict)
    _forms: dict[Hole, dict[object, object]] = field(default_factory=dict)
    _answers: dict[object, dict[int, object]] = field(default_factory=dict)

    def rows(self, group: Group) -> Rows:
        """Return the recipients of a group."""
        return np.arange(self.columns.count) if group.rows is None else group.rows

    def asked(self, condition: Condition, group: Group) -> Column:
        """Return what an ``if`` asks: True, False or an error."""
        return self._answered(id(condition), condition.fields, condition.holds, group)

    def filled(self, hole: Hole, group: Group) -> Column:
        """Return what stands in a hole, written for its context: distinct texts, or errors."""
        if plain := self._plain(hole, group):
            return plain
        shown, forms = self._shown(hole.expression, group), self._forms.setdefault(hole, {})
        for value in shown.values:
            if value not in forms:
                forms[value] = _written(hole, value)
        return shown.changed(forms.__getitem__).kept_once()

    def _plain(self, hole: Hole, group: Group) -> Column | None:
        """Return links of ours, or tokens in them, that read the same in every part of a mail."""
        expression = hole.expression
        column = self.columns.columns.get(expression.key)
        within = hole.context is Context.PART
        if column is None or expression.kind != ("token" if within else "link"):
            return None
        if expression not in group.links:
            used, codes = self._part(expression.fields, group)
            alike = len(used) == len(column.values)
            are_plain = are_plain_parts if within else are_plain_links
            values = column.values if alike else [column.values[code] for code in used.tolist()]
            group.links[expression] = Column(codes, values) if are_plain(values) else None
        return group.links[expression]

    def _shown(self, expression: Expression, group: Group) -> Column:
        if expression not in group.shown:
            found = self._answered(
                expression.key, expression.fields, lambda one: self.show(expression, one), group
            )
            group.shown[expression] = found.kept_once()
        return group.shown[expression]

    def _answered(
        self, key: object, fields: frozenset[str], answer: Callable[[Values], object], group: Group
    ) -> Column:
        used, codes = self._part(fields, group)
        known, of = self._answers.setdefault(key, {}), self._alike[fields].of
        wanted: list[int] = used.tolist()
        for code in wanted:
            if code not in known:
                known[code] = _attempted(answer, of(code))
        return Column(codes, [known[code] for code in wanted])

    def _part(self, fields: frozenset[str], group: Group) -> tuple[Rows, Codes]:
        """Return which values of the fields a group has, and who has which of them."""
        if fields not in group.parts:
            if fields not in self._alike:
                self._alike[fields] = self.columns.alike(fields)
            alike = self._alike[fields]
            codes = alike.codes if group.rows is None else alike.codes[group.rows]
            group.parts[fields] = distinct(codes, alike.count)
        return group.parts[fields]


def _attempted(answer: Callable[[Values], object], values: Values) -> object:
    try:
        return answer(values)
    except RenderError as error:
        return error


def _written(hole: Hole, shown: object) -> object:
    if not isinstance(shown, str):
        return shown
    try:
        return written(hole, shown)
    except RenderError as error:
        return error

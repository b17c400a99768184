"""Which branches the ``if``s of a letter take, for many recipients at once.

Each condition is asked once for each distinct value, of those alone in whose mail it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from campaigns.errors import RenderError
from campaigns.letters.columns import Column, Rows, grouped
from campaigns.letters.evaluation import Evaluation, Group
from campaigns.letters.expressions import Condition
from campaigns.letters.text import Box, Choice, Tree, choices

Key = tuple[int, ...]
"""The branches taken, in the order of ``text.decide``."""
_NOT_MET = -1


@dataclass(frozen=True, slots=True)
class Decisions:
    """The branch that each ``if`` takes for each recipient; whom one cannot be asked, and why."""

    taken: list[NDArray[np.int8]] = field(default_factory=list)
    branches: list[int] = field(default_factory=list)
    errors: dict[int, RenderError] = field(default_factory=dict)

    def groups(self, count: int) -> Iterator[tuple[Key, Group]]:
        """Yield the recipients of each shape, those with errors left out."""
        rows = None
        if self.errors:
            rows = np.setdiff1d(np.arange(count), np.fromiter(self.errors, np.intp))
        taken = self.taken if rows is None else [one[rows] for one in self.taken]
        left = count if rows is None else len(rows)
        sizes = [below + 1 for below in self.branches]
        for places in grouped([one + 1 for one in taken], sizes, left):
            key = tuple(int(one[places[0]]) for one in taken if one[places[0]] != _NOT_MET)
            yield key, Group(None if len(places) == count else _of(rows, places))


def decide_all(trees: Sequence[Tree], evaluation: Evaluation) -> Decisions:
    """Decide every ``if`` for every recipient.

    Whom an ``if`` cannot be asked counts as taking the ``else``; that leads nowhere.
    """
    decisions = Decisions()
    everybody = Group(None)
    for tree in trees:
        _walk(tree, everybody, evaluation, decisions)
    return decisions


def _walk(tree: Tree, group: Group, evaluation: Evaluation, decisions: Decisions) -> None:
    for node in tree:
        if isinstance(node, Box):
            _walk(node.whole, group, evaluation, decisions)
        elif isinstance(node, Choice):
            picks = _picks(node, group, evaluation, decisions)
            decisions.taken.append(_for_all(picks, group, evaluation.columns.count))
            decisions.branches.append(len(node.branches))
            for number, branch in enumerate(node.branches):
                if any(choices(branch)) and len(inside := np.flatnonzero(picks == number)):
                    _walk(branch, _part(group, inside, len(picks)), evaluation, decisions)


def _picks(
    node: Choice, group: Group, evaluation: Evaluation, decisions: Decisions
) -> NDArray[np.int8]:
    """Return the branch for each of a group; a condition is asked where those before it failed."""
    count = len(evaluation.rows(group))
    picks = np.full(count, len(node.conditions), np.int8)
    left: Rows = np.arange(count)
    for number, condition in enumerate(node.conditions):
        if len(left):
            holds = _holds(condition, _part(group, left, count), evaluation, decisions)
            picks[left[holds]] = number
            left = left[~holds]
    return picks


def _holds(
    condition: Condition, group: Group, evaluation: Evaluation, decisions: Decisions
) -> NDArray[np.bool_]:
    """Ask the parts of a condition one by one: together they differ for nearly everybody."""
    if not condition.parts:
        column = evaluation.asked(condition, group)
        _note(column, group, decisions.errors)
        return np.array([one is True for one in column.values], bool)[column.codes]
    first, *others = condition.parts
    holds = _holds(first, group, evaluation, decisions)
    if condition.joined == "not":
        return ~holds
    for other in others:
        open_ = np.flatnonzero(holds if condition.joined == "and" else ~holds)
        if len(open_):
            holds[open_] = _holds(other, _part(group, open_, len(holds)), evaluation, decisions)
    return holds


def _note(column: Column, group: Group, errors: dict[int, RenderError]) -> None:
    """Keep the first error of each recipient: the one with which the plain path stops."""
    for code, error in enumerate(column.values):
        if isinstance(error, RenderError):
            for place in np.flatnonzero(column.codes == code).tolist():
                errors.setdefault(place if group.rows is None else int(group.rows[place]), error)


def _part(group: Group, places: Rows, count: int) -> Group:
    return group if len(places) == count else Group(_of(group.rows, places))


def _of(rows: Rows | None, places: Rows) -> Rows:
    return places if rows is None else rows[places]


def _for_all(picks: NDArray[np.int8], group: Group, count: int) -> NDArray[np.int8]:
    if group.rows is None:
        return picks
    everywhere = np.full(count, _NOT_MET, np.int8)
    everywhere[group.rows] = picks
    return everywhere

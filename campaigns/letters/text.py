"""A letter's text: a head of named lines, a body of Markdown, merge fields in both.

::

    ---
    subject: Thank you, {{ given_name | default("dear customer") }}
    preheader: A word about your purchase
    purpose: testimonials
    register: warm
    button:
      text: Tell us
      link: "{{ testimonial_url }}"
    ---
    {{ contact | greeting }}

    Thank you …

    {{ button }}

    {{ signature }}

Merge syntax is parsed *before* Markdown: Markdown first would break Jinja's quotes, Jinja first
would let a name become markup. A *block* such as ``{{ button }}`` stands on a line of its own; it
becomes boxes (``campaigns.letters.blocks``). Words between ⟨ and ⟩ are examples for the marketer
to replace: they are shown without the marks, and preflight lets no letter pass that has them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest

from jinja2 import Environment, TemplateSyntaxError, nodes

from campaigns.errors import RenderError
from campaigns.letters.expressions import Compiler, Condition, Expression, Locate
from campaigns.letters.fields import FIELDS, MAX_ITEMS, Values
from campaigns.letters.head import Head
from campaigns.letters.source import MAX_CHARACTERS
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.model.register import Register

MAX_CONDITIONS = 60
"""``if``s and ``elif``s, each turn of a ``for`` counted."""
MAX_SLOTS = 1_000
"""Values in one section, each turn of a ``for`` counted."""
MAX_PARTS = 60
"""Names, filters and words of one expression: nobody needs more, and each is a call deep."""
MAX_BLOCKS = 20

_OWN_LINE = re.compile(r"^[ \t]*(\{%(?:(?!%\}).)*)%\}[ \t]*\n", re.MULTILINE)
_PARSER = Environment(keep_trailing_newline=True, autoescape=False)  # noqa: S701 - only parses


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that a recipient's value fills."""

    expression: Expression
    line: int


@dataclass(frozen=True, slots=True)
class Choice:
    """An ``if`` with its ``elif`` and ``else`` branches; the last branch is the ``else``."""

    conditions: tuple[Condition, ...]
    branches: tuple[Tree, ...]
    line: int

    def pick(self, values: Values) -> int:
        """Return the number of the branch that holds for this recipient."""
        for index, condition in enumerate(self.conditions):
            if condition.holds(values):
                return index
        return len(self.conditions)


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a block: words and slots that are no Markdown, shown as ``kind`` tells.

    ``href`` is where it leads, ``kind`` one of ``campaigns.letters.boxes.KINDS``.
    """

    kind: str
    inside: Tree
    href: Tree = ()

    @property
    def whole(self) -> Tree:
        """What is in it, and where it leads."""
        return (*self.inside, *self.href)


Tree = tuple["str | Slot | Choice | Box", ...]


@dataclass(frozen=True, slots=True)
class FlatBox:
    """A box whose ``if``s are decided."""

    kind: str
    inside: tuple[Flat, ...]
    href: tuple[Flat, ...] = ()


Flat = str | Slot | FlatBox
"""What a tree consists of when its ``if``s are decided."""


@dataclass(frozen=True, slots=True)
class LetterText:
    """A parsed text."""

    language: Language
    head: Head
    subject: Tree
    preheader: Tree
    body: Tree

    @property
    def purpose(self) -> Purpose:
        return self.head.purpose

    @property
    def register(self) -> Register:
        return self.head.register

    @property
    def trees(self) -> tuple[Tree, ...]:
        """Every section, in the order in which their ``if``s make up the shape."""
        return self.subject, self.preheader, self.body


Blocks = Mapping[str, Callable[[int], Tree]]
"""Name of a block → what makes it, given the line on which it stands."""


def parse_merge(
    text: str,
    compiler: Compiler,
    *,
    first_line: int = 1,
    source: str = "",
    blocks: Blocks | None = None,
) -> Tree:
    """Return ``text`` as a tree of words, slots, choices and boxes.

    Args:
        text: words, merge fields, ``if`` and ``for``.
        compiler: of the language; it says what is allowed.
        first_line: the line of ``source`` on which ``text`` begins.
        source: the whole letter, to say in which column an error stands.
        blocks: what may stand on a line of its own, by name.

    Raises:
        RenderError: the merge syntax cannot be read or is not allowed.
    """
    locate = partial(_locate, source or text, first_line)
    ready = _OWN_LINE.sub("\\1\n%}", text)  # a tag on a line of its own leaves no empty line
    try:
        parsed = _PARSER.parse(ready)
        _check_sizes(parsed, locate, blocks or {})
        tree = _Reader(replace(compiler, locate=locate), blocks or {}).tree(parsed.body)
    except TemplateSyntaxError as cause:
        raise RenderError("letter.syntax", **locate(cause.lineno, "")) from cause
    except (RecursionError, ValueError) as cause:  # thousands of brackets, of digits
        raise RenderError("letter.syntax", **locate(1, "")) from cause
    if sum(len(one.conditions) for one in choices(tree)) > MAX_CONDITIONS:
        raise RenderError("letter.too_many_ifs", limit=MAX_CONDITIONS)
    if sum(1 for _ in slots(tree)) > MAX_SLOTS:
        raise RenderError("letter.too_complex", **locate(1, ""), limit=MAX_SLOTS)
    if sum(map(len, words(tree))) > 2 * MAX_CHARACTERS:
        raise RenderError("letter.too_complex", **locate(1, ""), limit=2 * MAX_CHARACTERS)
    return tree


def decide(tree: Tree, values: Values, out: list[int]) -> None:
    """Append the branch that each ``if`` takes for this recipient: part of the shape."""
    for node in tree:
        if isinstance(node, Choice):
            taken = node.pick(values)
            out.append(taken)
            decide(node.branches[taken], values, out)
        elif isinstance(node, Box):
            decide(node.whole, values, out)


def flatten(tree: Tree, shape: Iterator[int]) -> list[Flat]:
    """Return the tree as it reads when its ``if``s take the branches of ``shape``."""
    out: list[Flat] = []
    for node in tree:
        if isinstance(node, Choice):
            out += flatten(node.branches[next(shape)], shape)
        elif isinstance(node, Box):
            inside = tuple(flatten(node.inside, shape))
            out.append(FlatBox(node.kind, inside, tuple(flatten(node.href, shape))))
        else:
            out.append(node)
    return out


def words(tree: Tree) -> Iterator[str]:
    """Yield what stands in a text for everybody or for some, without the values."""
    for node in tree:
        if isinstance(node, str):
            yield node
        elif isinstance(node, Choice):
            for branch in node.branches:
                yield from words(branch)
        elif isinstance(node, Box):
            yield from words(node.inside)


def followed(tree: Tree) -> Iterator[tuple[Slot, str]]:
    """Yield every slot with the words right behind it in its branch."""
    for node, then in zip_longest(tree, tree[1:]):
        if isinstance(node, Slot):
            yield node, then if isinstance(then, str) else ""
        elif isinstance(node, Choice):
            for branch in node.branches:
                yield from followed(branch)
        elif isinstance(node, Box):
            yield from followed(node.inside)


def choices(tree: Tree) -> Iterator[Choice]:
    """Yield every ``if``, nested ones too."""
    for node in tree:
        if isinstance(node, Choice):
            yield node
            for branch in node.branches:
                yield from choices(branch)
        elif isinstance(node, Box):
            yield from choices(node.whole)


def boxes(tree: Tree) -> Iterator[Box]:
    """Yield every box, nested ones too."""
    for node in tree:
        if isinstance(node, Box):
            yield node
            yield from boxes(node.inside)
        elif isinstance(node, Choice):
            for branch in node.branches:
                yield from boxes(branch)


def slots(tree: Tree, sure: frozenset[str] = frozenset()) -> Iterator[tuple[Slot, frozenset[str]]]:
    """Yield every slot with the fields that the ``if``s around it have made sure of."""
    for node in tree:
        if isinstance(node, Slot):
            yield node, sure
        elif isinstance(node, Box):
            yield from slots(node.whole, sure)
        elif isinstance(node, Choice):
            known = sure
            for condition, branch in zip(node.conditions, node.branches, strict=False):
                yield from slots(branch, known | condition.when_true)
                known |= condition.when_false
            yield from slots(node.branches[-1], known)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns what Jinja parsed into a tree."""

    compiler: Compiler
    blocks: Blocks

    def tree(self, parsed: Sequence[nodes.Node]) -> Tree:
        out: list[str | Slot | Choice | Box] = []
        for node in parsed:
            match node:
                case nodes.Output():
                    parts = [None, *node.nodes, None]
                    for before, part, then in zip(parts, parts[1:], parts[2:], strict=False):
                        out += self._output(before, part, then) if part else ()
                case nodes.If():
                    out.append(self._choice(node))
                case nodes.For(
                    target=nodes.Name(name=str(name)), else_=[], test=None, recursive=False
                ):
                    out += self._turns(node, name)
                case _:
                    raise self._not_allowed(node, type(node).__name__.lower())
        return tuple(out)

    def _output(self, before: nodes.Node | None, node: nodes.Node, then: nodes.Node | None) -> Tree:
        if isinstance(node, nodes.TemplateData):
            return (node.data,)
        following = then.data if isinstance(then, nodes.TemplateData) else ""
        if isinstance(node, nodes.Name) and node.name in self.blocks:
            ahead = before.data if isinstance(before, nodes.TemplateData) else "\n"
            if ahead.rpartition("\n")[2].strip() or following.partition("\n")[0].strip():
                raise RenderError("letter.block_line", **self._at(node, node.name), got=node.name)
            return self.blocks[node.name](self._at(node, "")["line"])
        return (Slot(self.compiler.expression(node, following), self._at(node, "")["line"]),)

    def _choice(self, node: nodes.If) -> Choice:
        arms = [node, *node.elif_]
        conditions = tuple(self.compiler.condition(arm.test) for arm in arms)
        branches = tuple(self.tree(body) for body in [*(arm.body for arm in arms), node.else_])
        return Choice(conditions, branches, self._at(node, "")["line"])

    def _turns(self, node: nodes.For, name: str) -> Iterator[Choice]:
        """A ``for`` is as many ``if``s as the list may have items: "is there a first, a second …"."""
        if self.compiler.scope:
            raise self._not_allowed(node, "for in for")
        if name in FIELDS:  # whose {{ name }} would it be inside?
            raise self._not_allowed(node, f"for {name}")
        for number in range(MAX_ITEMS):
            item = self.compiler.item(node.iter, number)
            inside = replace(self, compiler=replace(self.compiler, scope={name: item}))
            branches = (inside.tree(node.body), ())
            yield Choice((item.is_there,), branches, self._at(node, "")["line"])

    def _at(self, node: nodes.Node, needle: str) -> dict[str, int]:
        return self.compiler.locate(node.lineno or 1, needle)  # some nodes of Jinja have none

    def _not_allowed(self, node: nodes.Node, got: str) -> RenderError:
        return RenderError("letter.not_allowed", **self._at(node, ""), got=got)


def _check_sizes(parsed: nodes.Template, locate: Locate, blocks: Blocks) -> None:
    """Refuse very many blocks, or an expression of very many parts, before anything is made of it."""
    tests = [node.test for node in parsed.find_all(nodes.If)]
    shown = [one for node in parsed.find_all(nodes.Output) for one in node.nodes]
    for one in (*tests, *shown):
        if sum(1 for _ in one.find_all(nodes.Expr)) > MAX_PARTS:
            raise RenderError("letter.too_complex", **locate(one.lineno, ""), limit=MAX_PARTS)
    asked = [one for one in shown if isinstance(one, nodes.Name) and one.name in blocks]
    if len(asked) > MAX_BLOCKS:
        raise RenderError("letter.too_complex", **locate(asked[-1].lineno, ""), limit=MAX_BLOCKS)


def _locate(source: str, first_line: int, line: int, needle: str) -> dict[str, int]:
    number = first_line + line - 1
    lines = source.splitlines()
    text = lines[number - 1] if 0 < number <= len(lines) else ""
    return {"line": number, "column": max(text.find(needle), 0) + 1}

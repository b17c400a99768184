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

    {{ closing }}
    {{ signer }}

Merge syntax is parsed *before* Markdown: Markdown first would break Jinja's quotes, Jinja first
would let a name become markup. ``{{ button }}`` on a line of its own says where the button
stands; without it the button follows the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise, zip_longest

import yaml
from jinja2 import Environment, TemplateSyntaxError, nodes

from campaigns.errors import RenderError
from campaigns.language.address import closing
from campaigns.letters.expressions import Compiler, Condition, Expression
from campaigns.letters.fields import Values, brand_values
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.model.register import Register
from campaigns.store.options import Brand

MAX_CHARACTERS = 40_000
MAX_CONDITIONS = 20
HEAD_KEYS = ("subject", "preheader", "purpose", "register", "button", "button.text", "button.link")

_HEAD = re.compile(r"\A\ufeff?---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_BARE = re.compile(r"^([ \t]*[\w.]+:)[ \t]+([^\s'\"|>].*?)[ \t]*$", re.MULTILINE)
_BUTTON = re.compile(r"^[ \t]*\{\{[ \t]*button[ \t]*\}\}[ \t]*(?:\n|\Z)", re.MULTILINE)
_OWN_LINE = re.compile(r"^[ \t]*(\{%(?:(?!%\}).)*)%\}[ \t]*\n", re.MULTILINE)
# What would be taken for one of our own placeholders, or cannot be mailed.
# A numeric reference (&#57344;) could smuggle such a character in past this check.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ue000-\uf8ff]|&#[xX]?[0-9a-fA-F]+;?")
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


Tree = tuple["str | Slot | Choice", ...]


@dataclass(frozen=True, slots=True)
class LetterText:
    """A parsed text. ``closing`` is what follows the button."""

    language: Language
    purpose: Purpose
    register: Register
    subject: Tree
    preheader: Tree
    button_text: Tree
    button_link: Tree
    body: Tree
    closing: Tree

    @property
    def trees(self) -> tuple[Tree, ...]:
        """Every section, in the order in which their ``if``s make up the shape."""
        return (self.subject, self.preheader, self.button_text, self.button_link, self.body,
                self.closing)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Entry:
    value: str
    line: int


def parse_text(source: str, language: Language, brand: Brand) -> LetterText:
    """Return the parsed letter.

    Raises:
        RenderError: the head cannot be read, or the merge syntax is not allowed; facts hold
            ``line``, and ``column`` where it is known.
    """
    _check_characters(source)
    head, body, body_line = _split(source.replace("\r\n", "\n").replace("\r", "\n"))
    register = _register(head)
    constants = {**brand_values(brand), "closing": closing(language, register)}

    def part(text: str, line: int) -> Tree:
        return parse_merge(text, language, constants, line, source, register)

    def tree(key: str) -> Tree:
        entry = head.get(key)
        return part(entry.value, entry.line) if entry else ()

    before, after, after_line = _at_button(body, body_line)
    return LetterText(
        language, _purpose(head), register, tree("subject"), tree("preheader"),
        tree("button.text"), tree("button.link"), part(before, body_line),
        part(after, after_line),
    )  # fmt: skip


def read_purpose(source: str) -> Purpose:
    """Return what consent a letter needs, from its head alone.

    Raises:
        RenderError: the head cannot be read.
    """
    return _purpose(_split(source.replace("\r\n", "\n"))[0])


def parse_merge(
    text: str,
    language: Language,
    constants: dict[str, str],
    first_line: int = 1,
    source: str = "",
    register: Register = Register.NEUTRAL,
) -> Tree:
    """Return ``text`` as a tree of words, slots and choices.

    Raises:
        RenderError: the merge syntax cannot be read or is not allowed.
    """
    locate = partial(_locate, source or text, first_line)
    ready = _OWN_LINE.sub("\\1\n%}", text)  # a tag on a line of its own leaves no empty line
    try:
        parsed = _PARSER.parse(ready)
        tree = _tree(parsed.body, Compiler(language, constants, locate, register))
    except TemplateSyntaxError as cause:
        raise RenderError("letter.syntax", **locate(cause.lineno, "")) from cause
    except RecursionError as cause:  # brackets or ifs, thousands deep
        raise RenderError("letter.syntax", **locate(1, "")) from cause
    if sum(1 for _ in choices(tree)) > MAX_CONDITIONS:
        raise RenderError("letter.too_many_ifs", limit=MAX_CONDITIONS)
    return tree


def decide(tree: Tree, values: Values, out: list[int]) -> None:
    """Append the branch that each ``if`` takes for this recipient: part of the shape."""
    for node in tree:
        if isinstance(node, Choice):
            taken = node.pick(values)
            out.append(taken)
            decide(node.branches[taken], values, out)


def flatten(tree: Tree, shape: Iterator[int]) -> list[str | Slot]:
    """Return the tree as it reads when its ``if``s take the branches of ``shape``."""
    out: list[str | Slot] = []
    for node in tree:
        if isinstance(node, Choice):
            out += flatten(node.branches[next(shape)], shape)
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


def followed(tree: Tree) -> Iterator[tuple[Slot, str]]:
    """Yield every slot with the words right behind it in its branch."""
    for node, then in zip_longest(tree, tree[1:]):
        if isinstance(node, Slot):
            yield node, then if isinstance(then, str) else ""
        elif isinstance(node, Choice):
            for branch in node.branches:
                yield from followed(branch)


def has_button_place(source: str) -> bool:
    """Say whether the text tells where its button stands."""
    return _BUTTON.search(source) is not None


def choices(tree: Tree) -> Iterator[Choice]:
    """Yield every ``if``, nested ones too."""
    for node in tree:
        if isinstance(node, Choice):
            yield node
            for branch in node.branches:
                yield from choices(branch)


def slots(tree: Tree, sure: frozenset[str] = frozenset()) -> Iterator[tuple[Slot, frozenset[str]]]:
    """Yield every slot with the fields that the ``if``s around it have made sure of."""
    for node in tree:
        if isinstance(node, Slot):
            yield node, sure
        elif isinstance(node, Choice):
            known = sure
            for condition, branch in zip(node.conditions, node.branches, strict=False):
                yield from slots(branch, known | condition.when_true)
                known |= condition.when_false
            yield from slots(node.branches[-1], known)


def _tree(parsed: Sequence[nodes.Node], compiler: Compiler) -> Tree:
    out: list[str | Slot | Choice] = []
    for node in parsed:
        match node:
            case nodes.Output():
                parts = [*node.nodes, None]
                out += (_output(part, then, compiler) for part, then in pairwise(parts) if part)
            case nodes.If():
                out.append(_choice(node, compiler))
            case _:
                raise RenderError("letter.not_allowed", **compiler.locate(node.lineno, ""),
                                  got=type(node).__name__.lower())  # fmt: skip
    return tuple(out)


def _output(node: nodes.Node, then: nodes.Node | None, compiler: Compiler) -> str | Slot:
    if isinstance(node, nodes.TemplateData):
        return node.data
    line = compiler.locate(node.lineno, "")["line"]
    following = then.data if isinstance(then, nodes.TemplateData) else ""
    return Slot(compiler.expression(node, following), line)


def _choice(node: nodes.If, compiler: Compiler) -> Choice:
    arms = [node, *node.elif_]
    conditions = tuple(compiler.condition(arm.test) for arm in arms)
    branches = tuple(_tree(body, compiler) for body in [*(arm.body for arm in arms), node.else_])
    return Choice(conditions, branches, compiler.locate(node.lineno, "")["line"])


def _locate(source: str, first_line: int, line: int, needle: str) -> dict[str, int]:
    number = first_line + line - 1
    lines = source.splitlines()
    text = lines[number - 1] if 0 < number <= len(lines) else ""
    return {"line": number, "column": max(text.find(needle), 0) + 1}


def _check_characters(source: str) -> None:
    if len(source) > MAX_CHARACTERS:
        raise RenderError("input.too_long", field="letter", got=len(source), limit=MAX_CHARACTERS)
    if found := _FORBIDDEN.search(source.replace("\r\n", "\n")):
        line = source.count("\n", 0, found.start()) + 1
        raise RenderError("letter.character", line=line, got=_named(found.group()))


def _named(found: str) -> str:
    return found if len(found) > 1 else f"U+{ord(found):04X}"


def _split(source: str) -> tuple[dict[str, _Entry], str, int]:
    found = _HEAD.match(source)
    if found is None:
        raise RenderError("letter.head", line=1)
    head = _entries(_yaml(found.group(1)))
    for key in ("subject", "purpose"):
        if key not in head or not head[key].value.strip():
            raise RenderError("letter.head_missing", field=key)
    return head, source[found.end() :], source.count("\n", 0, found.end()) + 1


def _at_button(body: str, first_line: int) -> tuple[str, str, int]:
    found = _BUTTON.search(body)
    if found is None:
        return body, "", first_line
    return body[: found.start()], body[found.end() :], first_line + body.count("\n", 0, found.end())


def _yaml(text: str) -> yaml.MappingNode:
    # What people write after the colon is text, also where YAML would see a list, a map or a comment.
    quoted = _BARE.sub(lambda line: f"{line[1]} '" + line[2].replace("'", "''") + "'", text)
    try:
        node = yaml.compose(quoted, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as cause:
        mark = getattr(cause, "problem_mark", None)
        raise RenderError("letter.head", line=mark.line + 2 if mark else 1) from cause
    if not isinstance(node, yaml.MappingNode):
        raise RenderError("letter.head", line=2)
    return node


def _entries(node: yaml.MappingNode, prefix: str = "") -> dict[str, _Entry]:
    """Read names and texts only, so no tag, number or alias of YAML means anything here."""
    out: dict[str, _Entry] = {}
    for key, value in node.value:
        name, line = f"{prefix}{key.value}", key.start_mark.line + 2
        if name not in HEAD_KEYS or (isinstance(value, yaml.MappingNode) != (name == "button")):
            raise RenderError("letter.head_key", line=line, got=name, expected=", ".join(HEAD_KEYS))
        if isinstance(value, yaml.MappingNode):
            out |= _entries(value, "button.")
        elif isinstance(value, yaml.ScalarNode):
            out[name] = _Entry(" ".join(value.value.split()), value.start_mark.line + 2)
        else:
            raise RenderError("letter.head", line=line)
    return out


def _purpose(head: dict[str, _Entry]) -> Purpose:
    entry = head["purpose"]
    try:
        return Purpose(entry.value)
    except ValueError as cause:
        raise RenderError("letter.purpose", line=entry.line, got=entry.value,
                          expected=", ".join(Purpose)) from cause  # fmt: skip


def _register(head: dict[str, _Entry]) -> Register:
    entry = head.get("register", _Entry(Register.NEUTRAL, 1))
    try:
        return Register(entry.value)
    except ValueError as cause:
        raise RenderError("letter.register", line=entry.line, got=entry.value,
                          expected=", ".join(Register)) from cause  # fmt: skip

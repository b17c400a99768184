"""A letter's text becomes a mail: for one person, or as one skeleton for hundreds.

The *shape* of a mail is which branches its ``if``s take. All that does not differ between
recipients of one shape is worked out once: both parts become lists of words and holes. The
plain path fills the holes of one recipient; the bulk path (``campaigns.letters.bulk``) puts tags
into them. ``campaigns.letters.verify`` compares the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from campaigns.errors import RenderError
from campaigns.letters.bulk import BulkRequest, Shape, requests, unwritable
from campaigns.letters.columns import Columns
from campaigns.letters.counted import TOKEN, Links, counted, targets
from campaigns.letters.design import DESIGN, designs_for, frame, pictures
from campaigns.letters.escape import clean
from campaigns.letters.evaluation import Evaluation
from campaigns.letters.expressions import Expression
from campaigns.letters.fields import Values, brand_values
from campaigns.letters.filters import show
from campaigns.letters.footer import footer
from campaigns.letters.guards import Decisions, decide_all
from campaigns.letters.look import Look, look
from campaigns.letters.markdown import render_body
from campaigns.letters.parse import parse_text
from campaigns.letters.pieces import Hole, Piece, merged, text_pieces, written
from campaigns.letters.quotes import Quote
from campaigns.letters.text import (
    Box,
    Choice,
    Flat,
    FlatBox,
    LetterText,
    Slot,
    Tree,
    choices,
    decide,
    flatten,
    slots,
)
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.store.options import Brand

MAX_SHAPES = 1_000
"""Shapes that are remembered, of all texts together: some 25 MB. To compile one anew takes about a
millisecond."""
MAX_READ = 60_000
"""Characters of the ways a text can read that are checked when it is compiled; the rest when they
are met."""

# In Armenian a colon ends a sentence; what introduces something is the mark ՝.
_COLONS = {Language.HY: "՝ "}


@dataclass(frozen=True, slots=True)
class Rendered:
    """One mail, ready to be put into a message."""

    subject: str
    preheader: str
    html: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class CompiledText:
    """A text whose merge syntax is known to be right. Shapes are compiled as they are met."""

    text: LetterText
    brand: Brand
    footer: Tree
    look: Look
    design: str
    links: Links | None = None

    @property
    def language(self) -> Language:
        return self.text.language

    @property
    def purpose(self) -> Purpose:
        return self.text.purpose

    @property
    def fields(self) -> set[str]:
        """The fields that this letter shows, footer included."""
        found = [slot.expression.fields for tree in self.trees for slot, _ in slots(tree)]
        return set().union(*found)

    @property
    def reads(self) -> set[str]:
        """The columns that writing it needs: of what it shows, and of what its ``if``s ask."""
        asked = [
            condition.fields
            for tree in self.trees
            for choice in choices(tree)
            for condition in choice.conditions
        ]
        own = {TOKEN} if self.links else set()
        return own | {name.partition(".")[0] for name in set().union(self.fields, *asked)}

    @property
    def trees(self) -> tuple[Tree, ...]:
        return (*self.text.trees, self.footer)

    def render(self, values: Values) -> Rendered:
        """Return the mail of one recipient: the reference for every faster way.

        Raises:
            RenderError: a field without a default is empty, or a link is not one.
        """
        shape = self.shape(values)
        subject, preheader, html, text = (
            "".join(piece if isinstance(piece, str) else self.fill(piece, values) for piece in part)
            for part in (shape.subject, shape.preheader, shape.html, shape.text)
        )
        return Rendered(subject, preheader, html, text)

    def bulk(self, columns: Columns) -> list[BulkRequest]:
        """Return requests that carry the same mails: skeletons with tags, and columns for them.

        Whoever's values cannot stand behind a tag has a request of their own without tags.

        Raises:
            RenderError: as ``render``, for any of the recipients.
        """
        evaluation, decisions = self._decided(columns)
        if decisions.errors:
            raise decisions.errors[min(decisions.errors)]
        return [
            request
            for key, group in decisions.groups(columns.count)
            for request in requests(_shape_of(self, key), evaluation, group)
        ]

    def unwritable(self, columns: Columns) -> dict[int, RenderError]:
        """Return for whom ``render`` raises, and what: row → error."""
        evaluation, decisions = self._decided(columns)
        found = decisions.errors
        for key, group in decisions.groups(columns.count):
            try:
                shape = _shape_of(self, key)
            except RenderError as error:
                found |= dict.fromkeys(evaluation.rows(group).tolist(), error)
            else:
                found |= unwritable(shape, evaluation, group)
        return found

    def shape(self, values: Values) -> Shape:
        """Return the compiled shape that this recipient's mail has."""
        return _shape_of(self, self._decide(values))

    def fill(self, hole: Hole, values: Values) -> str:
        """Return what stands in a hole for one recipient, written for its context.

        Raises:
            RenderError: the value is empty, or a link is not one.
        """
        return written(hole, self.shown(hole.expression, values))

    def shown(self, expression: Expression, values: Values) -> str:
        """Return an expression's value as this language writes it, for no context yet."""
        return show(expression.evaluate(values), self.text.language)

    def _decided(self, columns: Columns) -> tuple[Evaluation, Decisions]:
        evaluation = Evaluation(columns, self.shown)
        return evaluation, decide_all(self.trees, evaluation)

    def _decide(self, values: Values) -> tuple[int, ...]:
        taken: list[int] = []
        for tree in self.trees:
            decide(tree, values, taken)
        return tuple(taken)

    def compile_shape(self, key: tuple[int, ...]) -> Shape:
        """Return the shape whose ``if``s take the branches of ``key``.

        Raises:
            RenderError: what the branches make together cannot be read.
        """
        taken = iter(key)
        subject, preheader, body, about = (flatten(tree, taken) for tree in self.trees)
        colon, look = _COLONS.get(self.language, ": "), self.look
        words, foot = (render_body(one, look, colon=colon) for one in (body, about))
        parts: dict[str, list[Piece]] = {
            "subject": text_pieces(_plain(subject), html=True),
            "preheader": text_pieces(_plain(preheader), html=True),
            "shop": [escape(clean(brand_values(self.brand)["shop_name"]))],
            "body": merged(counted(words.html, self.links)),
            "footer": foot.html,
        }
        html = frame(self.language, look, self.design, pictures(self.text.head, self.brand))
        text = [*words.text, "———\n\n", *foot.text]
        return Shape(
            self._settled(text_pieces(_plain(subject), html=False)),
            self._settled(text_pieces(_plain(preheader), html=False)),
            self._settled(_framed(html, parts)),
            _ended(self._settled(text)),
        )

    def _settled(self, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
        """Fill what is the same for everybody: the sender's own fields."""
        return tuple(merged([
            piece if isinstance(piece, str) or piece.expression.fields else self.fill(piece, {})
            for piece in pieces
        ]))  # fmt: skip


@lru_cache(maxsize=MAX_SHAPES)
def _shape_of(compiled: CompiledText, key: tuple[int, ...]) -> Shape:
    return compiled.compile_shape(key)


def compile_text(
    source: str,
    language: Language,
    brand: Brand,
    *,
    design: str = DESIGN,
    quotes: Mapping[str, Quote] | None = None,
    links: Links | None = None,
) -> CompiledText:
    """Return a letter's text in a design, ready to be rendered.

    Args:
        source: as the marketer wrote it.
        language: of its readers.
        brand: who writes.
        design: one of ``design.designs()``.
        quotes: the published testimonials that it may show, by slug.
        links: those that are counted; None: all lead straight to where they go.

    Raises:
        RenderError: the text cannot be read; facts say where and what is allowed.
    """
    brand = brand.told_in(language)
    text = parse_text(source, language, brand, quotes)
    foot = footer(language, text.purpose, brand, origin=text.head.origin)
    compiled = CompiledText(text, brand, foot, look(language, brand.colour, design), design, links)
    designs_for(text)
    with _located(source):
        left = MAX_READ
        for reading in _readings(text.body):
            if left > 0:
                render_body(reading, compiled.look)
            left -= sum(len(node) for node in reading if isinstance(node, str))
    return compiled


def common_targets(compiled: CompiledText) -> list[str]:
    """Return where the links of a text lead that are the same for every reader, each once."""
    found: dict[str, None] = {}
    for reading in _readings(compiled.text.body):
        found |= dict.fromkeys(targets(render_body(reading, compiled.look).html))
    return list(found)


@contextmanager
def _located(source: str) -> Iterator[None]:
    """Tell the line of what an error quotes; Markdown knows only its own part of a letter."""
    try:
        yield
    except RenderError as error:
        place = source.find(str(error.facts.get("got", "")))
        if isinstance(error.facts.get("line"), int) or place < 0:
            raise
        line = source.count("\n", 0, place) + 1
        raise RenderError(error.code, **{**error.facts, "line": line}) from error


def _plain(flat: Sequence[Flat]) -> list[str | Slot]:
    """Return a line of the head, which has no boxes."""
    return [node for node in flat if not isinstance(node, FlatBox)]


def _readings(tree: Tree) -> list[list[Flat]]:
    """Return ways in which the tree can read: each branch stands in one of them at least."""
    options = [list(_options(node)) for node in tree]
    most = max(map(len, options), default=1)
    return [
        [node for parts in options for node in parts[min(number, len(parts) - 1)]]
        for number in range(most)
    ]


def _options(node: str | Slot | Choice | Box) -> Iterator[list[Flat]]:
    if isinstance(node, Choice):
        for branch in node.branches:
            yield from _readings(branch)
    elif isinstance(node, Box):
        parts = _readings(node.inside), _readings(node.href)
        for number in range(max(map(len, parts))):
            inside, href = (tuple(one[min(number, len(one) - 1)]) for one in parts)
            yield [FlatBox(node.kind, inside, href)]
    else:
        yield [node]


def _ended(text: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """End a plain text with one line break."""
    *before, last = text
    return (*before, last.rstrip() + "\n" if isinstance(last, str) else last)


def _framed(frame_parts: Sequence[str], parts: dict[str, list[Piece]]) -> list[Piece]:
    out: list[Piece] = []
    for index, part in enumerate(frame_parts):
        out += parts[part] if index % 2 else [part]
    return out

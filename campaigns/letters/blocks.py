"""Blocks: ``{{ offer }}`` on a line of its own becomes boxes, the same facts in every language.

What a block says beside the letter's own words stands in the catalogue ``mail``, with merge fields
in its sentences, so the rules for fields hold here too. A line whose value a reader lacks is left
out; a block of which nothing is left is not shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from campaigns.errors import N_, RenderError
from campaigns.language import formats
from campaigns.language.catalogue import translate
from campaigns.letters.cards.data import NUMBER, card_of, contact_lines
from campaigns.letters.expressions import Compiler, Condition, ListItem
from campaigns.letters.fields import MAX_ITEMS
from campaigns.letters.filters import quoted
from campaigns.letters.head import Entry, Head
from campaigns.letters.offer import read_offer
from campaigns.letters.quotes import Quote
from campaigns.letters.text import Blocks, Box, Choice, Slot, Tree, parse_merge
from campaigns.model.language import Language
from campaigns.model.money import Money
from campaigns.store.options import Brand

NAMES = ("button", "offer", "products", "statement", "questions", "contact_card",
         "loyalty_card", "testimonial", "signature")  # fmt: skip

_BEFORE = N_("Price before: {price}")
_NOW = N_("Price now: {price}")
_UNTIL = N_("The offer is valid {until}.")
_TERMS = N_("Conditions: {terms}")
_MORE = N_("Read more")
_SAVE = N_("Save our contact")
_GAINED = N_("What your card has brought you")
_REPLY = N_("Simply reply to this letter: a few words are enough.")

_STATEMENT = (
    ("points", N_("Points: {points}"), {"points": "{{ points }}"}),
    ("tier", N_("Your level: {tier}"), {"tier": "{{ tier }}"}),
    ("discount", N_("Your discount: {discount}"), {"discount": "{{ discount | percent }}"}),
    ("savings", N_("Saved so far: {savings}"), {"savings": "{{ savings }}"}),
    (
        "next_tier and to_next_tier",
        N_("{amount} more to reach the level {tier}"),
        {"amount": "{{ to_next_tier }}", "tier": "{{ next_tier | quoted }}"},
    ),
    (
        "next_discount and to_next_discount",
        N_("{amount} more to reach a discount of {discount}"),
        {"amount": "{{ to_next_discount }}", "discount": "{{ next_discount | percent }}"},
    ),
    (
        "points_expiring and points_expire_at",
        N_("{points} of your points are valid {until}"),
        {"points": "{{ points_expiring }}", "until": "{{ points_expire_at | through_date }}"},
    ),
)
"""Lines of the loyalty statement: what a reader must have, the words, the fields in them."""

_PLACE = "\0"
"""Stands for a price while the sentence around it is translated."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the blocks of one text."""

    head: Head
    brand: Brand
    compiler: Compiler
    source: str
    quotes: Mapping[str, Quote] = field(default_factory=dict)

    def blocks(self) -> Blocks:
        """Return every block by its name."""
        return {name: partial(getattr(self, f"_{name}"), name) for name in NAMES}

    def button(self) -> Tree:
        """Return the button, nothing when the head has none."""
        text, link = (self.head.get(f"button.{part}") for part in ("text", "link"))
        if text is None or link is None:
            return ()
        return (Box("button", self._merged(text), self._merged(link)),)

    def _button(self, _name: str, _line: int) -> Tree:
        return self.button()

    def _offer(self, name: str, line: int) -> Tree:
        offer = read_offer(self.head)
        if offer is None:
            raise _needs(name, line)
        inside: list[Box] = []
        if offer.name:
            inside.append(Box("title", self._merged(offer.name)))
        if offer.before:
            inside.append(Box("old_price", self._priced(_BEFORE, offer.before, "struck")))
        if offer.now:
            inside.append(Box("price", self._priced(_NOW, offer.now, "figure")))
        if offer.until:
            until = formats.date_through(offer.until, self.language)
            inside.append(Box("row", self._said(_UNTIL, until=until)))
        if offer.terms:
            terms = self._merged(offer.terms)
            inside.append(Box("small", (*self._said(_TERMS, terms=""), *terms)))
        if offer.link:
            inside.append(Box("link", self._said(_MORE), self._merged(offer.link)))
        return (Box("offer", tuple(inside)),)

    def _products(self, _name: str, _line: int) -> Tree:
        items = [ListItem("recommendations", number) for number in range(MAX_ITEMS)]
        rows = tuple(row for item in items for row in self._product(item))
        return _when(items[0].is_there, (Box("panel", rows),))

    def _product(self, item: ListItem) -> Tree:
        """Return a product as a line; it leads to its page where it has one."""
        compiler = replace(self.compiler, scope={"product": item})
        words = parse_merge(
            "{{ product.name | quoted }}{% if product.price %}, {{ product.price }}{% endif %}",
            compiler,
        )
        link = parse_merge("{{ product.url }}", compiler)
        has_page = compiler.condition_of("product.url")
        row = Choice((has_page,), ((Box("link", words, link),), (Box("row", words),)), 0)
        return _when(item.is_there, (row,))

    def _statement(self, _name: str, _line: int) -> Tree:
        rows = tuple(
            row
            for asked, text, fields in _STATEMENT
            for row in _when(
                self.compiler.condition_of(asked),
                (
                    Box(
                        "row",
                        _values_set_off(
                            self._parsed(translate("mail", text, self.language, **fields))
                        ),
                    ),
                ),
            )
        )
        any_of = " or ".join(f"({asked})" for asked, _, _ in _STATEMENT)
        panel = Box("panel", (Box("title", self._said(_GAINED)), *rows))
        return _when(self.compiler.condition_of(any_of), (panel,))

    def _questions(self, name: str, line: int) -> Tree:
        asked = self.head.group("questions")
        if not asked:
            raise _needs(name, line)
        rows = [
            Box("row", (Box("strong", (f"{number}.",)), " ", *self._merged(entry)))
            for number, entry in asked.items()
        ]
        return (Box("panel", (*rows, Box("small", self._said(_REPLY)))),)

    def _contact_card(self, _name: str, _line: int) -> Tree:
        lines = contact_lines(card_of(self.brand, self.language))
        rows = [Box("row", (line.said,)) for line in lines]
        save = Box("link", self._said(_SAVE), self._parsed("{{ contact_url }}"))
        saved = _when(self.compiler.condition_of("contact_url"), (save,))
        return (Box("panel", (Box("title", self._parsed("{{ shop_name }}")), *rows, *saved)),)

    def _loyalty_card(self, _name: str, _line: int) -> Tree:
        said = translate("mail", NUMBER, self.language, card_number="{{ card_number }}")
        title = Box("title", self._parsed("{{ shop_name }}"))
        card = Box("card", (title, Box("number", _values_set_off(self._parsed(said)))))
        return _when(self.compiler.condition_of("card_number"), (card,))

    def _testimonial(self, name: str, line: int) -> Tree:
        slug = self.head.get("testimonial")
        if slug is None:
            raise _needs(name, line)
        quote = self.quotes.get(slug.value)
        if quote is None:
            raise RenderError("letter.testimonial_gone", line=slug.line, got=slug.value)
        words = quoted(quote.text, self.language)
        return (Box("panel", (Box("quote", (words,)), Box("small", (f"— {quote.name}",)))),)

    def _signature(self, _name: str, _line: int) -> Tree:
        names = [Box("name", self._parsed("{{ signer }}"))]
        if self.brand.signer_role:
            names.append(Box("small", self._parsed("{{ signer_role }}")))
        bearer = [Box("names", tuple(names))]
        if self.brand.photo_url:
            bearer.insert(0, Box("photo", self._parsed("{{ signer }}"), (self.brand.photo_url,)))
        closing = Box("row", self._parsed("{{ closing }}"))
        return (Box("signature", (closing, Box("bearer", tuple(bearer)))),)

    @property
    def language(self) -> Language:
        return self.compiler.language

    def _said(self, text: str, **facts: object) -> Tree:
        return (translate("mail", text, self.language, **facts),)

    def _priced(self, text: str, price: Money, kind: str) -> Tree:
        """Return a sentence with a price, the price set off from it."""
        before, _, after = translate("mail", text, self.language, price=_PLACE).partition(_PLACE)
        shown = Box(kind, (formats.money(price, self.language),))
        return tuple(part for part in (before, shown, after) if part)

    def _merged(self, entry: Entry) -> Tree:
        return parse_merge(entry.value, self.compiler, first_line=entry.line, source=self.source)

    def _parsed(self, text: str) -> Tree:
        return parse_merge(text, self.compiler)


def _values_set_off(tree: Tree) -> Tree:
    return tuple(Box("strong", (node,)) if isinstance(node, Slot) else node for node in tree)


def _when(condition: Condition, tree: Tree) -> Tree:
    return (Choice((condition,), (tree, ()), 0),)


def _needs(name: str, line: int) -> RenderError:
    """A block whose facts stand in the head, and do not."""
    return RenderError("letter.block_needs", line=line, got=name)

"""One text in one language: what it says, what it leaves open, what a reader may find empty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaigns.letters.finding import Finding
from campaigns.letters.head import QUESTIONS
from campaigns.letters.offer import NEEDED, read_offer
from campaigns.letters.parse import shows_benefit
from campaigns.letters.render import CompiledText
from campaigns.letters.text import boxes, followed, slots, words
from campaigns.model.permission import Purpose

PREHEADER = (30, 110)
"""Characters: shorter and the inbox fills up with the body, longer and it is cut."""
LISTED = 5
"""Lines of a list, from which on a letter without a personal part is a catalogue (practice 35)."""

_ENDING = re.compile(r"[-‑]?[ա-ևა-ჰ]|[’']s\b")
_BUTTON = re.compile(r"\{\{[ \t]*button[ \t]*\}\}")
_EXAMPLE = re.compile("⟨([^⟨⟩]*)⟩|[⟨⟩]")
_PRICE = re.compile(r"\d[\d \u00a0.,]{0,20}[ \u00a0]?(?:[֏₾]|AMD|GEL|դրամ|ლარ)")
_OF_A_PRICE = re.compile(r"\bprices?\b|\bգին|\bգներ|ფას(?!დაკლ)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.։!?])\s|\n\s*\n")
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+\S", re.MULTILINE)
_IMPERSONAL = frozenset(
    {"recommendations", "language", "unsubscribe_url", "web_url", "contact_url"}
)


def empty_places(compiled: CompiledText, _source: str) -> Iterator[Finding]:
    """Fields that a reader may lack, without an answer to it."""
    for tree in compiled.text.trees:
        for slot, sure in slots(tree):
            one = slot.expression
            if not one.is_sure(sure):
                yield Finding("error", compiled.language, slot.line, "check.may_be_empty",
                              {"line": slot.line, "field": one.field_name})  # fmt: skip


def examples(compiled: CompiledText, source: str) -> Iterator[Finding]:
    """Words between ⟨ and ⟩, which a marketer has yet to replace."""
    for found in _EXAMPLE.finditer(source):
        line = source.count("\n", 0, found.start()) + 1
        column = found.start() - source.rfind("\n", 0, found.start())
        yield Finding("error", compiled.language, line, "check.example", {"line": line}, column,
                      (found[1] or found[0])[:60])  # fmt: skip


def completeness(compiled: CompiledText, source: str) -> Iterator[Finding]:
    """A body, and all of a button or none of it."""
    text = compiled.text
    # A greeting alone says nothing, hence at least two slots where there are no words.
    if not "".join(words(text.body)).strip() and len(list(slots(text.body))) < 2:
        yield Finding("error", compiled.language, 0, "check.no_body")
    filled = len(text.head.group("button"))
    asked = _BUTTON.search(source) and not any(one.kind == "button" for one in boxes(text.body))
    if filled == 1 or asked:
        yield Finding("error", compiled.language, 0, "check.button_incomplete")


def purpose(compiled: CompiledText, _source: str) -> Iterator[Finding]:
    """Who agreed to offers has not agreed to be asked for words that may be published."""
    if "testimonial_url" in compiled.fields and compiled.purpose is not Purpose.TESTIMONIALS:
        yield Finding("error", compiled.language, 0, "check.testimonial_purpose")


def benefit(compiled: CompiledText, source: str) -> Iterator[Finding]:
    """What the reader gains is told in every letter that the shop's interest could be seen in."""
    if compiled.purpose is Purpose.OFFERS and not shows_benefit(source):
        yield Finding("error", compiled.language, 0, "check.no_benefit")


def offer(compiled: CompiledText, source: str) -> Iterator[Finding]:
    """A price before, a price now, until when, on what terms (practices 11 and 12)."""
    head = compiled.text.head
    made = read_offer(head)
    if made is None:
        for got in _prices("".join(words(compiled.text.body))):
            yield Finding("warning", compiled.language, 0, "check.price_outside", {"got": got})
        return
    line = min(entry.line for entry in head.group("offer").values())
    for part in made.missing():
        yield Finding("error", compiled.language, line, "check.offer_incomplete",
                      {"field": f"offer.{part}", "expected": ", ".join(NEEDED)})  # fmt: skip
    if (
        made.before
        and made.now
        and (made.before.currency != made.now.currency or made.before.minor <= made.now.minor)
    ):
        yield Finding("error", compiled.language, line, "check.offer_no_gain")
    if "{{ offer }}" not in " ".join(source.split()):
        yield Finding("error", compiled.language, line, "check.offer_hidden")


def questions(compiled: CompiledText, _source: str) -> Iterator[Finding]:
    """Exactly three: more and nobody answers, fewer and it is no conversation (practice 36)."""
    asked = compiled.text.head.group("questions")
    if asked and len(asked) != QUESTIONS:
        line = min(entry.line for entry in asked.values())
        yield Finding("error", compiled.language, line, "check.three_questions",
                      {"got": len(asked), "expected": QUESTIONS})  # fmt: skip


def preheader(compiled: CompiledText, _source: str) -> Iterator[Finding]:
    """The words that an inbox shows beside the subject."""
    entry = compiled.text.head.get("preheader")
    shortest, longest = PREHEADER
    if entry is None:
        yield Finding("warning", compiled.language, 0, "check.no_preheader")
    elif not shortest <= len(entry.value) <= longest:
        yield Finding("warning", compiled.language, entry.line, "check.preheader_length",
                      {"got": len(entry.value), "low": shortest, "high": longest})  # fmt: skip


def pictures(compiled: CompiledText, _source: str) -> Iterator[Finding]:
    """A picture is told in words too, and comes over https."""
    head = compiled.text.head
    image, alt = head.get("image"), head.get("image_alt")
    if image and not image.value.startswith("https://"):
        yield Finding("error", compiled.language, image.line, "check.image_address",
                      {"got": image.value})  # fmt: skip
    if image and alt is None:
        yield Finding("error", compiled.language, image.line, "check.image_alt")


def catalogue(compiled: CompiledText, source: str) -> Iterator[Finding]:
    """A list of goods that could go to anybody is read by nobody (practice 35)."""
    personal = compiled.fields - _IMPERSONAL - set(_of_footer(compiled))
    if len(_ITEM.findall(source)) >= LISTED and not personal:
        yield Finding("warning", compiled.language, 0, "check.catalogue")


def endings(compiled: CompiledText, _source: str) -> Iterator[Finding]:
    """What fits one name is wrong for the next: Արամ + ի, but Սարգիս → Սարգսի."""
    for tree in compiled.text.trees:
        for slot, behind in followed(tree):
            one = slot.expression
            if one.word and one.fields and _ENDING.match(behind):
                yield Finding("warning", compiled.language, slot.line, "check.ending",
                              {"line": slot.line, "field": one.field_name})  # fmt: skip


def _prices(said: str) -> Iterator[str]:
    """Yield the amounts of sentences that name a price, not of those that tell what a discount is."""
    for sentence in _SENTENCE.split(said):
        found = _PRICE.search(sentence)
        if found and _OF_A_PRICE.search(sentence) and "%" not in sentence:
            yield found.group()


def _of_footer(compiled: CompiledText) -> Iterator[str]:
    for slot, _ in slots(compiled.footer):
        yield from slot.expression.fields


LOOKS = (empty_places, examples, completeness, purpose, benefit, offer, questions, preheader,
         pictures, catalogue, endings)  # fmt: skip

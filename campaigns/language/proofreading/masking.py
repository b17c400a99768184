"""What of a source is read by people: code becomes one sign, markup goes, entities are letters."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

OBJECT = "\ufffc"
"""Stands for a merge field, a place, a link, an address: something that is there, but no prose."""

BREAK = "\n\n"
_BLOCKS = (
    "p|div|h[1-6]|li|ul|ol|dl|dt|dd|table|tr|td|th|thead|tbody|section|article|header|footer|main|nav"
    "|form|fieldset|label|button|option|select|title|body|html|head|blockquote|figure|figcaption|hr"
    r"|mj-[\w-]+|mjml|textarea|legend|summary|details|aside|svg|text"
)
_HEAD = re.compile(r"\A\ufeff?---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_HEAD_LINE = re.compile(r"^[ \t]*(?:([\w.]+):|-)[ \t]*([\"']?)(.*?)\2[ \t]*$", re.MULTILINE)
_SPOKEN = (None, "subject", "preheader", "text", "title", "about", "benefit", "name", "terms",
           "image_alt")  # fmt: skip
"""Keys of the head whose values are prose (none: an item of a list); links and purposes are code."""

_TAIL = (
    r"[^\s<>«»„“”\"։՝]*[^\s<>«»„“”\".,:;!?)\]։՝՜՞՛…*_]"  # a link without the mark that follows it
)
_JINJA = r"\{\{(?:(?!\}\}).){0,999}\}\}|\{%(?:(?!%\}).){0,999}%\}|\{\#(?:(?!\#\}).){0,999}\#\}"
# Nothing is given back (*+): a brace may be code or a brace, and there would be 2^n ways to read n.
_INSIDE = (
    rf"(?:[^<>{{\"']|{_JINJA}|\"(?:[^\"{{]|{_JINJA}|\{{)*+\"|'(?:[^'{{]|{_JINJA}|\{{)*+'|\{{)*+"
)
"""What stands in a tag: attributes, whose values may hold ``>`` and fields with quotes."""
_CODE = re.compile(
    r"(?P<example>[⟨⟩])"
    r"|(?P<out><!--.*?-->|<(?P<raw>style|script|mj-style)\b.*?</(?P=raw)\s*>|\{\#.*?\#\}|<!DOCTYPE[^>]*>|<\?.*?\?>)"
    r"|(?P<fence>^```.*?^```[ \t]*$)"
    r"|(?P<alone>^[ \t]*\{%(?:(?!%\}).)*%\}[ \t]*$)"
    r"|(?P<branch>\{%-?\s*(?:else|elif)\b.*?%\})"
    r"|(?P<tag>\{%.*?%\})"
    r"|(?P<field>\{\{.*?\}\}|(?<!\w)`[^`\n]+`(?!\w)|<(?:https?://|mailto:)[^>\s]*>)"
    rf"|(?P<link>(?:https?://|www\.|mailto:|tel:){_TAIL}"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    r"|(?<![\w@.])(?:[A-Za-z0-9-]+\.)+(?:am|ge|com|org|net|ru|io|eu|info|biz|shop|example|md|csv|xlsx?"
    rf"|html?|json|py|txt|env|db|eml|zip|mjml)\b(?:/{_TAIL})?)"
    r"|(?P<suffix>(?<!\S)\.[a-z]{2,5}\b(?!\.))"
    r"|(?P<mention>(?<=[\s(])(?:[«»„“”] ?[«»„“”]?|[։՝՛՜՞]|-{3}|(?<=, )-)(?=[\s,;.:)]|\Z))"
    rf"|(?P<attribute>(?<![\w-])[a-z][a-z-]*=\"(?:[^\"{{]|{_JINJA}|\{{)*+\")"
    r"|(?P<place>%\(\w+\)[sd]|%[sd](?!\w)|\{[A-Za-z_][\w.]*(?:![rsa])?(?::[^{}\n]*)?\}|\{\d*\})"
    rf"|(?P<block></?(?:{_BLOCKS})\b{_INSIDE}>)"
    rf"|(?P<break><br\b{_INSIDE}>)"
    rf"|(?P<inline></?[a-zA-Z][\w:-]*(?:\s{_INSIDE})?/?>)"
    r"|(?P<target>\]\((?:\{\{[^{}]*\}\}|[^()\n]){0,400}\))"
    r"|(?P<open>!?\[(?=[^\[\]\n]*\]\())"
    r"|(?P<entity>&(?:[a-zA-Z]\w{1,30}|\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6});)"
    r"|(?P<item>^[ \t]*(?:\#{1,6}[ \t]+|>[ \t]?|[-*+•‣▪·][ \t]+|\d{1,3}[.)][ \t]+))"
    r"|(?P<hard>\\$)"
    r"|(?P<escape>\\(?=[\\`*_{}\[\]()\#+.!~|<>-]))"
    r"|(?P<emphasis>\*{1,3}|~~|(?<![\w_])_{1,3}(?=[^\W_])|(?<=[^\s_])_{1,3}(?![\w_]))",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_SIGNS = {
    "field": OBJECT, "link": OBJECT, "attribute": OBJECT, "place": OBJECT, "fence": OBJECT, "branch": OBJECT, "suffix": OBJECT, "mention": OBJECT,
    "alone": BREAK,    "block": BREAK, "break": "\n", "item": BREAK,
}  # fmt: skip
"""What each kind of code becomes; what is not listed goes without a trace."""
_ONLY_IN = {"place": ("interface", "page"), "mention": ("interface",)}
"""Kinds that other genres do not have: the interface speaks of marks, a letter has no places."""


def mask(source: str, genre: str) -> tuple[str, tuple[int, ...]]:
    """Return what is read of ``source``, and where each of its characters stands there.

    The second has one number more than the first has characters: the end. A letter has no places
    like ``{name}``: what looks like one was left over, and a rule looks for it.
    """
    plain: list[str] = []
    origin: list[int] = []
    for sign, at in _pieces(source, genre):
        plain.append(sign)
        origin += range(at, at + len(sign)) if source.startswith(sign, at) else [at] * len(sign)
    return "".join(plain), (*origin, len(source))


def head_end(source: str) -> int:
    """Return where the head of a letter ends; 0 when there is none."""
    head = _HEAD.match(source)
    return head.end() if head else 0


def head_line(source: str, key: str) -> str | None:
    """Return what a line of a letter's head says; None when the source has no head."""
    head = _HEAD.match(source)
    if head is None:
        return None
    lines = {line[1]: line[3] for line in _HEAD_LINE.finditer(source, head.start(1), head.end(1))}
    return lines.get(key, "")


def _pieces(source: str, genre: str) -> Iterator[tuple[str, int]]:
    begin = 0
    if head := _HEAD.match(source):
        begin = head.end()
        for line in _HEAD_LINE.finditer(source, head.start(1), head.end(1)):
            if line[1] in _SPOKEN:
                yield from _body(source, line.start(3), line.end(3), genre)
                yield BREAK, line.end(3)
    yield from _body(source, begin, len(source), genre)


def _body(source: str, begin: int, end: int, genre: str) -> Iterator[tuple[str, int]]:
    at = begin
    for found in _CODE.finditer(source, begin, end):
        kind = found.lastgroup if found.lastgroup != "raw" else "out"
        if kind in _ONLY_IN and genre not in _ONLY_IN[kind]:
            continue
        if found.start() > at:
            yield source[at : found.start()], at
        sign = html.unescape(found.group()) if kind == "entity" else _SIGNS.get(kind or "", "")
        if sign:
            yield sign, found.start()
        at = found.end()
    if end > at:
        yield source[at:end], at

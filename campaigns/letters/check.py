"""What is wrong with a letter, before anybody gets it.

An error forbids approval; a warning is the marketer's to judge. Whether a language that the
audience needs is there at all is judged where the audience is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from campaigns.errors import RenderError
from campaigns.language.explanation import explain
from campaigns.language.proofreading.agreement import differences
from campaigns.language.proofreading.findings import Finding as Remarked
from campaigns.language.proofreading.findings import Severity, said
from campaigns.language.proofreading.proof import proofread
from campaigns.language.proofreading.remarks import REMARKS
from campaigns.language.proofreading.text import read
from campaigns.letters.library import Texts
from campaigns.letters.preview import longest_values, sample_values, unknown_values
from campaigns.letters.render import CompiledText, compile_text
from campaigns.letters.text import boxes, followed, slots, words
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.store.options import Brand

MAX_SUBJECT = 78
MAX_HTML_BYTES = 90_000
"""Gmail cuts a message off at about 102 kB of HTML."""

_ENDING = re.compile(r"[-‑]?[ա-ևა-ჰ]|[’']s\b")
_BUTTON = re.compile(r"\{\{[ \t]*button[ \t]*\}\}")
_HREF = re.compile(r'href="([^"]*)"')
_NO_REPLY = re.compile(r"no[-_.]?reply|do[-_.]?not[-_.]?reply", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark. ``code`` and ``facts`` as in an error; ``line`` 0 stands for the whole letter.

    A remark of the proofreader tells the ``column``, what stands there and what to write instead.
    """

    severity: Severity
    language: Language
    line: int
    code: str
    facts: dict[str, object] = field(default_factory=dict)
    column: int = 0
    excerpt: str = ""
    suggestion: str | None = None
    number: int = 1
    """Which of the letter's texts."""

    def says(self, reader: Language) -> str:
        """Return the remark in the reader's language."""
        if self.code in REMARKS:
            return said(self.code, {"got": self.excerpt, **self.facts}, reader)
        return explain(RenderError(self.code, **self.facts), reader)


def findings(texts: Texts, brand: Brand) -> list[Finding]:
    """Return everything that is wrong with a letter, errors first."""
    found: list[Finding] = []
    for number in range(1, max(map(len, texts.values()), default=0) + 1):
        versions = {one: of[number - 1] for one, of in texts.items() if len(of) >= number}
        found += [replace(one, number=number) for one in _of_text(versions, brand)]
    found += _reply(texts, brand)
    return sorted(
        found, key=lambda one: (one.severity, one.language, one.number, one.line, one.column)
    )


def _of_text(versions: dict[Language, str], brand: Brand) -> list[Finding]:
    """Return what is wrong with one text, in its versions in each language."""
    found: list[Finding] = []
    for language, source in versions.items():
        found += _proofread(language, proofread(source, language, genre="letter"))
        try:
            compiled = compile_text(source, language, brand)
        except RenderError as error:
            found.append(_of_error(language, error))
            continue
        for look in _LOOKS:
            found += look(compiled, source)
    read_texts = {one: read(source, one, "letter") for one, source in versions.items()}
    for language, differing in differences(read_texts).items():
        found += _proofread(language, differing)
    return found


def _proofread(language: Language, found: Iterable[Remarked]) -> list[Finding]:
    return [
        Finding(one.severity, language, one.line, one.code, dict(one.facts), one.column,
                one.excerpt, one.suggestion)
        for one in found
    ]  # fmt: skip


def _of_error(language: Language, error: RenderError) -> Finding:
    line = error.facts.get("line")
    return Finding("error", language, line if isinstance(line, int) else 0, error.code,
                   dict(error.facts))  # fmt: skip


def _may_be_empty(compiled: CompiledText, _source: str) -> Iterator[Finding]:
    for tree in compiled.text.trees:
        for slot, sure in slots(tree):
            one = slot.expression
            if not one.is_sure(sure):
                yield Finding("error", compiled.language, slot.line, "check.may_be_empty",
                              {"line": slot.line, "field": one.field_name})  # fmt: skip


def _completeness(compiled: CompiledText, source: str) -> Iterator[Finding]:
    text = compiled.text
    # A greeting alone says nothing, hence at least two slots where there are no words.
    if not "".join(words(text.body)).strip() and len(list(slots(text.body))) < 2:
        yield Finding("error", compiled.language, 0, "check.no_body")
    filled = len(text.head.group("button"))
    asked = _BUTTON.search(source) and not any(one.kind == "button" for one in boxes(text.body))
    if filled == 1 or asked:
        yield Finding("error", compiled.language, 0, "check.button_incomplete")


def _purpose(compiled: CompiledText, _source: str) -> Iterator[Finding]:
    # Who agreed to offers has not agreed to be asked for words that may be published.
    if "testimonial_url" in compiled.fields and compiled.purpose is not Purpose.TESTIMONIALS:
        yield Finding("error", compiled.language, 0, "check.testimonial_purpose")


def _sizes(compiled: CompiledText, _source: str) -> Iterator[Finding]:
    language = compiled.language
    for values in (sample_values(language), longest_values(language), unknown_values(language)):
        try:
            mail = compiled.render(values)
        except RenderError:
            continue  # an empty field is named by its own remark
        if len(mail.subject) > MAX_SUBJECT:
            yield Finding("warning", language, 0, "check.subject_long",
                          {"got": len(mail.subject), "limit": MAX_SUBJECT})  # fmt: skip
            break
        if (size := len(mail.html.encode())) > MAX_HTML_BYTES:
            yield Finding("error", language, 0, "check.html_large",
                          {"got": size, "limit": MAX_HTML_BYTES})  # fmt: skip
            break


def _endings(compiled: CompiledText, _source: str) -> Iterator[Finding]:
    """What fits one name is wrong for the next: Արամ + ի, but Սարգիս → Սարգսի."""
    for tree in compiled.text.trees:
        for slot, behind in followed(tree):
            one = slot.expression
            if one.word and one.fields and _ENDING.match(behind):
                yield Finding("warning", compiled.language, slot.line, "check.ending",
                              {"line": slot.line, "field": one.field_name})  # fmt: skip


def _links(compiled: CompiledText, _source: str) -> Iterator[Finding]:
    for href in sorted(_hrefs(compiled)):
        if href.startswith("http:"):
            yield Finding("warning", compiled.language, 0, "check.link_not_https", {"got": href})


def _reply(texts: Texts, brand: Brand) -> Iterator[Finding]:
    if _NO_REPLY.search(brand.reply_to or brand.from_address) and texts:
        yield Finding("error", next(iter(texts)), 0, "check.no_reply", {"got": brand.reply_to})


def _hrefs(compiled: CompiledText) -> set[str]:
    try:
        mail = compiled.render(sample_values(Language.EN))  # the same reader for each language
    except RenderError:
        return set()
    return {href.replace("&amp;", "&") for href in _HREF.findall(mail.html)}


_LOOKS: tuple[Callable[[CompiledText, str], Iterator[Finding]], ...] = (
    _may_be_empty, _completeness, _purpose, _sizes, _endings, _links,
)  # fmt: skip

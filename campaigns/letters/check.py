"""What is wrong with a letter, before anybody gets it.

An error forbids approval; a warning is the marketer's to judge. Whether a language that the
audience needs is there at all is judged where the audience is known (``delivery.preflight``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from campaigns.errors import RenderError
from campaigns.language.proofreading.agreement import differences
from campaigns.language.proofreading.findings import Finding as Remarked
from campaigns.language.proofreading.proof import proofread
from campaigns.language.proofreading.text import read
from campaigns.letters.finding import Finding
from campaigns.letters.library import Texts
from campaigns.letters.looks import mail, versions, whole, words
from campaigns.letters.quotes import Quote
from campaigns.letters.render import compile_text
from campaigns.model.language import Language
from campaigns.store.options import Brand

UNREAD = ("input.too_long", "letter.character", "letter.repeated", "letter.syntax")
"""What keeps a text from being proofread: it may have been made to keep us busy."""


def findings(
    texts: Texts, brand: Brand, quotes: Mapping[str, Quote] | None = None
) -> list[Finding]:
    """Return everything that is wrong with a letter, errors first.

    Args:
        texts: the letter's.
        brand: who writes.
        quotes: the published testimonials that it may show, by slug.
    """
    found: list[Finding] = []
    for number in range(1, max(map(len, texts.values()), default=0) + 1):
        written = {one: of[number - 1] for one, of in texts.items() if len(of) >= number}
        found += [replace(one, number=number) for one in _of_text(written, brand, quotes or {})]
        found += [
            Finding("error", one, 0, "check.text_missing", {"number": number}, number=number)
            for one in texts
            if one not in written
        ]
    if texts and not any(one.code.startswith("letter.") for one in found):
        found += [one for look in whole.LOOKS for one in look(texts, brand)]
    return sorted(
        found, key=lambda one: (one.severity, one.language, one.number, one.line, one.column)
    )


def _of_text(
    written: dict[Language, str], brand: Brand, quotes: Mapping[str, Quote]
) -> list[Finding]:
    """Return what is wrong with one text, in its versions in each language."""
    found: list[Finding] = []
    readable: dict[Language, str] = {}
    prose = dict(written)
    for language, source in written.items():
        try:
            compiled = compile_text(source, language, brand, quotes=quotes)
        except RenderError as error:
            found.append(_of_error(language, error))
            if error.code in UNREAD:
                del prose[language]
            continue
        readable[language] = source
        found += [one for look in (*words.LOOKS, *mail.LOOKS) for one in look(compiled, source)]
    for language, source in prose.items():
        found += _remarks(language, proofread(source, language, genre="letter"))
    read_texts = {one: read(source, one, "letter") for one, source in prose.items()}
    for language, differing in differences(read_texts).items():
        found += _remarks(language, differing)
    return found + (list(versions.differences(readable)) if len(readable) > 1 else [])


def _remarks(language: Language, found: Iterable[Remarked]) -> list[Finding]:
    return [
        Finding(one.severity, language, one.line, one.code, dict(one.facts), one.column,
                one.excerpt, one.suggestion)
        for one in found
    ]  # fmt: skip


def _of_error(language: Language, error: RenderError) -> Finding:
    line, column = (error.facts.get(name) for name in ("line", "column"))
    return Finding("error", language, line if isinstance(line, int) else 0, error.code,
                   dict(error.facts), column if isinstance(column, int) else 0)  # fmt: skip

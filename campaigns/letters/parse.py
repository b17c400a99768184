"""The text of a letter, read whole: head, body, blocks, in the words of one language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from campaigns.errors import RenderError
from campaigns.language.address import closing
from campaigns.letters.blocks import Maker
from campaigns.letters.expressions import Compiler
from campaigns.letters.fields import brand_values
from campaigns.letters.quotes import Quote
from campaigns.letters.source import MAX_CHARACTERS, read_source
from campaigns.letters.text import LetterText, Tree, boxes, parse_merge
from campaigns.model.language import Language
from campaigns.store.options import Brand

_BENEFIT = re.compile(r"\{\{[ \t]*benefit[ \t]*\}\}")
BENEFIT = "benefit"


def parse_text(
    source: str, language: Language, brand: Brand, quotes: Mapping[str, Quote] | None = None
) -> LetterText:
    """Return the parsed letter.

    Args:
        source: as the marketer wrote it.
        language: of its readers.
        brand: who writes, told in that language.
        quotes: the published testimonials that it may show, by slug.

    Raises:
        RenderError: the head cannot be read, or the merge syntax is not allowed; facts hold
            ``line``, and ``column`` where it is known.
    """
    head, body, body_line = read_source(source)
    constants = {**brand_values(brand), "closing": closing(language, head.register)}
    compiler = Compiler(language, constants, register=head.register)
    maker = Maker(head, brand, compiler, source, quotes or {})

    def line(key: str) -> Tree:
        entry = head.get(key)
        if entry is None:
            return ()
        return parse_merge(entry.value, compiler, first_line=entry.line, source=source)

    told = _with_benefit(body, head.text(BENEFIT))
    whole = parse_merge(
        told, compiler, first_line=body_line, source=source, blocks=maker.blocks()
    )  # fmt: skip
    if not any(box.kind == "button" for box in boxes(whole)):
        whole += maker.button()
    return LetterText(language, head, line("subject"), line("preheader"), whole)


def _with_benefit(body: str, benefit: str) -> str:
    """Put the benefit where the body asks for it; what comes of both is looked at again."""
    if len(body) + len(benefit) * len(_BENEFIT.findall(body)) > 2 * MAX_CHARACTERS:
        raise RenderError("input.too_long", field=BENEFIT, got=len(benefit), limit=MAX_CHARACTERS)
    return _BENEFIT.sub(lambda _: benefit, body)


def shows_benefit(source: str) -> bool:
    """Say whether a text tells its reader what they gain, and shows it (practice 4)."""
    head, body, _ = read_source(source)
    return bool(head.text(BENEFIT)) and _BENEFIT.search(body) is not None

"""What a machine can see wrong in one translation, set beside its English text.

The places, the markup and the marks at the end must answer to the English; a noun stays singular
after a number, as Armenian and Georgian have it. The words themselves are proofread elsewhere.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

_TAG = re.compile(r"</?([a-zA-Z][\w-]*)|(\*\*)|(\]\()|(:material/\w+:)")
_NAMED = re.compile(r"%\((\w+)\)[sd]")
_COUNT = r"(?:\{(?:count|n|number|rows|done|total|got|limit|least|most|days|times|attempts)\}|\d)"
# A plural noun right after a number. Georgian -ების, -ებს, -ებით also end verbs and verbal nouns,
# and are left alone; so are the Armenian singulars and verbs in -եր below.
_PLURALS = {
    "hy": re.compile(_COUNT + r"[ \u00a0]([ա-և]{2,}եր(?:ը|ն|ի|ին|ից|ով|ում)?)(?![ա-և])"),
    "ka": re.compile(_COUNT + r"[ \u00a0]([ა-ჰ]{2,}ებ(?:ი|მა|ში|ზე|თან|იდან|იც))(?![ა-ჰ])"),
}
_NO_PLURALS = frozenset({"ընկեր", "գիշեր", "ուներ", "լիներ", "եթեր"})
_ENDS: dict[str, dict[str, tuple[str, ...]]] = {
    ".": {"hy": ("։",), "ka": (".",)},
    "…": {"hy": ("…",), "ka": ("…",)},
    ":": {"hy": ("՝", "։"), "ka": (":", ".")},
    "!": {"hy": ("։", "՜"), "ka": ("!",)},
    "?": {"hy": ("", "։"), "ka": ("?",)},
}
"""The last mark of an English text, and those that may end its translations. An Armenian question
has its mark inside (՞) and may go without a last one."""


def wrong(message: Message, language: str) -> Iterator[str]:
    """Yield what is wrong with one translation, in words for who mends it."""
    ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    given = [text or "" for text in strings]
    if message.fuzzy:
        yield "it is marked fuzzy; look at it, then take the mark away"
    if not all(given):
        yield "it is not translated"
        return
    expected = Catalog(locale=language).num_plurals if len(ids) > 1 else 1
    if len(given) != expected:
        yield f"it has {len(given)} plural forms; expected {expected}"
    for text in given:
        yield from _unlike(text, ids[-1], language)


def _unlike(text: str, english: str, language: str) -> Iterator[str]:
    if _places(text) != _places(english):
        yield f"its places are {_listed(_places(text))}; expected {_listed(_places(english))}"
    if _markup(text) != _markup(english):
        yield f"its markup is {_listed(_markup(text))}; expected {_listed(_markup(english))}"
    yield from _ending_faults(text, english, language)
    for noun in _PLURALS[language].findall(text):
        if noun not in _NO_PLURALS:
            yield f"{noun}: a noun stays singular after a number"


def _ending_faults(text: str, english: str, language: str) -> Iterator[str]:
    asks = _last(english) == "?" and language == "hy"
    if asks and "՞" not in text:
        yield "the English is a question; put ՞ on the word that is asked"
    last, allowed = _last(text), _allowed(english, language)
    if last not in allowed:
        expected = " or ".join(mark or "no mark" for mark in allowed)
        yield f"it ends with {last or 'no mark'}; expected {expected}"


def _allowed(english: str, language: str) -> tuple[str, ...]:
    """Return the marks that may end a translation."""
    if (mark := _last(english)) in _ENDS:
        return _ENDS[mark][language]
    # An English text of several sentences may do without the last stop only behind a command.
    return ("", _ENDS["."][language][0]) if re.search(r"[.?!] ", english) else ("",)


def _last(text: str) -> str:
    """Return the mark at the end, or nothing where a letter, a place or code ends the text."""
    bare = text.rstrip("* \n").replace("...", "…")
    return bare[-1:] if bare[-1:] in {*_ENDS, "։", "՝", "՜", "՞", "՛", ";", ","} else ""


def _places(text: str) -> list[str]:
    try:
        braces = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        braces = {"a brace that does not close"}
    return sorted(braces | set(_NAMED.findall(text)))


def _markup(text: str) -> list[str]:
    """Return the tags, Markdown marks and icons, as often as they stand."""
    found = Counter(next(filter(None, groups)) for groups in _TAG.findall(text))
    return sorted(found.elements())


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "none"

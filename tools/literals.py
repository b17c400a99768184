"""Visible texts that stand in no catalogue: words in a template, or given to Streamlit as they are.

A machine sees two kinds. In templates: letters outside tags and Jinja's braces, and in attributes
that are read out or shown. In Python: a literal in the place of a label, title, help or body of a
Streamlit element. What travels through variables it cannot see; the browser tests look for English
on Armenian and Georgian screens.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment

from tools.extraction import SUFFIXES

Place = tuple[str, str]
"""``file:line`` and what is wrong there."""

# Elements of Streamlit whose first argument is read by people; of page_link and Page it is a file.
ELEMENTS = re.compile(
    "badge|button|caption|chat_input|checkbox|date_input|dialog|download_button|error|expander"
    "|file_uploader|form_submit_button|header|html|info|link_button|markdown|metric|multiselect"
    "|number_input|pills|popover|progress|radio|segmented_control|selectbox|slider|spinner|status"
    "|subheader|success|tabs|text|text_area|text_input|time_input|title|toast|toggle|warning|write"
)
SCREENS = ("campaigns/ui/", "app.py")
MARKS = frozenset({"_", "N_", "gettext", "ngettext"})
ARGUMENTS = frozenset({"label", "help", "placeholder", "title", "text", "body", "caption"})
LOGGERS = frozenset({"log", "logger", "logging"})
SHOWN_ATTRIBUTES = frozenset({"alt", "title", "placeholder", "aria-label", "label"})
SHOWN_META = frozenset(
    {"description", "og:title", "og:description", "og:site_name", "og:image:alt"}
)
_SILENT_TAGS = frozenset({"script", "style", "mj-style"})
_CODE = re.compile(
    r":material/\w+:|:\w+\[|<[^>]*>|&\w+;|https?://\S+|`[^`]*`"
    r"|\w+ [<>=!]+ \w+(?: and| or)?"  # a rule of the segment language
    r'|[\w-]+="[^"]*"'  # an attribute that a macro writes
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_TRANSLATED = re.compile(r"\{%-?\s*trans\b.*?\bendtrans\s*-?%\}", re.DOTALL)
_templates = Environment(autoescape=True)


def literals(root: Path) -> Iterator[Place]:
    """Yield every visible text below ``root`` that no catalogue holds."""
    for path in (*sorted((root / "campaigns").rglob("*.py")), root / "app.py"):
        if path.exists():
            place, source = path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
            yield from in_marks(source, place)
            if place.startswith(SCREENS):
                yield from in_screen(source, place)
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in SUFFIXES:
            place = path.relative_to(root).as_posix()
            yield from in_template(path.read_text(encoding="utf-8"), place)


def in_screen(source: str, place: str) -> Iterator[Place]:
    """Yield the literals that a module gives to Streamlit to be read."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call):
            named = (one.value for one in call.keywords if one.arg in ARGUMENTS)
            for shown in (*_first(call), *named):
                yield from ((f"{place}:{call.lineno}", _told(words)) for words in _words(shown))


def in_marks(source: str, place: str) -> Iterator[Place]:
    """Yield the marked texts that are put together as the program runs: nobody can extract them."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.args:
            text = call.args[0]
            if call.func.id in MARKS and isinstance(text, (ast.JoinedStr, ast.BinOp)):
                what = f"{ast.unparse(text)} is put together; write one text with {{places}}"
                yield f"{place}:{call.lineno}", what


def in_template(source: str, place: str) -> Iterator[Place]:
    """Yield the words of a template that stand outside its braces."""
    bare = _without_braces(source)
    if place.endswith(".txt"):
        found = list(enumerate(bare.splitlines(), 1))
    else:
        reader = _Shown()
        reader.feed(bare)
        found = reader.found
    for line, text in found:
        if has_words(text):
            yield f"{place}:{line}", _told(text.strip())


def has_words(text: str) -> bool:
    """Say whether a reader would see words, markup, icons and links apart.

    >>> has_words(":material/add: **{}**"), has_words("Add")
    (False, True)
    """
    return _LETTERS.search(_CODE.sub(" ", text)) is not None


def _told(words: str) -> str:
    return f"{words!r} is in no catalogue; mark it with _"


def _first(call: ast.Call) -> list[ast.expr]:
    """Return the first argument of an element that shows it; a log's is not shown."""
    function = call.func
    if not isinstance(function, ast.Attribute) or not ELEMENTS.fullmatch(function.attr):
        return []
    is_log = isinstance(function.value, ast.Name) and function.value.id in LOGGERS
    return [] if is_log else call.args[:1]


def _words(node: ast.expr) -> Iterator[str]:
    """Yield the literals that make up a value; what a call returns is somebody else's."""
    match node:
        case ast.Constant(value=str() as text) if has_words(text):
            yield text
        case ast.JoinedStr(values=parts):
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "0" for part in parts
            )
            yield from _words(ast.Constant(text))
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            for part in parts:
                yield from _words(part)
        case ast.BinOp(left=one, right=other) | ast.IfExp(body=one, orelse=other):
            yield from _words(one)
            yield from _words(other)


def _without_braces(source: str) -> str:
    """Return the template's own text; lines keep their numbers."""
    kept = []
    marked = _TRANSLATED.sub(lambda found: "\n" * found[0].count("\n"), source)
    for _, kind, value in _templates.lex(marked):
        kept.append(value if kind == "data" else "\n" * value.count("\n"))
    return "".join(kept)


class _Shown(HTMLParser):
    """Collects what a reader sees or hears, with its line."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT_TAGS
        shown = set(SHOWN_ATTRIBUTES)
        if {value for name, value in attrs if name in ("name", "property")} & SHOWN_META:
            shown.add("content")
        self.found += [(self.getpos()[0], value or "") for name, value in attrs if name in shown]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT_TAGS

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(
                (self.getpos()[0] + data[: len(data) - len(data.lstrip())].count("\n"), data)
            )

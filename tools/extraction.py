"""Every text that the source marks for translation, with its domain and place.

Marks in Python: ``N_("…")`` and ``_("…")`` (the domain of the file), ``translate("web", "…", …)``
(the domain named), ``catalogue("web", …).gettext("…")`` and ``.ngettext("…", "…", n)``.
Marks in templates: ``{{ _("…") }}``, ``{% trans %}…{% endtrans %}`` and ``ngettext``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

# The first prefix that fits names the domain of a file.
FOLDERS = (
    ("campaigns/errors.py", "core"),
    ("campaigns/language/", "core"),
    ("campaigns/model/", "core"),
    ("campaigns/letters/", "mail"),
    ("templates/designs/", "mail"),
    ("campaigns/web/", "web"),
    ("campaigns/feedback/", "web"),
    ("templates/pages/", "web"),
    ("campaigns/ui/", "ui"),
    ("app.py", "ui"),
)
SUFFIXES = (".html", ".mjml", ".txt", ".xml", ".jinja", ".j2")
_GETTEXT = ("gettext", "_", "N_", "ngettext")
_templates = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
_templates.newstyle_gettext = True  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Found:
    """A text, or a singular and its plural, where it is said first."""

    domain: str
    text: str | tuple[str, str]
    place: str


def domain_of(path: str) -> str:
    """Return the domain of a file; what fits no folder is said to everybody: core.

    >>> domain_of("campaigns/ui/screens/home.py")
    'ui'
    """
    return next((domain for prefix, domain in FOLDERS if path.startswith(prefix)), "core")


def extract(root: Path) -> Iterator[Found]:
    """Yield every marked text below ``root``, file by file."""
    for path in (*sorted((root / "campaigns").rglob("*.py")), root / "app.py"):
        if path.exists():
            place = path.relative_to(root).as_posix()
            yield from in_python(path.read_text(encoding="utf-8"), place)
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in SUFFIXES:
            place = path.relative_to(root).as_posix()
            yield from in_template(path.read_text(encoding="utf-8"), place)


def in_python(source: str, place: str) -> Iterator[Found]:
    """Yield the marked texts of a module, in its order."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        if found := _marked(call, domain_of(place)):
            domain, text = found
            yield Found(domain, text, f"{place}:{call.lineno}")


def in_template(source: str, place: str) -> Iterator[Found]:
    """Yield the marked texts of a template, in its order."""
    for line, _function, words in _templates.extract_translations(source):  # type: ignore[attr-defined]
        texts = [word for word in words if word] if isinstance(words, tuple) else [words]
        text = texts[0] if len(texts) == 1 else (texts[0], texts[1])
        yield Found(domain_of(place), text, f"{place}:{line}")


def _marked(call: ast.Call, domain: str) -> tuple[str, str | tuple[str, str]] | None:
    name = _name(call.func)
    literals = [arg.value if isinstance(arg, ast.Constant) else None for arg in call.args]
    if name == "translate" and len(literals) > 1:
        named, text = literals[0], literals[1]
        return (str(named or domain), text) if isinstance(text, str) else None
    if name not in _GETTEXT or not literals or not isinstance(literals[0], str):
        return None
    domain = _domain_named(call.func) or domain
    if name == "ngettext" and len(literals) > 1 and isinstance(literals[1], str):
        return domain, (literals[0], literals[1])
    return domain, literals[0]


def _domain_named(function: ast.expr) -> str | None:
    """Return ``web`` for ``catalogue("web", …).gettext``."""
    if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Call):
        return None
    inner = function.value
    if _name(inner.func) != "catalogue" or not inner.args:
        return None
    first = inner.args[0]
    return str(first.value) if isinstance(first, ast.Constant) else None


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""

"""Every error that the source makes has a text, with every place of it filled, in each language."""

from __future__ import annotations

import ast
import pickle
import string

import pytest

from campaigns import errors
from campaigns.errors import MESSAGES, CampaignsError
from campaigns.language.catalogue import catalogue
from campaigns.language.explanation import explain
from campaigns.language.labels import LABELS
from campaigns.model.language import Language
from tests.house.source import called, calls, modules, text

TREE = {
    name
    for name, thing in vars(errors).items()
    if isinstance(thing, type) and issubclass(thing, CampaignsError)
}


def _made() -> list[tuple[str, str, ast.Call]]:
    """Return place, code and call of each error that is made with a literal code."""
    return [
        (f"{name}:{call.lineno}", call.args[0].value, call)
        for name in modules("campaigns/")
        for call in calls(name)
        if called(call) in TREE | {"problem"}
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    ]


ADDED = {"sheet": {"file"}}
"""What one place adds to every error of an area: ``sheets.intake`` names the file."""


def _places(code: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(MESSAGES[code]) if name}


def test_every_code_that_is_raised_has_a_text():
    assert [(place, code) for place, code, _ in _made() if code not in MESSAGES] == []


def test_every_error_fills_the_places_of_its_text():
    unfilled = [
        (
            place,
            code,
            sorted(
                _places(code)
                - ADDED.get(code.split(".")[0], set())
                - {word.arg for word in call.keywords if word.arg}
            ),
        )
        for place, code, call in _made()
        if code in MESSAGES and all(word.arg for word in call.keywords)
    ]

    assert [found for found in unfilled if found[2]] == []


def test_every_text_belongs_to_a_code_that_is_used():
    source = "".join(text(n) for n in modules("campaigns/") if n != "campaigns/errors.py")

    assert [
        c for c in MESSAGES if f'"{c}"' not in source and f"{c.split('.')[0]}.{{" not in source
    ] == []


@pytest.mark.parametrize("language", [Language.HY, Language.KA])
def test_every_error_and_label_is_translated(language):
    known = catalogue("core", language)._catalog

    assert [code for code, text in {**MESSAGES, **LABELS}.items() if not known.get(text)] == []


@pytest.mark.parametrize("language", list(Language))
def test_an_error_says_its_facts_and_crosses_processes(language):
    made = {code: CampaignsError(code, **_facts(code)) for code in MESSAGES}

    silent = [
        code
        for code, error in made.items()
        if not all(fact in explain(error, language) for fact in _facts(code).values())
    ]
    changed = [
        code
        for code, error in made.items()
        if str(pickle.loads(pickle.dumps(error))) != str(error)  # noqa: S301 - our own bytes
    ]
    assert (silent, changed) == ([], [])


def _facts(code: str) -> dict[str, str]:
    return {place: f"«{place}»" for place in _places(code)}

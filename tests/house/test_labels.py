"""Every code that the interface can show is called something."""

from __future__ import annotations

import ast

import pytest

from campaigns.delivery.inbox.answers import ReplyKind
from campaigns.language.labels import LABELS
from campaigns.model.language import Language
from campaigns.model.permission import Denial
from campaigns.model.states import (
    CampaignState,
    EventKind,
    MessageState,
    TestimonialState,
    UploadState,
)
from tests.house.source import called, calls, modules

SHOWN = {
    "campaign": CampaignState,
    "denial": Denial,
    "event": EventKind,
    "language": Language,
    "message": MessageState,
    "reply": ReplyKind,
    "testimonial": TestimonialState,
    "upload": UploadState,
}


@pytest.mark.parametrize("kind", sorted(SHOWN))
def test_every_value_that_is_shown_has_a_label(kind):
    assert [f"{kind}.{one}" for one in SHOWN[kind] if f"{kind}.{one}" not in LABELS] == []


def test_every_code_that_is_asked_for_exists():
    unknown = [
        f"{name}:{call.lineno} {code}"
        for name in modules("campaigns/", "app.py")
        for call in calls(name)
        if called(call) == "label" and call.args
        for code in [_start(call.args[0])]
        if "." in code and not any(known.startswith(code) for known in LABELS)
    ]

    assert unknown == []


def test_every_kind_of_thing_that_an_error_speaks_of_has_a_label():
    kinds = {
        word.value.value
        for name in modules("campaigns/")
        for call in calls(name)
        if called(call) in {"NotFoundError", "ConflictError"}
        for word in call.keywords
        if word.arg == "kind" and isinstance(word.value, ast.Constant)
    }

    assert {f"kind.{one}" for one in kinds} == {one for one in LABELS if one.startswith("kind.")}


def _start(argument: ast.expr) -> str:
    """Return a literal, or what an f-string begins with."""
    first = argument.values[0] if isinstance(argument, ast.JoinedStr) else argument
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""

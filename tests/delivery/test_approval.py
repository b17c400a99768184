"""A letter with an error in it is not approved, and the refusal says where to look."""

from __future__ import annotations

import pytest

from campaigns.delivery.approval import require_green
from campaigns.errors import NotAllowedError
from campaigns.letters.finding import Finding
from campaigns.model.language import Language


def _refusal(*found):
    with pytest.raises(NotAllowedError) as caught:
        require_green("spring", found)
    return caught.value


def test_the_first_error_is_told_with_its_line():
    error = _refusal(
        Finding("warning", Language.EN, 3, "check.subject_long"),
        Finding("error", Language.KA, 8, "check.may_be_empty", {"line": 8, "field": "city"}),
    )

    assert (error.code, error.facts["line"]) == ("campaign.letter_error", 8)
    assert error.facts["language"] == "ka"


def test_an_error_of_the_whole_text_names_no_line():
    error = _refusal(Finding("error", Language.EN, 0, "check.no_body"))

    assert error.code == "campaign.letter_error_whole"
    assert "line" not in error.facts


def test_warnings_are_the_marketer_s_to_judge():
    warning = Finding("warning", Language.EN, 0, "check.no_phone")

    require_green("spring", [warning])

    assert _refusal(warning, Finding("error", Language.EN, 2, "check.example")).facts["line"] == 2

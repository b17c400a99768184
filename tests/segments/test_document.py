from __future__ import annotations

import re
from pathlib import Path

import pytest

from campaigns.errors import InputError
from campaigns.segments.fields import FIELDS
from campaigns.segments.rule import parse

PAGE = (Path(__file__).parents[2] / "docs" / "segments.md").read_text(encoding="utf-8")
EXAMPLES = PAGE.split("```")[1].strip().splitlines()


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_is_a_rule(text):
    assert parse(str(parse(text))) == parse(text)


def test_every_field_is_explained():
    assert set(FIELDS) <= set(re.findall(r"`(\w+)`", PAGE))


def test_the_mistake_is_told_as_the_page_says():
    with pytest.raises(InputError) as caught:
        parse("orders >= many")

    assert f"*{caught.value}*" in PAGE

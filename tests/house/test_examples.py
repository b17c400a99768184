"""The examples in docstrings do what they show."""

from __future__ import annotations

import doctest
import importlib

import pytest

from tests.house.source import modules, text

SHOWING = [name for name in modules("campaigns/", "tools/") if ">>> " in text(name)]


@pytest.mark.parametrize("name", SHOWING)
def test_an_example_does_what_it_shows(name):
    module = importlib.import_module(name.removesuffix(".py").replace("/", "."))

    result = doctest.testmod(module)

    assert result.attempted > 0
    assert result.failed == 0

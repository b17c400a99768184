"""What is imported is declared, and what is declared is used and explained."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.house.source import imported, modules, text

PROJECT = tomllib.loads(text("pyproject.toml"))["project"]
# Used without being imported: a driver by its address, a parser by Starlette.
BY_NAME = {"psycopg", "python-multipart", "tzdata"}


def _names(lines):
    return {re.split(r"[\[<>=!~ ;]", line)[0].lower() for line in lines}


RUNTIME = _names(PROJECT["dependencies"])
DEVELOPMENT = _names(PROJECT["optional-dependencies"]["dev"])


def _distributions(*prefixes):
    """Return the distributions whose packages are imported below ``prefixes``."""
    known = packages_distributions()
    names = {one for name in modules(*prefixes) for one in imported(name)}
    ours = {"campaigns", "tests", "tools", "bench", "examples", *sys.stdlib_module_names}
    return {
        min(known[one], key=len).lower().replace("_", "-") if one in known else one
        for one in names
        if one not in ours
    }


def test_the_product_imports_only_what_it_declares():
    assert sorted(_distributions("campaigns/", "app.py") - RUNTIME) == []


def test_the_product_uses_what_it_declares():
    assert sorted(RUNTIME - BY_NAME - _distributions("campaigns/", "app.py", "examples/")) == []


@pytest.mark.slow
def test_tests_and_tools_import_only_what_is_declared():
    assert sorted(_distributions("tests/", "tools/", "examples/") - RUNTIME - DEVELOPMENT) == []


def test_every_dependency_has_its_reason():
    given = re.findall(
        r"^- `([\w-]+)`: \S.{10,}$", text("docs/decisions/dependencies.md"), re.MULTILINE
    )

    assert sorted(given) == sorted(RUNTIME | DEVELOPMENT)


def test_every_dependency_is_locked():
    locked = set(re.findall(r"^([a-z0-9][\w.-]*)", text("requirements.lock"), re.MULTILINE))

    assert sorted((RUNTIME | DEVELOPMENT) - locked) == []

"""Small files, small functions, names that say something, and tests that can fail."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.source import PRODUCT, ROOT, called, modules, text, tracked, tree

MODULE_LINES = 400
FUNCTION_LINES = 60
SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc"}
CHECKS = re.compile(r"^(raises|warns|fail|expect|assert_|check_|expect_)")
# Folders that exist only on one machine, and addresses of package indexes.
FOREIGN = re.compile(
    r"(?<![\w.}])/(?:tmp|root|home|work)/\w" + r"|files\.python" + r"hosted|simple/?\s*-i "
)
BINARY = (".png", ".woff2", ".xlsx", ".xls", ".ico", ".jpg", ".parquet", ".gz", ".zip", ".svg")


def test_a_module_fits_the_budget():
    long = {name: len(text(name).splitlines()) - _table(name) for name in modules(*PRODUCT)}

    assert {name: lines for name, lines in long.items() if lines > MODULE_LINES} == {}


def test_a_function_fits_the_budget():
    found = {
        f"{name}:{node.lineno} {node.name}": _length(node)
        for name in modules(*PRODUCT)
        for node in ast.walk(tree(name))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert {where: lines for where, lines in found.items() if lines > FUNCTION_LINES} == {}


def test_no_module_is_named_for_nothing():
    words = {name: set(re.split(r"[/_.]", name)) for name in modules("campaigns/", "tools/")}

    assert {name for name, found in words.items() if found & SAY_NOTHING} == set()


@pytest.mark.slow
def test_every_test_can_fail():
    idle = [
        f"{name}:{node.lineno} {node.name}"
        for name in modules("tests/")
        for node in ast.walk(tree(name))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not _checks(node, tree(name))
    ]

    assert idle == []


def test_no_test_is_skipped_for_want_of_a_program():
    word = re.compile(
        r"\b(?:mark\.(?:skip\b|xfail)|pytest\.(?:skip|xfail|importorskip)|skipTest\()"
    )

    found = [name for name in modules("tests/") if word.search(text(name))]

    assert found == []


def test_nothing_names_one_machine_or_one_index():
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name in tracked()
        if not name.endswith(BINARY) and not name.startswith("tests/house/")
        for number, line in enumerate(_lines(name), 1)
        if FOREIGN.search(line)
    ]

    assert found == []


def test_the_lock_names_no_index_and_every_package_has_a_hash():
    lock = text("requirements.lock")

    assert re.findall(r"^(?!\s*#).*(?:https?://|--index|--find-links).*$", lock, re.MULTILINE) == []
    pinned = re.findall(
        r"^([a-z0-9][\w.-]*(?:\[[\w,-]+\])?)==.*?(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL
    )
    blocks = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", lock, re.MULTILINE | re.DOTALL)
    assert len(pinned) == len(blocks)
    assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_nothing_is_left_for_later():
    word = re.compile("TO" + "DO|FIX" + "ME|XX" + "X:")
    found = [
        f"{name}:{number}"
        for name in modules(*PRODUCT, "tests/")
        for number, line in enumerate(_lines(name), 1)
        if word.search(line)
    ]

    assert found == []


def _table(name: str) -> int:
    """Return the lines of tables of texts: they are as long as there are texts."""
    return sum(
        (node.end_lineno or 0) - node.lineno
        for node in tree(name).body
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict)
    )


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    documented = (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    )
    described = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (node.end_lineno or 0) - node.lineno + 1 - described


def _checks(node: ast.AST, module: ast.Module) -> bool:
    """Say whether a test checks something, itself or through a function beside it."""
    beside = {part.name: part for part in module.body if isinstance(part, ast.FunctionDef)}
    for part in ast.walk(node):
        if isinstance(part, ast.Assert | ast.Try):  # a try says which errors may come, no other
            return True
        if isinstance(part, ast.Call):
            name = called(part)
            if CHECKS.match(name.lstrip("_")):
                return True
            if name in beside and beside[name] is not node and _checks(beside[name], module):
                return True
    return False


def _lines(name: str) -> list[str]:
    return (ROOT / name).read_bytes().decode("utf-8", "replace").splitlines()

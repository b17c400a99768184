"""The source as the house rules read it: files under version control, and their syntax trees."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("campaigns/", "tools/", "examples/", "bench/", "app.py")
GENERATED = "campaigns/store/migrations/versions/"


@lru_cache(maxsize=1)
def tracked() -> tuple[str, ...]:
    """Return the path of each file that is under version control and still there.

    An unpacked archive has no history: there every file counts that no tool made.
    """
    if (ROOT / ".git").exists():
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        names = listed.stdout.split("\0")
    else:
        names = [
            path.relative_to(ROOT).as_posix()
            for path in ROOT.rglob("*")
            if not any(part.startswith(".") for part in path.relative_to(ROOT).parts[:-1])
        ]
    return tuple(sorted(name for name in names if name and (ROOT / name).is_file()))


def modules(*prefixes: str) -> Iterator[str]:
    """Yield the Python files that are written by hand and begin with one of ``prefixes``."""
    for name in tracked():
        if name.endswith(".py") and name.startswith(prefixes) and not name.startswith(GENERATED):
            yield name


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1000)
def tree(name: str) -> ast.Module:
    return ast.parse(text(name), name)


@lru_cache(maxsize=1000)
def calls(name: str) -> tuple[ast.Call, ...]:
    return tuple(node for node in ast.walk(tree(name)) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """Return the last word of what is called: ``raises`` of ``pytest.raises(…)``."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


@lru_cache(maxsize=2000)
def imported(name: str) -> set[str]:
    """Return the top of each package that a module imports: ``sqlalchemy``."""
    found = set()
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found

"""What the documents list is what there is: folders, settings, dependencies, decisions."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from campaigns.cli import main
from campaigns.settings import PREFIX, SECRETS, Settings
from tests.house.source import ROOT, text, tracked

SECTIONS = ("Context", "Decision", "Rejected", "Consequences", "Revisit when")
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))


def test_the_map_names_every_folder_and_stage():
    chart = text("docs/architecture.md")
    folders = {name.split("/")[0] + "/" for name in tracked() if "/" in name}
    stages = {
        "/".join(name.split("/")[:2]) + ("/" if name.count("/") > 1 else "")
        for name in tracked()
        if name.startswith("campaigns/") and not name.endswith("__init__.py")
    }
    wanted = {f for f in folders if not f.startswith(".")} | stages

    assert sorted(name for name in wanted if f"`{name}`" not in chart) == []


def test_the_map_names_nothing_that_is_not_there():
    named = set(re.findall(r"^\| `([\w./]+)` \|", text("docs/architecture.md"), re.MULTILINE))

    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_operations_lists_every_setting_with_its_default():
    rows = re.findall(
        r"^\| `(CAMPAIGNS_\w+)` \| (.*?) \|", text("docs/operations.md"), re.MULTILINE
    )
    defaults = {PREFIX + f.name.upper(): str(getattr(Settings(), f.name)) for f in fields(Settings)}

    assert {name: shown.strip("` ").replace("—", "") for name, shown in rows} == defaults


def test_operations_says_which_settings_may_stand_in_a_file():
    page = text("docs/operations.md")

    assert [n for n in sorted(SECRETS) if f"`{PREFIX}{n.upper()}_FILE`" not in page] == []


def test_every_command_that_a_document_names_exists():
    documents = [name for name in tracked() if re.fullmatch(r"[A-Z]+\.md|docs/[^/]+\.md", name)]
    named = {
        (name, tuple(found.split()))
        for name in documents
        for found in re.findall(
            r"(?:`|^|bin/)campaigns ([a-z-]+(?: [a-z-]+)?)", text(name), re.MULTILINE
        )
    }

    assert [one for one in sorted(named) if not _is_command(one[1])] == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_what_was_rejected_and_when_to_look_again(path):
    page = path.read_text(encoding="utf-8")

    assert tuple(re.findall(r"^## (.+)$", page, re.MULTILINE)) == SECTIONS
    assert page.startswith(f"# {int(path.name[:4])}. ")


def test_every_link_between_documents_leads_somewhere():
    broken = [
        (name, target)
        for name in tracked()
        if name.endswith(".md") and not name.startswith("templates/")
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text(name))
        if not (ROOT / name).parent.joinpath(target).exists()
    ]

    assert broken == []


def _is_command(words):
    """Say whether ``campaigns`` has this verb, and the group this second one."""
    first = main.commands.get(words[0])
    if first is None or not hasattr(first, "commands") or len(words) == 1:
        return first is not None
    return words[1] in first.commands

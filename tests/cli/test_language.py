"""``campaigns language check``: where, what, why and what to write, for people and for scripts."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from campaigns.cli import main


@pytest.fixture
def letter(tmp_path):
    """A letter in two languages: the Armenian one has a fault, and its percentage differs."""
    said = {
        "hy.md": "Հարգելի Անի,\n\nՇնորհակալ ենք: Ձեր զեղչը 15% է։\n\nՀարգանքով՝\nՆարե\n",
        "en.md": "Dear Ani,\n\nThank you. Your discount is 20%.\n\nKind regards,\nNare\n",
    }
    for name, text in said.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def _check(*words):
    return CliRunner().invoke(main, ["language", "check", *map(str, words)])


def test_a_script_gets_every_file_with_its_findings_and_their_number(letter):
    run = _check(letter, "--json")
    told = json.loads(run.stdout)

    assert run.exit_code == 1
    assert [(one["file"], one["language"]) for one in told["files"]] == [
        (str(letter / "en.md"), "en"), (str(letter / "hy.md"), "hy"),
    ]  # fmt: skip
    assert (told["errors"], told["warnings"]) == (3, 0)
    assert told["files"][1]["findings"][0] == {
        "line": 3, "column": 11, "excerpt": "ենք:", "code": "proof.colon_stop",
        "severity": "error", "suggestion": "ենք։",
        "message": "a colon ends the sentence; the Armenian full stop is ։ (U+0589)",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "word", "why"),
    [("en", "error", "full stop"), ("hy", "սխալ", "վերջակետ"), ("ka", "შეცდომა", "წერტილი")],
)
def test_a_person_reads_place_reason_and_remedy_in_their_language(letter, language, word, why):
    run = _check(letter / "hy.md", "--lang", language)

    line, total = run.stdout.splitlines()
    assert line.startswith(f"{letter / 'hy.md'}:3:11: {word}: ")
    assert why in line
    assert line.endswith("ենք: → ենք։")
    assert "1" in total
    assert "0" in total


def test_what_is_right_is_passed(letter):
    run = _check(letter / "en.md")

    assert (run.exit_code, run.stdout) == (0, "errors: 0, warnings: 0\n")


def test_the_language_may_be_said_where_nothing_tells_it(tmp_path):
    text = tmp_path / "a.txt"
    text.write_text("Thank you for your order.", encoding="utf-8")

    run = _check(text, "--text-language", "ka", "--json")

    (file,) = json.loads(run.stdout)["files"]
    assert (file["language"], run.exit_code) == ("ka", 1)
    assert [one["code"] for one in file["findings"]] == ["proof.untranslated"]


def test_what_is_no_text_is_refused_by_name(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe")

    run = _check(tmp_path / "a.txt")

    assert (run.exit_code, run.stdout) == (1, "")
    assert "a.txt" in run.stderr

"""``campaigns language inflect``: what scripts that judge the grammar rely on."""

from __future__ import annotations

from click.testing import CliRunner

from campaigns.cli import main


def _inflect(language, text):
    return CliRunner().invoke(main, ["language", "inflect", "--lang", language], input=text)


def test_each_line_comes_back_with_its_form():
    run = _inflect("ka", "დავითი\terg\tgiven\tm\nსაჩუქარი\tgen\tnoun\t\n")

    assert run.exit_code == 0
    assert run.stdout == "დავითი\terg\tgiven\tm\tდავითმა\nსაჩუქარი\tgen\tnoun\t\tსაჩუქრის\n"


def test_gender_may_be_left_out():
    assert _inflect("hy", "Անի\tdat.def\tgiven\n").stdout == "Անի\tdat.def\tgiven\tԱնիին\n"


def test_an_empty_form_says_that_there_is_no_sure_answer():
    assert _inflect("hy", "🙂\tdat\tgiven\t\n").stdout == "🙂\tdat\tgiven\t\t\n"


def test_a_line_that_cannot_be_read_loses_no_other():
    run = _inflect("hy", "Անի\tdat\nԱնի\twhere\tgiven\t\nԱնի\tdat\tperson?\t\nԱնի\tdat\tgiven\t\n")

    assert run.exit_code == 1
    assert run.stdout.splitlines() == [
        "Անի\tdat\t", "Անի\twhere\tgiven\t\t", "Անի\tdat\tperson?\t\t", "Անի\tdat\tgiven\t\tԱնիի",
    ]  # fmt: skip
    assert "տող 1" in run.stderr
    assert "where" in run.stderr
    assert "person?" in run.stderr


def test_english_has_no_cases_to_ask_for():
    assert _inflect("en", "Ani\tdat\tgiven\t\n").stdout == "Ani\tdat\tgiven\t\tAni\n"

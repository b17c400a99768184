from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from campaigns.cli import main
from campaigns.cli.shell import lines
from campaigns.segments import verbs


def _commands(command, path=()):
    yield path
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from _commands(inner, (*path, name))


@pytest.mark.parametrize("path", list(_commands(main)), ids=lambda path: " ".join(path) or "-")
def test_every_command_explains_itself(path):
    result = CliRunner().invoke(main, [*path, "--help"])

    assert result.exit_code == 0
    assert result.stdout.startswith("Usage:")
    assert len(result.stdout.splitlines()[2].strip()) > 10


def test_the_contract_of_the_command_line_is_kept():
    found = {" ".join(path) for path in _commands(main)}

    assert {
        "demo", "up", "ui", "web", "worker", "import", "segment list", "segment count",
        "segment explain", "segment export", "letter list", "letter check", "letter export", "letter render", "letter versions",
        "campaign create", "campaign plan", "campaign preview", "campaign approve",
        "campaign send", "campaign pause", "campaign resume", "campaign cancel",
        "campaign retry", "campaign status", "events ingest", "testimonial list", "report",
        "language inflect", "language check",
    } <= found  # fmt: skip


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "got orderz"), ("hy", "գրված է «orderz»"), ("ka", "წერია „orderz“")],
)
def test_a_refusal_is_one_line_in_the_readers_language(run, language, expected):
    result = run("segment", "count", "orderz > 2", "--lang", language)

    assert (result.exit_code, result.stdout) == (1, "")
    assert expected in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "words", [("segment", "count"), ("import", "there-is-no-such-file.csv"), ("nothing",)]
)
def test_wrong_usage_exits_with_two(run, words):
    assert run(*words).exit_code == 2


def test_a_surprise_leaves_one_line_a_reference_and_the_rest_in_the_log(run, monkeypatch):
    def surprise(*_args, **_more):
        raise ZeroDivisionError("ani@example.am")

    monkeypatch.setattr(verbs, "count", surprise)
    result = run("segment", "count", "everyone", "--json")

    log = (run.data / "campaigns.log").read_text(encoding="utf-8")
    reference = log.split("reference ")[1].split()[0]
    assert (result.exit_code, result.stdout) == (1, "")
    assert reference in result.stderr
    assert "Traceback" not in result.stderr
    assert "ZeroDivisionError" in log
    assert "ani@example.am" not in log + result.stderr


def test_an_unknown_setting_is_named(run, monkeypatch):
    monkeypatch.setenv("CAMPAIGNS_DATABASE_ULR", "x")

    result = run("segment", "list")

    assert result.exit_code == 1
    assert "CAMPAIGNS_DATABASE_ULR" in result.stderr


def test_a_database_that_does_not_answer_is_told(run, monkeypatch):
    monkeypatch.setenv(
        "CAMPAIGNS_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=1"
    )

    result = run("segment", "list")

    assert (result.exit_code, "CAMPAIGNS_DATABASE_URL" in result.stderr) == (1, True)


def test_a_document_is_shown_as_lines():
    document = {"a": 1, "long": None, "in": {"b": [1, 2]}, "all": [{"c": {}}]}

    assert list(lines(document)) == [
        "a     1", "long  -", "in", "  b  1, 2", "all", "  c  -", "",
    ]  # fmt: skip

"""The whole job on the example workbook, as a newcomer starts it."""

from __future__ import annotations

import email
import re
from email import policy
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from campaigns.cli import main

README = Path(__file__).parents[2] / "README.md"
CONTRACT = {"imported", "refused", "audience", "left_out", "messages", "outbox", "pages", "seconds"}


def _demo(folder, *words):
    return CliRunner().invoke(main, ["demo", "--data", str(folder), *words])


def _readme():
    """Return the figures of the demo that README shows."""
    text = README.read_text(encoding="utf-8")
    found = dict(re.findall(r"^    +(imported|refused|hy|ka|en) +(\d+)$", text, re.MULTILINE))
    figures = {name: int(count) for name, count in found.items()}
    messages = {language: figures.pop(language) for language in ("hy", "ka", "en")}
    return figures | {"messages": messages}


@pytest.mark.slow
def test_the_demo_does_the_whole_job_and_may_be_repeated(tmp_path):
    folder = tmp_path / "demo"
    first = orjson.loads(_demo(folder, "--json").stdout)
    second = orjson.loads(_demo(folder, "--json").stdout)

    assert set(first) >= CONTRACT
    assert first | {"seconds": 0} == second | {"seconds": 0}
    assert first["seconds"] < 60
    assert first["imported"] > 1_900
    assert first["refused"] == sum(first["reasons"].values())
    assert set(first["messages"]) == {"hy", "ka", "en"}
    assert sum(first["messages"].values()) == first["audience"]
    assert _readme() == {k: first[k] for k in ("imported", "refused", "messages")}
    letters = list((folder / "outbox").rglob("*.eml"))
    assert len(letters) == first["audience"]
    for path in letters[::100]:
        mail = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        assert {part.get_content_type() for part in mail.walk()} >= {"text/plain", "text/html"}
        assert mail["List-Unsubscribe"]
    for language in ("hy", "ka", "en"):
        pages = list((folder / "pages" / language / "testimonials").glob("*.html"))
        assert (len(pages), (folder / "pages" / language / "testimonials.html").is_file()) == (
            3,
            True,
        )
        assert f'lang="{language}' in pages[0].read_text(encoding="utf-8")[:500]


def test_the_demo_empties_no_folder_of_somebody_else(tmp_path):
    kept = tmp_path / "letters-to-mother.txt"
    kept.write_text("Dear mother")

    result = _demo(tmp_path)

    assert (result.exit_code, kept.read_text()) == (1, "Dear mother")
    assert str(tmp_path) in result.stderr

"""Faults planted in all three languages are caught, and right texts are left alone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from campaigns.language.proofreading.catalogues import translations
from campaigns.language.proofreading.files import check_paths
from campaigns.language.proofreading.proof import proofread
from campaigns.model.language import Language

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


def _rows(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


PLANTED, CLEAN = _rows("planted.tsv"), _rows("clean.tsv")


def _codes(row):
    text = row["text"].replace("\\n", "\n")
    return [one.code for one in proofread(text, Language(row["language"]), genre=row["genre"])]


def test_the_planted_faults_are_of_many_kinds_in_each_language():
    kinds = {(row["language"], row["code"]) for row in PLANTED}
    counts = {one: sum(row["language"] == one for row in PLANTED) for one in Language}

    assert len(kinds) >= 100
    assert min(counts.values()) >= 35


@pytest.mark.slow
def test_at_least_19_in_20_planted_faults_are_caught():
    missed = [row["text"] for row in PLANTED if f"proof.{row['code']}" not in _codes(row)]

    assert len(missed) <= len(PLANTED) * 0.05, missed


@pytest.mark.parametrize("language", list(Language))
def test_right_sentences_that_look_strange_are_left_alone(language):
    found = [
        (row["text"], one.code, one.excerpt)
        for row in CLEAN
        if row["language"] == language
        for one in proofread(row["text"], language, genre="page")
    ]

    assert found == []


@pytest.mark.slow
def test_at_most_1_in_50_of_our_own_texts_is_remarked_and_none_as_an_error():
    files = check_paths(ROOT / folder for folder in ("locales", "templates/letters"))
    catalogues = [
        file.path.read_text(encoding="utf-8") for file in files if file.path.suffix == ".po"
    ]
    texts = len(files) + sum(1 for source in catalogues for _ in translations(source))
    found = [one for file in files for one in file.findings]

    assert [one for one in found if one.severity == "error"] == []
    assert len(found) <= 0.02 * texts

"""Files: their language, their lines, and the versions of one letter beside each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigns.errors import InputError
from campaigns.language.proofreading.files import check_paths, language_of
from campaigns.model.language import Language

HY, KA, EN = Language.HY, Language.KA, Language.EN


@pytest.mark.parametrize(
    ("name", "source", "language"),
    [
        ("hy.md", "Hello", HY), ("offer.ka.md", "Hello", KA), ("offer_en.txt", "Բարև", EN),
        ("locales/ka/LC_MESSAGES/x.po", "", KA), ("a.txt", "Բարև Nur", HY), ("a.txt", "გამარჯობა", KA),
        ("a.txt", "Good day", EN), ("a.html", '<html lang="ka">Hi', KA), ("a.md", "---\nlanguage: hy\n---\n", HY),
        ("a.txt", "Այցելեք https://nur.example/a/very/long/link/in/latin", HY), ("a.txt", "", HY),
    ],
)  # fmt: skip
def test_the_language_is_told_by_head_name_or_letters(name, source, language):
    assert language_of(Path(name), source) is language


def test_a_remark_of_a_catalogue_stands_at_the_line_of_its_translation(tmp_path):
    path = tmp_path / "hy.po"
    path.write_text(
        'msgid ""\nmsgstr ""\n"Language: hy\\n"\n\nmsgid "one"\nmsgstr "Մեկ։"\n\n'
        'msgid "two:"\nmsgstr ""\n"Երկու \\"ու\\" "\n"երեք:"\n\n#~ msgid "x"\n#~ msgstr "չորս:"\n',
        encoding="utf-8",
    )

    (checked,) = check_paths([path])

    assert [(one.line, one.column, one.code) for one in checked.findings] == [
        (10, 8, "proof.straight_quotes"), (11, 2, "proof.colon_stop"),
    ]  # fmt: skip


def test_the_versions_of_a_letter_in_a_folder_are_compared(tmp_path):
    for name, text in (("hy.md", "Զեղչը 15% է։"), ("en.md", "Save 20% today.")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "notes.csv").write_bytes(b"\xff")

    found = {
        file.path.name: [one.code for one in file.findings] for file in check_paths([tmp_path])
    }

    assert "proof.figures_differ" in found["en.md"]
    assert set(found) == {"hy.md", "en.md"}


def test_a_plain_text_that_greets_is_held_to_what_a_letter_has(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Dear Anna,\n\nThe shop is open.\n\nKind regards,\nNina\n", encoding="utf-8")

    (checked,) = check_paths([path])

    assert [one.code for one in checked.findings] == ["proof.no_thanks"]


def test_what_is_no_text_is_an_error_with_its_name(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(InputError, match=r"a\.txt"):
        check_paths([path])

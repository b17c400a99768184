import os

import pytest

from campaigns.language import catalogue
from campaigns.model.language import Language
from tools.compile_catalogues import LOCALES, compile_into

HY, KA, EN = Language.HY, Language.KA, Language.EN


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "LOCALES", tmp_path)
    catalogue._written.cache_clear()
    yield tmp_path / "hy" / "LC_MESSAGES"
    catalogue._written.cache_clear()


def _write(folder, said, *, at_s):
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / "web.po"
    written.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        f'msgid "Send"\nmsgstr "{said}"\n',
        encoding="utf-8",
    )
    os.utime(written, (at_s, at_s))
    return written


def _compile(written, *, at_s):
    machine = written.with_suffix(".mo")
    machine.write_bytes(catalogue.compiled(written))
    os.utime(machine, (at_s, at_s))
    return machine


def test_a_changed_text_shows_at_once_though_an_older_one_is_compiled(folder):
    _compile(_write(folder, "Ուղարկել", at_s=1000), at_s=2000)
    assert catalogue.translate("web", "Send", HY) == "Ուղարկել"

    _write(folder, "Ուղարկել հիմա", at_s=3000)

    assert catalogue.translate("web", "Send", HY) == "Ուղարկել հիմա"


def test_a_fresh_compiled_catalogue_is_what_is_read(folder):
    written = _write(folder, "Ուղարկել", at_s=1000)
    _compile(written, at_s=2000)
    _write(folder, "Այլ", at_s=1500)

    assert catalogue.translate("web", "Send", HY) == "Ուղարկել"


def test_an_installed_catalogue_has_no_text_beside_it(folder):
    written = _write(folder, "Ուղարկել", at_s=1000)
    _compile(written, at_s=2000)
    written.unlink()

    assert catalogue.translate("web", "Send", HY) == "Ուղարկել"


def test_without_a_catalogue_the_english_text_is_said(folder):
    assert catalogue.translate("web", "Send", HY) == "Send"
    assert catalogue.translate("web", "Send", EN) == "Send"


def test_a_count_chooses_the_english_text_and_its_places_are_filled():
    say = catalogue.translate_counted
    assert say("web", "{n} of one", "{n} of many", 1, EN, n=1) == "1 of one"
    assert say("web", "{n} of one", "{n} of many", 0, EN, n=0) == "0 of many"


def test_compiled_catalogues_say_what_the_texts_say_and_are_made_once(tmp_path):
    made = compile_into(tmp_path)

    assert {path.relative_to(tmp_path).with_suffix(".po") for path in made} == {
        path.relative_to(LOCALES) for path in LOCALES.glob("*/LC_MESSAGES/*.po")
    }
    for path in made:
        assert path.read_bytes() == catalogue.compiled(
            LOCALES / path.relative_to(tmp_path).with_suffix(".po")
        )
    assert compile_into(tmp_path) == []

"""The shipped letters as their readers get them. Change one on purpose with:

pytest tests/letters --update-golden
"""

from pathlib import Path

import pytest

from campaigns.letters.library import load, shipped
from campaigns.letters.preview import longest_values, sample_values, unknown_values
from campaigns.letters.render import compile_text
from campaigns.model.language import Language

GOLDEN = Path(__file__).parent / "golden"
MAX_WORDS = 150


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", shipped())
def test_a_shipped_letter_reads_as_it_did(request, name, language, brand):
    compiled = compile_text(load(None, name).texts[language][0], language, brand)
    known, unknown = (compiled.render(make(language)) for make in (sample_values, unknown_values))
    written = {
        f"{name}.{language}.html": known.html,
        f"{name}.{language}.txt": f"{known.subject}\n{known.preheader}\n\n{known.text}",
        f"{name}.{language}.unknown.txt": unknown.text,
    }
    for file_name, text in written.items():
        if request.config.getoption("--update-golden", default=False):
            (GOLDEN / file_name).write_text(text, encoding="utf-8")
        assert (GOLDEN / file_name).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", shipped())
def test_a_shipped_letter_is_short_and_fits(name, language, brand):
    compiled = compile_text(load(None, name).texts[language][0], language, brand)
    for values in (sample_values(language), longest_values(language)):
        mail = compiled.render(values)
        assert len(mail.text.partition("———")[0].split()) <= MAX_WORDS
        assert len(mail.html.encode()) < 90_000
        assert len(mail.subject) <= 78
        assert f'lang="{language}"' in mail.html
        assert "text-transform:uppercase" not in mail.html.replace(" ", "")


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_letter_is_there_in_every_language(name):
    assert set(load(None, name).texts) == set(Language)

"""The shipped letters as their readers get them. Change one on purpose with:

pytest tests/letters --update-golden

``<letter>/<language>.txt`` is the text part (``.2`` of the second text) for a reader of whom
everything is known and for one of whom nothing is; ``<letter>/<language>.<design>.html`` is what
stands in the frame, and ``frames/<design>.<language>.html`` the frame itself.
"""

from pathlib import Path

import pytest

from campaigns.letters.design import designs, designs_for, frame, pictures
from campaigns.letters.head import Head
from campaigns.letters.library import load, shipped
from campaigns.letters.look import look
from campaigns.letters.preview import longest_values, sample_values, unknown_values
from campaigns.letters.render import compile_text
from campaigns.model.language import Language

GOLDEN = Path(__file__).parent / "golden"
MAX_WORDS = 240
LANGUAGES = pytest.mark.parametrize("language", list(Language))
LETTERS = pytest.mark.parametrize("name", shipped())
READERS = (sample_values, unknown_values, longest_values)


@pytest.fixture
def is_golden(request):
    def is_golden(file_name, text):
        path = GOLDEN / file_name
        if request.config.getoption("--update-golden", default=False):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text

    return is_golden


def words_of(mail):
    return f"{mail.subject}\n{mail.preheader}\n\n{mail.text.partition('———')[0].strip()}\n"


@pytest.mark.slow
@LANGUAGES
@LETTERS
def test_a_shipped_letter_reads_as_it_did_and_is_short(is_golden, name, language, brand):
    for number, source in enumerate(load(None, name).texts[language], start=1):
        compiled = compile_text(source, language, brand, design="story")
        known, unknown, longest = (compiled.render(make(language)) for make in READERS)
        for mail in (known, longest):
            assert len(words_of(mail).split()) <= MAX_WORDS
            assert len(mail.html.encode()) < 30_000
            assert len(mail.subject) <= 78
            assert "text-transform:uppercase" not in mail.html.replace(" ", "")
        shown = "\n=====\n\n".join(words_of(mail) for mail in (known, unknown))
        is_golden(f"{name}/{language}{f'.{number}' if number > 1 else ''}.txt", shown)


@pytest.mark.slow
@LANGUAGES
@LETTERS
def test_a_shipped_letter_looks_as_it_did_in_each_design(is_golden, name, language, brand):
    source = load(None, name).texts[language][0]
    text = compile_text(source, language, brand).text
    for design in designs_for(text):
        compiled = compile_text(source, language, brand, design=design)
        html = compiled.render(sample_values(language)).html
        kept = html.partition("<body")[2]
        for part in frame(language, compiled.look, design, pictures(text.head, brand))[2::2]:
            kept = kept.replace(part, "\n<!-- frame -->\n", 1)
        is_golden(f"{name}/{language}.{design}.html", kept.partition(">")[2])


@LANGUAGES
@pytest.mark.parametrize("design", designs())
def test_a_design_frames_as_it_did(is_golden, design, language, brand):
    parts = frame(language, look(language, brand.colour, design), design, pictures(Head(), brand))
    shown = "".join(f"[{part}]" if index % 2 else part for index, part in enumerate(parts))
    is_golden(f"frames/{design}.{language}.html", shown)


@LETTERS
def test_a_shipped_letter_is_there_in_every_language(name):
    assert set(load(None, name).texts) == set(Language)

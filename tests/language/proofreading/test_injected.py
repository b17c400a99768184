"""Faults put into the shipped letters by rule, one at a time, are seen where they stand."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from campaigns.language.proofreading.proof import proofread
from campaigns.model.language import Language

HY, KA, EN = Language.HY, Language.KA, Language.EN
LETTERS = [
    (Language(path.name[:2]), path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parents[3] / "templates/letters").glob("*/*.md"))
]
CODE = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|^(?:purpose|priority|  link):.*|^[\w ]+:|^---", re.MULTILINE
)
LATIN = dict(zip("հսոօցքაიოერყ", "hunogpsoiery", strict=True))
CYRILLIC = dict(zip("aeocpxy", "аеосрху", strict=True))
PLACED = 3
"""Faults of a class for each language: the whole file takes less than two seconds."""


def _alike(found):
    letters = {**LATIN, **CYRILLIC}
    return "".join(letters.get(one, one) if at == 1 else one for at, one in enumerate(found[0]))


def _swapped(found):
    word = found[0]
    return word[:2] + word[3] + word[2] + word[4:]


CLASSES = [
    ("stop as colon", (HY,), r"(?<=\w)։", ":", 1),
    ("stop as dot", (HY,), r"(?<=\w)։(?=$| [Ա-Ֆ])", ".", 0.95),
    ("comma as grave accent", (HY,), r"(?<=\w)՝", "`", 1),
    ("ligature apart", (HY,), "և", "եւ", 1),
    ("small you", (HY,), r"\bՁե(?=[րզ]\b)", "ձե", 1),
    ("your of a friend", (HY,), r"\bՁեր\b", "քո", 0.95),
    ("your of a friend", (KA,), r"\bთქვენ(?=(?:ი|ს)\b)", "შენ", 1),
    ("verb of a friend", (KA,), r"(?<=უპასუხე)თ|(?<=აირჩევ)თ|(?<=შეიძინე)თ", "", 0.95),
    ("verb of a friend", (HY,), r"(?<=[մլ]) եք\b", " ես", 0.95),
    ("capitals", (HY, KA), r"[ա-ևა-ჰ]{5,}", lambda one: one[0].upper(), 1),
    ("letter of another alphabet", (HY, KA, EN), rf"\b[^\W\d_][{''.join({**LATIN, **CYRILLIC})}][^\W\d_]{{3,}}", _alike, 1),
    ("double space", (HY, KA, EN), r"(?<=\w) (?=\w)", "  ", 1),
    ("space before comma", (HY, KA, EN), r"(?<=\w),", " ,", 1),
    ("no space behind comma", (HY, KA, EN), r"(?<=\w), (?=\w)", ",", 1),
    ("no space behind stop", (HY, KA, EN), r"(?<=\w{4})([։.]) (?=\w)", r"\1", 0.95),
    ("doubled mark", (HY, KA, EN), r"(?<=\w)[,։.](?=\s)", lambda one: one[0] * 2, 1),
    ("doubled word", (HY, KA, EN), r"(?<=\w )[^\W\d_]{3,}\b", r"\g<0> \g<0>", 0.95),
    ("doubled word that begins", (HY, EN), r"(?<=[։.] )(?!So\b)[^\W\d_]{2,}\b", r"\g<0> \g<0>", 0.95),
    ("unseen sign", (HY, KA, EN), r"(?<=\w\w)(?=\w\w)", "\u200b", 1),
    ("soft hyphen", (HY, KA, EN), r"(?<=\w\w)(?=\w\w)", "\u00ad", 1),
    ("place left over", (HY, KA, EN), r"(?<= )[^\W\d_]{5,}(?= )", "[Name]", 1),
    ("letters swapped", (HY, KA, EN), r"(?<=\w )(?!\w\w(\w)\1)[^\W\d_]{7,}\b", _swapped, 0.7),
    ("letter lost", (HY, KA, EN), r"(?<=\w )(?!\w\w(\w)\1|\w(\w)\2)[^\W\d_]{7,}\b", lambda one: one[0][:3] + one[0][2:], 0.75),
]  # fmt: skip
SENTENCES = {
    HY: ("Շտապե՛ք, քանի դեռ ուշ չէ։", "Ինչո՞ւ չեք գալիս։", "Եթե հիմա չգնեք, կզղջաք։"),
    KA: ("იჩქარეთ!", "რატომ აღარ მოდიხართ?", "თქვენი ბრალია, რომ შეკვეთა დაგვიანდა."),
    EN: ("Only three days left before prices go up.", "Have you forgotten us?", "Last chance."),
}


def _seen(language, letter):
    return [one.code for one in proofread(letter, language, genre="letter")]


def _beside_code(pattern, letter):
    code = {at for found in CODE.finditer(letter) for at in range(*found.span())}
    return [
        found for found in re.finditer(pattern, letter, re.MULTILINE) if found.start() not in code
    ]


def _placed(language, pattern, draw):
    places = [
        (letter, found)
        for of_letter, letter in LETTERS
        if of_letter is language
        for found in _beside_code(pattern, letter)
    ]
    return draw.sample(places, min(PLACED, len(places)))


def _is_seen(language, letter, found, instead):
    right = instead(found) if callable(instead) else found.expand(instead)
    wrong = letter[: found.start()] + right + letter[found.end() :]
    line = wrong.count("\n", 0, found.start()) + 1
    # The letters are clean: whatever is said near the fault is said of it.
    return any(abs(one.line - line) <= 1 for one in proofread(wrong, language, genre="letter"))


@pytest.mark.slow
def test_the_letters_themselves_are_clean():
    seen = [_seen(language, letter) for language, letter in LETTERS]

    assert [codes for codes in seen if codes] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("languages", "pattern", "instead", "floor"),
    [one[1:] for one in CLASSES],
    ids=[f"{name} {'/'.join(languages)}" for name, languages, *_ in CLASSES],
)
def test_faults_of_a_class_are_seen(languages, pattern, instead, floor):
    draw = random.Random(pattern)
    placed = [(one, *place) for one in languages for place in _placed(one, pattern, draw)]
    missed = [place for place in placed if not _is_seen(*place, instead)]

    assert placed
    assert len(missed) <= (1 - floor) * len(placed), [found for *_, found in missed]


@pytest.mark.parametrize("language", list(Language))
def test_a_sentence_that_presses_or_blames_is_seen(language):
    letter = next(letter for one, letter in LETTERS if one is language)
    behind = letter.index("{% endif %}") + len("{% endif %}\n")

    assert [
        sentence
        for sentence in SENTENCES[language]
        if not _seen(language, f"{letter[:behind]}\n{sentence}\n{letter[behind:]}")
    ] == []


@pytest.mark.slow
@pytest.mark.parametrize("field", ["{{ contact | greeting }}", "{{ signer }}"])
def test_a_letter_without_one_of_its_parts_is_seen(field):
    having = [(language, letter) for language, letter in LETTERS if field in letter]

    assert having
    assert [
        language
        for language, letter in having
        if not any(
            code.startswith("proof.no_") for code in _seen(language, letter.replace(field, ""))
        )
    ] == []

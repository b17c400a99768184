"""Whatever is read: nothing raises, every remark has its place, and code is nobody's fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.language.proofreading.proof import proofread
from campaigns.model.language import Language

GENRES = ("letter", "interface", "page")
SIGNS = "ԱանևՈւ։՝՞՛՜«»აბგᲐ„“”abcXабв.,:;!?…-–—()[]{}<>%$֏₾0123456789 \n\t\u00a0\u200b\u00ad\"'`*_#|\\/@&=~"
FIELDS = (
    "{{ given_name | greeting }}", "{% if orders > 3 and city == 'X' %}", "{{ city|default('a') }}",
    "https://a.example/B?c=1,2&d=x..y", "info@nur.example", "<b class='X  Y'>", "<!-- Բարև: -->",
    "[{{ x }}](https://a.example/,,/x)", "`code..  x`", "www.nur.am/A:B",
)  # fmt: skip
RIGHT = {
    Language.HY: ("Բարև", "Ձեզ։"), Language.KA: ("გამარჯობა", "თქვენ."), Language.EN: ("Good", "day."),
}  # fmt: skip


@given(st.text(st.sampled_from(SIGNS), max_size=120) | st.text(max_size=60),
       st.sampled_from(Language), st.sampled_from(GENRES))  # fmt: skip
def test_no_text_raises_and_every_remark_has_a_place_in_it(text, language, genre):
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for one in proofread(text, language, genre=genre):
        assert one.says(language)
        assert 0 <= one.line <= len(lines)
        assert one.line == 0 or 1 <= one.column <= len(lines[one.line - 1]) + 1


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("code", FIELDS)
@pytest.mark.parametrize("genre", ["page", "interface"])
def test_code_is_never_remarked(language, code, genre):
    before, after = RIGHT[language]

    assert proofread(f"{before} {code} {after}", language, genre=genre) == []


def test_remarks_stand_in_the_order_of_the_text_and_each_once():
    text = "Շնորհակալ ենք:\nՍպասում ենք  Ձեզ:"

    found = [(one.line, one.column, one.code) for one in proofread(text, Language.HY, genre="page")]

    assert found == [
        (1, 11, "proof.colon_stop"), (2, 9, "proof.double_space"), (2, 14, "proof.colon_stop"),
    ]  # fmt: skip


def test_a_remark_says_what_stands_there_and_what_to_write():
    (found,) = proofread("Մեր <b>„Նուռ“</b> խանութը։", Language.HY, genre="page")

    assert (found.excerpt, found.suggestion, found.severity) == ("„Նուռ“", "«Նուռ»", "error")
    assert "չակերտներ" in found.says(Language.HY)
    assert "ბრჭყალები" in found.says(Language.KA)


def test_the_head_of_a_letter_is_read_at_its_lines():
    text = "---\nsubject: Բարև Ձեզ:\npurpose: offers\n---\nՀարգելի Անի,\n"

    found = [one for one in proofread(text, Language.HY, genre="letter") if one.line]

    assert [(one.line, one.column, one.code) for one in found] == [(2, 15, "proof.colon_stop")]


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("Kind regards,\nYour bank", []),
        ("Café Lagidze\n24 Rustaveli Avenue, Tbilisi", []),
        ("Kind regards,", ["proof.no_signer"]),
        (
            "Your cards work as before; you need not do anything.",
            ["proof.no_closing", "proof.no_signer"],
        ),
    ],
)
def test_a_letter_is_signed_by_a_name_below_the_closing_or_apart(end, said):
    letter = f"Dear Nino,\n\nThank you for your order. It is on its way.\n\n{end}\n"

    assert [one.code for one in proofread(letter, Language.EN, genre="letter")] == said

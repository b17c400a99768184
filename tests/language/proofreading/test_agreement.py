"""The languages of a letter agree in what they mean, not in how they write it."""

from __future__ import annotations

import pytest

from campaigns.language.proofreading.agreement import differences
from campaigns.language.proofreading.text import read
from campaigns.model.language import Language

HY, KA, EN = Language.HY, Language.KA, Language.EN


def _differ(hy, ka, en):
    texts = {
        one: read(said, one, "letter") for one, said in zip((HY, KA, EN), (hy, ka, en), strict=True)
    }
    return {
        (language, one.code.removeprefix("proof."), one.severity)
        for language, found in differences(texts).items()
        for one in found
    }


@pytest.mark.parametrize(
    ("hy", "ka", "en"),
    [
        ("15 % զեղչ", "15%-იანი ფასდაკლება", "15 percent off"),
        ("12 500 ֏", "12\u00a0500 ֏", "12,500 AMD"),
        ("49,90 ₾", "49,9 ₾", "49.90 GEL"),
        ("մարտի 8-ին", "8 მარტს", "on March 8th"),
        ("մինչև 2026 թ. դեկտեմբերի 31-ը", "2026 წლის 31 დეკემბრამდე", "until 31 December 2026"),
        ("08.03.2026", "8 მარტს, 2026", "8 March 2026"),
        ("ժամը 18:30-ին", "18:30 საათზე", "at 6:30 p.m."),
        ("+374 10 12-34-56", "+374 10 123456", "+374 (10) 123-456"),
        ("կոդը՝ NUR-2026", "კოდი: NUR-2026", "code NUR-2026"),
        ("2026 թ. մայիսի 1-ից մինչև մայիսի 10-ը", "2026 წლის 1-დან 10 მაისამდე", "1 to 10 May 2026"),
        ("մայիսի 3-5-ը", "3–5 მაისს", "May 3–5"),
        ("ժամը 9-ից 18-ը", "9-დან 18 საათამდე", "from 9 a.m. to 6 p.m."),
        ("15 հազար դրամ", "15 ათასი დრამი", "15,000 drams"),
        ("25-ամյա", "25 წლის", "25-year-old"),
        ("2 րոպե", "ორი წუთი", "two minutes"),
        ("[Տես](https://nur.am/hy/x)", "[ნახე](https://nur.am/ka/x)", "[See](https://nur.am/en/x)"),
        ("{{ city | locative }}", "{{ city | dative }}", "{{ city }}"),
    ],
)  # fmt: skip
def test_one_thing_written_in_three_ways_is_one_thing(hy, ka, en):
    assert _differ(hy, ka, en) == set()


@pytest.mark.parametrize(
    ("hy", "ka", "en", "told"),
    [
        ("15 %", "15 %", "20 %", {(EN, "figures_differ", "error")}),
        ("12 500 ֏", "15 500 ֏", "12,500 AMD", {(KA, "figures_differ", "error")}),
        ("մարտի 8-ին", "8 მარტს", "on 9 March", {(EN, "figures_differ", "error")}),
        ("ժամը 18:30-ին", "19:30 საათზე", "at 6:30 pm", {(KA, "figures_differ", "error")}),
        ("կոդը՝ NUR-2026", "კოდი: NUR-2025", "NUR-2026", {(KA, "figures_differ", "error")}),
        ("+374 10 123456", "+374 10 123456", "+374 10 123457", {(EN, "figures_differ", "error")}),
        ("5 նվեր", "6 საჩუქარი", "5 gifts", {(KA, "figures_differ", "error")}),
        ("[Տես](https://nur.am/a)", "[ნახე](https://nur.am/a)", "See",
         {(EN, "links_differ", "error")}),
        ("[Տես](https://nur.am/a)", "[ნახე](https://nur.am/a)", "[See](https://nur.am/b)",
         {(EN, "links_differ", "warning")}),
        ("info@nur.am", "info@nur.am", "help@nur.am", {(EN, "links_differ", "error")}),
        ("մայիսի 3-5-ը", "3–5 მაისს", "May 3–6", {(EN, "figures_differ", "error")}),
        ("երեկոյան ժամը 8-ին", "საღამოს 8 საათზე", "at 8 pm", set()),
        ("{{ city }}", "{{ city }}", "{{ orders }}", {(EN, "fields_differ", "warning")}),
        ("{% if orders > 3 %}ա{% endif %}", "{% if orders > 3 %}ა{% endif %}",
         "{% if orders > 5 %}a{% endif %}", {(EN, "fields_differ", "warning")}),
    ],
)  # fmt: skip
def test_the_language_that_says_something_else_is_told(hy, ka, en, told):
    assert _differ(hy, ka, en) == told


def test_where_each_says_another_thing_all_are_told_with_what_each_says():
    texts = {one: read(f"{n} %", one, "letter") for one, n in ((HY, 10), (KA, 15), (EN, 20))}

    found = differences(texts)

    assert [len(found[one]) for one in texts] == [1, 1, 1]
    assert "10% (hy); 15% (ka); 20% (en)" in found[EN][0].says(EN)
    assert found[EN][0].line == 1


def test_one_language_alone_agrees_with_itself():
    assert differences({HY: read("15 %", HY, "letter")}) == {HY: []}


def test_the_stop_behind_a_link_is_no_part_of_it():
    link = "https://nur.example/tea"
    texts = {Language.HY: f"Ցանկը՝ {link}։", Language.EN: f"The list: {link}."}

    found = differences({one: read(text, one, "letter") for one, text in texts.items()})

    assert [list(of_one) for of_one in found.values()] == [[], []]

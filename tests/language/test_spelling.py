"""Spelling: what is a word, and which word was meant."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.language.proofreading.misspelling import misspelt_words
from campaigns.language.proofreading.text import read
from campaigns.language.spelling import is_known, misspelt, suggestions
from campaigns.model.language import Language

HY, KA, EN = Language.HY, Language.KA, Language.EN
LETTERS = Path(__file__).parents[2] / "templates" / "letters"
WORDS = {HY: re.compile("[Ա-Ֆա-և]{6,}"), KA: re.compile("[ა-ჰ]{6,}")}
KEYS = {HY: ("ուեռտըւիօպ", "ասդֆգհյկլ", "զղցվբնմ"), KA: ("ქწერტყუიოპ", "ასდფგჰჯკლ", "ზხცვბნმ")}
PAIRS = {
    HY: ("ղխ", "օո", "էե", "թտ", "փպ", "քկ", "ցծ", "չճ", "րռ"),
    KA: ("ქკ", "თტ", "ფპ", "ჩჭ", "ცწ", "ჯძ"),
}
PLANTED = [
    (HY, "շնորհակալութուն", "շնորհակալություն"), (HY, "հաճախորդնեը", "հաճախորդները"),
    (HY, "պատվէր", "պատվեր"), (HY, "արաքում", "առաքում"), (HY, "հավաքածոն", "հավաքածուն"),
    (HY, "պատասղան", "պատասխան"), (HY, "խանուտը", "խանութը"), (HY, "ծննդդյան", "ծննդյան"),
    (HY, "նվրե", "նվեր"), (HY, "զեղջեր", "զեղչեր"), (HY, "հարմարավետոթյան", "հարմարավետության"),
    (HY, "առաջաըկ", "առաջարկ"), (HY, "անվճար", None), (HY, "սպասւմ", "սպասում"),
    (HY, "օրինագ", "օրինակ"), (HY, "տեղեգագիր", "տեղեկագիր"), (HY, "կարծք", "կարծիք"),
    (KA, "ფასდაკლბა", "ფასდაკლება"), (KA, "მომხმარბელო", "მომხმარებელო"), (KA, "შეკვეტა", "შეკვეთა"),
    (KA, "საჩუქაღი", "საჩუქარი"), (KA, "კოლექსია", "კოლექცია"), (KA, "მიწოდბა", "მიწოდება"),
    (KA, "გელოდბით", "გელოდებით"), (KA, "პატივიცემით", "პატივისცემით"), (KA, "მაღაზზია", "მაღაზია"),
    (KA, "ინფორმცია", "ინფორმაცია"), (KA, "წერლი", "წერილი"), (KA, "ბარატი", "ბარათი"),
    (KA, "გტხოვთ", "გთხოვთ"), (KA, "შეთავზება", "შეთავაზება"), (KA, "სიახელები", "სიახლეები"),
    (EN, "recieved", "received"), (EN, "tommorow", "tomorrow"), (EN, "ordr", "order"),
    (EN, "accesories", "accessories"), (EN, "definately", "definitely"), (EN, "loyality", "loyalty"),
    (EN, "realy", "really"), (EN, "colours", None), (EN, "organised", None), (EN, "jewellery", None),
]  # fmt: skip
RIGHT = {
    HY: "նամակներից ընկերոջը կօգնենք չենք ամենալավ գրանցվեք ուղարկվել օրվա ծննդյան ամսվա ծրագրերով "
    "հաճախորդներիս սպասարկման պրոմոկոդ էլփոստով սեգմենտներ բոնուսներով բաժանորդագրվեք չեղարկվել "
    "հարմարավետությունը ակնկալիքները մատուցվող կունենաք ցանկանաք Երևանում Գյումրիից ի՞նչ կարո՞ղ",
    KA: "წერილებისთვის საჩუქრებით მომხმარებლებმა დაგვიკავშირდეთ გაგვიხარდება მოგვენატრეთ აირჩიეთ "
    "შეგიძლიათ ფასდაკლებებზე დეკემბრამდე ელფოსტით პრომოკოდს ონლაინ კლიენტია ვაგზავნით გამოიწერეთ "
    "ისინიც რომლითაც იქვე ჩაით თბილისში ბათუმსა გამოგზავნიდით უკეთესები",
}


def slips(word: str, language: Language, chance: random.Random) -> list[str]:
    """Return the word with each kind of slip once, neither at its beginning nor at its end."""
    at = chance.randrange(1, len(word) - 3)
    found = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ]
    for groups in (KEYS[language], PAIRS[language]):
        places = [(i, row) for i in range(1, len(word) - 2) for row in groups if word[i] in row]
        if places:
            i, row = chance.choice(places)
            beside = row.index(word[i]) + (1 if row.index(word[i]) == 0 else -1)
            found.append(word[:i] + row[beside] + word[i + 1 :])
    return [one for one in found if one != word]


def own_words(language: Language) -> list[str]:
    text = "\n".join(one.read_text(encoding="utf-8") for one in LETTERS.glob(f"*/{language}.md"))
    return sorted({word.lower() for word in WORDS[language].findall(text)})


@pytest.mark.slow
@pytest.mark.parametrize("language", [HY, KA])
def test_every_word_of_our_letters_is_known(language):
    assert [word for word in own_words(language) if not is_known(word, language)] == []


@pytest.mark.parametrize("language", [HY, KA])
def test_forms_of_common_and_new_words_are_known(language):
    assert [word for word in RIGHT[language].split() if not is_known(word, language)] == []


@pytest.mark.parametrize(("language", "written", "meant"), PLANTED)
def test_a_slip_leads_to_the_word_that_was_meant(language, written, meant):
    assert meant in misspelt(written, language) if meant else misspelt(written, language) == ()


@pytest.mark.slow
@pytest.mark.parametrize(("language", "least"), [(HY, 0.92), (KA, 0.85)])
def test_most_slips_of_the_finger_are_found(language, least):
    chance = random.Random(20261122)
    planted = [one for word in own_words(language) for one in slips(word, language, chance)]
    chosen = chance.sample(planted, 250)
    found = [one for one in chosen if misspelt(one, language)]

    assert len(found) / len(chosen) >= least


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (HY, "Այսօր հյուր էր Զավենուկյանը, և Բլբլյակ փողոցում էինք։"),
        (HY, "Գրեք CRM-ում կամ info@shop.am հասցեին, 5-րդ հարկ։"),
        (KA, "გამარჯობა, ბატონო კვირკველაშვილო, CRM-ში ნახეთ 5-ჯერ."),
        (EN, "Armen took his iPhone to the Kvareli shop, 5th floor. Khinkali is on the menu."),
    ],
)
def test_names_brands_and_other_scripts_are_left_alone(language, text):
    assert list(misspelt_words(read(text, language, "letter"))) == []


def test_a_finding_keeps_the_capital_and_tells_the_place():
    (said,) = misspelt_words(read("Սիրով։\nՇնորհակալութուն գնման համար։", HY, "letter"))

    assert (said.line, said.column, said.suggestion) == (2, 1, "Շնորհակալություն")


@pytest.mark.slow
def test_a_long_letter_is_read_in_no_time():
    text = "\n".join(one.read_text(encoding="utf-8") for one in LETTERS.glob("*/ka.md"))
    list(misspelt_words(read(text, KA, "letter")))
    begin = time.process_time()
    list(misspelt_words(read(text, KA, "letter")))

    assert time.process_time() - begin < 0.2


@pytest.mark.slow
@given(word=st.text(max_size=40), language=st.sampled_from(list(Language)))
def test_no_word_raises(word, language):
    assert is_known(word, language) in (True, False)
    assert len(suggestions(word, language)) <= 3

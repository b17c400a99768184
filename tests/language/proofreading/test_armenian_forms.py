"""Wrong declensions, articles and verbs are seen, and the right ones beside them are not."""

from __future__ import annotations

import pytest

from campaigns.language.proofreading.proof import proofread
from campaigns.model.language import Language

DECLINED = {
    "Շնորհակալ ենք գնումի համար։": "գնման",
    "Շնորհակալ ենք վճարումին հաջորդած նամակի համար։": "վճարմանն",
    "Շնորհավորում ենք Ձեզ այս օրի առթիվ։": "օրվա",
    "Նվեր Ձեր ընկերի համար։": "ընկերոջ",
    "Գրանցվեք մեր ծրագիրում։": "ծրագրում",
    "Նոր խանութը Կոմիտասի պողոտաում է։": "պողոտայում",
    "Զանգահարեք Արմենուհիին։": "Արմենուհուն",
}
ARTICLES = {
    "Արամը է Ձեզ սպասում։": "Արամն է",
    "Անիը շատ օգնեց մեզ։": "Անին",
    "Նոր հավաքածուը վաճառքում է։": "հավաքածուն",
    "Այս գինն գործում է մեկ շաբաթ։": "գինը",
}
AGREEING = {
    "Մենք արդեն ուղարկել են Ձեր պատվերը։": "ենք",
    "Մենք Ձեզ սպասում եմ շաբաթ օրը։": "ենք",
    "Դուք կարող է վճարել քարտով։": "եք",
    "Մենք չենք մոռացել, Դուք չեն ուշացել։": "չեք",
    "Ձեր պատվերն արդեն պատրաստ են։": "է",
    "Մեր խանութները բաց է։": "են",
    "Շնորհակալ են Ձեզ վստահության համար։": "ենք",
}
RIGHT = [
    "Շնորհակալ ենք գնման համար, ընկերոջ նվերը պատրաստ է։",
    "Մի քանի ժամի ընթացքում կպատասխանենք։",
    "Անիի ալբումի նկարները գեղեցիկ են։",
    "Արամն է եկել, և Անին ուրախ է։",
    "Առավոտյան ժամը տասը է նշված։",
    "Մենք պետք է գանք, և Դուք կարող եք սպասել։",
    "Ձեր ընկերն ու մենք պատրաստ ենք։",
    "Դուք և մենք միասին ենք։",
    "Դուք այն խանութում եք, որը մենք ենք բացել։",
    "Մենք գիտենք, որ նրանք եկել են։",
    "Ձեր քարտերն արդեն պատրաստ են։",
    "Սպասում են Ձեզ նոր նվերներ։",
]


def found(text: str, code: str) -> list[str | None]:
    remarks = proofread(text, Language.HY, genre="page")
    return [one.suggestion for one in remarks if one.code == code]


@pytest.mark.parametrize(("text", "right"), DECLINED.items())
def test_a_noun_with_the_endings_of_other_nouns_is_declined_right(text, right):
    assert found(text, "proof.declined") == [right]


@pytest.mark.parametrize(("text", "right"), ARTICLES.items())
def test_the_wrong_one_of_the_two_articles_is_seen(text, right):
    assert found(text, "proof.article") == [right]


@pytest.mark.parametrize(("text", "right"), AGREEING.items())
def test_a_verb_of_another_person_than_its_subject_is_seen(text, right):
    assert found(text, "proof.agreement") == [right]


@pytest.mark.parametrize("text", RIGHT)
def test_right_forms_are_left_alone(text):
    codes = {one.code for one in proofread(text, Language.HY, genre="page")}

    assert not codes & {"proof.declined", "proof.article", "proof.agreement"}


def test_a_verb_in_the_past_agrees_as_well():
    assert found("Մենք ուղարկեցին Ձեր պատվերը։", "proof.agreement") == [None]
    assert found("Մենք ուղարկեցինք Ձեր պատվերը։", "proof.agreement") == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Մենք ունեն նոր մասնաճյուղ։", "ունենք"),
        ("Մեր բժիշկները կզանգի Ձեզ։", "կզանգեն"),
        ("Նամակներն ուղարկվեց երեկ։", "ուղարկվեցին"),
        ("Մեր գները չեն փոխվել է։", None),
    ],
)
def test_verbs_of_another_number_and_doubled_ones_are_seen(text, right):
    assert found(text, "proof.agreement") == [right]


@pytest.mark.parametrize("text", ["Հացերը կբերի առաքիչը։", "Ձեր ընկերն ու Անին կզանգեն։"])
def test_what_stands_before_the_verb_may_be_its_object(text):
    assert found(text, "proof.agreement") == []

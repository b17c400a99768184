"""Georgian nouns in a wrong case, and verbs that address one friend."""

import pytest

from campaigns.language.proofreading.georgian_singular import is_singular
from campaigns.language.proofreading.proof import proofread
from campaigns.model.language import Language

WRONG = [
    ("გმადლობთ შეკვეთა.", "შეკვეთისთვის"),
    ("გმადლობთ შეკვეთის.", "შეკვეთისთვის"),
    ("ბოდიშს გიხდით შეფერხებას.", "შეფერხებისთვის"),
    ("გილოცავთ შობა!", "შობას"),
    ("ძვირფასო მეგობარი, მოგვწერეთ.", "მეგობარო"),
    ("მოგწერთ შეკვეთა შესახებ.", "შეკვეთის"),
    ("გახსნა გაიმართება 12 აპრილი.", "აპრილს"),
    ("გელოდებით 8 მარტზე.", "მარტს"),
    ("გავიხსენით 2026 წელში.", "წელს"),
    ("შეკვეთა შვილიისთვის მზადაა.", "შვილისთვის"),
    ("მაღაზიაის კარი ღიაა.", "მაღაზიის"),
    ("კვირაას ვისვენებთ.", "კვირას"),
    ("შეკვეთა გიორგიის სახელზეა.", "გიორგის"),
    ("გთხოვთ დაგვიკავშირდეთ.", "გთხოვთ, დაგვიკავშირდეთ."),
]
RIGHT = [
    "გმადლობთ ყველას.",
    "მადლობა სტუმრებს!",
    "გმადლობთ მოთმინების გამო.",
    "შეხვედრა 8 მარტზე გადავიტანეთ.",
    "გილოცავთ დაბადების დღეს!",
    "ფოტოგრაფიის კურსი და ტექნოლოგიის გაკვეთილი.",
    "ამ დროის განმავლობაში ღია ვართ.",
    "კომპანიის და აკადემიის შენობა.",
    "ამის შესახებ ხვალ მოგწერთ.",
    "„როგორ ხარ?“ – ჰკითხა ბებიამ.",
    "ძვირფასო გიორგი, მოგესალმებით.",
]
SINGULAR = "ირჩევ მოხვალ მიიღებ გამოიწერე შეიძენ ელოდები ჩაეწერე დარეგისტრირდი გამოიყენო მოდიხარ"
NOT_SINGULAR = (
    "ვირჩევ საქმე თქვენ ცხენ მიმღებ გამოაცხო მოაწყო გასაღები ნაწილები მოქალაქე მონაწილე შევიძენ"
    " დანარჩენ ხვალ მოკლე იმედები უფლებამოსილები"
)


@pytest.mark.parametrize(("sentence", "right"), WRONG)
def test_a_noun_in_a_wrong_case_is_remarked_with_the_right_one(sentence, right):
    assert [one.suggestion for one in proofread(sentence, Language.KA, genre="page")] == [right]


@pytest.mark.parametrize("sentence", RIGHT)
def test_right_cases_are_left_alone(sentence):
    found = proofread(sentence, Language.KA, genre="page")

    assert [(one.code, one.excerpt) for one in found] == []


@pytest.mark.parametrize("word", SINGULAR.split())
def test_a_verb_to_one_friend_is_known_without_a_list(word):
    assert is_singular(word)


@pytest.mark.parametrize("word", NOT_SINGULAR.split())
def test_nouns_and_verbs_of_others_are_not_taken_for_it(word):
    assert not is_singular(word)

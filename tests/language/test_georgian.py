import csv
import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.language.georgian import inflect, with_postposition
from campaigns.language.georgian_endings import CASES
from campaigns.language.grammar import Case, Kind
from campaigns.language.lexicon import georgian_names, georgian_nouns

DATA = Path(__file__).parents[3] / "shared" / "data" / "language"
NOM, ERG, DAT, GEN = Case.NOMINATIVE, Case.ERGATIVE, Case.DATIVE, Case.GENITIVE
INS, ADV, VOC = Case.INSTRUMENTAL, Case.ADVERBIAL, Case.VOCATIVE
SEVEN = (NOM, ERG, DAT, GEN, INS, ADV, VOC)
GIVEN, SURNAME, PERSON = Kind.GIVEN, Kind.SURNAME, Kind.PERSON
NOUN, TOPONYM, FIRM = Kind.NOUN, Kind.TOPONYM, Kind.ORGANISATION
KINDS = st.sampled_from(Kind)
LETTERS = st.text(st.sampled_from("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"), min_size=2, max_size=12)
CELLS = st.text(
    st.one_of(st.characters(), st.sampled_from("აიეოუბრმნს -„“.ᲐᲘᲑa1́\u200d\u202e")), max_size=40
)
FAULTS = [
    pytest.param("", "empty", id="empty"),
    pytest.param(" \u200b\n", "empty", id="nothing-that-is-seen"),
    pytest.param("ნ" * 5_000, "too_long", id="5000-letters"),
    pytest.param("7", "not_a_word", id="figure"),
    pytest.param("🎁", "not_a_word", id="emoji"),
    pytest.param("ნინო🎁", "not_a_word", id="emoji-after-a-name"),
    pytest.param("ნ", "not_a_word", id="one-letter"),
    pytest.param("n.a./ნინო", "mixed_scripts", id="not-available"),
    pytest.param("Нино", "wrong_script", id="cyrillic"),
    pytest.param("Անի", "wrong_script", id="armenian"),
    pytest.param("Giორგი", "mixed_scripts", id="two-scripts-in-a-word"),
    pytest.param("ნინо", "mixed_scripts", id="cyrillic-look-alike"),
    pytest.param("ნinо", "mixed_scripts", id="three-scripts-in-a-word"),
]


def forms(word, kind):
    return [inflect(word, case, kind=kind).text for case in SEVEN]


@pytest.mark.parametrize(
    ("word", "kind", "expected"),
    [
        ("დავითი", GIVEN, "დავითი დავითმა დავითს დავითის დავითით დავითად დავით"),
        ("დავით", GIVEN, "დავითი დავითმა დავითს დავითის დავითით დავითად დავით"),
        ("გიორგი", GIVEN, "გიორგი გიორგიმ გიორგის გიორგის გიორგითი გიორგიდ გიორგი"),
        ("ანა", GIVEN, "ანა ანამ ანას ანას ანათი ანად ანა"),
        ("ივანე", GIVEN, "ივანე ივანემ ივანეს ივანეს ივანეთი ივანედ ივანე"),
        ("ნიკოლაი", GIVEN, "ნიკოლაი ნიკოლაიმ ნიკოლაის ნიკოლაის ნიკოლაითი ნიკოლაიდ ნიკოლაი"),
        ("ბერიძე", SURNAME, "ბერიძე ბერიძემ ბერიძეს ბერიძის ბერიძით ბერიძედ ბერიძე"),
        ("ჟვანია", SURNAME, "ჟვანია ჟვანიამ ჟვანიას ჟვანიას ჟვანიათი ჟვანიად ჟვანია"),
        ("საჩუქარი", NOUN, "საჩუქარი საჩუქარმა საჩუქარს საჩუქრის საჩუქრით საჩუქრად საჩუქარო"),
        ("პრობლემა", NOUN, "პრობლემა პრობლემამ პრობლემას პრობლემის პრობლემით პრობლემად პრობლემავ"),
        ("ბიურო", NOUN, "ბიურო ბიურომ ბიუროს ბიუროს ბიუროთი ბიუროდ ბიუროვ"),
        ("ფანჯარა", NOUN, "ფანჯარა ფანჯარამ ფანჯარას ფანჯრის ფანჯრით ფანჯრად ფანჯარავ"),
        ("ღვინო", NOUN, "ღვინო ღვინომ ღვინოს ღვინის ღვინით ღვინოდ ღვინოვ"),
        ("ჩაი", NOUN, "ჩაი ჩაიმ ჩაის ჩაის ჩაით ჩაიდ ჩაივ"),
        ("დოლარი", NOUN, "დოლარი დოლარმა დოლარს დოლარის დოლარით დოლარად დოლარო"),
        ("CRM", NOUN, "CRM CRM-მა CRM-ს CRM-ის CRM-ით CRM-ად CRM-ო"),
        ("აშშ", TOPONYM, "აშშ აშშ-მა აშშ-ს აშშ-ის აშშ-ით აშშ-ად აშშ-ო"),
    ],
)
def test_a_word_has_seven_cases(word, kind, expected):
    assert forms(word, kind) == expected.split()


@pytest.mark.parametrize(
    ("word", "case", "kind", "expected"),
    [
        ("ოთარი", VOC, GIVEN, "ოთარ"),
        ("ქეთევანი", VOC, GIVEN, "ქეთევან"),
        ("ირაკლი", VOC, GIVEN, "ირაკლი"),
        ("მერი", ERG, GIVEN, "მერიმ"),
        ("ვალერი", DAT, GIVEN, "ვალერის"),
        ("ანა-მარია", DAT, GIVEN, "ანა-მარიას"),
        ("სააკაშვილი", GEN, SURNAME, "სააკაშვილის"),
        ("სააკაშვილი", VOC, SURNAME, "სააკაშვილი"),
        ("ბერიძე", VOC, SURNAME, "ბერიძე"),
        ("ივანოვსკი", ERG, SURNAME, "ივანოვსკიმ"),
        ("მასკი", ERG, SURNAME, "მასკმა"),
        ("დალი", ERG, SURNAME, "დალიმ"),
        ("ალექსი-მესხიშვილი", GEN, SURNAME, "ალექსი-მესხიშვილის"),
        ("წელი", GEN, NOUN, "წლის"),
        ("წელი", DAT, NOUN, "წელს"),
        ("ამბავი", INS, NOUN, "ამბით"),
        ("ნიორი", GEN, NOUN, "ნივრის"),
        ("მომხმარებელი", GEN, NOUN, "მომხმარებლის"),
        ("მომხმარებელი", VOC, NOUN, "მომხმარებელო"),
        ("ავტოკალამი", INS, NOUN, "ავტოკალმით"),
        ("საჩუქრები", GEN, NOUN, "საჩუქრების"),
        ("მწვანე ჩაი", GEN, NOUN, "მწვანე ჩაის"),
        ("სასაჩუქრე ბარათი", ERG, NOUN, "სასაჩუქრე ბარათმა"),
        ("დიდი საჩუქარი", DAT, NOUN, "დიდ საჩუქარს"),
        ("დიდი საჩუქარი", GEN, NOUN, "დიდი საჩუქრის"),
        ("თქვენი საჩუქარი", DAT, NOUN, "თქვენს საჩუქარს"),
        ("ეს საჩუქარი", DAT, NOUN, "ამ საჩუქარს"),
        ("ორმაგი ყავა", DAT, NOUN, "ორმაგ ყავას"),
        ("8 მარტი", DAT, NOUN, "8 მარტს"),
        ("iPhone 15", GEN, NOUN, "iPhone 15-ის"),
        ("Galaxy 8", ERG, NOUN, "Galaxy 8-მ"),
        ("Galaxy 18", ERG, NOUN, "Galaxy 18-მა"),
        ("ნიუ-იორკი", GEN, TOPONYM, "ნიუ-იორკის"),
        ("თბილისი", ADV, TOPONYM, "თბილისად"),
        ("ერევანი", GEN, TOPONYM, "ერევნის"),
        ("თიბისი ბანკი", DAT, FIRM, "თიბისი ბანკს"),
        ("ეროვნული ბანკი", DAT, FIRM, "ეროვნულ ბანკს"),
        ("შპს „ნიკორა“", GEN, FIRM, "შპს „ნიკორას“"),
        ("საქართველოს ფოსტა", GEN, FIRM, "საქართველოს ფოსტის"),
        ("ქართული ოცნება", DAT, FIRM, "ქართულ ოცნებას"),
        ("პირველი არხი", ERG, FIRM, "პირველმა არხმა"),
        (
            "განათლებისა და მეცნიერების სამინისტრო",
            ERG,
            FIRM,
            "განათლებისა და მეცნიერების სამინისტრომ",
        ),
        ("Nestlé", GEN, FIRM, "Nestlé-ს"),
        ("თავშალი", GEN, NOUN, "თავშლის"),
        ("ი/მ ნინო ბერიძე", GEN, FIRM, "ი/მ ნინო ბერიძის"),
        ("სარეცხი საშუალება", DAT, NOUN, "სარეცხ საშუალებას"),
        ("უძვირესი საჩუქარი", DAT, NOUN, "უძვირეს საჩუქარს"),
        ("SMS-ი", GEN, NOUN, "SMS-ის"),
        ("ახალი წლის საჩუქარი", DAT, NOUN, "ახალი წლის საჩუქარს"),
        ("ქალის ახალი კაბა", DAT, NOUN, "ქალის ახალ კაბას"),
        ("ჩრდილოეთი კორეა", DAT, TOPONYM, "ჩრდილოეთ კორეას"),
        ("აგროკომპანია", GEN, NOUN, "აგროკომპანიის"),
        ("აგურქარხანა", GEN, NOUN, "აგურქარხნის"),
        ("დანადგარი", GEN, NOUN, "დანადგარის"),
        ("მოხმარი", GEN, NOUN, "მოხმარის"),
        ("კატამარანი", GEN, NOUN, "კატამარანის"),
        ("დმანისელი", GEN, NOUN, "დმანისელის"),
        ("ქვემისური", GEN, NOUN, "ქვემისურის"),
        ("ნიგოზი", INS, NOUN, "ნიგვზით"),
        ("მიამი", ERG, TOPONYM, "მიამიმ"),
    ],
)
def test_a_word_is_inflected_by_its_kind(word, case, kind, expected):
    assert inflect(word, case, kind=kind).text == expected


@pytest.mark.parametrize(
    ("name", "case", "expected"),
    [
        ("დავითი ბერიძე", ERG, "დავით ბერიძემ"),
        ("დავითი ბერიძე", NOM, "დავით ბერიძე"),
        ("ზურაბი ჟვანია", DAT, "ზურაბ ჟვანიას"),
        ("გიორგი მელაშვილი", ERG, "გიორგი მელაშვილმა"),
        ("ქალბატონი მანანა ცინაძე", DAT, "ქალბატონ მანანა ცინაძეს"),
        ("ბატონი დავითი", VOC, "ბატონო დავით"),
        ("დავითი სააკაშვილი", VOC, "დავით სააკაშვილი"),
        ("ბატონი დავით ბერიძე", ERG, "ბატონმა დავით ბერიძემ"),
        ("ბერიძე დავითი", DAT, "ბერიძე დავითს"),
        ("დავით გიორგის ძე ბერიძე", GEN, "დავით გიორგის ძე ბერიძის"),
        ("გ. ბერიძე", DAT, "გ. ბერიძეს"),
        ("ჯონი სმითი", DAT, "ჯონ სმითს"),
        ("ჯონი ბერიძე", DAT, "ჯონი ბერიძეს"),
        ("ბრიუს ლი", ERG, "ბრიუს ლიმ"),
        ("დავით აღმაშენებელი", GEN, "დავით აღმაშენებლის"),
        ("თამარ მეფე", GEN, "თამარ მეფის"),
        ("პროფესორი ივანე ჯავახიშვილი", DAT, "პროფესორ ივანე ჯავახიშვილს"),
        ("შენგელია დავითი", VOC, "შენგელია დავით"),
        ("ნინო", DAT, "ნინოს"),
    ],
)
def test_of_a_full_name_only_the_last_part_is_inflected(name, case, expected):
    assert inflect(name, case, kind=PERSON).text == expected


@pytest.mark.parametrize(("word", "reason"), FAULTS)
def test_what_is_no_georgian_name_is_left_alone(word, reason):
    assert inflect(word, DAT, kind=GIVEN).reason == reason


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        pytest.param("ჯეკი", GIVEN, id="ending-or-stem"),
        pytest.param("მარეხი", GIVEN, id="voters-disagree"),
        pytest.param("მაგთი", FIRM, id="brand"),
        pytest.param("Google", NOUN, id="silent-e"),
        pytest.param("პური და ღვინო", NOUN, id="two-nouns"),
        pytest.param("თბილისი, საქართველო", TOPONYM, id="after-a-comma"),
        pytest.param("სამაჯური „ვარდი“", NOUN, id="noun-before-a-quoted-name"),
        pytest.param("შოკოლადი მილკა", NOUN, id="noun-before-a-brand"),
        pytest.param("კრემი SPF 50", NOUN, id="noun-before-a-figure"),
        pytest.param("ხაჭაპური აჭარული", NOUN, id="noun-that-looks-like-an-adjective"),
        pytest.param("მელაშვილი გიორგი", PERSON, id="surname-in-a-consonant-first"),
        pytest.param("ხაჩატრიანი ანი", PERSON, id="armenian-surname-first"),
        pytest.param("ანა და ლევანი", PERSON, id="two-people"),
        pytest.param("ბერიძე ნ.", PERSON, id="surname-and-initial"),
        pytest.param("ხაჭაპური & ლობიანი", NOUN, id="two-dishes"),
        pytest.param("ყავა რძით", NOUN, id="last-word-in-a-case"),
        pytest.param("ახალი ქალის კაბა", NOUN, id="whose-adjective"),
        pytest.param("უფასო მიწოდება თბილისში", NOUN, id="last-word-in-a-postposition"),
    ],
)
def test_what_cannot_be_told_is_left_alone_but_in_the_nominative(word, kind):
    assert inflect(word, ERG, kind=kind).reason == "unknown_stem"
    assert inflect(word, NOM, kind=kind).text == word


def test_an_unlisted_name_is_never_given_out_as_sure():
    assert inflect("ბრუნჰილდარი", DAT, kind=GIVEN).certainty == "likely"


def test_capitals_and_what_is_not_seen_make_no_difference():
    assert inflect("ანა\u2011მარია", DAT, kind=GIVEN).text == "ანა-მარიას"
    assert inflect("\u2067ᲜᲘᲜᲝ\u200b ", DAT, kind=GIVEN).text == "ნინოს"


def test_georgian_has_no_locative():
    assert inflect("თბილისი", Case.LOCATIVE, kind=TOPONYM).reason == "no_such_case"


@pytest.mark.parametrize(
    ("word", "postposition", "kind", "expected"),
    [
        ("დავით", "თვის", GIVEN, "დავითისთვის"),
        ("დავითი", "თან", GIVEN, "დავითთან"),
        ("ანა", "თან", GIVEN, "ანასთან"),
        ("გიორგი", "თან", GIVEN, "გიორგისთან"),
        ("ნინო ბერიძე", "თვის", PERSON, "ნინო ბერიძისთვის"),
        ("31 დეკემბერი", "მდე", NOUN, "31 დეკემბრამდე"),
        ("თბილისი", "ში", TOPONYM, "თბილისში"),
        ("მცხეთა", "ში", TOPONYM, "მცხეთაში"),
        ("საჩუქარი", "ზე", NOUN, "საჩუქარზე"),
        ("CRM", "თვის", NOUN, "CRM-ისთვის"),
        ("CRM", "თან", NOUN, "CRM-თან"),
        ("Coca-Cola", "თან", FIRM, "Coca-Cola-სთან"),
        ("შპს „ნიკორა“", "თვის", FIRM, "შპს „ნიკორასთვის“"),
        ("„Wolt“", "თან", FIRM, "„Wolt-თან“"),
        ("ბაქო", "დან", TOPONYM, "ბაქოდან"),
        ("აშშ", "დან", TOPONYM, "აშშ-დან"),
        ("აშშ", "მდე", TOPONYM, "აშშ-მდე"),
        ("CRM", "დან", NOUN, "CRM-იდან"),
        ("ერევანი", "დან", TOPONYM, "ერევნიდან"),
    ],
)
def test_a_postposition_is_written_onto_its_case(word, postposition, kind, expected):
    assert with_postposition(word, postposition, kind=kind).text == expected


def test_what_is_no_postposition_or_no_word_is_left_alone():
    assert with_postposition("ანა", "უკან", kind=GIVEN).reason == "no_such_case"
    assert with_postposition("", "თვის", kind=GIVEN).reason == "empty"
    assert with_postposition("შპს „მაგთი“", "თან", kind=FIRM).reason == "unknown_stem"


@given(word=CELLS, case=st.sampled_from(Case), kind=KINDS)
def test_whatever_the_cell_nothing_is_raised_and_the_form_is_clean(word, case, kind):
    answer = inflect(word, case, kind=kind)

    assert (answer.text is None) == (answer.reason is not None) == (answer.certainty is None)
    if answer.text is not None:
        assert answer.text
        assert unicodedata.is_normalized("NFC", answer.text)
        assert not any("\u1c90" <= letter <= "\u1cbf" for letter in answer.text)


@given(word=LETTERS, kind=KINDS)
def test_the_nominative_of_a_nominative_is_itself(word, kind):
    once = inflect(word, NOM, kind=kind).text

    assert once is not None
    assert inflect(once, NOM, kind=kind).text == once


@given(
    word=CELLS,
    postposition=st.sampled_from(["თვის", "თან", "გან", "კენ", "მდე", "ში", "ზე"]),
    kind=KINDS,
)
def test_whatever_the_cell_a_postposition_raises_nothing(word, postposition, kind):
    answer = with_postposition(word, postposition, kind=kind)

    assert answer.text is None or answer.text.rstrip("”“\"»’'").endswith(postposition)


@given(word=LETTERS, case=st.sampled_from(sorted(CASES)), kind=KINDS)
def test_capitals_are_inflected_like_small_letters(word, case, kind):
    capitals = "".join(chr(ord(letter) + 0xBC0) for letter in word)

    assert inflect(capitals, case, kind=kind) == inflect(word, case, kind=kind)


@given(name=st.sampled_from(sorted(georgian_names())), case=st.sampled_from(sorted(CASES)))
def test_a_first_name_before_a_surname_is_the_same_in_every_case(name, case):
    form = inflect(f"{name} ბერიძე", case, kind=PERSON).text

    assert form is None or form.split()[0] in (name, name.removesuffix("ი"))


def test_every_listed_noun_tells_the_start_of_its_own_genitive():
    wrong = [
        noun
        for noun, oblique in georgian_nouns().items()
        if oblique not in ("-", "=") and forms(noun, NOUN)[3] != oblique + "ის"
    ]

    assert wrong == []


@pytest.mark.skipif(not DATA.exists(), reason="the shared data are not here")
@pytest.mark.parametrize(
    ("kind", "cases", "least"),
    [
        ("given", "", 0.997),
        ("surname", "", 0.995),
        ("person", "", 0.95),
        ("top", "", 0.95),
        ("noun", "", 0.985),
        ("noun", "gen", 0.97),
        ("noun", "ins", 0.97),
        ("noun", "adv", 0.97),
    ],
)
def test_most_attested_forms_are_reached(kind, cases, least):
    accepted = defaultdict(set)
    for row in _rows("ka.dev.tsv"):
        if row["type"] == kind and row["case"] in (cases or row["case"]):
            accepted[row["lemma"], row["case"]].add(row["form"])
    answers = [
        inflect(lemma, Case(case), kind=Kind(kind)).text in right
        for (lemma, case), right in accepted.items()
    ]

    assert sum(answers) / len(answers) >= least


@pytest.mark.skipif(not DATA.exists(), reason="the shared data are not here")
def test_a_first_part_in_bare_form_stays_as_the_treebanks_write_it():
    rows = list(_rows("ka.fullnames_attested.tsv"))
    kept = [
        (inflect(f"{row['first_part_form']} ბერიძე", DAT, kind=PERSON).text or "").split(" ")[0]
        == row["first_part_form"]
        for row in rows
    ]

    assert sum(kept) / len(kept) >= 0.99


def _rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE)

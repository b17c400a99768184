import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from campaigns.language.labels import LABELS
from campaigns.language.people.notes import Note
from campaigns.language.people.person import Person, read_person
from campaigns.language.people.scripts import script_of

PIECES = st.sampled_from(
    [
        "Անի",
        "Պետրոսյան",
        "ნინო",
        "ბერიძე",
        "Giorgi",
        "BERIDZE",
        "Аni",
        "Լuսինե",
        "Вардан",
        "Վարդանի",
        "Петрович",
        "პარონ",
        "Mr.",
        "տիկին",
        "და",
        "և",
        ";",
        "/",
        "(",
        ")",
        '"',
        "«",
        "»",
        "-",
        "'",
        "՛",
        ".",
        ",",
        "@",
        "7",
        "ՍՊԸ",
        "n/a",
        "ᲒᲘᲝᲠᲒᲘ",
        "ႢႨႭ",
        "😀",
        "\u200b",
        "\u202e",
        "é",
        "Zoë",
        "van",
        "Տեր",
        "Ա.",
        "ЯНЕ",
        "oglu",
        "ასული",
        "Anna-Maria",
        "O'Brien",
        "İBRAHİM",
    ]
)
CELLS = st.none() | st.text(max_size=40) | st.lists(PIECES, max_size=6).map(" ".join)


@pytest.mark.parametrize(
    ("full", "given_name", "family_name"),
    [
        ("Անի Պետրոսյան", "Անի", "Պետրոսյան"), ("Պետրոսյան Անի", "Անի", "Պետրոսյան"),
        ("ბერიძე დავით", "დავით", "ბერიძე"), ("დავითი ბერიძე", "დავითი", "ბერიძე"),
        ("გელაშვილი ნინო", "ნინო", "გელაშვილი"), ("BERIDZE Giorgi", "Giorgi", "Beridze"),
        ("Beridze, Giorgi", "Giorgi", "Beridze"), ("Giorgi, Beridze", "Giorgi", "Beridze"),
        ("giorgi BERIDZE", "Giorgi", "Beridze"), ("Sargsyan Hayk", "Hayk", "Sargsyan"),
        ("Саркисян Анаит", "Анаит", "Саркисян"), ("Смирнова Ольга", "Ольга", "Смирнова"),
        ("Ryan Smith", "Ryan", "Smith"), ("Smith, John", "John", "Smith"),
        ("Taylor James", "Taylor", "James"), ("მაია ჟვანია", "მაია", "ჟვანია"),
        ("კვარაცხელია ხვიჩა", "ხვიჩა", "კვარაცხელია"), ("Անի Գրիգորյան-Ասատրյան", "Անի", "Գրիգորյան-Ասատրյան"),
        ("Ter-Petrosyan Levon", "Levon", "Ter-Petrosyan"),
        ("Տեր Պետրոսյան Լևոն", "Լևոն", "Տեր Պետրոսյան"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"), ("Ana Maria Lopez", "Ana Maria", "Lopez"),
        ("სულხან-საბა ორბელიანი", "სულხან-საბა", "ორბელიანი"),
        ("ԳԵՎՈՐԳ ՍԱՐԳՍՅԱՆ", "Գևորգ", "Սարգսյան"), ("Ronald McDonald", "Ronald", "McDonald"),
    ],
)  # fmt: skip
def test_words_are_told_apart_by_what_they_are_not_by_their_place(full, given_name, family_name):
    person = read_person(full)

    assert (person.given, person.family, person.usable) == (given_name, family_name, True)


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Արման Վարդանի Գևորգյան", ("Արման", "Գևորգյան", "Վարդանի", "m")),
        ("Պետրոսյան Անի Վարդանի", ("Անի", "Պետրոսյան", "Վարդանի", "f")),
        ("Պողոսյան Պողոս Պետրոսի", ("Պողոս", "Պողոսյան", "Պետրոսի", "m")),
        ("Սահակյան Լիլիթ Դավթի", ("Լիլիթ", "Սահակյան", "Դավթի", "f")),
        ("ბერიძე დავით გიორგის ძე", ("დავით", "ბერიძე", "გიორგის ძე", "m")),
        ("გელაშვილი საშა ირაკლის ასული", ("საშა", "გელაშვილი", "ირაკლის ასული", "f")),
        ("Иванов Саша Иванович", ("Саша", "Иванов", "Иванович", "m")),
        ("Петросян Арам Иванович", ("Арам", "Петросян", "Иванович", "m")),
        ("Мария Ивановна Петрова", ("Мария", "Петрова", "Ивановна", "f")),
        ("Иван Петрович", ("Иван", None, "Петрович", "m")),
        ("Анна Петрович", ("Анна", "Петрович", None, "f")),
        ("Petrosyan Ani Vardani", ("Ani", "Petrosyan", "Vardani", "f")),
        ("Aliyev Elnur Rashid oglu", ("Elnur", "Aliyev", "Rashid oglu", "m")),
    ],
)
def test_a_fathers_name_is_neither_name_nor_surname(full, parts):
    person = read_person(full)

    assert (person.given, person.family, person.patronymic, person.gender) == parts


@pytest.mark.parametrize(
    ("full", "name", "gender"),
    [
        ("საშა", "საშა", None), ("ბ-ნი საშა", "საშა", "m"), ("ქალბატონი საშა", "საშა", "f"),
        ("տիկին Սաշա", "Սաշա", "f"), ("պարոն Սաշա Պետրոսյան", "Սաշա", "m"),
        ("Mr. Alex Smith", "Alex", "m"), ("Mrs Alex Smith", "Alex", "f"), ("г-жа Саша", "Саша", "f"),
        ("Dr Ani Sargsyan", "Ani", "f"), ("Ms.Ani", "Ani", "f"),
    ],
)  # fmt: skip
def test_a_title_is_evidence_and_no_name(full, name, gender):
    person = read_person(full)

    assert (person.given, person.gender) == (name, gender)


def test_a_title_and_a_surname_are_a_way_to_address_somebody():
    assert read_person("պարոն Շահվերդյան") == Person(
        None, "Շահվերդյան", None, "պարոն", "m", "title", (Note.TITLE,), usable=True
    )


@pytest.mark.parametrize(
    ("full", "family_name"),
    [("Ա. Պետրոսյան", "Պետրոսյան"), ("Պետրոսյան Ա.Վ.", "Պետրոսյան"), ("Гоголь Н.В.", "Гоголь"),
     ("პაპუნაშვილი ნ.", "პაპუნაშვილი"), ("J. R. R. Tolkien", "Tolkien")],
)  # fmt: skip
def test_an_initial_is_not_called_out(full, family_name):
    person = read_person(full)

    assert (person.given, person.family) == (None, family_name)
    assert Note.INITIAL in person.notes


@pytest.mark.parametrize(
    ("full", "note"),
    [
        ("giorgi@mail.ru", Note.ADDRESS), ("www.shop.am", Note.ADDRESS),
        ("+374 91 12-34-56", Note.NUMBER), ("0", Note.NUMBER), ("ani2", Note.NUMBER),
        ("n/a", Note.PLACEHOLDER), ("-", Note.PLACEHOLDER), ("test", Note.PLACEHOLDER),
        ("Test Testing", Note.PLACEHOLDER), ("Անհայտ հաճախորդ", Note.PLACEHOLDER), ("***", Note.PLACEHOLDER),
        ("😀", Note.PLACEHOLDER), ("უცნობი", Note.PLACEHOLDER),
        ("«Արարատ» ՍՊԸ", Note.COMPANY), ("შპს იმედი", Note.COMPANY), ("Acme LLC", Note.COMPANY),
        ("ООО Ромашка", Note.COMPANY), ("ИП Иванов", Note.COMPANY), ("Beauty Shop", Note.COMPANY),
        ("Անի և Տիգրան", Note.SEVERAL), ("ლევან და ნინო", Note.SEVERAL), ("Zaza;Lia", Note.SEVERAL),
        ("Zaza/Lia", Note.SEVERAL), ("Anna & John", Note.SEVERAL), ("Анна, Мария", Note.SEVERAL),
        ("Xqu Ydro", Note.ORDER), ("Vardanyan Petrosyan", Note.ORDER), ("João Silva", Note.ORDER),
        ("aaaa", Note.UNREADABLE), ("brr", Note.UNREADABLE), ("李小龍", Note.UNREADABLE),
        ("ႢႨႭႰႢႨ", Note.UNREADABLE), ("Xкჯ", Note.UNREADABLE), ("Ani" * 50, Note.UNREADABLE),
        ("Ա. Բ.", Note.INITIAL), ("Mr", Note.PLACEHOLDER), ("мама", Note.PLACEHOLDER), ("лалала", Note.UNREADABLE),
        ("ი/მ ნინო ბერიძე", Note.COMPANY), ("Салон красоты", Note.COMPANY), ("ოჯახი ბერიძე", Note.PLACEHOLDER),
        ("1. Անի", Note.NUMBER), ("Tester Test", Note.PLACEHOLDER),
    ],
)  # fmt: skip
def test_what_is_no_persons_name_stands_as_written_and_is_not_used(full, note):
    person = read_person(full)

    assert (person.given, person.family) == (full, None)
    assert note in person.notes
    assert not person.usable


@pytest.mark.parametrize(
    ("written", "name", "note"),
    [
        ("Nino (Tbilisi)", "Nino", Note.EXTRA), ("VIP Ani", "Ani", Note.EXTRA), ("Нина бухгалтер", "Нина", Note.EXTRA), ("Eka/Ekaterine", "Eka", Note.EXTRA),
        ("Ani ❤️", "Ani", Note.EXTRA), ('Giorgi "Gio" Beridze', "Giorgi", Note.EXTRA),
        ("Аni", "Ani", Note.LETTERS), ("Լuսինե", "Լուսինե", Note.LETTERS), ("Ａｎｉ", "Ani", Note.LETTERS),
        ("ᲒᲘᲝᲠᲒᲘ", "გიორგი", Note.CASE), ("aNI", "Ani", Note.CASE), ("Ani\u200b", "Ani", Note.INVISIBLE),
    ],
)  # fmt: skip
def test_a_repair_is_never_silent(written, name, note):
    person = read_person(written)

    assert (person.given, person.usable) == (name, True)
    assert note in person.notes


@pytest.mark.parametrize(
    "written", ["Անի", "Ani,", '"Ani"', " Անի ", "Անի՛", "McDonald Ann", "Zoe\u0308"]
)
def test_where_nothing_was_changed_nothing_is_told(written):
    assert read_person(written).notes == ()


@pytest.mark.parametrize(
    ("cells", "parts"),
    [
        (("Անի", "Պետրոսյան"), ("Անի", "Պետրոսյան")), (("Պետրոսյան", "Անի"), ("Անի", "Պետրոսյան")),
        (("Beridze", "Giorgi"), ("Giorgi", "Beridze")), (("Մարիամ", "Անի"), ("Մարիամ", "Անի")),
        (("Thomas", "James"), ("Thomas", "James")), (("Xqu", "Ydro"), ("Xqu", "Ydro")),
        (("ნინო ბერიძე", "ბერიძე"), ("ნინო", "ბერიძე")), (("Анна Ивановна", "Сидорова"), ("Анна", "Сидорова")),
        (("Անի", "Պետրոսյան Վարդանի"), ("Անի", "Պետրոսյան")), (("Giorgi Beridze", None), ("Giorgi", "Beridze")),
        ((None, "Ani Petrosyan"), ("Ani", "Petrosyan")), (("-", "Պետրոսյան"), (None, "Պետրոսյան")),
        (("Անի", "12345"), ("Անի", None)), (("Պետրոսյան", "Պետրոսյան"), (None, "Պետրոսյան")),
        (("Ա.", "Պետրոսյան"), (None, "Պետրոսյան")), (("Anna Maria", "Lopez"), ("Anna Maria", "Lopez")),
        (("Mr", "Smith"), (None, "Smith")), (("Xqu", None), ("Xqu", None)),
    ],
)  # fmt: skip
def test_cells_of_their_own_are_read_together(cells, parts):
    person = read_person(given=cells[0], family=cells[1])

    assert (person.given, person.family, person.usable) == (*parts, True)


def test_a_word_that_is_left_out_of_its_cell_is_told():
    assert read_person(given="Սարգսյան", family="Պետրոսյան").notes == (Note.EXTRA, Note.FAMILY_ONLY)
    assert read_person(given="Անի Սարգսյան", family="Պետրոսյան").notes == (Note.EXTRA,)


@pytest.mark.parametrize(
    "full", ["ԱՆԻ ԵՎ ՏԻԳՐԱՆ", "ԱՆԻ ԵՒ ՏԻԳՐԱՆ", "ANNA AND JOHN", "ლევან და ნინო"]
)
def test_two_people_in_capitals_are_two(full):
    assert read_person(full).notes == (Note.SEVERAL,)


def test_a_capital_letter_between_names_is_an_initial():
    assert read_person("Анна И Смирнова").family == "Смирнова"


def test_a_company_in_either_cell_is_no_person():
    assert not read_person(given="ООО", family="Ромашка").usable
    assert not read_person(given="Ararat", family="LLC").usable


def test_names_in_their_own_cells_outrank_the_full_name():
    assert read_person("Someone Else", given="Անի").given == "Անի"
    assert read_person("Անի Պետրոսյան", given=" ", family="").family == "Պետրոսյան"


@pytest.mark.parametrize("empty", [None, "", " ", "\u200b"])
def test_an_empty_cell_is_nobody(empty):
    person = read_person(empty)

    assert not person.usable
    assert person.gender is None


def test_evidence_that_disagrees_tells_no_gender():
    person = read_person("պարոն Անի", gender="f")

    assert (person.gender, person.gender_evidence) == (None, None)
    assert Note.GENDER in person.notes


def test_the_fathers_name_of_its_own_cell_is_kept():
    assert read_person("Անի", patronymic="ՎԱՐԴԱՆԻ").patronymic == "Վարդանի"
    assert read_person("Անի", patronymic="7").patronymic is None


def test_every_note_has_a_label():
    assert {f"note.{one}" for one in Note} <= set(LABELS)


@given(st.tuples(CELLS, CELLS, CELLS, CELLS, CELLS))
@example(("Ա" * 5_000, None, None, None, None))
@example(("\ud800", "\x00", "\u0301", "𝟘", "m"))
def test_nothing_raises_and_what_is_used_is_clean(cells):
    person = read_person(*cells)

    names = [name for name in (person.given, person.family) if name and person.usable]
    assert bool(names) == person.usable
    for name in names:
        assert name == unicodedata.normalize("NFC", name) == name.strip()
        assert name.isprintable()
        assert not any("\u1c90" <= letter <= "\u1cbf" for letter in name)
        assert {script_of(word) for word in name.split()}.isdisjoint({"mixed", "other"})


@given(st.tuples(CELLS, CELLS, CELLS), st.sampled_from([None, "m", "f", "?"]))
def test_what_was_read_is_read_again_as_the_same(cells, gender):
    once = read_person(*cells, gender=gender)
    again = read_person(given=once.given, family=once.family, gender=once.gender)

    assert (again.given, again.family, again.usable) == (once.given, once.family, once.usable)
    assert once.gender is None or again.gender in (once.gender, None)

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.language.grammar import Kind
from campaigns.language.lexicon import armenian_names, georgian_names
from campaigns.language.people.scripts import SCRIPTS, script_of
from campaigns.language.people.spellings import latin
from campaigns.language.people.transcription import in_script
from campaigns.model.language import Language

HY, KA, EN = Language.HY, Language.KA, Language.EN
ARMENIAN = """
    Ani Անի, Anahit Անահիտ, Gayane Գայանե, Hovhannes Հովհաննես, Sargis Սարգիս, Hakob Հակոբ, Grigor Գրիգոր,
    Poghos Պողոս, Vardan Վարդան, Tigran Տիգրան, Mkrtich Մկրտիչ, Karen Կարեն, Armen Արմեն, Lusine Լուսինե,
    Narek Նարեկ, Hayk Հայկ, Arpine Արփինե, Satenik Սաթենիկ, Yervand Երվանդ, Khachatur Խաչատուր,
    Tsovinar Ծովինար, Zhirayr Ժիրայր, Ruzanna Ռուզաննա, Gevorg Գևորգ, Yeghishe Եղիշե, Vahagn Վահագն
"""
GEORGIAN = """
    Nino ნინო, Giorgi გიორგი, Davit დავით, David დავით, Ketevan ქეთევან, Tamar თამარ, Zurab ზურაბ, Maia მაია,
    Khatuna ხათუნა, Tinatin თინათინ, Teimuraz თეიმურაზ, Irakli ირაკლი, Otar ოთარ, Nodar ნოდარ, Merab მერაბ,
    Mikheil მიხეილ, Nikoloz ნიკოლოზ, Natela ნათელა, Levan ლევან, Gocha გოჩა, Ekaterine ეკატერინე, Tea თეა,
    Sopio სოფიო, Kakha კახა, Vakhtang ვახტანგ, Daviti დავით, Eka ეკა, Lasha ლაშა
"""


def _pairs(text):
    return [tuple(pair.split()) for pair in text.split(",")]


@pytest.mark.parametrize(("written", "spelt"), _pairs(ARMENIAN))
def test_an_armenian_name_is_found_by_its_sound(written, spelt):
    assert in_script(written, HY) == spelt


@pytest.mark.parametrize(("written", "spelt"), _pairs(GEORGIAN))
def test_a_georgian_name_is_found_by_its_sound(written, spelt):
    assert in_script(written, KA) == spelt


@pytest.mark.parametrize(
    ("written", "language", "spelt"),
    [
        ("Давид", KA, "დავით"), ("Давид", HY, "Դավիթ"), ("Анаит", HY, "Անահիտ"), ("Акоп", HY, "Հակոբ"),
        ("Оганес", HY, "Հովհաննես"), ("Джемал", KA, "ჯემალ"), ("Хатуна", KA, "ხათუნა"),
        ("Гаяне", HY, "Գայանե"), ("Գայանե", KA, "გაიანე"), ("Արմեն", KA, "არმენ"), ("გაიანე", HY, "Գայանե"),
        ("ზურაბ", HY, "Զուրաբ"), ("Vartan", HY, "Վարդան"), ("Hagop", HY, "Հակոբ"), ("Krikor", HY, "Գրիգոր"),
        ("Անի", EN, "Ani"), ("Եղիշե", EN, "Yeghishe"), ("ქეთევან", EN, "Ketevan"), ("ჭაბუკა", EN, "Chabuka"),
        ("Ana-Maria", KA, "ანა-მარია"), ("Անի", HY, "Անի"), ("GIORGI", KA, "გიორგი"),
    ],
)  # fmt: skip
def test_a_name_goes_from_script_to_script(written, language, spelt):
    assert in_script(written, language) == spelt


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("Emily", KA), ("Smith", HY), ("Xqu", HY), ("Hans", KA), ("Иван-Xqu", HY), ("", KA),
        ("12", HY), ("😀", KA), ("Իpo", KA), ("李", EN), ("Ж" * 5_000, KA), ("Иван", EN), ("Аni", KA),
    ],
)  # fmt: skip
def test_an_unknown_spelling_is_not_made_up(written, language):
    assert in_script(written, language) is None


@pytest.mark.parametrize(
    ("written", "language", "spelt"),
    [
        ("Beridze", KA, "ბერიძე"), ("Kvaratskhelia", KA, "კვარაცხელია"), ("Sargsyan", HY, "Սարգսյան"),
        ("Петросян", HY, "Պետրոսյան"), ("Petrossian", HY, "Պետրոսյան"), ("Սարգսյան", EN, "Sargsyan"),
        ("ჭავჭავაძე", EN, "Chavchavadze"), ("Sargsyan", KA, None), ("Smith", KA, None),
    ],
)  # fmt: skip
def test_a_surname_has_lists_of_its_own(written, language, spelt):
    assert in_script(written, language, kind=Kind.SURNAME) == spelt


def test_a_full_name_is_written_part_by_part_or_not_at_all():
    assert in_script("Giorgi Beridze", KA, kind=Kind.PERSON) == "გიორგი ბერიძე"
    assert in_script("Giorgi Smith", KA, kind=Kind.PERSON) is None
    assert in_script("Անի Սարգսյան", EN, kind=Kind.PERSON) == "Ani Sargsyan"
    assert in_script("Coffee", KA, kind=Kind.NOUN) is None


def test_there_and_back_armenian_names_are_not_confused():
    names = [known.name for known in armenian_names().values() if known.is_given]
    spelt = [(name, in_script(latin(name), HY)) for name in names]

    assert sum(name == found for name, found in spelt) / len(spelt) > 0.97
    assert sum(found not in (None, name) for name, found in spelt) / len(spelt) < 0.01


def test_there_and_back_of_a_thousand_georgians_three_are_misspelt_at_most():
    known = [one for one in georgian_names().values() if one.voters > 500]
    spelt = [(one, in_script(latin(one.stem), KA)) for one in known]
    people = sum(one.voters for one in known)

    assert sum(one.voters for one, found in spelt if found == one.stem) / people > 0.97
    assert sum(one.voters for one, found in spelt if found not in (None, one.stem)) / people < 0.003


@given(st.text(max_size=30), st.sampled_from(Language), st.sampled_from(Kind))
def test_an_answer_is_in_the_script_that_was_asked_for(written, language, kind):
    found = in_script(written, language, kind=kind)

    assert found is None or script_of(found) == SCRIPTS[language]
    assert found in (None, written) or found == unicodedata.normalize("NFC", found)

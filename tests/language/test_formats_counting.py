import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.language import formats
from campaigns.model.language import Language

HY, KA, EN = Language.HY, Language.KA, Language.EN
S = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "hy", "ka", "en"),
    [
        (1, "1-ին", "პირველი", "1st"),
        (2, "2-րդ", "მე-2", "2nd"),
        (3, "3-րդ", "მე-3", "3rd"),
        (11, "11-րդ", "მე-11", "11th"),
        (20, "20-րդ", "მე-20", "20th"),
        (21, "21-րդ", "21-ე", "21st"),
        (30, "30-րդ", "30-ე", "30th"),
        (40, "40-րդ", "მე-40", "40th"),
        (50, "50-րդ", "50-ე", "50th"),
        (60, "60-րդ", "მე-60", "60th"),
        (99, "99-րդ", "99-ე", "99th"),
        (100, "100-րդ", "მე-100", "100th"),
        (112, "112-րդ", "112-ე", "112th"),
        (500, "500-րդ", "მე-500", "500th"),
        (1000, f"1{S}000-րդ", f"მე-1{S}000", "1,000th"),
        (1100, f"1{S}100-րդ", f"1{S}100-ე", "1,100th"),
    ],
)
def test_ordinals_are_written_as_each_language_does(value, hy, ka, en):
    assert [formats.ordinal(value, language) for language in (HY, KA, EN)] == [hy, ka, en]


def test_there_is_no_negative_ordinal():
    with pytest.raises(ValueError, match="counts from 0"):
        formats.ordinal(-1, EN)


@given(st.integers(0, 10**9))
def test_the_noun_stays_singular_after_every_number_but_in_english(count):
    figure = formats.number(count, HY)
    assert formats.counted(count, "միավոր", HY, plural="points") == f"{figure}{S}միավոր"
    assert formats.counted(count, "ქულა", KA, plural="points") == f"{figure}{S}ქულა"
    shown = formats.counted(count, "point", EN, plural="points")
    assert shown.endswith("points") == (count != 1)


def test_a_list_reads_as_one_phrase():
    assert formats.list_of(["գինի", "պանիր", "մեղր"], HY) == "գինի, պանիր և մեղր"
    assert formats.list_of(["ღვინო", "ყველი"], KA) == "ღვინო და ყველი"
    assert formats.list_of(["wine", "cheese", "honey"], EN) == "wine, cheese and honey"
    assert formats.list_of([], EN) == ""


def test_a_choice_reads_as_one_phrase():
    assert formats.either_of(["գինի", "պանիր", "մեղր"], HY) == "գինի, պանիր կամ մեղր"
    assert formats.either_of(["ღვინო", "ყველი", "თაფლი"], KA) == "ღვინო, ყველი ან თაფლი"
    assert formats.either_of(["wine", "cheese"], EN) == "wine or cheese"


@given(
    st.lists(st.text(max_size=8), max_size=5),
    st.sampled_from(Language),
    st.sampled_from([formats.list_of, formats.either_of]),
)
def test_any_items_make_a_phrase_in_nfc(items, language, joined):
    phrase = joined(items, language)
    assert unicodedata.is_normalized("NFC", phrase)
    assert all(unicodedata.normalize("NFC", item).strip() in phrase for item in items[:1])

import unicodedata

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.sheets.cleaning import cells as clean
from campaigns.sheets.writing.book import guarded


def _text(value: str | None) -> str | None:
    return pl.DataFrame({"a": [value]}, schema={"a": pl.String}).select(clean.text("a"))["a"][0]


def _totals(*rows: tuple[str | None, ...]) -> list[bool]:
    names = [str(place) for place in range(len(rows[0]))]
    texts = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    return clean.totals(texts).to_list()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Անի \u00a0 Պետրոսյան ", "Անի Պետրոսյան"),
        ("ni\u200bno\ufeff", "nino"),
        ("e\u0301", "é"),
        ("Երևան", "Երևան"),
        ("a\nb", "a b"),
        ("#N/A", None),
        ("   ", None),
        ("", None),
        ("'=1+1", "=1+1"),
        ("O'Neil", "O'Neil"),
    ],
)
def test_texts_are_trimmed_and_freed_of_what_nobody_sees(written, kept):
    assert _text(written) == kept


@settings(deadline=None)
@given(st.text(max_size=60))
def test_a_cleaned_text_is_in_nfc_and_cleaning_it_again_changes_nothing(written):
    once = _text(written)
    if once is not None:
        assert once == once.strip(" ")
        assert unicodedata.is_normalized("NFC", once)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_a_text_guarded_in_the_error_book_comes_back_as_it_was(written):
    once = _text(written)
    if once is not None and not once.startswith("'"):
        assert _text(guarded(once)) == once


@pytest.mark.parametrize(
    "word",
    [
        "այո",
        "Այո։",
        "კი",
        "დიახ",
        "yes",
        "Да",
        "1",
        "+",
        "TRUE",
        "✓",
        "ИСТИНА",
        "მსურს",
        "ayo",
        "v",
    ],
)
def test_yes_is_understood_in_four_languages(word):
    assert clean.answer(word) is True


@pytest.mark.parametrize(
    "word",
    ["ոչ", "არა", "No", "нет", "0", "-", "false", "—", "ЛОЖЬ", "არ მსურს", "voch", "չի ցանկանում"],
)
def test_no_is_understood_in_four_languages(word):
    assert clean.answer(word) is False


@settings(deadline=None)
@given(st.text(max_size=12))
def test_a_word_that_is_no_answer_is_no_consent(word):
    known = clean.answer(word)
    assert known is None or known is clean.answer(word.strip().upper().lower() or word)


@pytest.mark.parametrize(
    "word", ["Ընդամենը", "ԸՆԴԱՄԵՆԸ՝", "სულ", "სულ:", "Total", "Итого", "Всего:"]
)
def test_a_row_of_totals_is_known_by_its_first_word(word):
    assert _totals((None, word, None, "2054")) == [True]


def test_a_person_is_no_total():
    rows = [("C-1", "Total", "ani@example.com"), ("Total Recall", None, "ani@example.com")]
    assert _totals(*rows, ("Total: 2", None, None)) == [False, False, True]


def test_each_distinct_text_is_judged_once():
    seen: list[str] = []

    def judge(text: str) -> str:
        seen.append(text)
        return text.upper()

    values = pl.Series(["a", "b", "a", None, "a"])
    assert clean.each_distinct(values, judge, pl.String).to_list() == ["A", "B", "A", None, "A"]
    assert sorted(seen) == ["a", "b"]


@pytest.mark.parametrize("word", ["yes?", "այո՞", "-yes", "!да", "≠1", "-1", "(1)", "no-yes", "=1"])
def test_a_doubtful_yes_is_no_yes(word):
    assert clean.answer(word) is None


@pytest.mark.parametrize(
    "word", ["No, thank you", "Ոչ, շնորհակալություն", "არა, გმადლობთ", "−", "☐"]
)
def test_a_no_with_more_words_is_a_no(word):
    assert clean.answer(word) is False


DIRTY = st.text("aБԱა 1'=+#\u00a0\u200b\u0301\u2009-NullNa(<\n\t«»", max_size=8)


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), DIRTY, st.text(max_size=10), st.sampled_from(clean.NOTHING))))
def test_columns_are_cleaned_as_each_text_is(written):
    frame = pl.DataFrame({"a": written}, schema={"a": pl.String})

    assert clean.texts(frame, ["a"])["a"].to_list() == frame.select(clean.text("a"))["a"].to_list()


@settings(deadline=None)
@given(st.text(max_size=30))
def test_cleaning_twice_changes_nothing(written):
    frame = clean.texts(pl.DataFrame({"a": [written]}), ["a"])

    assert clean.texts(frame, ["a"]).equals(frame) or written.count("'") > 1


@pytest.mark.parametrize("word", ["-", "---", "0", "000", "n/a", "չկա", "არ აქვს", "нет", "?"])
def test_what_only_fills_a_cell_is_nothing(word):
    assert clean.is_nothing(word)


@pytest.mark.parametrize("word", ["C-1", "10", "Nona", "не знаю точно"])
def test_what_says_something_is_not_nothing(word):
    assert not clean.is_nothing(word)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("null", None),
        ("<NULL>", None),
        ("\\N", None),
        ("#ССЫЛКА!", None),
        ("#REF!", None),
        ("Null & Co", "Null & Co"),
    ],
)
def test_what_programs_write_for_nothing_is_nothing(written, kept):
    assert _text(written) == kept

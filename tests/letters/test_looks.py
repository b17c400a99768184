"""Preflight of a letter: each fault alone in a letter that has no other."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.letters.check import findings
from campaigns.letters.similarity import similarity
from campaigns.model.language import Language

HY, KA, EN = Language.HY, Language.KA, Language.EN
OFFER = {
    "name": "Areni wine", "before": "12 500 AMD", "now": "9 900 AMD", "until": "2026-12-31",
    "terms": "In our shop in Yerevan, while it lasts.",
}  # fmt: skip
HEAD = {
    "subject": "A word about your tea", "purpose": "offers",
    "preheader": "What we have learned from your answers this spring.",
    "benefit": "You get fresh tea every week.",
}  # fmt: skip
BODY = (
    "{{ contact | greeting }}\n\nThank you for choosing us, dear reader, in this long year.\n\n"
    "{{ benefit }}\n\n{{ signature }}\n"
)


def text(body=BODY, offer=None, questions=(), **lines):
    """A whole text: without arguments one that has no fault."""
    head = [f"{key}: {value}" for key, value in {**HEAD, **lines}.items() if value]
    head += ["offer:", *(f"  {key}: {value}" for key, value in offer.items())] if offer else []
    head += ["questions:", *(f"  - {one}" for one in questions)] if questions else []
    return "\n".join(["---", *head, "---", body])


@pytest.fixture
def told(brand):
    def told(*sources, language=EN, **changes):
        sender = dataclasses.replace(brand, **changes)
        return [(one.severity, one.code) for one in findings({language: list(sources)}, sender)]

    return told


WITH_OFFER = BODY.replace("{{ benefit }}", "{{ benefit }}\n\n{{ offer }}")
ASKING = BODY.replace("{{ benefit }}", "{{ benefit }}\n\n{{ questions }}")
THREE = ("What would you like to see?", "What do you miss?", "What shall we change?")
GOODS = BODY.replace("{{ contact | greeting }}", "Dear customer,").replace(
    "{{ benefit }}", "{{ benefit }}\n\n- tea\n- wine\n- jam\n- honey\n- nuts"
)


@pytest.mark.parametrize(
    "source",
    [text(), text(WITH_OFFER, OFFER), text(ASKING, questions=THREE),
     text(GOODS.replace("Dear customer,", "{{ contact | greeting }}"))],
)  # fmt: skip
def test_a_whole_letter_passes(told, source):
    assert told(source) == []


@pytest.mark.parametrize(
    ("source", "severity", "code"),
    [
        (text(benefit=""), "error", "check.no_benefit"),
        (text(BODY.replace("{{ benefit }}\n\n", "")), "error", "check.no_benefit"),
        (text(BODY.replace("year", "⟨year⟩")), "error", "check.example"),
        (text(subject="⟨A word⟩ about your tea"), "error", "check.example"),
        *((text(WITH_OFFER, {k: v for k, v in OFFER.items() if k != part}), "error",
           "check.offer_incomplete") for part in OFFER),
        (text(WITH_OFFER, {**OFFER, "now": "12 500 AMD"}), "error", "check.offer_no_gain"),
        (text(WITH_OFFER, {**OFFER, "now": "99 GEL"}), "error", "check.offer_no_gain"),
        (text(BODY, OFFER), "error", "check.offer_hidden"),
        (text(WITH_OFFER, {**OFFER, "now": "cheap"}), "error", "letter.offer"),
        (text(WITH_OFFER, {**OFFER, "until": "soon"}), "error", "letter.offer"),
        (text(ASKING, questions=THREE[:2]), "error", "check.three_questions"),
        (text(preheader=""), "warning", "check.no_preheader"),
        (text(preheader="Short."), "warning", "check.preheader_length"),
        (text(image="http://a.example/a.png", image_alt="Tea"), "error", "check.image_address"),
        (text(image="https://a.example/a.png"), "error", "check.image_alt"),
        (text(GOODS), "warning", "check.catalogue"),
        (text(BODY.replace("Thank you", "Its price is 9 900 AMD. Thank you")), "warning",
         "check.price_outside"),
    ],
)  # fmt: skip
def test_each_fault_is_told(told, source, severity, code):
    assert (severity, code) in told(source)


def test_a_shop_that_nobody_can_call_or_answer_is_told(told):
    assert told(text(), phone="") == [("warning", "check.no_phone")]
    assert told(text(), reply_to="noreply@nur.example") == [("error", "check.no_reply")]


def test_texts_that_take_turns_are_different_letters(told):
    assert told(text(), text()) == [("error", "check.texts_alike")]


def test_every_text_of_a_letter_matters_as_much(told):
    two = [text(), text(priority="service")]
    assert ("error", "check.texts_differ") in told(*two)
    assert ("error", "letter.priority") in told(text(priority="urgent"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("one", "other", "field"),
    [
        (text(WITH_OFFER, OFFER), text(WITH_OFFER, {**OFFER, "now": "9 000 AMD"}), "offer"),
        (text(WITH_OFFER, OFFER), text(), "blocks"),
        (text(designs="note"), text(designs="card"), "designs"),
        (text(), text(register="warm"), "register"),
        (text(), text(priority="service"), "priority"),
    ],
)
def test_languages_make_the_same_offer_in_the_same_frame(brand, one, other, field):
    found = findings({KA: [one], EN: [other]}, brand)

    differing = [each for each in found if each.code == "check.languages_differ"]
    assert field in [each.facts["field"] for each in differing]
    assert {each.severity for each in differing} == {"error"}


def test_a_text_that_one_language_lacks_is_told(brand):
    found = findings({KA: [text()], EN: [text(), text(subject="Another")]}, brand)

    missing = [one for one in found if one.code == "check.text_missing"]
    assert [(one.language, one.number) for one in missing] == [(KA, 2)]


@given(st.text(), st.text())
def test_similarity_is_the_same_both_ways_and_whole_for_itself(one, other):
    left, right = text(one), text(other)

    assert similarity(left, left) == 1.0
    assert similarity(left, right) == similarity(right, left)
    assert 0.0 <= similarity(left, right) <= 1.0

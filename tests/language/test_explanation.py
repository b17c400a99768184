import pytest

from campaigns.errors import (
    CampaignsError,
    ConflictError,
    InputError,
    NotAllowedError,
    NotFoundError,
    SettingsError,
)
from campaigns.language.explanation import explain
from campaigns.language.formats import either_of
from campaigns.language.labels import label
from campaigns.model.language import Language

HY, KA, EN = Language.HY, Language.KA, Language.EN


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (HY, "Չի գտնվել՝ արշավ Գարուն։ Տեսեք, թե ինչ կա ցանկում"),
        (KA, "კამპანია Գարուն: ვერ მოიძებნა. გადახედეთ სიას"),
        (EN, "campaign Գարուն: there is no such thing; see the list of what exists"),
    ],
)
def test_what_is_missing_is_called_by_its_name(language, text):
    assert explain(NotFoundError("not_found", kind="campaign", name="Գարուն"), language) == text


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("kind", "got", "expected"),
    [
        ("campaign", "running", ["planned", "draft"]),
        ("upload", "done", ["received"]),
        ("testimonial", "withdrawn", ["submitted"]),
    ],
)
def test_states_are_called_as_on_the_page(kind, got, expected, language):
    error = ConflictError(
        "conflict.state", kind=kind, name="N", got=got, expected=", ".join(expected)
    )

    said = explain(error, language)

    assert label(f"{kind}.{got}", language) in said
    assert either_of([label(f"{kind}.{one}", language) for one in expected], language) in said


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NotAllowedError("campaign.brand_missing", fields="shop_name, reply_to"),
         "խանութի անուն և պատասխանների հասցե"),
        (NotAllowedError("campaign.letter_error", name="x", language="ka", line=3), "վրացերեն"),
        (NotAllowedError("campaign.letter_error_whole", name="x", language="ka"), "վրացերեն"),
        (NotAllowedError("message.denied", reason="no_consent"), "համաձայնությ"),
    ],
)  # fmt: skip
def test_codes_among_the_facts_are_called_by_their_names(error, said):
    assert said in explain(error, HY)


@pytest.mark.parametrize("language", Language)
def test_a_code_that_nobody_knows_shows_itself(language):
    error = ConflictError("conflict.state", kind="comet", name="Nope", got="red", expected="blue")

    assert all(word in explain(error, language) for word in ("comet", "Nope", "red", "blue"))
    assert explain(CampaignsError("no.such.text"), language) == "no.such.text"


def test_a_name_is_no_place_to_be_filled():
    assert "{kind}" in explain(NotFoundError("not_found", kind="page", name="{kind}"), EN)


def test_what_is_counted_is_grouped_and_what_only_has_a_number_is_not():
    long = InputError("input.too_long", field="x", got=12500, limit=10000)
    taken = SettingsError("process.port", name="x", got=12500)

    assert all(figure in explain(long, KA) for figure in ("12\u00a0500", "10\u00a0000"))
    assert "12500" in explain(taken, KA)

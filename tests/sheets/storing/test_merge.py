from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.model.permission import Purpose
from campaigns.sheets.storing.merge import VALUES, Conflict, Contact, Person, merge

OFFERS = Purpose.OFFERS


def _known(**values):
    standing, former = values.pop("standing", {}), values.pop("former", [])
    number = values.pop("id", 1)
    base = dict.fromkeys(VALUES)
    base |= {"language": "hy", "language_evidence": "script", "attributes": {}}
    return Contact(number, base | values, standing, former)


def _with_address(row, address, **values):
    return Person(row, address=address, address_key=address.lower(), **values)


def test_a_stranger_is_a_new_contact():
    result = merge([_with_address(2, "ani@example.com")], [])

    assert (len(result.new), result.merged, result.conflicts) == (1, 0, [])


def test_the_same_address_twice_is_one_person_and_the_newest_value_wins():
    result = merge(
        [
            _with_address(2, "ani@example.com", city="Գյումրի", phone="+37491234567"),
            _with_address(3, "ANI@example.com", city="Երևան", birthday=date(1990, 1, 2)),
        ],
        [],
    )

    [contact] = result.new
    assert result.merged == 1
    assert contact.values["city"] == "Երևան"
    assert contact.values["phone"] == "+37491234567"
    assert contact.values["birthday"] == date(1990, 1, 2)


def test_a_gender_that_only_the_name_tells_fills_a_gap_and_replaces_nothing():
    told, untold = _known(customer_id="C-1", gender="m"), _known(customer_id="C-2", id=2)
    guess = {"gender": "f", "gender_evidence": "list"}

    merge(
        [Person(2, customer_id="C-1", **guess), Person(3, customer_id="C-2", **guess)],
        [told, untold],
    )

    assert (told.values["gender"], untold.values["gender"]) == ("m", "f")


def test_a_gender_that_the_sheet_tells_is_the_newest_word():
    told = _known(customer_id="C-1", gender="m")

    merge([Person(2, customer_id="C-1", gender="f", gender_evidence="column")], [told])

    assert told.values["gender"] == "f"


def test_a_name_that_is_none_replaces_no_name():
    named, nameless = _known(customer_id="C-1", given_name="Անի"), _known(customer_id="C-2", id=2)
    rows = [
        Person(2, customer_id="C-1", given_name="n/a"),
        Person(3, customer_id="C-2", given_name="n/a"),
    ]

    merge(rows, [named, nameless])

    assert (named.values["given_name"], nameless.values["given_name"]) == ("Անի", "n/a")
    merge([Person(4, customer_id="C-2", given_name="Անի", name_is_usable=True)], [nameless])
    assert nameless.values["given_name"] == "Անի"


def test_an_empty_cell_wipes_nothing_out():
    known = _known(customer_id="C-1", city="Երևան", attributes={"Shoe": "42"})
    before = dict(known.values)

    result = merge(
        [Person(2, customer_id="C-1", language="hy", language_evidence="script")], [known]
    )

    assert result.merged == 1
    assert known.values == before


def test_a_language_that_was_chosen_outlives_a_guess():
    known = _known(customer_id="C-1", language="ka", language_evidence="choice")

    merge([Person(2, customer_id="C-1", language="hy", language_evidence="phone")], [known])
    assert known.values["language"] == "ka"

    merge([Person(3, customer_id="C-1", language="en", language_evidence="choice")], [known])
    assert known.values["language"] == "en"


def test_an_id_and_an_address_of_two_people_are_refused():
    ani = _known(id=1, customer_id="C-1")
    nino = _known(
        id=2, customer_id="C-2", address="nino@example.com", address_key="nino@example.com"
    )

    result = merge([_with_address(2, "nino@example.com", customer_id="C-1")], [ani, nino])

    assert result.conflicts == [Conflict(2, (1, 2))]
    assert (ani.values["address_key"], nino.values["customer_id"]) == (None, "C-2")


def test_one_address_under_two_ids_is_refused():
    result = merge(
        [
            _with_address(2, "family@example.com", customer_id="C-1"),
            _with_address(3, "family@example.com", customer_id="C-2"),
        ],
        [],
    )

    assert result.conflicts == [Conflict(3, (-2,))]
    assert len(result.new) == 1


def test_an_id_found_by_the_address_is_kept_for_the_rows_below():
    result = merge(
        [
            _with_address(2, "ani@example.com"),
            _with_address(3, "ani@example.com", customer_id="C-1"),
            Person(4, customer_id="C-1", city="Երևան"),
        ],
        [],
    )

    assert [contact.values["city"] for contact in result.new] == ["Երևան"]


def test_a_phone_joins_only_rows_that_have_nothing_better():
    result = merge(
        [
            Person(2, phone="+37491234567"),
            Person(3, phone="+37491234567", city="Երևան"),
            _with_address(4, "child@example.com", phone="+37491234567"),
        ],
        [],
    )

    assert len(result.new) == 2
    assert result.merged == 1


ANI = {"given_name": "Անի", "name_is_usable": True}


@pytest.mark.parametrize(
    ("row", "joined"),
    [
        pytest.param({"phone": "+37491234567"}, True, id="says-nothing-better"),
        pytest.param({"phone": "+37491234567", **ANI}, True, id="same-name"),
        pytest.param(
            {"phone": "+37491234567", "given_name": "Nino", "name_is_usable": True}, False,
            id="another-name",
        ),
        pytest.param({"phone": "+37491234567", "given_name": "?"}, True, id="no-usable-name"),
        pytest.param({"phone": "+37491234567", "card_number": "7"}, False, id="nameless-with-a-card"),
        pytest.param({"phone": "+37491234567", "card_number": "7", **ANI}, True, id="named-with-a-card"),
        pytest.param({"phone": "+37491234567", "customer_id": "C-9", **ANI}, False, id="another-number"),
        pytest.param({"card_number": "77"}, True, id="card"),
        pytest.param({"card_number": "77", "customer_id": "C-9", **ANI}, False, id="card-another-number"),
    ],
)  # fmt: skip
def test_a_card_or_phone_joins_when_nothing_stronger_and_no_name_contradicts(row, joined):
    card = row.get("card_number") != "7"
    known = _known(
        customer_id="C-1", phone="+37491234567", given_name="անի",
        card_number="77" if card else None,
    )  # fmt: skip

    result = merge([Person(2, **row)], [known])

    assert (len(result.new) == 0) is joined


def test_a_card_that_two_share_joins_neither_but_again_the_very_same_row():
    family = [_known(id=1, customer_id="C-1", card_number="7")]
    family.append(_known(id=2, customer_id="C-2", card_number="7"))

    first = merge([Person(2, card_number="7", city="Gori")], family)
    again = merge([Person(2, card_number="7", city="Gori")], [*family, *first.new])

    assert (len(first.new), len(again.new)) == (1, 0)


def test_an_older_address_still_finds_its_owner_and_replaces_nothing():
    ani = _known(
        customer_id="C-1", address="new@example.com", address_key="new@example.com",
        former=["old@example.com"],
    )  # fmt: skip

    result = merge([_with_address(2, "old@example.com", city="Գյումրի")], [ani])

    assert (result.new, ani.values["city"]) == ([], "Գյումրի")
    assert ani.values["address_key"] == "new@example.com"


def test_an_older_address_that_another_customer_has_now_is_theirs():
    ani = _known(
        customer_id="C-1", address="new@example.com", address_key="new@example.com",
        former=["old@example.com"],
    )  # fmt: skip

    result = merge([_with_address(2, "old@example.com", customer_id="C-2")], [ani])

    assert [each.values["customer_id"] for each in result.new] == ["C-2"]
    assert result.conflicts == []


def test_an_address_that_is_replaced_is_told():
    ani = _known(customer_id="C-1", address="Old@example.com", address_key="old@example.com")

    result = merge(
        [
            _with_address(2, "new@example.com", customer_id="C-1"),
            _with_address(3, "old@example.com"),
        ],
        [ani],
    )

    assert result.replaced == [("old@example.com", ani, 2)]
    assert (result.new, ani.values["address"]) == ([], "new@example.com")


@pytest.mark.parametrize(
    ("standing", "said", "written"),
    [
        (None, True, [True]),
        (None, False, [False]),
        (None, None, []),
        (True, True, []),
        (True, False, [False]),
        (True, None, []),
        (False, False, []),
        (False, None, []),
        (False, True, []),
    ],
)
def test_consent_never_widens_by_a_merge(standing, said, written):
    known = _known(customer_id="C-1", standing={} if standing is None else {OFFERS: standing})

    result = merge([Person(2, customer_id="C-1", offers=said)], [known])

    assert [answer.given for answer in result.answers] == written
    assert result.notes["consent_not_restored"] == (standing is False and said is True)


def test_consents_to_offers_and_to_opinions_are_kept_apart():
    result = merge([Person(2, customer_id="C-1", offers=False, testimonials=True)], [])

    assert [(answer.purpose, answer.given) for answer in result.answers] == [
        (Purpose.OFFERS, False),
        (Purpose.TESTIMONIALS, True),
    ]


_ROWS = st.lists(
    st.builds(
        Person,
        row=st.just(0),
        customer_id=st.sampled_from([None, "C-1", "C-2", "C-3"]),
        address_key=st.sampled_from([None, "a@example.com", "b@example.com"]),
        phone=st.sampled_from(["+37491234567", "+995555123456"]),
        offers=st.sampled_from([None, True, False]),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(_ROWS)
def test_each_row_is_stored_merged_or_refused_and_no_key_has_two_owners(rows):
    result = merge(rows, [])

    assert len(result.new) + result.merged + len(result.conflicts) == len(rows)
    for key in ("customer_id", "address_key"):
        keys = [contact.values[key] for contact in result.new if contact.values[key]]
        assert len(keys) == len(set(keys))


@settings(deadline=None)
@given(_ROWS)
def test_after_a_no_there_is_never_a_yes(rows):
    heard: dict[int, bool] = {}
    for answer in merge(rows, []).answers:
        assert heard.get(id(answer.contact)) is not False
        heard[id(answer.contact)] = answer.given

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.errors import InputError
from campaigns.store.signing import Signer

SIGNER = Signer(["a-secret"])


def test_a_link_holds_for_its_own_purpose_only():
    signed = SIGNER.sign("unsubscribe", "m-1")

    assert SIGNER.check("unsubscribe", signed) == "m-1"
    with pytest.raises(InputError):
        SIGNER.check("testimonial", signed)


def test_links_signed_with_an_older_key_still_hold():
    signed = SIGNER.sign("unsubscribe", "m-1")

    assert Signer(["a-secret", "newer"]).check("unsubscribe", signed) == "m-1"
    with pytest.raises(InputError):
        Signer(["newer"]).check("unsubscribe", signed)


@given(st.text())
def test_a_made_up_link_is_refused(text):
    with pytest.raises(InputError):
        SIGNER.check("unsubscribe", text)


@given(tokens=st.lists(st.text(alphabet="abcXYZ019_-", min_size=1), max_size=4))
def test_many_links_are_signed_as_each_alone_is(tokens):
    signer = Signer(["old", "new"])

    assert signer.sign_all("unsubscribe", tokens) == [
        signer.sign("unsubscribe", token) for token in tokens
    ]


def test_a_brief_signature_holds_for_its_token_its_purpose_and_any_of_our_keys():
    old, new = Signer(["first"]), Signer(["first", "second"])
    [by_old], [by_new] = (one.sign_all_briefly("click", ["abc~d"]) for one in (old, new))

    assert len(by_new) == len("abc~d") + 1 + 16
    assert {new.check_brief("click", by_old), new.check_brief("click", by_new)} == {"abc~d"}
    for signer, purpose, signed in (
        (old, "click", by_new), (new, "unsubscribe", by_new), (new, "click", by_new[:-1]),
        (new, "click", "x" + by_new), (new, "click", ""), (new, "click", "~"),
        (new, "click", "é~" + by_new[-16:]), (new, "click", new.sign("click", "abc~d")),
    ):  # fmt: skip
        with pytest.raises(InputError):
            signer.check_brief(purpose, signed)

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

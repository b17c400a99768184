import pickle

import pytest

from campaigns import errors
from campaigns.errors import MESSAGES, CampaignsError, InputError
from campaigns.language.explanation import explain
from campaigns.model.language import Language

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type)
         and issubclass(kind, CampaignsError)]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_survives_the_way_between_processes(kind):
    error = kind("not_found", kind="letter", name="x")

    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes

    assert (type(copy), copy.code, copy.facts, str(copy)) == (
        kind, error.code, error.facts, str(error)
    )  # fmt: skip


def test_an_error_says_what_was_got_and_what_was_expected():
    error = InputError("money.currency", got="XTS", expected="AMD, GEL")

    assert str(error) == "currency: got XTS; expected one of AMD, GEL"


@pytest.mark.parametrize("language", Language)
def test_a_missing_fact_never_breaks_the_message(language):
    for code in MESSAGES:
        assert explain(InputError(code), language)


def test_facts_are_shown_as_they_are_not_as_format_strings():
    error = InputError("input.empty", field="{got.__class__}")

    assert str(error).startswith("{got.__class__}: ")

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.model.permission import Denial, Standing, denial

WELCOME = Standing(has_address=True, suppressed=False, consent=True, has_language=True)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({}, None, id="consented"),
        pytest.param({"has_address": False}, Denial.NO_ADDRESS, id="no-address"),
        pytest.param({"suppressed": True}, Denial.SUPPRESSED, id="suppressed"),
        pytest.param({"consent": None}, Denial.NO_CONSENT, id="never-asked"),
        pytest.param({"consent": False}, Denial.CONSENT_WITHDRAWN, id="withdrawn"),
        pytest.param({"has_language": False}, Denial.LANGUAGE_MISSING, id="no-text"),
    ],
)
def test_the_first_obstacle_is_the_reason(facts, expected):
    assert denial(replace(WELCOME, **facts)) is expected


@given(
    st.builds(
        Standing,
        has_address=st.booleans(),
        suppressed=st.booleans(),
        consent=st.none() | st.booleans(),
        has_language=st.booleans(),
    )
)
def test_only_a_consenting_reachable_person_is_ever_sent_to(standing):
    may_be_sent_to = denial(standing) is None

    assert may_be_sent_to == (standing == WELCOME)

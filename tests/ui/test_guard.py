from __future__ import annotations

from streamlit.testing.v1 import AppTest

SCRIPT = """
import streamlit as st
from campaigns.errors import {name}
from campaigns.ui.guard import guarded, show_error
st.session_state["language"] = "hy"
with guarded():
    raise {error}
st.write("after")
"""


def _run(error: str, name: str = "InputError") -> AppTest:
    return AppTest.from_string(SCRIPT.format(error=error, name=name), default_timeout=30).run()


def test_an_error_of_ours_is_explained_in_the_reader_s_language():
    page = _run('InputError("token.invalid")')

    assert "հղում" in page.error[0].value
    assert page.markdown[0].value == "after"
    assert not page.exception


def test_any_other_error_shows_a_reference_and_the_log_says_where_it_was(caplog):
    page = _run('ValueError("secret detail")')

    [reference] = [record.args[0] for record in caplog.records if "unexpected" in record.message]
    assert "secret" not in page.error[0].value
    assert "Traceback" not in page.error[0].value
    assert reference.replace("-", "\\-").replace("_", "\\_") in page.error[0].value
    assert "ValueError at " in caplog.text
    assert "secret detail" not in caplog.text


def test_facts_of_an_error_are_no_markdown():
    page = _run('InputError("money.amount", got="![x](https://evil.example)")')

    assert r"\!\[x\]" in page.error[0].value

"""Errors as the marketer sees them: words in their language, never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from campaigns.clock import new_token
from campaigns.errors import CampaignsError, whereabouts
from campaigns.language.explanation import explain
from campaigns.ui.safe import plain
from campaigns.ui.words import language

log = logging.getLogger(__name__)


@contextmanager
def guarded() -> Iterator[None]:
    """Show what goes wrong inside instead of letting it reach the page."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the page must say something of every failure
        show_error(error)


def show_error(error: Exception) -> bool:
    """Say what went wrong, in words. Also what Streamlit calls for errors nobody caught.

    Returns:
        True, which keeps Streamlit from showing the exception itself.
    """
    st.error(plain(explain(_expected(error), language())), icon=":material/error:")
    return True


def _expected(error: Exception) -> CampaignsError:
    if isinstance(error, CampaignsError):
        return error
    reference = new_token()[:8]
    log.error("unexpected error %s: %s", reference, whereabouts(error))
    return CampaignsError("unexpected", reference=reference)

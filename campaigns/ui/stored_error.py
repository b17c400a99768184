"""Errors that a job left in its row, as errors again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from campaigns.errors import CampaignsError
from campaigns.language.explanation import explain
from campaigns.ui.safe import plain
from campaigns.ui.words import language


def rebuilt(stored: Mapping[str, Any]) -> CampaignsError:
    """Return the error that ``stored`` (code and facts) describes."""
    return CampaignsError(str(stored.get("code", "unexpected")), **stored.get("facts", {}))


def show_stored(stored: Mapping[str, Any]) -> None:
    """Say in words what a job could not do."""
    st.error(plain(explain(rebuilt(stored), language())), icon=":material/error:")

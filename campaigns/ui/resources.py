"""What all sessions share: the open workspace."""

from __future__ import annotations

import os

import streamlit as st

from campaigns.settings import Settings
from campaigns.store.workspace import Workspace, open_workspace


def workspace() -> Workspace:
    """Return the workspace that the environment names, opened once in this process."""
    return _opened(Settings.from_environ(os.environ))


@st.cache_resource(show_spinner=False, max_entries=8, hash_funcs={Settings: hash})
def _opened(settings: Settings) -> Workspace:
    return open_workspace(settings)

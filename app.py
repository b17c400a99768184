"""The marketer's interface. Start it with ``campaigns ui`` or ``streamlit run app.py``.

Routes beside Streamlit's own: ``/assets`` (fonts, icon, the words of Streamlit's widgets),
``/preview`` (letters, in a sandbox that runs no script) and ``/pictures`` (what a shop uploaded).
"""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from campaigns.errors import SettingsError
from campaigns.ui.guard import show_error
from campaigns.ui.headers import SecurityHeaders, content_security_policy, require_loopback
from campaigns.ui.preview import answer_picture, answer_preview

HERE = Path(__file__).parent

try:
    require_loopback(st.get_option("server.address"))
except SettingsError as refusal:
    sys.exit(str(refusal))

app = st.App(
    HERE / "campaigns" / "ui" / "main.py",
    routes=[
        Mount("/assets", StaticFiles(directory=HERE / "static")),
        Route("/preview/{signed}", answer_preview),
        Route("/pictures/{name}", answer_picture),
    ],
    middleware=[Middleware(SecurityHeaders, policy=content_security_policy())],
    on_script_error=show_error,
)

"""The script behind every page: language, navigation, then the page itself."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from campaigns.clock import utcnow
from campaigns.errors import N_
from campaigns.model.language import Language
from campaigns.store.operators import OWNER, read_language, save_language
from campaigns.store.options import read_brand
from campaigns.ui.guard import guarded
from campaigns.ui.resources import workspace
from campaigns.ui.widget_words import translate_widgets
from campaigns.ui.words import KEY, _, language
from campaigns.ui.worker_state import is_worker_running

NO_WORKER = N_(
    "The worker is not running, so uploads and letters wait. Start everything with: campaigns up"
)
STATIC = Path(__file__).parents[2] / "static" / "ui"
ICON = STATIC / "icon.png"
STYLE = STATIC / "page.css"
FOLDER = (
    Path(__file__).parent / "screens"
)  # a folder named pages would be served by Streamlit itself
SWITCH = "language-switch"
SHORT_NAMES = {Language.HY: "Հայ", Language.KA: "ქარ", Language.EN: "Eng"}
PAGES = {
    "home": (N_("Home"), ":material/home:"),
    "contacts": (N_("Contacts"), ":material/group:"),
    "segments": (N_("Segments"), ":material/filter_alt:"),
    "letters": (N_("Letters"), ":material/mail:"),
    "campaigns": (N_("Campaigns"), ":material/send:"),
    "replies": (N_("Replies"), ":material/forum:"),
    "cards": (N_("Cards"), ":material/id_card:"),
    "testimonials": (N_("Testimonials"), ":material/format_quote:"),
    "connect": (N_("Connect SendGrid"), ":material/power:"),
    "deliverability": (N_("Deliverability"), ":material/health_and_safety:"),
    "settings": (N_("Settings"), ":material/settings:"),
}


def main() -> None:
    """Draw what every page shares, and run the page that the address names."""
    st.set_page_config(page_title="Campaigns", page_icon=str(ICON), layout="wide")
    st.html(STYLE)
    with guarded():
        _choose_language()
        page = st.navigation([_page(name) for name in PAGES], position="sidebar")
        translate_widgets(language())
        st.title(page.title, anchor=False)
        _show_worker()
        page.run()


def _page(name: str) -> st.Page:
    title, icon = PAGES[name]
    return st.Page(
        FOLDER / f"{name}.py",
        title=_(title),
        icon=icon,
        url_path=None if name == "home" else name,
        default=name == "home",
    )


def _show_worker() -> None:
    if not is_worker_running():
        st.warning(_(NO_WORKER), icon=":material/pause_circle:")


def _choose_language() -> None:
    if KEY not in st.session_state:
        st.session_state[KEY] = _first_language()
    st.session_state[SWITCH] = language()  # a widget's own value is lost when pages change
    st.sidebar.segmented_control(
        _("Language of these pages"),
        list(Language),
        required=True,
        format_func=SHORT_NAMES.__getitem__,
        width="stretch",
        key=SWITCH,
        on_change=_keep_language,
    )


def _first_language() -> Language:
    """What the address asks for, else what was chosen last, else what the browser reads."""
    with workspace().database.read() as connection:
        saved = read_language(connection, OWNER)
        default = read_brand(connection).default_language
    browser = (st.context.locale or "")[:2]
    for wanted in (st.query_params.get("lang"), saved, browser, default):
        if wanted in set(Language):
            return Language(wanted)
    return Language.HY


def _keep_language() -> None:
    st.session_state[KEY] = st.session_state[SWITCH]
    st.query_params["lang"] = language()
    with workspace().database.begin() as connection:
        save_language(connection, OWNER, language(), now=utcnow())


main()

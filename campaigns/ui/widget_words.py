"""Streamlit's own words (Upload, No results, …) in Armenian and Georgian.

Streamlit has no translations. ``static/ui/words.js`` replaces its texts where they stand; the
words come from our catalogue. No page uses a date widget, because Chromium has no Armenian or
Georgian names of months and days.
"""

from __future__ import annotations

import html
import json

import streamlit as st

from campaigns.errors import N_
from campaigns.language.catalogue import translate
from campaigns.model.language import Language

SCRIPT = "/assets/ui/words.js"
WORDS = (
    N_("Upload"),
    N_("file upload"),
    N_("Add files"),
    N_("Drag and drop a file here"),
    N_("Drag and drop files here"),
    N_("Clear value"),
    N_("Clear all"),
    N_("Clear selection"),
    N_("Choose an option"),
    N_("Choose options"),
    N_("Select all"),
    N_("No results"),
    N_("No options"),
    N_("Open"),
    N_("Close"),
    N_("Search"),
    N_("Search…"),
    N_("Close Search"),
    N_("Next Result"),
    N_("Previous Result"),
    N_("Next page"),
    N_("Previous page"),
    N_("Pagination"),
    N_("Fullscreen"),
    N_("Close fullscreen"),
    N_("Download as CSV"),
    N_("Show/hide columns"),
    N_("Sort ascending"),
    N_("Sort descending"),
    N_("Copy column name"),
    N_("Pin column"),
    N_("Unpin column"),
    N_("Hide column"),
    N_("Autosize"),
    N_("Format"),
    N_("Statistics"),
    N_("Loading..."),
    N_("No data"),
    N_("empty"),
    N_("Press Enter to apply"),
    N_("Press Enter to submit form"),
    N_("Press Ctrl+Enter to apply"),
    N_("Press Ctrl+Enter to submit form"),
    N_("This field is required."),
    N_("Running..."),
    N_("Stop"),
    N_("Rerun"),
    N_("Connecting"),
    N_("Connection error"),
    N_("Page not found"),
    N_("Copy to clipboard"),
    N_("Main menu"),
    N_("App pages"),
    N_("Sidebar"),
    N_("Notifications"),
    N_("Scroll tabs left"),
    N_("Scroll tabs right"),
    N_("Dataframe column menu"),
    N_("Selected values"),
    N_("Open sidebar"),
    N_("Close sidebar"),
    N_("Expand sidebar"),
    N_("Collapse sidebar"),
    N_("Dismiss"),
    N_("Download"),
    N_("Print"),
    N_("Help"),
    N_("Error:"),
    N_("Skip to main content"),
    N_("Increment"),
    N_("Decrement"),
)
PATTERNS = {
    r"^(\d+(?:\.\d+)?)MB per file(?: • (.*))?$": N_("Up to {1} MB {2}"),
    r"^(\d+(?:\.\d+)?)GB per file(?: • (.*))?$": N_("Up to {1} GB {2}"),
    r"^(.+) files are not allowed\.$": N_("{1}: this kind of file cannot be used here"),
    r"^File must be (\d+)(?:\.0)?MB or smaller\.$": N_(
        "The file is larger than {1} MB. Split it, for example by year, and upload the parts."
    ),
    r"^(\d+(?:\.\d+)?)KB$": N_("{1} KB"),
    r"^(\d+(?:\.\d+)?)MB$": N_("{1} MB"),
    r"^(\d+) options? available\.$": N_("Options: {1}"),
    r"^Help for (.+)$": N_("Help: {1}"),
    r"^Page (\d+)$": N_("Page {1}"),
    r"^Search: (.+)$": N_("Search: {1}"),
    r"^Fullscreen: (.+)$": N_("Fullscreen: {1}"),
    r"^Download as CSV: (.+)$": N_("Download as CSV: {1}"),
    r"^Show/hide columns: (.+)$": N_("Show/hide columns: {1}"),
    r"^Remove (.+)$": N_("Remove {1}"),
    r"^Streamlit server is not responding\..*$": N_(
        "The program does not answer. Is it still running?"
    ),
}


def translate_widgets(language: Language) -> None:
    """Put the script with the words of ``language`` into the page, where it takes no room."""
    words = html.escape(json.dumps(_config(language), ensure_ascii=False), quote=True)
    with st.container(height=1, border=False, key="widget-words"):
        st.html(
            f'<script src="{SCRIPT}" data-words="{words}"></script>', unsafe_allow_javascript=True
        )


def _config(language: Language) -> dict[str, object]:
    return {
        "language": language,
        "words": {word: _translated(word, language) for word in WORDS},
        "patterns": [[key, _translated(text, language)] for key, text in PATTERNS.items()],
    }


def _translated(text: str, language: Language) -> str:
    return translate("ui", text, language)

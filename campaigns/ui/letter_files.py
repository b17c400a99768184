"""A letter as files: taken along as one archive, or brought in."""

from __future__ import annotations

import re

import streamlit as st

from campaigns.letters.library import Texts
from campaigns.letters.parcel import MAX_BYTES, MAX_FILES, pack, read_files, unpack
from campaigns.ui.guard import guarded
from campaigns.ui.letter_work import Work, open_new, replace_texts
from campaigns.ui.notes import note
from campaigns.ui.words import _

MOST_MB = max(1, MAX_BYTES * MAX_FILES // 1_000_000)
TURN = "letter-files-turn"


def show_files(work: Work) -> None:
    """Offer the letter as an archive, and to put files in the place of its texts."""
    st.write(_(
        "The archive holds a file for each text: hy.md, hy.2.md, ka.md… Edit them with any"
        " program, or hand them to a translator, and bring them in again."
    ))  # fmt: skip
    with guarded():
        st.download_button(
            _("Download the letter"), pack(work.written()), file_name=f"{_file_name(work)}.zip",
            mime="application/zip", icon=":material/download:",
        )  # fmt: skip
    texts = _ask(_("Files in the place of these texts"))
    if texts:
        replace_texts(work, texts)
        note(_("Brought in. Look at it, then save it."))
        st.rerun()


def show_bringing_in() -> None:
    """Offer to begin with the files of a letter."""
    texts = _ask(_("Files of a letter"))
    if texts:
        open_new(texts)
        note(_("Brought in. Look at it, then save it."))
        st.rerun()


def _ask(title: str) -> Texts | None:
    """Return the letter in the files that were given, None before that and when they are none."""
    turn = st.session_state.setdefault(TURN, 0)
    given = st.file_uploader(
        title, ["zip", "md"], accept_multiple_files=True, max_upload_size=MOST_MB,
        key=f"letter-files-{turn}", help=_("One .zip, or the .md files themselves."),
    )  # fmt: skip
    if not given:
        return None
    with guarded():
        archives = [one for one in given if one.name.lower().endswith(".zip")]
        if archives:
            texts = unpack(archives[0].getvalue())
        else:
            texts = read_files((one.name, one.getvalue()) for one in given)
        st.session_state[TURN] = turn + 1  # another box, so that the bytes are let go
        return texts
    return None


def _file_name(work: Work) -> str:
    return re.sub(r"[^\w-]+", "_", work.name or work.source or "letter")
